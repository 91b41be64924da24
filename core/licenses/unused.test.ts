import { describe, expect, it } from 'vitest';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { costOfUnused, type UnusedSeats } from './unused.ts';

const seats = (unused: number, price: string, more: Partial<UnusedSeats> = {}): UnusedSeats => ({
  platform: 'newCommerce',
  billingCycle: 'monthly',
  unitPrice: parseUnitPrice(price, 'USD'),
  unused,
  ...more,
});
const costOf = (...all: readonly UnusedSeats[]) => {
  const cost = costOfUnused(all);
  return cost && `${formatMoney(cost)} ${cost.currency}`;
};

describe('seats that nobody uses', () => {
  it('cost a month what the price says: of a month on the legacy platform, of a charge cycle on new commerce', () => {
    expect(costOf(seats(3, '5.00'))).toBe('15.00 USD');
    expect(costOf(seats(3, '72.00', { billingCycle: 'annual' }))).toBe('18.00 USD');
    expect(costOf(seats(3, '216.00', { billingCycle: 'triennial' }))).toBe('18.00 USD');
    expect(costOf(seats(3, '5.00', { platform: 'legacy', billingCycle: 'annual' }))).toBe('15.00 USD');
  });

  it('of several subscriptions are added up, each rounded by itself', () => {
    expect(costOf(seats(1, '10.00', { billingCycle: 'annual' }), seats(2, '5.00'))).toBe('10.83 USD');
  });

  it('of a trial, or in two currencies, cost what nobody can say', () => {
    expect(costOf(seats(25, '0', { billingCycle: 'none' }))).toBeNull();
    expect(costOf(seats(1, '5.00'), seats(1, '5.00', { unitPrice: parseUnitPrice('5.00', 'EUR') }))).toBeNull();
    expect(costOf(seats(0, '5.00'))).toBeNull();
    expect(costOf(seats(25, '0', { billingCycle: 'none' }), seats(2, '5.00'))).toBe('10.00 USD');
  });
});
