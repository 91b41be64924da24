import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { closeMonths } from '../server/ledger/close-months.ts';
import { keepUpToDate } from '../server/subscriptions/keep-up-to-date.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { AYLIN, GULAY, seedBasic, submitUpgrade } from './waiting.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn(AYLIN);
});
afterAll(() => deployment.stop());

const WITHOUT_ROLE = 'nil@kuzey.example';
const minorOf = (amount: string) => BigInt(amount.replace('.', ''));
const sumOf = (amounts: readonly string[]) => amounts.reduce((sum, amount) => sum + minorOf(amount), 0n);

/** A customer of its own whose ten Business Basic went to Office 365 E3. */
async function upgraded(customerName = 'Işıklar Diş Kliniği') {
  const of = await seedBasic(deployment, { customerName });
  const { submitted } = await submitUpgrade(deployment, of);
  return { ...of, upgrade: valueOf(submitted) };
}

type Query = { subscriptionId?: string; month?: string; limit?: number; cursor?: string };
const page = async (customerId: string, query: Query = {}, client = aylin) =>
  valueOf(await client('listCustomerCharges', { params: { customerId }, query }));

/** Every line, so many at a time. */
async function linesOf(customerId: string, limit: number) {
  const lines = [];
  let cursor: string | null = null;
  do {
    const found: Awaited<ReturnType<typeof page>> = await page(customerId, { limit, ...(cursor && { cursor }) });
    lines.push(...found.items);
    cursor = found.nextCursor;
  } while (cursor);
  return lines;
}

async function download(path: string, language: 'en' | 'tr') {
  const answer = await fetch(deployment.url + path, {
    headers: {
      accept: 'text/csv',
      'accept-language': language,
      authorization: `Bearer ${await deployment.tokenOf(AYLIN)}`,
    },
  });
  return (await answer.text()).replace('\uFEFF', '').trimEnd().split('\r\n');
}

describe('the credits and charges of a customer', () => {
  it('are those of all its subscriptions, the newest first, an upgrade’s credit before its charge', async () => {
    const { customerId, subscriptionId, upgrade } = await upgraded();
    const { items } = await page(customerId);
    const days = items.map(({ bookedOn }) => bookedOn);
    expect(days).toEqual(days.toSorted().toReversed());
    const ofUpgrade = items.filter(({ upgrade: of, bookedOn }) => of && bookedOn === upgrade.effectiveOn);
    expect(ofUpgrade.map(({ explained }) => [explained.kind, explained.act])).toEqual([
      ['credit', 'upgrade'],
      ['charge', 'upgrade'],
    ]);
    expect(new Set(ofUpgrade.map(({ referenceId }) => referenceId)).size).toBe(1);
    expect(ofUpgrade.map(({ upgrade: of }) => of)).toEqual(
      ofUpgrade.map(() => ({ upgradeId: upgrade.upgradeId, difference: { amount: '0.00', currency: 'USD' } })),
    );
    expect(ofUpgrade.map(({ subscription }) => subscription.subscriptionId)).toEqual([
      subscriptionId,
      upgrade.target.subscriptionId,
    ]);
    expect(sumOf(ofUpgrade.map(({ amount }) => amount.amount))).toBe(minorOf(upgrade.totals.net.amount));
  });

  it('come page by page without one too many or too few', async () => {
    const { customerId } = await upgraded();
    const whole = (await page(customerId)).items.map(({ chargeId }) => chargeId);
    expect(whole.length).toBeGreaterThan(2);
    expect((await linesOf(customerId, 1)).map(({ chargeId }) => chargeId)).toEqual(whole);
  });

  it('are narrowed to a subscription and to a month, both of which can be asked for', async () => {
    const { customerId, subscriptionId, upgrade } = await upgraded();
    const known = valueOf(await aylin('showCustomerBilling', { params: { customerId } }));
    expect(new Set(known.subscriptions.map((one) => one.subscriptionId))).toEqual(
      new Set([subscriptionId, upgrade.target.subscriptionId]),
    );
    expect(known.months).toContain('2026-11-01');
    const ofOld = (await page(customerId, { subscriptionId })).items;
    expect(new Set(ofOld.map((line) => line.subscription.subscriptionId))).toEqual(new Set([subscriptionId]));
    const months = await Promise.all(known.months.map((month) => page(customerId, { month })));
    expect(months.flatMap(({ items }) => items).length).toBe((await page(customerId)).items.length);
    expect((await page(customerId, { month: '2020-01-31' })).items).toEqual([]);
  });

  it('say what they are sold on at', async () => {
    const { customerId } = await upgraded();
    valueOf(await aylin('changeMargin', { params: { customerId }, body: { basisPoints: 1000 } }));
    const [line] = (await page(customerId)).items;
    expect(line?.sold.cost).toEqual(line?.amount);
    expect(line?.sold.sell).not.toEqual(line?.amount);
  });

  it('are a file in the reader’s language, with a row for each', async () => {
    const { customerId } = await upgraded();
    const { items } = await page(customerId);
    const [head = '', ...rows] = await download(`/api/customers/${customerId}/charges`, 'tr');
    const columns = head.split(';');
    expect(columns).toContain('Birim fiyat');
    expect(rows.map((row) => row.split(';')[columns.indexOf('Tutar')])).toEqual(
      items.map(({ amount }) => amount.amount.replace('.', ',')),
    );
    expect(rows.join('\n')).toContain('Önizlemeyle aynı');
  });

  it('are hidden from other partners, and from those who may not see bills', async () => {
    const { customerId } = await upgraded();
    const wendy = await deployment.signIn('wendy@westwind.example');
    const params = { customerId };
    for (const name of [
      'listCustomerCharges',
      'showCustomerBilling',
      'showNextInvoice',
      'listBilledUpgrades',
    ] as const) {
      expect(problemOf(await wendy(name, { params })).status).toBe(404);
      const nobody = await deployment.signIn(WITHOUT_ROLE);
      expect(problemOf(await nobody(name, { params })).status).toBe(403);
    }
  });

  it('name the field that is wrong', async () => {
    const { customerId } = await seedBasic(deployment);
    const refused = problemOf(
      await aylin('listCustomerCharges', { params: { customerId }, query: { month: 'November' } }),
    );
    expect(refused.fields?.map(({ field }) => field)).toEqual(['month']);
  });
});

describe('the comparison with what was approved', () => {
  it('finds an upgrade that was billed as it was previewed', async () => {
    const { customerId, upgrade } = await upgraded();
    const { items } = valueOf(await aylin('listBilledUpgrades', { params: { customerId } }));
    expect(items).toMatchObject([
      {
        upgradeId: upgrade.upgradeId,
        quoted: upgrade.totals.net,
        billed: upgrade.totals.net,
        missing: [],
        unexpected: [],
      },
    ]);
  });

  it('tells by how much the bill of another is off', async () => {
    const { customerId, upgrade } = await upgraded();
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `insert into charges select r.* from (select * from charges where upgrade_id = $1 and amount_minor > 0 limit 1) c
         cross join lateral jsonb_populate_record(null::charges, to_jsonb(c) || jsonb_build_object(
           'charge_id', gen_random_uuid(), 'quantity', 1, 'amount_minor', 7)) r`,
        [upgrade.upgradeId],
      ),
    );
    const { items } = valueOf(await aylin('listBilledUpgrades', { params: { customerId } }));
    expect(items).toMatchObject([{ difference: { amount: '0.07' }, missing: [], unexpected: [expect.any(String)] }]);
    const lines = (await page(customerId)).items.filter(({ upgrade: of }) => of !== null);
    expect(lines.every(({ upgrade: of }) => of?.difference?.amount === '0.07')).toBe(true);
  });
});

describe('the next invoice of a customer', () => {
  it('expects what the calendar writes until the end of the month', async () => {
    const world = await startDeployment('demo', { now: '2026-11-02T08:00:00Z' });
    try {
      const gulay = await world.signIn(GULAY);
      const { customerId } = await seedBasic(world);
      const params = { customerId };
      const before = valueOf(await gulay('showNextInvoice', { params }));
      expect(before).toMatchObject({ periodStart: '2026-11-01', periodEnd: '2026-11-30' });
      expect(before.upcoming.map(({ bookedOn }) => bookedOn)).toEqual(['2026-11-13']);
      await world.moveClock('2026-12-01T08:00:00Z');
      const routine = keepUpToDate(world.context);
      while (await routine.run());
      const closing = closeMonths(world.context);
      while (await closing.run());
      const query = { month: '2026-11-01' };
      const written = valueOf(await gulay('listCustomerCharges', { params, query })).items;
      expect(before.invoices.map(({ expected }) => expected.cost.amount)).toEqual([
        valueOf(await gulay('showCustomerBilling', { params })).months.includes('2026-11-01') &&
          formatted(sumOf(written.map(({ amount }) => amount.amount))),
      ]);
      expect(written.map(({ explained }) => explained.sentence)).toContain(before.upcoming[0]?.explained.sentence);
    } finally {
      await world.stop();
    }
  });
});

const formatted = (minor: bigint) => `${String(minor / 100n)}.${String(minor % 100n).padStart(2, '0')}`;

describe('the list of upgrades', () => {
  it('is found by number, narrowed by way, state, offer, person and day, and sorted by more than time', async () => {
    const first = await upgraded('Ağrı Bal');
    const second = await upgraded('Çorum Leblebi');
    const list = async (query: NonNullable<Parameters<typeof aylin<'listAllUpgrades'>>[1]['query']>) =>
      valueOf(await aylin('listAllUpgrades', { query: { limit: 200, ...query } })).items.map((one) => one.upgradeId);
    const [one, other] = [first.upgrade.upgradeId, second.upgrade.upgradeId];
    const short = `${other.slice(-8, -4)}-${other.slice(-4)}`.toUpperCase();
    expect(await list({ search: short })).toEqual([other]);
    expect(await list({ search: 'corum' })).toEqual([other]);
    expect(await list({ search: 'corum', state: 'applied', way: 'replacement' })).toEqual([other]);
    expect(await list({ search: 'corum', way: 'renewal' })).toEqual([]);
    expect(await list({ search: 'corum', offerId: second.upgrade.source.offerId })).toEqual([other]);
    expect(await list({ search: 'corum', submittedById: second.upgrade.submittedById ?? '' })).toEqual([other]);
    expect(await list({ search: 'corum', from: '2026-11-17' })).toEqual([]);
    expect(await list({ search: 'corum', from: '2026-11-16', until: '2026-11-16' })).toEqual([other]);
    const named = (await list({ sort: 'customer' })).filter((id) => id === one || id === other);
    expect(named).toEqual([one, other]);
    expect(await list({ sort: '-customer' })).toEqual((await list({ sort: 'customer' })).toReversed());
    const query = { sort: 'net', limit: 1 } as const;
    const { nextCursor } = valueOf(await aylin('listAllUpgrades', { query }));
    const further = await list({ sort: 'net', cursor: nextCursor ?? '' });
    expect(further).toEqual((await list({ sort: 'net' })).slice(1));
    const wrong = { sort: 'licenses', cursor: nextCursor ?? '' } as const;
    expect(problemOf(await aylin('listAllUpgrades', { query: wrong })).fields?.[0]?.field).toBe('cursor');
    const filters = valueOf(await aylin('listUpgradeFilters', {}));
    expect(filters.submitters.map(({ agentId }) => agentId)).toContain(second.upgrade.submittedById);
  });

  it('is a file of the columns that are shown', async () => {
    await upgraded('Gümüşhane Pestil');
    const path = '/api/upgrades?search=pestil&without=currency,way,openAccounts';
    expect(await download(path, 'en')).toEqual([
      'Customer,Number,From,To,Submitted,Submitted by,Licenses,Net,Status',
      expect.stringMatching(/^Gümüşhane Pestil,.*,Office 365 Enterprise E3,.*,10,[\d.]+,Done$/) as string,
    ]);
    const refused = await aylin('listAllUpgrades', { query: { without: 'colour' } });
    expect(problemOf(refused).fields?.map(({ field }) => field)).toEqual(['without']);
  });
});
