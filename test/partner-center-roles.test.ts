import { afterAll, beforeAll, expect, test } from 'vitest';
import { customerId, PARTNERS, userId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, userPath } from './partner-center-client.ts';

type Item = { readonly id: string; readonly name: string; readonly displayName: string };
type Body = Item & { readonly code: number; readonly items: readonly Item[] };

let deployment: TestDeployment;
let aylin: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await connect(deployment);
});
afterAll(() => deployment.stop());

const USER_ADMINISTRATOR = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const membersOf = (customer: number, role = USER_ADMINISTRATOR) =>
  `${customerPath(customer)}/directoryroles/${role}/usermembers`;
const namesOf = ({ body }: { body: Body }) => body.items.map((one) => one.name ?? one.displayName);
/** As the Node client writes it. */
const member = (customer: number, number: number) => ({
  Id: userId(customer, number),
  DisplayName: 'x',
  UserPrincipalName: 'x',
});

test('the roles of a directory are listed by their public ids and names', async () => {
  const { status, body } = await aylin('GET', `${customerPath(1)}/directoryroles`);
  expect(status).toBe(200);
  expect(body.items).toHaveLength(7);
  expect(body.items).toContainEqual({
    id: USER_ADMINISTRATOR,
    name: 'User Administrator',
    attributes: { objectType: 'DirectoryRole' },
  });
});

test('a user gets a role, has it once, and loses it', async () => {
  const added = await aylin('POST', membersOf(1), { body: member(1, 1) });
  expect(added).toMatchObject({
    status: 201,
    body: {
      id: userId(1, 1),
      displayName: 'Ayşe Yılmaz',
      userPrincipalName: 'ayse.yilmaz@anadolu-lojistik.example',
      roleId: USER_ADMINISTRATOR,
      attributes: { objectType: 'UserMember' },
    },
  });
  expect((await aylin('POST', membersOf(1), { body: member(1, 1) })).body).toEqual(added.body);
  await aylin('POST', membersOf(1), { body: { id: userId(1, 7) } });
  expect(namesOf(await aylin('GET', membersOf(1)))).toEqual(['Ayşe Yılmaz', 'Çiğdem Güneş']);
  expect(namesOf(await aylin('GET', `${userPath(1, 1)}/directoryroles`))).toEqual(['User Administrator']);

  expect(await aylin('DELETE', `${membersOf(1)}/${userId(1, 1)}`)).toMatchObject({ status: 204, body: undefined });
  expect(await aylin('DELETE', `${membersOf(1)}/${userId(1, 1)}`)).toMatchObject({
    status: 404,
    body: { code: 60002 },
  });
  expect(namesOf(await aylin('GET', `${userPath(1, 1)}/directoryroles`))).toEqual([]);
  const acts = await deployment.context.database.asSystem((tx) =>
    tx.query<{ action: string; details: object }>(
      'select action, details from audit_records where customer_id = $1 order by audit_id',
      [customerId(1)],
    ),
  );
  expect(acts.map((act) => act.action)).toEqual(['role-member.added', 'role-member.added', 'role-member.removed']);
  expect(acts[0]?.details).toEqual({ after: { roleId: USER_ADMINISTRATOR } });
});

test('a role ends with its user, and does not come back', async () => {
  await aylin('POST', membersOf(2), { body: member(2, 1) });
  await aylin('DELETE', userPath(2, 1));
  expect(namesOf(await aylin('GET', membersOf(2)))).toEqual([]);
  expect((await aylin('POST', membersOf(2), { body: member(2, 1) })).status).toBe(404);
  await aylin('PATCH', userPath(2, 1), { body: { state: 'active' } });
  expect(namesOf(await aylin('GET', `${userPath(2, 1)}/directoryroles`))).toEqual([]);
});

test('every partner of a customer sees who has a role', async () => {
  const wendy = await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);
  await wendy('POST', membersOf(8), { body: member(8, 1) });
  expect(namesOf(await aylin('GET', membersOf(8)))).toEqual(['Ayşe Yılmaz']);
});

test.each([
  ['reads roles and members with a reader’s role', 'GET', membersOf(5), 5, 200, undefined],
  ['gives no role with a reader’s role', 'POST', membersOf(5), 5, 403, 900308],
  ['reads nothing without privileges', 'GET', membersOf(4), 4, 403, 900308],
  ['reads nothing after they have ended', 'GET', `${customerPath(6)}/directoryroles`, 6, 403, 900308],
  ['finds no role that is none', 'GET', membersOf(1, PARTNERS.kuzey), 1, 404, 1000],
  ['gives no role that is none', 'POST', membersOf(1, PARTNERS.kuzey), 1, 404, 1000],
  [
    'finds no roles of a user who is not there',
    'GET',
    `${customerPath(1)}/users/${userId(2, 2)}/directoryroles`,
    1,
    404,
    60002,
  ],
  ['finds no foreign customer', 'POST', membersOf(41), 41, 404, 60003],
])('one %s', async (_what, method, path, number, status, code) => {
  const answer = await aylin(method, path, { ...(method === 'POST' && { body: member(number, 1) }) });
  expect(answer.status).toBe(status);
  if (code !== undefined) expect(answer.body.code).toBe(code);
});

test.each([
  ['no id', {}],
  ['an id that is none', { id: '17' }],
])('a member with %s is refused', async (_what, body) => {
  expect(await aylin('POST', membersOf(1), { body })).toMatchObject({ status: 400, body: { code: 3000 } });
});

test('a customer whose users have roles can be thrown away in a sandbox', async () => {
  await aylin('POST', membersOf(3), { body: member(3, 1) });
  expect((await aylin('DELETE', customerPath(3))).status).toBe(204);
});
