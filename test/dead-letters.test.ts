import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';
const AT = '2026-11-15T08:00:00Z';
let deployment: TestDeployment;
let api: Client;
let webhookId: string;
let eventId: string;
const [NOTIFICATION, CODE, APPROVAL] = [1, 2, 3].map((n) => `0b1c2d3e-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const sql = <Row extends object>(text: string, values: readonly unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));

/** One letter of each kind, as they are when all their tries have failed; there is no worker that would take them again. */
beforeAll(async () => {
  deployment = await startDeployment();
  api = await deployment.signIn(AYLIN, 'en');
  const hook = { url: 'https://hook.example/', events: ['upgrade.applied' as const], description: '', enabled: true };
  ({ webhookId } = valueOf(await api('registerWebhook', { body: hook })));
  ({ eventId } = valueOf(await api('testWebhook', { params: { webhookId } })));
  const tried = JSON.stringify([{ at: AT, ms: 12, code: 503, error: null }]);
  await sql(`update event_deliveries set state = 'failed', queued = true, attempts = $2 where event_id = $1`, [
    eventId,
    tried,
  ]);
  await sql(
    `insert into webhook_deliveries (partner_id, delivery_id, event, resource, created_at, queued, state, url, results)
     values ($1, $2, 'subscription-updated', 'customers/x', $3, true, 'failed', 'https://old.example/', $4)`,
    [PARTNERS.kuzey, NOTIFICATION, AT, JSON.stringify([{ at: AT, error: 'connect ECONNREFUSED' }])],
  );
  for (const [id, kind, text] of [
    [CODE, 'code', null],
    [APPROVAL, 'approval', 'Look at it'],
  ]) {
    await sql(
      `insert into mails (partner_id, mail_id, kind, recipient, subject, text, queued, state, error, created_at, settled_at)
       values ($1, $2, $3, 'bora@kuzey.example', $4, $4, true, 'failed', '550 no such user', $5, $5)`,
      [PARTNERS.kuzey, id, kind, text, AT],
    );
  }
});
afterAll(() => deployment.stop());

const listed = async (by = api) => valueOf(await by('listDeadLetters', {}));
const keys = async () => (await listed()).items.map(({ kind, id, webhookId: hook }) => ({ kind, id, webhookId: hook }));

describe('what could not be delivered for good', () => {
  it('stands in one list, whatever kind it is, with reason, tries and whether it can be sent again', async () => {
    const { items, found } = await listed();
    expect(found).toBe(4);
    const byId = new Map(items.map((one) => [one.id, one]));
    expect(byId.get(eventId)).toMatchObject({
      kind: 'event',
      webhookId,
      to: 'https://hook.example/',
      tries: 1,
      canRetry: true,
    });
    expect(byId.get(eventId)?.reason).toBe('The receiver answered 503.');
    expect(byId.get(NOTIFICATION)).toMatchObject({
      kind: 'notification',
      reason: 'connect ECONNREFUSED',
      failedAt: AT,
    });
    expect(byId.get(CODE)).toMatchObject({ kind: 'mail', to: 'bora@kuzey.example', canRetry: false });
    expect(byId.get(APPROVAL)).toMatchObject({ text: 'Upgrade that waits for approval', canRetry: true });
  });

  it('is for administrators, and nobody else’s', async () => {
    const bora = await deployment.signIn('bora@kuzey.example');
    expect(problemOf(await bora('listDeadLetters', {}))).toMatchObject({ status: 403, action: 'manageDeadLetters' });
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect(await listed(wendy)).toEqual({ items: [], found: 0 });
    const letters = await keys();
    const { items } = valueOf(await wendy('discardDeadLetters', { body: { letters } }));
    expect(new Set(items.map(({ outcome }) => outcome))).toEqual(new Set(['gone']));
    expect((await listed()).found).toBe(4);
  });

  it('is sent again where there is somebody to send it to and something to send, and is then no dead letter', async () => {
    const { items } = valueOf(await api('retryDeadLetters', { body: { letters: await keys() } }));
    expect(Object.fromEntries(items.map(({ id, outcome }) => [id, outcome]))).toEqual({
      [eventId]: 'done',
      [NOTIFICATION]: 'webhookOff',
      [CODE]: 'forgotten',
      [APPROVAL]: 'done',
    });
    expect((await listed()).items.map(({ id }) => id).toSorted()).toEqual([NOTIFICATION, CODE].toSorted());
    expect(await sql('select state, queued from event_deliveries where event_id = $1', [eventId])).toEqual([
      { state: 'pending', queued: false },
    ]);
    expect(await sql('select state, queued, text from mails where mail_id = $1', [APPROVAL])).toEqual([
      { state: 'pending', queued: false, text: 'Look at it' },
    ]);
  });

  it('is discarded once, with an audit row, and stays in the history that it belongs to', async () => {
    const body = { letters: await keys() };
    expect(valueOf(await api('discardDeadLetters', { body })).items.map(({ outcome }) => outcome)).toEqual([
      'done',
      'done',
    ]);
    expect(valueOf(await api('discardDeadLetters', { body })).items.map(({ outcome }) => outcome)).toEqual([
      'gone',
      'gone',
    ]);
    expect((await listed()).items).toEqual([]);
    const acts = await sql(`select action from audit_records where action like 'dead-letter.%' order by at, audit_id`);
    expect(acts.map((row) => Object.values(row)[0])).toEqual([
      'dead-letter.retried',
      'dead-letter.retried',
      'dead-letter.discarded',
      'dead-letter.discarded',
    ]);
    expect(await sql('select state from webhook_deliveries where delivery_id = $1', [NOTIFICATION])).toEqual([
      { state: 'failed' },
    ]);
  });
});
