import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { answer, codeFor, request, requestNew, tokenOf } from './relationship-steps.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

const CLERKS = 6;
const outcomes = (answers: readonly ({ ok: true } | { ok: false; problem: { code: string } })[]) =>
  answers.map((one) => (one.ok ? 'done' : one.problem.code)).toSorted();

describe('at the same moment', () => {
  it('one of several acceptances of a request counts, and there is one customer with one grant', async () => {
    const privileges = { kind: 'gdap', roles: ['directoryReader'], days: 30, families: null } as const;
    const { link } = await requestNew(aylin, 'yaris.example', { ...privileges, roles: [...privileges.roles] });
    const codes = [];
    for (const name of ['a', 'b', 'c', 'd']) codes.push(await codeFor(aylin, link, `${name}@yaris.example`));
    const tenantId = deployment.context.newId();
    const answers = await Promise.all(codes.map((given) => answer(aylin, link, given, { tenantId })));
    expect(outcomes(answers)).toEqual(['done', ...Array<string>(3).fill('request-not-open')]);
    const { grants } = valueOf(await aylin('showRelationship', { params: { customerId: tenantId } }));
    expect(grants).toHaveLength(1);
  });

  it('two requests to one new tenant make one customer', async () => {
    const links = [await requestNew(aylin, 'ikiz.example'), await requestNew(aylin, 'ikiz.example')];
    const tenantId = deployment.context.newId();
    const given = await Promise.all(links.map(({ link }) => codeOf(link, 'it@ikiz.example')));
    const answers = await Promise.all(
      links.map(({ link }, index) => answer(aylin, link, given[index] ?? { proof: '', code: '' }, { tenantId })),
    );
    expect(outcomes(answers)).toEqual(['done', 'done']);
    const { requests } = valueOf(await aylin('showRelationship', { params: { customerId: tenantId } }));
    expect(requests.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  });

  it('a withdrawal and an acceptance do not both happen', async () => {
    const { link, requestId } = await request(aylin, customerId(2));
    const { domain } = valueOf(await aylin('showCustomer', { params: { customerId: customerId(2) } }));
    const given = await codeFor(aylin, link, `it@${domain}`);
    const [withdrawn, accepted] = await Promise.all([
      aylin('withdrawRequest', { params: { requestId } }),
      answer(aylin, link, given),
    ]);
    expect([withdrawn.ok, accepted.ok].filter(Boolean)).toHaveLength(1);
    const { requests } = valueOf(await aylin('showRelationship', { params: { customerId: customerId(2) } }));
    expect(requests.find((one) => one.requestId === requestId)?.state).toBe(withdrawn.ok ? 'withdrawn' : 'accepted');
  });

  it('a code is tried five times, however many try', async () => {
    const { link } = await requestNew(aylin, 'tahmin.example');
    const given = await codeFor(aylin, link, 'it@tahmin.example');
    const wrong = given.code === '111111' ? '222222' : '111111';
    await Promise.all(Array.from({ length: CLERKS }, () => answer(aylin, link, { ...given, code: wrong })));
    const right = await answer(aylin, link, given, { tenantId: deployment.context.newId() });
    expect(outcomes([right])).toEqual(['code-refused']);
    const [row] = await deployment.context.database.asSystem((tx) =>
      tx.query<{ tries: number }>('select tries from relationship_codes order by created_at desc limit 1'),
    );
    expect(row?.tries).toBe(5);
  });

  it('no more than five codes are sent, however many ask', async () => {
    const { link } = await requestNew(aylin, 'cok.example');
    const body = { token: tokenOf(link), email: 'it@cok.example' };
    const sent = await Promise.all(Array.from({ length: 8 }, () => aylin('sendCode', { body })));
    expect(outcomes(sent)).toEqual([...Array<string>(5).fill('done'), ...Array<string>(3).fill('too-many-codes')]);
  });
});

/** The mailbox is one: codes of other links are told apart by asking one after the other. */
let turn: Promise<unknown> = Promise.resolve();
function codeOf(link: string, email: string) {
  const mine = turn.then(() => codeFor(aylin, link, email));
  turn = mine;
  return mine;
}
