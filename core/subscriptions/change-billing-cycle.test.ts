import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import type { BillingCycle } from '../values/period.ts';
import { type CycleFacts, decideBillingCycle } from './change-billing-cycle.ts';
import type { Subscription } from './subscription.ts';

const { catalog } = loadCatalog();

/** An order of one: 10 seats at 5.00 a month since January 13, 2018; today it costs 4.00, and by the year 3.50. */
function factsOf(bent: Partial<Subscription> = {}): CycleFacts {
  const { subscription, billed } = soundFacts(catalog, 'business-basic', { subscription: bent });
  const price = { monthly: parseUnitPrice('4.00', 'USD'), annual: parseUnitPrice('3.50', 'USD') };
  return { catalog, prices: new Map([[subscription.offerId, price]]), rounding: {}, lines: [{ subscription, billed }] };
}

const decide = (facts: CycleFacts, cycle: BillingCycle, on = '2018-02-01') =>
  decideBillingCycle(facts, cycle, Temporal.PlainDate.from(on));

function refusalsOf(...given: Parameters<typeof decide>) {
  const decided = decide(...given);
  return decided.ok ? [] : decided.refused.map(({ name }) => name);
}

describe('another billing frequency of a legacy order (B5)', () => {
  it('gives back the rest of the period and bills a whole new one at the price of the day, the names the wrong way round', () => {
    const decided = decide(factsOf(), 'annual');
    const [changed] = decided.ok ? decided.value : [];
    const lines = changed ? [...changed.credits, changed.charge] : [];
    expect(lines.map((line) => `${line.chargeType} ${line.days}: ${formatMoney(line.amount)}`)).toEqual([
      'Prorate fees when convert to a new offering 12: -19.35',
      'Prorate fees when convert away from current offering 365: 420.00',
    ]);
    expect(changed).toMatchObject({ billingCycle: 'annual', unitPrice: { micros: 3_500_000n } });
    expect([changed?.startsOn, changed?.termEndsOn, changed?.billedThrough].map(String)).toEqual([
      '2018-02-01',
      '2019-01-31',
      '2019-01-31',
    ]);
  });

  it('on the first day of a month that was not billed yet bills it and gives all of it back', () => {
    const decided = decide(factsOf(), 'annual', '2018-02-13');
    const [changed] = decided.ok ? decided.value : [];
    expect(changed?.dueLines.map(({ amount }) => formatMoney(amount))).toEqual(['50.00']);
    expect(formatMoney(changed?.credits[0]?.amount ?? { minor: 0n, currency: 'USD' })).toBe('-50.00');
  });

  it('that it has already changes nothing', () => {
    expect(decide(factsOf(), 'monthly')).toEqual({ ok: true, value: [] });
  });

  it('needs every subscription of the order to be active, of the legacy platform, and sold so', () => {
    expect(refusalsOf(factsOf({ status: 'suspended' }), 'annual')).toEqual(['subscription-not-active']);
    expect(refusalsOf(factsOf({ platform: 'newCommerce' }), 'annual')).toEqual(['billing-cycle-not-changeable']);
    expect(refusalsOf({ ...factsOf(), prices: new Map() }, 'annual')).toEqual(['target-not-priced']);
    expect(refusalsOf(factsOf(), 'triennial')).toEqual(['billing-cycle-not-supported']);
  });

  it('never gives back more than the period was billed with', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (days) => {
        const on = Temporal.PlainDate.from('2018-01-13').add({ days });
        const decided = decideBillingCycle(factsOf(), 'annual', on);
        const [changed] = decided.ok ? decided.value : [];
        const [credit] = changed?.credits ?? [];
        expect(credit && credit.amount.minor >= -5000n && credit.amount.minor < 0n).toBe(true);
        expect(changed?.charge.period.start.equals(on)).toBe(true);
      }),
    );
  });
});
