import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { lineFromDay } from '../ledger/new-commerce-billing.ts';
import { soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { type CancelFacts, decideCancellation, isCancellable, refundOptions } from './cancel.ts';
import type { Subscription } from './subscription.ts';

const { catalog } = loadCatalog();
const BOUGHT_AT = Temporal.Instant.from('2022-06-01T10:00:00Z');
const after = (hours: number) => BOUGHT_AT.add({ hours });

type Plan = { price?: string; termDuration?: 'P1M' | 'P1Y'; billingCycle?: 'monthly' | 'annual' };

/** 10 seats bought on June 1, 2022 at ten in the morning: 30.00 for a month of 30 days, or 365.00 for a prepaid year. */
function newCommerce({ price = '30.00', termDuration = 'P1M', billingCycle = 'monthly' }: Plan = {}): CancelFacts {
  const termStartsOn = Temporal.PlainDate.from('2022-06-01');
  const { subscription } = soundFacts(catalog, 'nce-business-basic', {
    subscription: {
      platform: 'newCommerce',
      termDuration,
      billingCycle,
      unitPrice: parseUnitPrice(price, 'USD'),
      purchasedOn: termStartsOn,
      termStartsOn,
      termEndsOn: Temporal.PlainDate.from(termDuration === 'P1M' ? '2022-06-30' : '2023-05-31'),
      cancellableUntil: after(168),
    },
  });
  const bought = lineFromDay(subscription, 'new', 10, termStartsOn);
  return {
    subscription: { ...subscription, billedThrough: bought.period.end },
    addOns: [],
    billed: [],
    charged: bought.amount,
    rounding: {},
  };
}

function legacy(bent: Partial<Subscription> = {}): CancelFacts {
  const { subscription, billed } = soundFacts(catalog, 'business-basic', { subscription: bent });
  return { subscription, addOns: [], billed, charged: { minor: 0n, currency: 'USD' }, rounding: {} };
}

function decided(facts: CancelFacts, now: Temporal.Instant) {
  const cancellation = decideCancellation(facts, now);
  return cancellation.ok
    ? [
        cancellation.value.refund,
        ...cancellation.value.lines.map((one) => `${one.days} days ${formatMoney(one.amount)}`),
      ]
    : cancellation.refused.map(({ name }) => name);
}

describe('a cancellation on new commerce', () => {
  const prepaid = { price: '365.00', termDuration: 'P1Y', billingCycle: 'annual' } as const;

  it.each([
    [0, '30 days -300.00', '365 days -3650.00'],
    [23, '30 days -300.00', '365 days -3650.00'],
    [24, '29 days -290.00', '364 days -3640.00'],
    [48, '28 days -280.00', '363 days -3630.00'],
    [72, '27 days -270.00', '362 days -3620.00'],
    [96, '26 days -260.00', '361 days -3610.00'],
    [120, '25 days -250.00', '360 days -3600.00'],
    [144, '24 days -240.00', '359 days -3590.00'],
  ])('%i hours after the purchase gives back %s of a month, %s of a prepaid year (N34)', (hours, month, year) => {
    const refund = hours < 24 ? 'full' : 'partial';
    expect(decided(newCommerce(), after(hours))).toEqual([refund, month]);
    expect(decided(newCommerce(prepaid), after(hours))).toEqual([refund, year]);
  });

  it('is refused after seven days, naming the day of the renewal (N33)', () => {
    expect(decided(newCommerce(), after(168).subtract({ seconds: 1 }))[0]).toBe('partial');
    const refused = decideCancellation(newCommerce(), after(168));
    expect(refused).toEqual({
      ok: false,
      refused: [
        {
          name: 'cancellation-window-passed',
          until: after(168),
          renewsOn: Temporal.PlainDate.from('2022-07-01'),
        },
      ],
    });
  });

  it('is refused after an upgrade, which has no window (N38)', () => {
    const facts = newCommerce();
    const upgraded = { ...facts, subscription: { ...facts.subscription, cancellableUntil: null } };
    expect(decided(upgraded, after(1))).toEqual(['cancellation-window-passed']);
  });

  it('on the first day gives back all, also what seats that were added since were charged with (C3)', () => {
    const charged = { minor: 34567n, currency: 'USD' };
    expect(decided({ ...newCommerce(), charged }, after(20))).toEqual(['full', '30 days -345.67']);
  });

  it('never gives back more than stands charged', () => {
    const charged = { minor: 5000n, currency: 'USD' };
    expect(decided({ ...newCommerce(), charged }, after(48))).toEqual(['partial', '28 days -50.00']);
  });

  it('of a suspended subscription within the window gives the days back too, for it is billed (L3)', () => {
    const facts = newCommerce();
    const subscription = { ...facts.subscription, status: 'suspended' } as Subscription;
    expect(decided({ ...facts, subscription }, after(48))).toEqual(['partial', '28 days -280.00']);
  });

  it('is offered with what comes back until when', () => {
    const { subscription } = newCommerce();
    expect(refundOptions(subscription, after(1)).map(({ type, until }) => [type, until.toString()])).toEqual([
      ['Full', '2022-06-02T10:00:00Z'],
      ['Partial', '2022-06-08T10:00:00Z'],
    ]);
    expect(refundOptions(subscription, after(24)).map(({ type }) => type)).toEqual(['Partial']);
    expect([isCancellable(subscription, after(167)), isCancellable(subscription, after(168))]).toEqual([true, false]);
  });
});

describe('a cancellation on the legacy platform', () => {
  const on = (day: string) => Temporal.Instant.from(`${day}T09:00:00Z`);

  it('gives all back within the first month, and the rest of the days later (B1.4)', () => {
    expect(decided(legacy(), on('2018-02-01'))).toEqual(['full', '31 days -50.00']);
    const later = decideCancellation(legacy(), on('2018-03-01'));
    expect(later.ok && later.value.dueLines.map(({ amount }) => formatMoney(amount))).toEqual(['50.00']);
    expect(decided(legacy(), on('2018-03-01'))).toEqual(['partial', '12 days -21.43']);
  });

  it('of a suspended subscription gives nothing back, for it is not billed (L2)', () => {
    expect(decided(legacy({ status: 'suspended' }), on('2018-03-01'))).toEqual(['none']);
  });
});

describe('a cancellation', () => {
  it.each(['pending', 'expired', 'disabled', 'deleted'] as const)('of one that is %s is refused', (status) => {
    expect(decided(legacy({ status }), BOUGHT_AT)).toContain('subscription-not-active');
  });

  it('is refused while add-ons hang on it, and while it is not provisioned', () => {
    const facts = { ...legacy({ provisioning: 'pending' }), addOns: [{ subscriptionId: 'a', offerId: 'b' }] };
    expect(decided(facts, BOUGHT_AT)).toEqual(['subscription-not-provisioned', 'add-ons-present']);
  });
});
