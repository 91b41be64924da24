import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { watchRoutine } from '../server/watches/look-again.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
// One for each test: the clock goes forward alone.
beforeEach(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});

afterEach(() => deployment.stop());

const E3 = OFFERS.o365E3;
const pathOf = (customer: number) => ({ customerId: customerId(customer), subscriptionId: subscriptionId(customer) });
const watched = (customer: number, targetOfferId: string = E3) => ({ ...pathOf(customer), targetOfferId });
const look = () => watchRoutine(deployment.context).run();
/** Sessions end while the clock moves on. */
const signInAgain = async () => (aylin = await deployment.signIn('aylin@kuzey.example'));
const watchesOf = async (customer?: number) =>
  valueOf(await aylin('listWatches', { query: customer ? { customerId: customerId(customer) } : {} })).items;

const set = async (customer: number, checkOn: string) =>
  valueOf(await aylin('setWatch', { params: watched(customer), body: { checkOn } }));

async function record(customer: number, endsOn: string | null) {
  const body = { offerId: E3, channel: 'open' as const, quantity: 5, endsOn };
  return valueOf(await aylin('recordSubscription', { params: pathOf(customer), body }));
}

async function auditOf(customer: number) {
  return deployment.context.database.asSystem((tx) =>
    tx.query<{ action: string; agent_id: string | null; details: { reasons?: string[] } }>(
      `select action, agent_id, details from audit_records where customer_id = $1 and action like 'watch%' order by audit_id`,
      [customerId(customer)],
    ),
  );
}

describe('a watch', () => {
  it('waits for its day, then finds what still stands there, and looks again after the end that it learned of', async () => {
    await record(1, '2027-01-31');
    expect(await set(1, '2026-12-01')).toMatchObject({
      checkOn: '2026-12-01',
      outcome: null,
      byLetter: false,
      message: 'Will be checked on 1 Dec 2026.',
    });
    await deployment.moveClock('2026-11-30T23:50:00Z');
    await look();
    await signInAgain();
    expect(await watchesOf(1)).toMatchObject([{ outcome: null, checkOn: '2026-12-01' }]);

    await deployment.moveClock('2026-12-01T00:00:00Z');
    await look();
    const [watch] = await watchesOf(1);
    expect(watch).toMatchObject({ outcome: 'still-refused', checkOn: '2027-02-01' });
    expect(watch?.reasons.map(({ name }) => name)).toEqual(['services-already-owned', 'target-already-owned']);
    expect(watch?.message).toContain('Office 365 Enterprise E3 (Open license) is still there, active');
    expect(watch?.message).toContain('Will be checked again on 1 Feb 2027.');
  });

  it('says that an expired one still counts, and is cleared once it is deleted', async () => {
    const { recordedSubscriptionId } = await record(1, '2026-11-30');
    await set(1, '2026-12-01');
    const params = { ...pathOf(1), recordedSubscriptionId };
    const body = { offerId: E3, channel: 'open' as const, quantity: 5, endsOn: '2026-11-30' };
    valueOf(await aylin('changeRecordedSubscription', { params, body: { ...body, status: 'expired' } }));
    await deployment.moveClock('2026-12-01T08:00:00Z');
    await look();
    await signInAgain();
    const [expired] = await watchesOf(1);
    expect(expired).toMatchObject({ outcome: 'still-refused', checkOn: null });
    expect(expired?.message).toContain('is still there, expired; an ended one counts until it is deleted');
    expect(expired?.message).toContain('choose a day');

    valueOf(await aylin('changeRecordedSubscription', { params, body: { ...body, status: 'deleted' } }));
    await set(1, '2026-12-31');
    await deployment.moveClock('2026-12-31T08:00:00Z');
    await look();
    await signInAgain();
    expect(await watchesOf(1)).toMatchObject([
      { outcome: 'cleared', checkOn: null, reasons: [], message: expect.stringContaining('can be upgraded to') },
    ]);
    const audit = await auditOf(1);
    expect(audit.map(({ action }) => action)).toEqual([
      'watch.set',
      'watch.still-refused',
      'watch.set',
      'watch.cleared',
    ]);
    // What the server does by the clock it does in nobody's name.
    expect(audit.map(({ agent_id }) => agent_id === null)).toEqual([false, true, false, true]);
  });

  it('keeps every other reason too, in the language of whoever reads it', async () => {
    await set(6, '2026-12-01');
    await deployment.moveClock('2026-12-01T08:00:00Z');
    await look();
    const turkish = await deployment.signIn('aylin@kuzey.example', 'tr');
    const [watch] = valueOf(await turkish('listWatches', {})).items;
    expect(watch?.reasons.map(({ name }) => name)).toContain('granular-privileges-lapsed');
    expect(watch?.message).toContain('15.11.2026');
  });

  it('is looked at once, however many servers look', async () => {
    await set(1, '2026-12-01');
    await set(7, '2026-12-01');
    await deployment.moveClock('2026-12-01T08:00:00Z');
    await Promise.all([look(), look(), look()]);
    expect((await auditOf(1)).map(({ action }) => action)).toEqual(['watch.set', 'watch.cleared']);
    expect((await auditOf(7)).filter(({ agent_id }) => agent_id === null)).toHaveLength(1);
  });

  it('is one for each subscription and target: a repeat changes nothing, another day moves it', async () => {
    const first = await set(1, '2026-12-01');
    expect(await set(1, '2026-12-01')).toEqual(first);
    expect(await set(1, '2026-12-24')).toMatchObject({ watchId: first.watchId, checkOn: '2026-12-24' });
    expect(await auditOf(1)).toHaveLength(2);
    expect(await watchesOf()).toHaveLength(1);
  });

  it('is looked at on request, and taken away', async () => {
    const { watchId } = await set(7, '2026-12-01');
    const params = { customerId: customerId(7), watchId };
    expect(valueOf(await aylin('checkWatch', { params }))).toMatchObject({
      outcome: 'still-refused',
      checkOn: '2027-09-07',
    });
    expect((await aylin('removeWatch', { params })).ok).toBe(true);
    expect(problemOf(await aylin('removeWatch', { params })).code).toBe('not-found');
    expect(problemOf(await aylin('checkWatch', { params })).code).toBe('not-found');
    expect(await watchesOf()).toEqual([]);
  });

  it('is refused for today, for what is not there, and for whoever may not upgrade', async () => {
    const today = await aylin('setWatch', { params: watched(1), body: { checkOn: '2026-11-16' } });
    expect(problemOf(today)).toMatchObject({ status: 400, fields: [{ field: 'checkOn' }] });
    const day = { checkOn: '2026-12-01' };
    const bora = await deployment.signIn('bora@kuzey.example');
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect(problemOf(await aylin('setWatch', { params: watched(1, 'nothing'), body: day })).code).toBe('not-found');
    expect(problemOf(await bora('setWatch', { params: watched(1), body: day })).code).toBe('role-not-allowed');
    expect(problemOf(await wendy('setWatch', { params: watched(8), body: day })).code).toBe('not-found');
  });

  it('waits while the relationship is over, and goes on when it is back', async () => {
    await set(1, '2026-12-01');
    const asSystem = (text: string) =>
      deployment.context.database.asSystem((tx) => tx.query(text, [customerId(1), PARTNERS.kuzey]));
    const [privileges] = await asSystem(
      `with gone as (delete from delegated_privileges where customer_id = $1 and partner_id = $2)
       select 1`,
    );
    expect(privileges).toBeDefined();
    await asSystem('delete from relationships where customer_id = $1 and partner_id = $2');
    await deployment.moveClock('2026-12-02T08:00:00Z');
    await look();
    expect(await auditOf(1)).toHaveLength(1);
    await asSystem('insert into relationships values ($1, $2, true, now())');
    await look();
    expect((await auditOf(1)).map(({ action }) => action)).toEqual(['watch.set', 'watch.still-refused']);
  });

  it('stands in a list page by page, the newest first', async () => {
    for (const customer of [1, 2, 7]) await set(customer, '2026-12-01');
    const first = valueOf(await aylin('listWatches', { query: { limit: 2 } }));
    expect(first.items.map((one) => one.customerId)).toEqual([customerId(7), customerId(2)]);
    const second = valueOf(await aylin('listWatches', { query: { limit: 2, cursor: first.nextCursor! } }));
    expect(second).toMatchObject({ items: [{ customerId: customerId(1) }], nextCursor: null });
  });
});

describe('a letter to the customer', () => {
  const write = async (customer: number, language: 'tr' | 'en') =>
    valueOf(await aylin('writeLetter', { params: pathOf(customer), body: { targetOfferId: E3, language } }));

  it('asks formally to cancel or to let lapse, tells only what may be told, and sets the watch', async () => {
    const letter = await write(8, 'tr');
    expect(letter.subject).toBe('Aboneliğinizin yükseltilmesi: Office 365 Kurumsal E3');
    expect(letter.text).toContain('Sayın Haliç Denizcilik yetkilisi,');
    expect(letter.text).toContain(
      'satın alma kanalı: başka bir Microsoft iş ortağı; durumu: etkin; dönem sonu: 06.09.2027',
    );
    expect(letter.text).toContain('30 gün');
    expect(letter.text).toContain('Aylin Demir\nKuzey Bulut A.Ş.');
    expect(letter.text).not.toMatch(/Westwind|\$|USD|5 lisans/);
    expect(letter.watch).toMatchObject({ checkOn: '2027-09-07', byLetter: true });
    const english = await write(8, 'en');
    expect(english.text).toContain('bought through: another Microsoft partner; active; its term ends on 6 Sept 2027');
    expect(english.watch?.watchId).toBe(letter.watch?.watchId);
    expect(await auditOf(8)).toHaveLength(1);
  });

  it('leaves a watch that an agent has set where it is', async () => {
    await set(8, '2026-12-01');
    expect((await write(8, 'en')).watch).toMatchObject({ checkOn: '2026-12-01', byLetter: false });
  });

  it('sets no watch where no end is known', async () => {
    await record(1, null);
    const letter = await write(1, 'en');
    expect(letter.watch).toBeNull();
    expect(letter.text).not.toMatch(/its term ends|at the latest|look again/);
    expect(await watchesOf(1)).toEqual([]);
  });

  it('is not written where nothing that was bought elsewhere stands in the way', async () => {
    const answer = await aylin('writeLetter', { params: pathOf(1), body: { targetOfferId: E3, language: 'en' } });
    expect(problemOf(answer)).toMatchObject({ code: 'nothing-elsewhere', status: 409 });
  });

  it('leaves no place of its text unfilled', async () => {
    for (const language of ['tr', 'en'] as const) {
      const { subject, text } = await write(7, language);
      expect(subject + text).not.toMatch(/[{}]|undefined|null/);
    }
  });
});
