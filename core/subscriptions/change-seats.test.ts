import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { NOW, offerOf, soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { formatMoney } from '../values/money.ts';
import { decideSeatChange } from './change-seats.ts';
import type { SeatFacts } from './seat-rules.ts';
import { mayChangeSeats, mayUpgrade, type Subscription } from './subscription.ts';

const { catalog } = loadCatalog();
const basic = offerOf(catalog, 'business-basic');

const LAST = { userId: 'u', displayName: 'Zeynep', userPrincipalName: 'zeynep@izmirtekstil.example' };

function seatFacts(bent: Partial<Subscription> = {}, assigned = 4): SeatFacts {
  const { subscription, billed } = soundFacts(catalog, 'business-basic', { subscription: bent });
  const nothing = { charged: { minor: 0n, currency: 'USD' }, batches: [], rounding: {} };
  const { quantity: tenantSeats } = subscription;
  return { subscription, billed, offer: basic, assigned, losing: [LAST], ...nothing, tenantSeats };
}

function refusalsOf(facts: SeatFacts, quantity: number) {
  const decided = decideSeatChange(facts, quantity, NOW);
  return decided.ok ? [] : decided.refused;
}

function acceptedOf(facts: SeatFacts, quantity: number, on = '2018-02-01') {
  const decided = decideSeatChange(facts, quantity, Temporal.Instant.from(`${on}T09:00:00Z`));
  if (!decided.ok) throw new Error(decided.refused.map((one) => one.name).join(', '));
  return decided.value;
}

const STATUSES = ['pending', 'active', 'suspended', 'expired', 'disabled', 'deleted'] as const;

describe('a change of seats', () => {
  it('is billed from the day it is made (R16, B3)', () => {
    const { quantity, dueLines, lines } = acceptedOf(seatFacts(), 12);
    expect(quantity).toBe(12);
    expect(dueLines).toEqual([]);
    expect(lines.map((line) => `${line.quantity} x ${line.days} days: ${formatMoney(line.amount)}`)).toEqual([
      '10 x 31 days: -50.00',
      '10 x 19 days: 30.65',
      '12 x 12 days: 23.23',
    ]);
  });

  it('first bills what fell due, and then takes that back for the slices', () => {
    const { dueLines, lines } = acceptedOf(seatFacts(), 12, '2018-03-13');
    expect(dueLines.map((line) => line.period.start.toString())).toEqual(['2018-02-13', '2018-03-13']);
    expect(lines.map((line) => formatMoney(line.amount))).toEqual(['-50.00', '60.00']);
  });

  it('of a term that is over and not renewed changes the number and bills nothing', () => {
    const over = seatFacts({ autoRenew: false });
    expect(acceptedOf(over, 12, '2019-03-01').lines).toEqual([]);
  });

  it('to the present number bills nothing', () => {
    expect(acceptedOf(seatFacts(), 10).lines).toEqual([]);
  });

  it.each([
    [0, false],
    [1, true],
    [300, true],
    [301, false],
  ])('of a business plan to %i seats is within the limits of the offer: %s (N27, N29)', (quantity, within) => {
    const outside = { name: 'quantity-out-of-range', offerId: basic.offerId, min: 1, max: 300, requested: quantity };
    expect(refusalsOf(seatFacts({}, 0), quantity)).toEqual(within ? [] : [outside]);
  });

  it('never leaves fewer seats than users hold licenses', () => {
    expect(refusalsOf(seatFacts(), 4)).toEqual([]);
    expect(refusalsOf(seatFacts(), 3)).toEqual([
      { name: 'licenses-still-assigned', assigned: 4, requested: 3, users: [LAST] },
    ]);
  });

  it.each(STATUSES.filter((status) => status !== 'active'))('is refused for a subscription that is %s', (status) => {
    expect(refusalsOf(seatFacts({ status }), 12)).toMatchObject([{ name: 'subscription-not-active', status }]);
  });

  it.each(['pending', 'failed'] as const)('is refused while provisioning is %s', (provisioning) => {
    expect(refusalsOf(seatFacts({ provisioning }), 12)).toEqual([
      { name: 'subscription-not-provisioned', provisioning },
    ]);
  });

  it('is refused with every reason that holds, not only the first (E31)', () => {
    const facts = seatFacts({ status: 'suspended', provisioning: 'failed' }, 4);
    expect(refusalsOf(facts, 0).map((one) => one.name)).toEqual([
      'subscription-not-active',
      'subscription-not-provisioned',
      'quantity-out-of-range',
      'licenses-still-assigned',
    ]);
  });

  it('is accepted exactly when the number is within the limits and gives every licensed user a seat', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 400 }), fc.nat(320), (quantity, assigned) => {
        const fits = quantity >= 1 && quantity <= 300 && quantity >= assigned;
        expect(refusalsOf(seatFacts({}, assigned), quantity).length === 0).toBe(fits);
      }),
    );
  });
});

describe('a subscription', () => {
  it.each(STATUSES)('that is %s may be upgraded and may change seats only if it is active (S11)', (status) => {
    const { subscription } = seatFacts({ status });
    expect(mayUpgrade(subscription)).toBe(status === 'active');
    expect(mayChangeSeats(subscription)).toBe(status === 'active');
  });
});
