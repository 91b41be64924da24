import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { sellRates, sold } from './ledger.ts';
import { refusal } from './refusals.ts';
import { routes } from './routes.ts';
import { billingCycle, day, decimal, id, money, offerId, quantity, termDuration, upgradeType } from './values.ts';

/** What one way comes to; amounts cover all seats that the subscription has today, moved or not. */
const outcome = z.object({
  /** The first day of the new offer. */
  startsOn: day,
  /** The last day of the term that the seats have then; null: not begun yet. */
  endsOn: day.nullable(),
  termDuration,
  billingCycle,
  /** Per seat and charge cycle. */
  unitPrice: decimal,
  /** Booked on the day itself: the charge less the credit. */
  today: money,
  /** What the customer pays of that, line by line. */
  sold,
  /** That, and the charge cycles that begin until `invoiceUntil`, within the present term. */
  nextInvoice: money,
  /** For all days until `termEndsOn`, beyond what is paid already. */
  restOfTerm: money,
  /** The same, less what it would be if nothing changed. */
  difference: money,
  moving: z.number().int(),
  /** Users for whom a person has something to do. */
  staying: z.number().int(),
});

const comparedWay = z.object({
  /** In place, some of the seats, into an existing subscription, or when the term ends. */
  way: z.enum(['inPlace', 'partial', 'existing', 'renewal']),
  /** The subscription that takes the seats, where it is there already. */
  targetSubscriptionId: id.nullable(),
  targetName: z.string().nullable(),
  quantity: z.number().int(),
  eligible: z.boolean(),
  refusals: z.array(refusal),
  /** null: refused. */
  outcome: outcome.nullable(),
});
export type ComparedWayOnWire = z.infer<typeof comparedWay>;

export const comparisonEndpoints = {
  compareUpgrade: {
    ...routes.compareUpgrade,
    asks: 'upgrade',
    tag: 'Upgrades',
    summary:
      'The ways to one target side by side: what each costs, whom it moves, or why it is closed; nothing is kept',
    params: z.object({ customerId: id, subscriptionId: id }),
    body: z.strictObject({
      targetOfferId: offerId,
      upgradeType,
      /** Fewer than all seats: the ways that move so many are compared too. */
      quantity: quantity.optional(),
      termDuration: termDuration.optional(),
      billingCycle: billingCycle.optional(),
      /** Who moves where not all do. */
      userIds: z.array(id).max(10_000).optional(),
    }),
    status: 200,
    answer: z.object({
      subscriptionId: id,
      targetOfferId: z.string(),
      /** The day that ways of now are computed for. */
      effectiveOn: day,
      /** The last day of the calendar month, which the next invoice is for. */
      invoiceUntil: day,
      /** The last day of the present term. */
      termEndsOn: day,
      /** By which it is sold on. */
      rates: sellRates,
      /** Empty on the legacy platform, which has one way alone. */
      ways: z.array(comparedWay),
      /** Until the present term ends: of the ways that move all seats now, and of all ways; by place in `ways`. */
      cheapest: z.array(z.object({ sense: z.enum(['allSeatsNow', 'untilTermEnd']), way: z.number().int() })),
      /** Whom it is about: everybody who has a license of the subscription. */
      users: z.array(z.object({ userId: id, displayName: z.string(), userPrincipalName: z.string() })),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
