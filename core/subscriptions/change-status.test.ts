import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { BilledLine, BillingLine } from '../ledger/charge.ts';
import { linesForSeatChange, purchaseLine } from '../ledger/legacy-billing.ts';
import { formatMoney, parseUnitPrice, sumMoney } from '../values/money.ts';
import { decideAutoRenew, decideReactivation, decideSuspension } from './change-status.ts';
import { boughtLegacyOn, boughtOn, day } from './lifecycle.fixture.ts';
import type { Subscription } from './subscription.ts';

const { catalog } = loadCatalog();

/** One seat at 4.00, as in the published examples (B3, B4). */
const published = (bent: Partial<Subscription> = {}) =>
  boughtLegacyOn(catalog, '2018-01-13', { quantity: 1, unitPrice: parseUnitPrice('4.00', 'USD'), ...bent });

const linesOf = (lines: readonly BillingLine[]) =>
  lines.map(
    ({ chargeType, period, amount }) =>
      `${chargeType} ${period.start.toString()}..${period.end.toString()} ${formatMoney(amount)}`,
  );

/** The lines that are still billed after others have been written. */
function billedAfter(billed: readonly BilledLine[], lines: readonly BillingLine[]): BilledLine[] {
  const left = billed.filter((one) => !lines.some(({ reverses }) => reverses === one));
  return [...left, ...lines.filter(({ amount, reverses }) => amount.minor >= 0n && !reverses)];
}

function suspended(bought: Subscription, on: string, billed: readonly BilledLine[] = [purchaseLine(bought)]) {
  const decided = decideSuspension(bought, billed, day(on));
  if (!decided.ok) throw new Error(decided.refused.map(({ name }) => name).join(', '));
  return decided.value;
}

function reactivated(suspension: Subscription, on: string) {
  const decided = decideReactivation(suspension, null, day(on));
  if (!decided.ok) throw new Error(decided.refused.map(({ name }) => name).join(', '));
  return decided.value;
}

describe('suspending on the legacy platform', () => {
  it.each([
    ['monthly', 'Cancel fee 2018-01-13..2018-02-12 -4.00'],
    ['annual', 'Cancel fee 2018-01-13..2019-01-12 -48.00'],
  ] as const)('credits everything in the first 30 days, billed %s (B3, B4)', (billingCycle, credit) => {
    const { lines, after } = suspended(published({ billingCycle }), '2018-02-01');
    expect(linesOf(lines)).toEqual([credit]);
    expect(after).toMatchObject({ status: 'suspended', autoRenew: true });
  });

  it('later credits the remaining days, the day itself included (B1.4)', () => {
    const { dueLines, lines } = suspended(published(), '2018-03-03');
    expect(linesOf(dueLines)).toEqual(['Cycle fee 2018-02-13..2018-03-12 4.00']);
    expect(linesOf(lines)).toEqual([
      'Cancel instance prorate 2018-02-13..2018-03-12 -4.00',
      'Cycle instance prorate 2018-02-13..2018-03-02 2.57',
    ]);
  });

  it('lasts 90 days at most, and not past the term (L2)', () => {
    expect(suspended(published(), '2018-02-01').after.statusUntil?.toString()).toBe('2018-05-02');
    expect(suspended(published(), '2018-12-01').after.statusUntil?.toString()).toBe('2019-01-13');
  });
});

describe('reactivating on the legacy platform', () => {
  it('charges the rest of the year: 41.82 from 2018-03-01 (B4)', () => {
    const { after } = suspended(published({ billingCycle: 'annual' }), '2018-02-01');
    const again = reactivated(after, '2018-03-01');
    expect(linesOf(again.lines)).toEqual(['Prorate fees when purchase 2018-03-01..2019-01-12 41.82']);
    expect(again.after.billedThrough.toString()).toBe('2019-01-12');
    expect(again.after.statusUntil?.toString()).toBe('2019-01-13');
  });

  it('charges the rest of the running month, whichever that is', () => {
    const { after } = suspended(published(), '2018-03-03');
    expect(linesOf(reactivated(after, '2018-04-01').lines)).toEqual([
      'Cycle instance prorate 2018-04-01..2018-04-12 1.55',
    ]);
  });

  it('leaves every day billed once that was used, through suspensions and changes of seats alike', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ act: fc.constantFrom('suspend', 'reactivate', 'seats'), days: fc.integer({ min: 1, max: 40 }) }),
          {
            maxLength: 8,
          },
        ),
        (acts) => {
          let now = published({ quantity: 3 });
          let billed: BilledLine[] = [purchaseLine(now)];
          const written: BillingLine[] = [purchaseLine(now)];
          let on = day('2018-02-13');
          for (const { act, days } of acts) {
            on = on.add({ days });
            if (Temporal.PlainDate.compare(on, now.termEndsOn) >= 0) break;
            const lines: BillingLine[] = [];
            if (act === 'suspend' && now.status === 'active') {
              const { after, dueLines, lines: made } = suspended(now, on.toString(), billed);
              [now, billed] = [after, [...billed, ...dueLines]];
              written.push(...dueLines);
              lines.push(...made);
            } else if (act === 'reactivate' && now.status === 'suspended') {
              const { after, lines: made } = reactivated(now, on.toString());
              now = after;
              lines.push(...made);
            } else if (act === 'seats' && now.status === 'active') {
              const settled = suspended(now, on.toString(), billed).dueLines;
              [billed] = [[...billed, ...settled]];
              written.push(...settled);
              const quantity = now.quantity + 1;
              const made = linesForSeatChange(now, billed, quantity, on);
              now = { ...now, quantity, billedThrough: made.at(-1)?.period.end ?? now.billedThrough };
              lines.push(...made);
            }
            written.push(...lines);
            billed = billedAfter(billed, lines);
          }
          // No credit without its charge, and no day that two lines stand for.
          const total = sumMoney(
            'USD',
            written.map(({ amount }) => amount),
          );
          const standing = sumMoney(
            'USD',
            billed.map(({ amount }) => amount),
          );
          expect(total).toEqual(standing);
          const days = billed.flatMap(({ period }) => daysOf(period));
          expect(new Set(days).size).toBe(days.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});

function daysOf({ start, end }: { start: Temporal.PlainDate; end: Temporal.PlainDate }): string[] {
  const days: string[] = [];
  for (let on = start; Temporal.PlainDate.compare(on, end) <= 0; on = on.add({ days: 1 })) days.push(on.toString());
  return days;
}

describe('suspending on new commerce', () => {
  const scheduledChange = {
    offerId: 'o',
    quantity: 1,
    termDuration: 'P1Y',
    billingCycle: 'monthly',
    customTermEndsOn: null,
  } as const;
  const bought = boughtOn(catalog, '2021-06-18', { scheduledChange });

  it('bills on, turns renewal off and forgets what was scheduled (L3, N40)', () => {
    const { after, lines } = suspended(bought, '2021-06-20');
    expect(lines).toEqual([]);
    expect(after).toMatchObject({ status: 'suspended', autoRenew: false, scheduledChange: null });
    expect(after.statusUntil).toEqual(bought.statusUntil);
  });

  it('and reactivating does not turn renewal on again (L7)', () => {
    const { after, lines } = reactivated(suspended(bought, '2021-06-20').after, '2021-07-20');
    expect(after).toMatchObject({ status: 'active', autoRenew: false, version: 3 });
    expect(lines).toEqual([]);
  });

  it('is refused for a trial (N50)', () => {
    const trial = boughtOn(catalog, '2021-06-18', { billingCycle: 'none', termEndsOn: day('2021-07-17') });
    expect(decideSuspension(trial, [], day('2021-06-20'))).toMatchObject({
      refused: [{ name: 'trial-not-changeable' }],
    });
  });
});

describe('what is refused', () => {
  it.each(['pending', 'suspended', 'expired', 'disabled', 'deleted'] as const)(
    'suspending one that is %s',
    (status) => {
      expect(decideSuspension(boughtOn(catalog, '2021-06-18', { status }), [], day('2021-06-20'))).toMatchObject({
        refused: [{ name: 'subscription-not-active', status }],
      });
    },
  );

  it.each(['pending', 'active', 'expired', 'disabled', 'deleted'] as const)(
    'reactivating one that is %s (L4)',
    (status) => {
      expect(decideReactivation(boughtOn(catalog, '2021-06-18', { status }), null, day('2021-06-20'))).toMatchObject({
        refused: [{ name: 'not-suspended', status }],
      });
    },
  );

  it('reactivating an add-on whose base is not active', () => {
    const addOn = boughtOn(catalog, '2021-06-18', { status: 'suspended' });
    const base = { subscriptionId: 'base', status: 'suspended' } as const;
    expect(decideReactivation(addOn, base, day('2021-06-20'))).toMatchObject({
      refused: [{ name: 'base-not-active', baseSubscriptionId: 'base' }],
    });
  });

  it.each(['expired', 'disabled', 'deleted', 'suspended'] as const)(
    'renewing one of new commerce that is %s',
    (status) => {
      expect(decideAutoRenew(boughtOn(catalog, '2021-06-18', { status, autoRenew: false }), true)).toMatchObject({
        refused: [{ name: 'subscription-not-active' }],
      });
    },
  );
});

it('turning renewal off forgets what was scheduled (N40)', () => {
  const scheduledChange = {
    offerId: 'o',
    quantity: 1,
    termDuration: 'P1Y',
    billingCycle: 'monthly',
    customTermEndsOn: null,
  } as const;
  expect(decideAutoRenew(boughtOn(catalog, '2021-06-18', { scheduledChange }), false)).toMatchObject({
    value: { after: { autoRenew: false, scheduledChange: null } },
  });
});
