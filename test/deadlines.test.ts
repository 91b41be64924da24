import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeadlineOnWire } from '../contract/deadlines.ts';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';
const GULAY = 'gulay@kuzey.example';
let deployment: TestDeployment;
let api: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  api = await deployment.signIn(AYLIN, 'en');
  // One that rolls over each month, bought a moment ago.
  const { newId } = deployment.context;
  const monthly = {
    offerId: OFFERS.nceBusinessStandard,
    quantity: 12,
    termDuration: 'P1M',
    billingCycle: 'monthly',
  } as const;
  const params = { customerId: customerId(16) };
  valueOf(await api('purchase', { params, body: { purchaseId: newId(), lines: [monthly] } }));
});
afterAll(() => deployment.stop());

type Query = NonNullable<Parameters<typeof list>[0]>;
const list = async (
  query: {
    list?: 'commitment' | 'monthToMonth';
    days?: number;
    unused?: 'true';
    search?: string;
    sort?: 'day' | 'customer' | 'unused' | 'value';
    limit?: number;
    cursor?: string;
  } = {},
  by = api,
) => valueOf(await by('listDeadlines', { query: { limit: 200, ...query } }));
const all = async (query: Query, by = api) => {
  const rows: DeadlineOnWire[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...query, ...(cursor && { cursor }) }, by);
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
};
const send = (path: string, headers: Record<string, string> = {}) => fetch(deployment.url + path, { headers });

describe('deadlines over HTTP', () => {
  it('come the nearest first, commitments apart from what rolls over each month', async () => {
    const { items, within90 } = await list();
    const days = items.map(({ day }) => day);
    expect(days).toEqual(days.toSorted());
    expect(items.every((one) => one.termDuration !== 'P1M' || one.billingCycle === 'none')).toBe(true);
    const monthly = (await list({ list: 'monthToMonth' })).items;
    expect(monthly).toHaveLength(1);
    expect(monthly[0]).toMatchObject({
      customerId: customerId(16),
      kind: 'window',
      day: '2026-11-23',
      daysLeft: 7,
      possible: ['Remove licenses: 12 at most', 'Cancel with a refund of the remaining days'],
      otherwise: 'Bound until 15 Dec 2026, licenses: 12',
      seats: { assigned: 0, total: 12, unused: 12 },
      value: { currency: 'USD' },
    });
    expect(within90).toEqual({ commitment: items.filter(({ daysLeft }) => daysLeft <= 90).length, monthToMonth: 1 });
  });

  it('say in the caller’s language what renews if nobody does anything', async () => {
    const turkish = await deployment.signIn(AYLIN, 'tr');
    const row = (await all({}, turkish)).find((one) => one.subscriptionId === subscriptionId(1));
    expect(row).toMatchObject({
      kind: 'renewal',
      day: '2027-10-06',
      possible: ['Otomatik yenilemeyi kapatma'],
      otherwise: 'Yenilenir: bir yıl, lisans: 25',
    });
  });

  it('are filtered by days, unused licenses and a name in any case, and paged in every order', async () => {
    const every = await all({});
    expect((await all({ days: 30 })).map(({ subscriptionId: id }) => id)).toEqual(
      every.filter(({ daysLeft }) => daysLeft <= 30).map(({ subscriptionId: id }) => id),
    );
    expect((await all({ unused: 'true' })).every(({ seats }) => seats.unused > 0)).toBe(true);
    expect(new Set((await all({ search: 'IZMIR' })).map(({ customerName }) => customerName))).toEqual(
      new Set(['İzmir Tekstil']),
    );
    for (const sort of ['day', 'customer', 'unused', 'value'] as const) {
      const [whole, paged] = [await all({ sort }), await all({ sort, limit: 3 })];
      expect(paged.map(({ subscriptionId: id }) => id)).toEqual(whole.map(({ subscriptionId: id }) => id));
    }
    const unused = (await all({ sort: 'unused' })).map(({ seats }) => seats.total - seats.assigned);
    expect(unused).toEqual(unused.toSorted((one, other) => other - one));
  });

  it('name the field of a question that makes no sense', async () => {
    const wrong = problemOf(await api('listDeadlines', { query: { days: 0 } }));
    expect(wrong).toMatchObject({ status: 400, fields: [{ field: 'days' }] });
    const { nextCursor } = await list({ limit: 1 });
    const elsewhere = problemOf(await api('listDeadlines', { query: { sort: 'value', cursor: nextCursor ?? '' } }));
    expect(elsewhere).toMatchObject({ status: 400, fields: [{ field: 'cursor' }] });
  });

  it('are one’s own customers’ alone', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    const [own, foreign] = [await all({}), await all({}, wendy)];
    const ids = new Set(own.map(({ subscriptionId: id }) => id));
    expect(foreign.length).toBeGreaterThan(0);
    expect(foreign.filter(({ subscriptionId: id }) => ids.has(id))).toEqual([]);
  });

  it('are saved as CSV as a Turkish spreadsheet opens it', async () => {
    const headers = {
      authorization: `Bearer ${await deployment.tokenOf(AYLIN)}`,
      accept: 'text/csv',
      'accept-language': 'tr',
    };
    const text = await (await send('/api/deadlines?sort=customer', headers)).text();
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^Müşteri;Etki alanı;Abonelik;.*;Dönem tutarı;Para birimi$/);
    expect(lines).toHaveLength((await all({})).length + 1);
    expect(lines.find((line) => line.includes(subscriptionId(1)))).toMatch(/;2027-10-06;324;.*;aylık;\d+,\d\d;USD$/);
  });
});

describe('customers by what is near', () => {
  const names = async (query: object) => valueOf(await api('listCustomers', { query: { limit: 200, ...query } })).items;

  it('are sorted by their nearest deadline, those without one last, page by page', async () => {
    const whole = await names({ sort: 'deadline' });
    const days = whole.map(({ nextDeadline }) => nextDeadline ?? '9999');
    expect(days).toEqual(days.toSorted());
    const rows = await all({});
    const first = rows.map(({ customerId: id }) => id).find((id) => id !== undefined);
    expect(whole[0]?.customerId).toBe(first);
    const one = valueOf(await api('listCustomers', { query: { sort: 'deadline', limit: 2 } }));
    const two = valueOf(
      await api('listCustomers', { query: { sort: 'deadline', limit: 2, cursor: one.nextCursor ?? '' } }),
    );
    expect([...one.items, ...two.items].map(({ name }) => name)).toEqual(whole.slice(0, 4).map(({ name }) => name));
    const near = await names({ filter: 'deadline' });
    expect(new Set(near.map(({ name }) => name))).toEqual(
      new Set(whole.filter(({ nextDeadline }) => nextDeadline && nextDeadline <= '2026-12-16').map(({ name }) => name)),
    );
  });

  it('are sorted by how much can be upgraded there', async () => {
    const whole = await names({ sort: '-upgradable' });
    const counts = whole.map(({ upgradableCount }) => upgradableCount);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts).toEqual(counts.toSorted((one, other) => other - one));
    expect(whole).toHaveLength((await names({})).length);
    const paged: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = valueOf(
        await api('listCustomers', { query: { sort: '-upgradable', limit: 3, ...(cursor && { cursor }) } }),
      );
      paged.push(...page.items.map(({ name }) => name));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole.map(({ name }) => name));
  });
});

describe('the calendar', () => {
  const fetched = async (address: string) => {
    const answer = await send(new URL(address).pathname);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const unfolded = (text: string) => text.replaceAll('\r\n ', '');

  it('is fetched at an address of its own without signing in, in the agent’s language, with an event on each last day', async () => {
    expect(valueOf(await api('showCalendarFeed', {})).feed).toBeNull();
    const turkish = await deployment.signIn(AYLIN, 'tr');
    const { address } = valueOf(await turkish('renewCalendarFeed', {}));
    const { status, type, text } = await fetched(address);
    expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    const events = unfolded(text).split('BEGIN:VEVENT\r\n').slice(1);
    expect(events).toHaveLength((await all({ days: 365 })).length);
    const event = events.find((one) => one.includes(subscriptionId(1)));
    expect(event).toContain(`UID:${subscriptionId(1)}-renewal@yukselt\r\n`);
    expect(event).toContain('DTSTART;VALUE=DATE:20271006\r\n');
    expect(event).toContain('DTEND;VALUE=DATE:20271007\r\n');
    expect(event).toContain('DTSTAMP:20261116T000000Z\r\n');
    expect(event).toMatch(/SUMMARY:.*: Microsoft 365 İş Temel\\, son gün\r\n/);
    expect((await fetched(address)).text).toBe(text);
    expect(valueOf(await api('showCalendarFeed', {})).feed?.lastUsedAt).toMatch(/^2026-11-16T09:/);
  });

  it('of one partner tells nothing of another’s customers', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    const { address } = valueOf(await wendy('renewCalendarFeed', {}));
    const { text } = await fetched(address);
    expect(text).toContain('BEGIN:VEVENT');
    for (const { subscriptionId: id } of await all({})) expect(text).not.toContain(id);
  });

  it('keeps of its address a hash, and stops when it is made anew, ended, or its agent is removed', async () => {
    const { address } = valueOf(await api('renewCalendarFeed', {}));
    const kept = await deployment.context.database.asSystem((tx) => tx.query('select * from calendar_feeds'));
    expect(JSON.stringify(kept)).not.toContain(/calendar\/(.*)\.ics/.exec(address)?.[1]);
    const { address: next } = valueOf(await api('renewCalendarFeed', {}));
    expect([(await fetched(address)).status, (await fetched(next)).status]).toEqual([404, 200]);
    valueOf(await api('revokeCalendarFeed', {}));
    valueOf(await api('revokeCalendarFeed', {}));
    expect((await fetched(next)).status).toBe(404);
    const selim = await deployment.signIn('selim@kuzey.example');
    const { address: ofSelim } = valueOf(await selim('renewCalendarFeed', {}));
    const gulay = await deployment.signIn(GULAY);
    const { items } = valueOf(await gulay('listAgents', {}));
    const agentId = items.find(({ email }) => email === 'selim@kuzey.example')?.agentId ?? '';
    valueOf(await gulay('removeAgent', { params: { agentId } }));
    expect((await fetched(ofSelim)).status).toBe(404);
    valueOf(await gulay('restoreAgent', { params: { agentId } }));
    expect((await fetched(ofSelim)).status).toBe(404);
    const acts = await deployment.context.database.asSystem((tx) =>
      tx.query<{ action: string }>(
        `select action from audit_records where partner_id = $1 and action like 'calendar.%'`,
        [PARTNERS.kuzey],
      ),
    );
    expect(acts.filter(({ action }) => action === 'calendar.closed')).toHaveLength(1);
  });

  it('is saved as a file, with the filters of the list', async () => {
    const headers = { authorization: `Bearer ${await deployment.tokenOf(AYLIN)}` };
    const answer = await send('/api/deadlines/calendar?list=monthToMonth', headers);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="deadlines-2026-11-16.ics"');
    expect((await answer.text()).match(/BEGIN:VEVENT/g)).toHaveLength(1);
  });

  it('is nothing at an address that nobody was given', async () => {
    expect((await send('/calendar/nothing.ics')).status).toBe(404);
    expect((await send(`/calendar/${'a'.repeat(43)}.ics`)).status).toBe(404);
  });
});
