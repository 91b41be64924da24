import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { Catalog } from '../catalog/offer.ts';
import { formatMoney, sumMoney } from '../values/money.ts';
import { boughtLegacyOn, boughtOn, day, idOf, price, renewalFacts } from './lifecycle.fixture.ts';
import { dueOn, lifecycleSteps, type LifecycleStep } from './lifecycle.ts';
import type { Subscription } from './subscription.ts';

const { catalog } = loadCatalog();
const BASIC = idOf(catalog, 'nce-business-basic');
const STANDARD = idOf(catalog, 'nce-business-standard');
const LEGACY = idOf(catalog, 'business-basic');
const facts = renewalFacts(catalog);

const until = (subscription: Subscription, through: string, of = facts) =>
  lifecycleSteps(of, [subscription], day(through));
const lineTexts = (steps: readonly LifecycleStep[]) =>
  steps.flatMap(({ lines }) =>
    lines.map(
      ({ chargeType, period, amount }) =>
        `${chargeType} ${period.start.toString()}..${period.end.toString()} ${formatMoney(amount)}`,
    ),
  );
const eventTexts = (steps: readonly LifecycleStep[]) => steps.map(({ event, day: on }) => `${event} ${on.toString()}`);

describe('a new commerce subscription by the calendar', () => {
  it('of a month renews on the same day of the next month (B8)', () => {
    const monthly = boughtOn(catalog, '2021-06-18', {}, { termDuration: 'P1M' });
    expect(lineTexts(until(monthly, '2021-08-18'))).toEqual([
      'renew 2021-07-18..2021-08-17 60.00',
      'renew 2021-08-18..2021-09-17 60.00',
    ]);
  });

  it.each([
    ['2021-01-31', '2021-02-28'],
    ['2021-01-30', '2021-02-28'],
    ['2021-02-28', '2021-03-28'],
  ])('of a month from %s renews on %s (B9.1)', (from, renews) => {
    const monthly = boughtOn(catalog, from, {}, { termDuration: 'P1M' });
    expect(eventTexts(until(monthly, renews))).toEqual([`renewed ${renews}`]);
  });

  it('of a year that began on the last day of a month is charged on the last days (B9.2)', () => {
    const steps = until(boughtOn(catalog, '2021-01-31'), '2021-05-31');
    expect(eventTexts(steps)).toEqual([
      'charged 2021-02-28',
      'charged 2021-03-31',
      'charged 2021-04-30',
      'charged 2021-05-31',
    ]);
  });

  it('of a year that began on the day before the last is charged on the days before the last (B9.3)', () => {
    const steps = until(boughtOn(catalog, '2021-01-30'), '2021-05-30');
    expect(eventTexts(steps)).toEqual([
      'charged 2021-02-27',
      'charged 2021-03-30',
      'charged 2021-04-29',
      'charged 2021-05-30',
    ]);
  });

  it('renews, and is changed, at the prices of its market while that has a list of its own (N56)', () => {
    const dated = { validFrom: day('2022-01-01'), validUntil: day('2022-12-31') };
    const ofMarket = renewalFacts(catalog, {
      prices: new Map([
        [BASIC, [price(BASIC, '7.35')]],
        [LEGACY, [price(LEGACY, '7.00')]],
      ]),
      marketPrices: new Map([
        [BASIC, [price(BASIC, '5.00', dated)]],
        [STANDARD, [price(STANDARD, '10.00', dated)]],
        [LEGACY, [price(LEGACY, '1.00', dated)]],
      ]),
    });
    const renewed = (before: Subscription, on: string) => lineTexts(until(before, on, ofMarket)).at(-1);
    const bought = boughtOn(catalog, '2021-06-18');
    expect(renewed(bought, '2022-06-18')).toBe('renew 2022-06-18..2022-07-17 50.00');
    expect(renewed(boughtOn(catalog, '2020-06-18'), '2021-06-18')).toBe('renew 2021-06-18..2021-07-17 73.50');
    const scheduledChange = {
      offerId: STANDARD,
      quantity: 10,
      termDuration: 'P1Y',
      billingCycle: 'monthly',
      customTermEndsOn: null,
    } as const;
    expect(renewed({ ...bought, scheduledChange }, '2022-06-18')).toBe('renew 2022-06-18..2022-07-17 100.00');
    expect(renewed(boughtLegacyOn(catalog, '2021-06-18'), '2022-06-18')).toContain(' 70.00');
  });

  it('renews at the list price of that day, and keeps its price until then (N48, L7)', () => {
    const dearer = renewalFacts(catalog, {
      prices: new Map([[BASIC, [price(BASIC, '6.00'), price(BASIC, '7.50', { validFrom: day('2022-06-01') })]]]),
    });
    const steps = until(boughtOn(catalog, '2021-06-18'), '2022-06-18', dearer);
    expect(steps).toHaveLength(12);
    expect(lineTexts(steps.slice(-2))).toEqual([
      'cycleCharge 2022-05-18..2022-06-17 60.00',
      'renew 2022-06-18..2022-07-17 75.00',
    ]);
    const { after, batch } = steps[11] ?? {};
    expect(after).toMatchObject({ version: 2, quantity: 10 });
    expect(after?.termEndsOn.toString()).toBe('2023-06-17');
    expect(after?.cancellableUntil?.toString()).toBe('2022-06-25T00:00:00Z');
    expect(batch?.removableUntil.toString()).toBe('2022-06-25T00:00:00Z');
  });

  it('renews with the promotion that holds then, and without one that is over (N44)', () => {
    const promotion = {
      promotionId: 'fifteen',
      offerId: BASIC,
      termDuration: 'P1Y' as const,
      discountBasisPoints: 1500,
      validFrom: day('2022-01-01'),
      validUntil: day('2022-12-31'),
      conditions: {},
    };
    const steps = until(boughtOn(catalog, '2021-06-18'), '2023-06-18', { ...facts, promotions: [promotion] });
    const renewals = steps.filter(({ event }) => event === 'renewed');
    expect(lineTexts(renewals)).toEqual(['renew 2022-06-18..2022-07-17 51.00', 'renew 2023-06-18..2023-07-17 60.00']);
    expect(renewals.map(({ after }) => after.promotionId)).toEqual(['fifteen', null]);
  });

  it('becomes what was scheduled when it renews (N39)', () => {
    const scheduledChange = {
      offerId: STANDARD,
      quantity: 12,
      termDuration: 'P1Y',
      billingCycle: 'annual',
      customTermEndsOn: null,
    } as const;
    const [step] = until(
      boughtOn(catalog, '2021-06-18', { scheduledChange, billedThrough: day('2022-06-17') }),
      '2022-06-18',
    );
    expect(lineTexts(step ? [step] : [])).toEqual(['renew 2022-06-18..2023-06-17 864.00']);
    expect(step?.after).toMatchObject({
      offerId: STANDARD,
      quantity: 12,
      billingCycle: 'annual',
      scheduledChange: null,
    });
  });

  it('keeps a seat for everybody who got a license since fewer were scheduled (N39, W5)', () => {
    const scheduledChange = {
      offerId: BASIC,
      quantity: 4,
      termDuration: 'P1Y',
      billingCycle: 'monthly',
      customTermEndsOn: null,
    } as const;
    const before = boughtOn(catalog, '2021-06-18', { scheduledChange, billedThrough: day('2022-06-17') });
    const seatsFor = (assigned: number) =>
      until(
        before,
        '2022-06-18',
        renewalFacts(catalog, { assigned: new Map([[before.subscriptionId, assigned]]) }),
      ).map(({ after, lines }) => [after.quantity, ...lines.map(({ quantity }) => quantity)]);
    expect(seatsFor(3)).toEqual([[4, 4]]);
    expect(seatsFor(7)).toEqual([[7, 7]]);
  });

  it('that is to end with a calendar month is charged its days alone, and renews for a whole term (N24, N25)', () => {
    const scheduledChange = {
      offerId: BASIC,
      quantity: 10,
      termDuration: 'P1M',
      billingCycle: 'monthly',
      customTermEndsOn: day('2022-07-31'),
    } as const;
    const before = boughtOn(catalog, '2022-06-15', { scheduledChange }, { termDuration: 'P1M' });
    // 17 of 31 days at 6.00 are 3.29 for each seat, cut.
    expect(lineTexts(until(before, '2022-08-01'))).toEqual([
      'renew 2022-07-15..2022-07-31 32.90',
      'renew 2022-08-01..2022-08-31 60.00',
    ]);
  });

  it('that does not renew expires, is disabled and goes (L3)', () => {
    const steps = until(
      boughtOn(catalog, '2021-06-18', { autoRenew: false, billedThrough: day('2022-06-17') }),
      '2023-01-01',
    );
    expect(eventTexts(steps)).toEqual(['expired 2022-06-18', 'disabled 2022-07-18', 'deleted 2022-10-16']);
    expect(lineTexts(steps)).toEqual([]);
    expect(steps.at(-1)?.after).toMatchObject({ status: 'deleted', endedReason: 'expired', successorId: null });
  });

  it('that is suspended is billed to the end of its term, and disabled for 120 days (L3)', () => {
    const suspended = boughtOn(catalog, '2021-06-18', {
      status: 'suspended',
      autoRenew: false,
      billedThrough: day('2022-05-17'),
    });
    const steps = until(suspended, '2023-01-01');
    expect(eventTexts(steps)).toEqual(['charged 2022-05-18', 'disabled 2022-06-18', 'deleted 2022-10-16']);
    expect(lineTexts(steps)).toEqual(['cycleCharge 2022-05-18..2022-06-17 60.00']);
  });

  it('without a list price on the day of its renewal keeps its own', () => {
    const steps = until(boughtOn(catalog, '2021-06-18', {}, { termDuration: 'P1M' }), '2021-07-18', {
      ...facts,
      prices: new Map(),
    });
    expect(lineTexts(steps)).toEqual(['renew 2021-07-18..2021-08-17 60.00']);
  });
});

describe('a trial of new commerce', () => {
  const trial = {
    seats: 25,
    days: 30,
    becomesOfferId: BASIC,
  };
  const basic = catalog.offers.get(BASIC);
  const TRIAL = 'cfq7ttc0lh18:trial';
  const withTrial: Catalog = {
    ...catalog,
    offers: new Map([
      ...catalog.offers,
      ...(basic?.product ? [[TRIAL, { ...basic, offerId: TRIAL, product: { ...basic.product, trial } }] as const] : []),
    ]),
  };
  const tried = (bent: Partial<Subscription> = {}) =>
    boughtOn(catalog, '2021-06-25', {
      offerId: TRIAL,
      quantity: 25,
      billingCycle: 'none',
      termEndsOn: day('2021-07-24'),
      ...bent,
    });
  const of = { ...facts, catalog: withTrial };

  it('is paid for after 30 days: 25 seats for a year, billed monthly, and can be cancelled for a week (B10.3, N36)', () => {
    const [step] = until(tried(), '2021-07-25', of);
    expect(step).toMatchObject({ event: 'converted', after: { offerId: BASIC, quantity: 25, termDuration: 'P1Y' } });
    expect(lineTexts(step ? [step] : [])).toEqual(['convert 2021-07-25..2021-08-24 150.00']);
    expect(step?.after.termEndsOn.toString()).toBe('2022-07-24');
    expect(step?.after.cancellableUntil?.toString()).toBe('2021-08-01T00:00:00Z');
  });

  it('gets no promotion (N47)', () => {
    const promotion = {
      promotionId: 'half',
      offerId: BASIC,
      termDuration: 'P1Y' as const,
      discountBasisPoints: 5000,
      validFrom: day('2021-01-01'),
      validUntil: day('2021-12-31'),
      conditions: {},
    };
    expect(lineTexts(until(tried(), '2021-07-25', { ...of, promotions: [promotion] }))).toEqual([
      'convert 2021-07-25..2021-08-24 150.00',
    ]);
  });

  it('becomes what was scheduled, with any number of seats (N50)', () => {
    const scheduledChange = {
      offerId: STANDARD,
      quantity: 7,
      termDuration: 'P1Y',
      billingCycle: 'monthly',
      customTermEndsOn: null,
    } as const;
    const [step] = until(tried({ scheduledChange }), '2021-07-25', of);
    expect(step?.after).toMatchObject({ offerId: STANDARD, quantity: 7, scheduledChange: null });
  });

  it('expires where it is not to renew, and where nothing follows it that has a price (E12)', () => {
    expect(eventTexts(until(tried({ autoRenew: false }), '2021-07-25', of))).toEqual(['expired 2021-07-25']);
    expect(eventTexts(until(tried(), '2021-07-25', { ...of, prices: new Map() }))).toEqual(['expired 2021-07-25']);
  });
});

describe('a legacy subscription by the calendar', () => {
  it('renews for a year at the list price of that day (B1.2)', () => {
    const dearer = {
      ...facts,
      prices: new Map([[LEGACY, [price(LEGACY, '5.00'), price(LEGACY, '5.50', { validFrom: day('2018-12-01') })]]]),
    };
    const steps = until(boughtLegacyOn(catalog, '2018-01-13'), '2019-01-13', dearer);
    expect(lineTexts(steps.slice(-2))).toEqual([
      'Cycle fee 2018-12-13..2019-01-12 50.00',
      'Cycle fee 2019-01-13..2019-02-12 55.00',
    ]);
    expect(steps.at(-1)?.after.termEndsOn.toString()).toBe('2020-01-12');
  });

  it('that was billed past its term already moves on without a second fee', () => {
    const billed = { ...boughtLegacyOn(catalog, '2018-01-13'), billedThrough: day('2019-03-12') };
    const steps = until(billed, '2019-03-01');
    expect(eventTexts(steps)).toEqual(['renewed 2019-01-13']);
    expect(lineTexts(steps)).toEqual([]);
  });

  it('that does not renew ends with its term (L2)', () => {
    const steps = until(boughtLegacyOn(catalog, '2018-01-13', { autoRenew: false }), '2019-02-01');
    expect(steps.at(-1)).toMatchObject({ event: 'deleted', after: { endedReason: 'expired' } });
    expect(steps.at(-1)?.day.toString()).toBe('2019-01-13');
  });

  it('that is suspended is not billed, and goes on the day that was set when it was (L2)', () => {
    const suspended = boughtLegacyOn(catalog, '2018-01-13', { status: 'suspended', statusUntil: day('2018-05-02') });
    expect(eventTexts(until(suspended, '2019-02-01'))).toEqual(['deleted 2018-05-02']);
  });

  it('that is a trial is not paid by itself (B10.2)', () => {
    const trial = boughtLegacyOn(catalog, '2018-01-13', { billingCycle: 'none' });
    const over = { ...trial, billedThrough: trial.termEndsOn };
    expect(eventTexts(until(over, '2019-01-13'))).toEqual(['deleted 2019-01-13']);
  });
});

describe('whatever is due', () => {
  const start = day('2020-01-01');
  const FOUR_YEARS = 1461;

  it('renews on the documented day from every day of four years (B9.1, B1.2)', () => {
    for (let offset = 0; offset < FOUR_YEARS; offset += 1) {
      const from = start.add({ days: offset });
      for (const [duration, months] of [
        ['P1M', 1],
        ['P1Y', 12],
        ['P3Y', 36],
      ] as const) {
        const bought = boughtOn(catalog, from.toString(), { billingCycle: 'monthly' }, { termDuration: duration });
        const [renewal] = until(
          { ...bought, billedThrough: bought.termEndsOn },
          from.add({ months: months + 1 }).toString(),
        );
        expect(renewal?.day.toString()).toBe(from.add({ months }).toString());
      }
      const legacy = boughtLegacyOn(catalog, from.toString());
      const renewals = until({ ...legacy, billedThrough: legacy.termEndsOn }, from.add({ months: 37 }).toString());
      const days = renewals.filter(({ event }) => event === 'renewed').map((step) => step.day.toString());
      // Counted from the first day, so that February 29 comes back in leap years.
      expect(days).toEqual([1, 2, 3].map((years) => from.add({ years }).toString()));
    }
  });

  /** Any subscription in any state that it can be in by itself. */
  const anySubscription = fc
    .record({
      offset: fc.nat(FOUR_YEARS),
      legacy: fc.boolean(),
      termDuration: fc.constantFrom('P1M', 'P1Y', 'P3Y'),
      autoRenew: fc.boolean(),
      suspended: fc.boolean(),
      scheduled: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null }),
    })
    .map(({ offset, legacy, termDuration, autoRenew, suspended, scheduled }): Subscription => {
      const on = start.add({ days: offset }).toString();
      const status = suspended ? 'suspended' : 'active';
      if (legacy) {
        const bought = boughtLegacyOn(catalog, on, { autoRenew, status });
        return suspended ? { ...bought, statusUntil: day(on).add({ days: 90 }) } : bought;
      }
      const renews = autoRenew && !suspended;
      const scheduledChange =
        renews && scheduled
          ? {
              offerId: BASIC,
              quantity: scheduled,
              termDuration,
              billingCycle: 'monthly' as const,
              customTermEndsOn: null,
            }
          : null;
      return boughtOn(catalog, on, { autoRenew: renews, status, scheduledChange }, { termDuration });
    });

  it('comes to the same day by day as all at once', () => {
    fc.assert(
      fc.property(anySubscription, fc.integer({ min: 1, max: 500 }), (bought, days) => {
        const through = bought.purchasedOn.add({ days });
        const once = lifecycleSteps(facts, [bought], through);
        const daily: LifecycleStep[] = [];
        let now = bought;
        for (let on = bought.purchasedOn; Temporal.PlainDate.compare(on, through) <= 0; on = on.add({ days: 1 })) {
          const steps = lifecycleSteps(facts, [now], on);
          for (const step of steps) expect(step.day.toString()).toBe(on.toString());
          daily.push(...steps);
          now = steps.at(-1)?.after ?? now;
        }
        expect(daily).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  it('never bills a day twice or leaves one out while it is billed, and changes seats only as scheduled', () => {
    fc.assert(
      fc.property(anySubscription, fc.integer({ min: 1, max: 1500 }), (bought, days) => {
        const steps = lifecycleSteps(facts, [bought], bought.purchasedOn.add({ days }));
        let billed = bought.billedThrough;
        for (const { before, after, lines } of steps) {
          for (const { period, quantity } of lines) {
            expect(period.start.toString()).toBe(billed.add({ days: 1 }).toString());
            expect(quantity).toBe(after.quantity);
            billed = period.end;
          }
          expect(after.billedThrough.toString()).toBe(billed.toString());
          expect(after.quantity).toBe(
            before.scheduledChange && after.scheduledChange === null && after.status === 'active'
              ? before.scheduledChange.quantity
              : before.quantity,
          );
        }
        const last = steps.at(-1)?.after ?? bought;
        const next = dueOn(last);
        expect(next === null || Temporal.PlainDate.compare(next, bought.purchasedOn.add({ days })) > 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('of several subscriptions comes in the order of its days', () => {
    const all = [boughtOn(catalog, '2021-06-18'), boughtLegacyOn(catalog, '2021-06-20')];
    const steps = lifecycleSteps(facts, all, day('2021-09-01'));
    expect(eventTexts(steps)).toEqual([
      'charged 2021-07-18',
      'charged 2021-07-20',
      'charged 2021-08-18',
      'charged 2021-08-20',
    ]);
    const total = sumMoney(
      'USD',
      steps.flatMap(({ lines }) => lines.map(({ amount }) => amount)),
    );
    expect(formatMoney(total)).toBe('220.00');
  });
});
