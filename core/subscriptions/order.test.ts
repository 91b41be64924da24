import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { expiryOf, orderGroups } from './cart.ts';
import { orderStatus, ordersOf } from './order.ts';
import type { Subscription } from './subscription.ts';

const { catalog } = loadCatalog();
const held = (orderId: string, bent: Partial<Subscription> = {}) =>
  soundFacts(catalog, 'business-basic', { subscription: { orderId, ...bent } }).subscription;

describe('orders', () => {
  it('hold the subscriptions that were bought together, in the order of their lines', () => {
    const orders = ordersOf([held('one', { quantity: 1 }), held('two'), held('one', { quantity: 2 })]);
    expect(orders.map(({ orderId, lines }) => [orderId, lines.map(({ quantity }) => quantity)])).toEqual([
      ['one', [1, 2]],
      ['two', [10]],
    ]);
  });

  it.each([
    [['success', 'success'], 'completed'],
    [['success', 'pending'], 'pending'],
    [['pending', 'failed'], 'unknown'],
  ] as const)('whose lines are %j are %s', (lines, status) => {
    const orders = ordersOf(lines.map((provisioning) => held('one', { provisioning })));
    expect(orders.map(orderStatus)).toEqual([status]);
  });
});

describe('a cart', () => {
  it('becomes one order for each billing cycle, numbered as they come', () => {
    const lines = (['annual', 'monthly', 'annual'] as const).map((billingCycle) => ({ billingCycle }));
    expect(orderGroups(lines)).toEqual([0, 1, 0]);
  });

  it('can be ordered for seven days', () => {
    const end = expiryOf(Temporal.Instant.from('2026-11-16T09:00:00Z'));
    expect(end.toString()).toBe('2026-11-23T09:00:00Z');
  });
});
