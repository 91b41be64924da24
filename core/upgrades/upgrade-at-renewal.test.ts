import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { boughtOn, day, idOf, renewalFacts } from '../subscriptions/lifecycle.fixture.ts';
import { lifecycleSteps } from '../subscriptions/lifecycle.ts';
import type { ScheduledChange } from '../subscriptions/scheduled-change.ts';
import { formatMoney } from '../values/money.ts';
import { upgradeAtRenewal } from './upgrade-at-renewal.ts';

const { catalog } = loadCatalog();
const BASIC = idOf(catalog, 'nce-business-basic');
const STANDARD = idOf(catalog, 'nce-business-standard');
const SCHEDULING = { by: 'selim', at: Temporal.Instant.from('2022-03-01T09:00:00Z') };

/** What of the steps of two years are upgrades, for a subscription whose renewal on June 18, 2022 was changed. */
function upgradesOf(change: Partial<ScheduledChange>, facts = renewalFacts(catalog)) {
  const scheduledChange: ScheduledChange = {
    offerId: STANDARD,
    quantity: 12,
    termDuration: 'P1Y',
    billingCycle: 'monthly',
    customTermEndsOn: null,
    ...change,
  };
  const before = boughtOn(catalog, '2021-06-18', { scheduledChange });
  return lifecycleSteps(facts, [before], day('2023-07-01')).flatMap((step) => upgradeAtRenewal(step) ?? []);
}

describe('a renewal is an upgrade', () => {
  it('where it carries out another product, once, charged for the first cycle of the new term', () => {
    const [upgrade, ...rest] = upgradesOf({ scheduled: SCHEDULING });
    expect(rest).toEqual([]);
    expect(upgrade).toMatchObject({
      source: { offerId: BASIC, quantity: 10 },
      target: { offerId: STANDARD, quantity: 12 },
      effectiveOn: day('2022-06-18'),
      scheduled: SCHEDULING,
    });
    // Twelve seats at 6.00 for one month; the other eleven are billed as they begin.
    expect(upgrade && formatMoney(upgrade.charge)).toBe('72.00');
  });

  it('whose scheduling is not known where it was kept without', () => {
    expect(upgradesOf({}).map(({ scheduled }) => scheduled)).toEqual([null]);
  });

  it('not where seats or the billing plan alone change', () => {
    expect(upgradesOf({ offerId: BASIC })).toEqual([]);
    expect(upgradesOf({ offerId: BASIC, billingCycle: 'annual' })).toEqual([]);
  });

  it('not where the other product has no price any more, so that it renewed as it was', () => {
    const { prices, ...facts } = renewalFacts(catalog);
    const left = new Map([...prices].filter(([offerId]) => offerId !== STANDARD));
    expect(upgradesOf({}, { ...facts, prices: left })).toEqual([]);
  });
});
