import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { lineFromDay } from '../ledger/new-commerce-billing.ts';
import { offerOf, soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { formatMoney, parseUnitPrice, sumMoney } from '../values/money.ts';
import { decideSeatChange } from './change-seats.ts';
import { batchOf, seatsIn } from './seat-batch.ts';
import type { SeatFacts } from './seat-rules.ts';
import { MOST_UPDATES, type Subscription } from './subscription.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const basic = offerOf(catalog, 'nce-business-basic');
const BOUGHT_AT = Temporal.Instant.from('2021-06-18T10:00:00Z');
const after = (hours: number) => BOUGHT_AT.add({ hours });

/** 10 seats at 10.08 for a month from June 18, 2021, as in the published examples (B8). */
function seatFacts(bent: Partial<Subscription> = {}, rest: Partial<SeatFacts> = {}): SeatFacts {
  const termStartsOn = Temporal.PlainDate.from('2021-06-18');
  const { subscription } = soundFacts(catalog, 'nce-business-basic', {
    subscription: {
      platform: 'newCommerce',
      termDuration: 'P1M',
      unitPrice: parseUnitPrice('10.08', 'USD'),
      purchasedOn: termStartsOn,
      termStartsOn,
      termEndsOn: Temporal.PlainDate.from('2021-07-17'),
      cancellableUntil: after(168),
    },
  });
  const bought = lineFromDay(subscription, 'new', 10, termStartsOn);
  return {
    subscription: { ...subscription, billedThrough: bought.period.end, ...bent } as Subscription,
    offer: basic,
    assigned: 0,
    losing: [],
    billed: [],
    charged: bought.amount,
    rounding: {},
    batches: [batchOf(10, BOUGHT_AT)],
    tenantSeats: 10,
    ...rest,
  };
}

function refusalsOf(facts: SeatFacts, quantity: number, now = after(48)) {
  const decided = decideSeatChange(facts, quantity, now);
  return decided.ok ? [] : decided.refused;
}

function acceptedOf(facts: SeatFacts, quantity: number, now = after(48)) {
  const decided = decideSeatChange(facts, quantity, now);
  if (!decided.ok) throw new Error(decided.refused.map((one) => one.name).join(', '));
  return decided.value;
}

describe('more seats on new commerce', () => {
  it('are charged for the rest of the charge cycle, against the old number (B7.4, B8)', () => {
    const { lines } = acceptedOf(seatFacts(), 12);
    expect(
      lines.map((line) => `${line.chargeType} ${line.quantity} x ${line.days}: ${formatMoney(line.amount)}`),
    ).toEqual(['addQuantity 10 x 28: -94.00', 'addQuantity 12 x 28: 112.80']);
    const printed = decideSeatChange(seatFacts({}, { rounding: { newCommerce: 'as-printed' } }), 12, after(48));
    expect(printed.ok && printed.value.lines.map(({ amount }) => formatMoney(amount))).toEqual(['-94.08', '112.89']);
  });

  it('come at any time, as a batch with a window of its own (N26)', () => {
    const now = after(28 * 24);
    expect(acceptedOf(seatFacts(), 12, now).batches).toEqual([batchOf(10, BOUGHT_AT), batchOf(2, now)]);
  });

  it('are limited by what the whole tenant has of the SKU, through whatever partner (N28)', () => {
    const { offerId } = basic;
    const facts = seatFacts({}, { tenantSeats: 200 });
    expect(refusalsOf(facts, 110)).toEqual([]);
    expect(refusalsOf(facts, 111)).toEqual([
      { name: 'tenant-maximum-exceeded', offerId, max: 300, held: 190, requested: 111 },
    ]);
    expect(refusalsOf(facts, 301).map(({ name }) => name)).toEqual(['quantity-out-of-range']);
  });

  it('are first billed for a cycle that began meanwhile', () => {
    const facts = seatFacts(
      { termDuration: 'P1Y', termEndsOn: Temporal.PlainDate.from('2022-06-17') },
      { charged: { minor: 0n, currency: 'USD' } },
    );
    const { dueLines, lines } = acceptedOf(facts, 12, after(35 * 24));
    expect(dueLines.map((line) => `${line.chargeType} ${line.period.start.toString()}`)).toEqual([
      'cycleCharge 2021-07-18',
    ]);
    expect(lines.map((line) => `${line.days} of ${line.periodDays}: ${formatMoney(line.amount)}`)).toEqual([
      '26 of 31: -84.50',
      '26 of 31: 101.40',
    ]);
  });
});

describe('fewer seats on new commerce', () => {
  it('can go until 168 hours after they were added, and not an hour later (N26)', () => {
    expect(acceptedOf(seatFacts(), 4, after(167)).batches).toEqual([{ ...batchOf(10, BOUGHT_AT), quantity: 4 }]);
    const renewsOn = Temporal.PlainDate.from('2021-07-18');
    expect(refusalsOf(seatFacts(), 4, after(168))).toEqual([
      { name: 'seats-not-removable', removable: 0, requested: 6, renewsOn },
    ]);
  });

  it('go out of the newest batches first, and only out of open ones', () => {
    const batches = [batchOf(10, BOUGHT_AT), batchOf(5, after(100)), batchOf(3, after(120))];
    const facts = seatFacts({ quantity: 18 }, { batches, tenantSeats: 18 });
    expect(acceptedOf(facts, 12, after(200)).batches?.map(({ quantity }) => quantity)).toEqual([10, 2]);
    expect(refusalsOf(facts, 9, after(200))).toMatchObject([
      { name: 'seats-not-removable', removable: 8, requested: 9 },
    ]);
  });

  it('never leave fewer than users hold licenses, and name those who would lose theirs', () => {
    const users = [{ userId: 'u', displayName: 'Zeynep', userPrincipalName: 'zeynep@izmirtekstil.example' }];
    expect(refusalsOf(seatFacts({}, { assigned: 5, losing: users }), 4)).toEqual([
      { name: 'licenses-still-assigned', assigned: 5, requested: 4, users },
    ]);
  });
});

describe('a change of seats on new commerce', () => {
  it('is refused once the subscription was changed too often (N32)', () => {
    expect(refusalsOf(seatFacts({ updates: MOST_UPDATES - 1 }), 12)).toEqual([]);
    expect(refusalsOf(seatFacts({ updates: MOST_UPDATES }), 12)).toEqual([{ name: 'too-many-updates', most: 1200 }]);
  });

  it('waits for a renewal that is due (N43)', () => {
    const termEndsOn = Temporal.PlainDate.from('2021-07-17');
    expect(refusalsOf(seatFacts(), 12, Temporal.Instant.from('2021-07-18T00:00:01Z'))).toEqual([
      { name: 'renewal-running', termEndsOn },
    ]);
  });

  it('of a trial is none (N50)', () => {
    const { product } = basic;
    const trial = { seats: 25, days: 30, becomesOfferId: basic.offerId };
    const offer = { ...basic, product: product && { ...product, trial } };
    expect(refusalsOf(seatFacts({}, { offer }), 12)).toEqual([{ name: 'trial-not-changeable' }]);
  });

  it('keeps as many seats in batches as there are, and never gives back more than was charged', () => {
    const steps = fc.array(fc.record({ hours: fc.nat(700), quantity: fc.integer({ min: 1, max: 320 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(steps, (all) => {
        let facts = seatFacts();
        for (const { hours, quantity } of all.toSorted((one, other) => one.hours - other.hours)) {
          const decided = decideSeatChange(facts, quantity, after(hours));
          if (!decided.ok) continue;
          const { lines, batches } = decided.value;
          const charged = sumMoney('USD', [facts.charged, ...lines.map(({ amount }) => amount)]);
          expect(charged.minor >= 0n).toBe(true);
          const subscription = { ...facts.subscription, quantity };
          facts = { ...facts, subscription, charged, tenantSeats: quantity, batches: batches ?? [] };
          expect(seatsIn(facts.batches)).toBe(quantity);
        }
      }),
    );
  });
});
