import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { formatMoney } from '../values/money.ts';
import { startOf } from '../values/period.ts';
import { isCancellable } from './cancel.ts';
import { isCommitment, nextDeadline, valuePerCycle } from './deadline.ts';
import { boughtLegacyOn, boughtOn, day, idOf } from './lifecycle.fixture.ts';
import { isOver } from './lifecycle.ts';
import { batchOf, openBatches, type SeatBatch, seatsIn } from './seat-batch.ts';
import type { Subscription } from './subscription.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const STANDARD = idOf(catalog, 'nce-business-standard');
const at = (text: string) => Temporal.Instant.from(text);
type More = { batches?: readonly SeatBatch[]; assigned?: number; becomesOfferId?: string | null };
const of = (subscription: Subscription, now: string, more: More = {}) =>
  nextDeadline({ subscription, batches: [], assigned: 0, becomesOfferId: null, ...more }, at(now));
const told = (...asked: Parameters<typeof of>) => {
  const found = of(...asked);
  return found && [found.kind, found.day.toString(), ...found.acts.map(({ act }) => act), found.otherwise.outcome];
};

describe('the last day on new commerce', () => {
  const yearly = boughtOn(catalog, '2026-11-10', { cancellableUntil: at('2026-11-17T14:00:00Z') });
  const bought = batchOf(10, at('2026-11-10T14:00:00Z'));

  it('is that of the seven days after a purchase, for the whole and for its seats (N26, N33)', () => {
    expect(told(yearly, '2026-11-12T09:00:00Z', { batches: [bought] })).toEqual([
      'window',
      '2026-11-17',
      'removeSeats',
      'cancel',
      'committed',
    ]);
    expect(of(yearly, '2026-11-12T09:00:00Z', { batches: [bought] })?.until).toEqual(at('2026-11-17T14:00:00Z'));
  });

  it('is the window that closes first where seats were added later', () => {
    const added = batchOf(5, at('2026-11-14T08:00:00Z'));
    const after = of(yearly, '2026-11-17T15:00:00Z', { batches: [bought, added] });
    expect(after?.day.toString()).toBe('2026-11-21');
    expect(after?.acts).toEqual([{ act: 'removeSeats', seats: 5 }]);
  });

  it('is the day before when a window closes at midnight', () => {
    const midnight = { ...yearly, cancellableUntil: at('2026-11-17T00:00:00Z') };
    expect(of(midnight, '2026-11-12T09:00:00Z')?.day.toString()).toBe('2026-11-16');
  });

  it('is the last day of the term once all windows are closed: what renews can be planned, or auto-renew turned off (N39, N43, L7)', () => {
    expect(told(yearly, '2026-11-18T09:00:00Z')).toEqual([
      'renewal',
      '2027-11-09',
      'scheduleChange',
      'turnAutoRenewOff',
      'renews',
    ]);
  });

  it('says what a scheduled change makes of the renewal, and never fewer seats than are assigned', () => {
    const scheduledChange = {
      offerId: STANDARD,
      quantity: 4,
      termDuration: 'P3Y',
      billingCycle: 'annual',
      customTermEndsOn: null,
    } as const;
    expect(of({ ...yearly, scheduledChange }, '2026-11-18T09:00:00Z', { assigned: 7 })?.otherwise).toEqual({
      outcome: 'renews',
      offerId: STANDARD,
      quantity: 7,
      termDuration: 'P3Y',
      billingCycle: 'annual',
      scheduled: true,
    });
  });

  it('is that of turning auto-renew back on where it is off', () => {
    expect(told({ ...yearly, autoRenew: false }, '2026-11-18T09:00:00Z')).toEqual([
      'end',
      '2027-11-09',
      'turnAutoRenewOn',
      'expires',
    ]);
  });

  it('is that of reactivating a suspended one, which cannot be done afterwards (L3, L4)', () => {
    const suspended = { ...yearly, status: 'suspended', autoRenew: false } as Subscription;
    expect(told(suspended, '2026-11-18T09:00:00Z')).toEqual(['suspension', '2027-11-09', 'reactivate', 'disabled']);
  });

  it('of a trial is that before it becomes paid (N50)', () => {
    const trial = { ...yearly, billingCycle: 'none', cancellableUntil: null, quantity: 25 } as const;
    const found = of(trial, '2026-11-18T09:00:00Z', { becomesOfferId: STANDARD });
    expect(found?.kind).toBe('conversion');
    expect(found?.otherwise).toMatchObject({ outcome: 'converts', termDuration: 'P1Y', quantity: 25 });
  });

  it.each(['pending', 'expired', 'disabled'] as const)('is none of one that is %s', (status) => {
    expect(of({ ...yearly, status }, '2026-11-18T09:00:00Z')).toBeNull();
  });
});

describe('the last day on the legacy platform', () => {
  const legacy = boughtLegacyOn(catalog, '2026-01-31');

  it('is that of a full refund in the first month of a term (B1.4)', () => {
    expect(told(legacy, '2026-02-10T09:00:00Z')).toEqual(['window', '2026-02-27', 'cancel', 'committed']);
  });

  it('is then the last one before it renews for a year; licenses can be changed all the time (B1.2, B3)', () => {
    expect(told(legacy, '2026-02-28T09:00:00Z')).toEqual(['renewal', '2027-01-30', 'turnAutoRenewOff', 'renews']);
  });

  it('of a suspended one is the day before it is gone (L2)', () => {
    const suspended = { ...legacy, status: 'suspended', statusUntil: day('2026-06-01') } as Subscription;
    expect(told(suspended, '2026-03-10T09:00:00Z')).toEqual(['suspension', '2026-05-31', 'reactivate', 'ends']);
  });
});

describe('a commitment', () => {
  const monthly = boughtOn(catalog, '2026-11-10', {}, { termDuration: 'P1M' });

  it('is what binds for a year, also where a month is to become one or a trial will', () => {
    expect(isCommitment(monthly)).toBe(false);
    expect(isCommitment(boughtOn(catalog, '2026-11-10'))).toBe(true);
    expect(isCommitment({ ...monthly, billingCycle: 'none' })).toBe(true);
    const scheduledChange = {
      offerId: STANDARD,
      quantity: 4,
      billingCycle: 'monthly',
      customTermEndsOn: null,
    } as const;
    expect(isCommitment({ ...monthly, scheduledChange: { ...scheduledChange, termDuration: 'P1Y' } })).toBe(true);
  });

  it('costs its seats at the price of a charge cycle; a legacy year twelve months', () => {
    expect(formatMoney(valuePerCycle(monthly))).toBe('60.00');
    const year = boughtLegacyOn(catalog, '2026-01-31', { billingCycle: 'annual' });
    expect(formatMoney(valuePerCycle(year))).toBe('600.00');
  });
});

it('whatever was bought when, a last day is the last one: until its moment the act is open, from then on it is closed', () => {
  const hours = fc.integer({ min: 0, max: 24 * 500 });
  fc.assert(
    fc.property(hours, hours, fc.boolean(), fc.boolean(), (added, looked, legacy, autoRenew) => {
      const from = at('2026-03-31T11:00:00Z');
      const subscription = legacy
        ? boughtLegacyOn(catalog, '2026-03-31', { autoRenew })
        : boughtOn(catalog, '2026-03-31', { autoRenew, cancellableUntil: from.add({ hours: 168 }) });
      const now = from.add({ hours: looked % (24 * 360) });
      const batches = legacy ? [] : [batchOf(10, from), batchOf(3, from.add({ hours: added % (24 * 300) }))];
      const known = batches.filter(({ addedAt }) => Temporal.Instant.compare(addedAt, now) <= 0);
      const found = nextDeadline({ subscription, batches: known, assigned: 0, becomesOfferId: null }, now);
      if (!found) return false;
      const { until, day: last } = found;
      const before = until.subtract({ nanoseconds: 1 });
      expect(Temporal.Instant.compare(now, until)).toBe(-1);
      expect(last.equals(before.toZonedDateTimeISO('UTC').toPlainDate())).toBe(true);
      for (const act of found.acts) {
        if (act.act === 'removeSeats') {
          expect(seatsIn(openBatches(known, before)) - seatsIn(openBatches(known, until))).toBe(act.seats);
        } else if (act.act === 'cancel' && !legacy) {
          expect([isCancellable(subscription, before), isCancellable(subscription, until)]).toEqual([true, false]);
        } else if (act.act !== 'cancel') {
          expect(until.equals(startOf(last.add({ days: 1 })))).toBe(true);
          expect([isOver(subscription, last), isOver(subscription, last.add({ days: 1 }))]).toEqual([false, true]);
        }
      }
      return true;
    }),
  );
});
