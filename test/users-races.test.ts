import { afterAll, beforeAll, expect, test } from 'vitest';
import { customerId, OFFERS, subscriptionId, userId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, subscriptionPath, userPath } from './partner-center-client.ts';

type Body = { readonly id: string; readonly code: number; readonly targetSubscriptionId: string };

let deployment: TestDeployment;
let aylin: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await connect(deployment);
});
afterAll(() => deployment.stop());

const atOnce = <Value>(times: number, act: (index: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: times }, (_, index) => act(index)));
const countOf = async (statement: string, values: readonly unknown[]) =>
  (await deployment.context.database.asSystem((tx) => tx.query(statement, values))).length;

test('of eight deletions of one user at once, one deletes and the others find nobody', async () => {
  const answers = await atOnce(8, () => aylin('DELETE', userPath(1, 1)));
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(7);
  const acts = `select 1 from audit_records where customer_id = $1 and action = 'user.deleted'`;
  expect(await countOf(acts, [customerId(1)])).toBe(1);
});

test('of eight users with one sign-in name at once, in whatever letters, one is made', async () => {
  const names = ['ada', 'ADA', 'Ada', 'aDa'];
  const answers = await atOnce(8, (index) => {
    const body = { userPrincipalName: `${names[index % 4]}@bogaz-mimarlik.example`, displayName: 'Ada' };
    return aylin('POST', `${customerPath(2)}/users`, { body });
  });
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status, body }) => status === 400 && body.code === 3000)).toHaveLength(7);
  const living = `select 1 from users where customer_id = $1 and lower(user_principal_name) like 'ada@%'`;
  expect(await countOf(living, [customerId(2)])).toBe(1);
});

test('a deletion and an upgrade at once leave no license and no open issue of the one who is gone', async () => {
  const post = () =>
    aylin('POST', `${subscriptionPath(10)}/upgrades`, {
      body: { targetOffer: { id: OFFERS.o365E3 }, upgradeType: 'upgrade_with_license_transfer' },
    });
  const [upgraded, ...deleted] = await Promise.all([
    post(),
    ...[1, 8, 20].map((one) => aylin('DELETE', userPath(10, one))),
  ]);
  expect(upgraded?.body.targetSubscriptionId).not.toBe(subscriptionId(10));
  expect(deleted.map(({ status }) => status)).toEqual([204, 204, 204]);
  const gone = [1, 8, 20].map((one) => userId(10, one));
  expect(await countOf('select 1 from licenses where user_id = any ($1)', [gone])).toBe(0);
  expect(await countOf(`select 1 from license_issues where user_id = any ($1) and status = 'open'`, [gone])).toBe(0);
  expect(await countOf('select 1 from users where user_id = any ($1) and deleted_at is not null', [gone])).toBe(3);
});

test('a user that is restored six times at once is restored once', async () => {
  await aylin('DELETE', userPath(2, 1));
  const answers = await atOnce(6, () => aylin('PATCH', userPath(2, 1), { body: { state: 'active' } }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  const acts = `select 1 from audit_records where customer_id = $1 and action = 'user.restored'`;
  expect(await countOf(acts, [customerId(2)])).toBe(1);
});
