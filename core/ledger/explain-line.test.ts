import { expect, it } from 'vitest';
import { parseMoney, parseUnitPrice } from '../values/money.ts';
import type { ChargeType } from './charge.ts';
import { explainLine } from './explain-line.ts';

type Line = {
  readonly chargeType: ChargeType;
  readonly of: readonly [days: number, periodDays: number];
  readonly seats: number;
  readonly price: string;
  readonly amount: string;
  readonly upgradeId?: string;
  readonly reverses?: string;
};

function explain(platform: 'legacy' | 'newCommerce', { chargeType, of, seats, price, amount, ...rest }: Line) {
  return explainLine({
    platform,
    chargeType,
    days: of[0],
    periodDays: of[1],
    quantity: seats,
    unitPrice: parseUnitPrice(price, 'USD'),
    amount: parseMoney(amount, 'USD'),
    upgradeId: rest.upgradeId ?? null,
    reverses: rest.reverses ?? null,
    promotionId: null,
  });
}

it('A whole month is a fee of the next period that needs no rounding (B3)', () => {
  const line = { chargeType: 'Cycle fee', of: [31, 31], seats: 2, price: '4.00', amount: '8.00' } as const;
  expect(explain('legacy', line)).toMatchObject({ act: 'cycle', kind: 'charge', whole: true, rounding: 'exact' });
});

it('19 of 31 days come from a change of licenses and are rounded half up (B3)', () => {
  const line = { chargeType: 'Cycle instance prorate', of: [19, 31], seats: 1, price: '4.00', amount: '2.45' } as const;
  expect(explain('legacy', line)).toMatchObject({ act: 'seats', whole: false, priceOf: 'month', rounding: 'halfUp' });
});

it('2.47 for 19 days of a year come from a daily price that was rounded first (C4)', () => {
  const line = {
    chargeType: 'Prorate fees when purchase',
    of: [19, 365],
    seats: 1,
    price: '4.00',
    amount: '2.47',
  } as const;
  expect(explain('legacy', line)).toMatchObject({ act: 'seats', priceOf: 'year', rounding: 'dailyPrice' });
});

it('A legacy cancellation that is part of an upgrade is told as the upgrade, and as a line taken back (B6)', () => {
  const line = { chargeType: 'Cancel fee', of: [31, 31], seats: 10, price: '5.00', amount: '-50.00' } as const;
  expect(explain('legacy', { ...line, upgradeId: 'u', reverses: 'c' })).toMatchObject({
    act: 'upgrade',
    kind: 'reversal',
  });
  expect(explain('legacy', line)).toMatchObject({ act: 'cancellation', kind: 'credit' });
  expect(explain('legacy', { ...line, price: '0.00', amount: '0.00' }).kind).toBe('credit');
});

it('The published upgrade of 300 licenses is cut for one license, and 12 licenses for 28 of 30 days in all (B8, C5)', () => {
  const upgrade = { chargeType: 'convert', of: [23, 30], seats: 300, price: '10.08', amount: '-2316.00' } as const;
  expect(explain('newCommerce', upgrade)).toMatchObject({ act: 'upgrade', kind: 'credit', rounding: 'cutUnit' });
  const seats = { chargeType: 'addQuantity', of: [28, 30], seats: 12, price: '10.08', amount: '112.89' } as const;
  expect(explain('newCommerce', seats)).toMatchObject({ act: 'seatsAdded', priceOf: 'cycle', rounding: 'cutTotal' });
});
