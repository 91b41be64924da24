import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/overlaps.en.json' with { type: 'json' };
import tr from './texts/overlaps.tr.json' with { type: 'json' };
import { day, id, money } from './values.ts';

/** The words of overlaps: what can be done, and the head of the file. */
export const OVERLAP_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

const named = z.object({ subscriptionId: id, offerName: z.string(), friendlyName: z.string().nullable() });

const overlap = named.extend({
  quantity: z.number().int(),
  assigned: z.number().int(),
  /** Users who have all of its services by another license too. */
  users: z.number().int(),
  /** What gives them the same. */
  within: z.array(named.extend({ users: z.number().int() })),
  /** Seats that nobody would miss; all of them where every user has the same elsewhere. */
  seats: z.number().int(),
  perMonth: money,
  /** From today until the term ends. */
  untilTermEnd: money,
  termEndsOn: day,
  /** How they can go, the nearest day first, each in words too. */
  reductions: z.array(
    z.object({
      act: z.enum(['removeSeats', 'cancel', 'scheduleSeats', 'turnAutoRenewOff', 'ends']),
      seats: z.number().int(),
      /** The last UTC day on which it is possible. */
      until: day,
      daysLeft: z.number().int(),
      message: z.string(),
    }),
  ),
});
export type OverlapOnWire = z.infer<typeof overlap>;

const customerOverlap = overlap.extend({ customerId: id, customerName: z.string(), domain: z.string() });
export type CustomerOverlapOnWire = z.infer<typeof customerOverlap>;

export const overlapEndpoints = {
  listOverlaps: {
    ...routes.listOverlaps,
    asks: 'view',
    tag: 'Users and licenses',
    summary:
      'Subscriptions of a customer whose services are wholly contained in another that the same users hold, with what they cost and until when they can be reduced',
    params: z.object({ customerId: id }),
    status: 200,
    answer: z.object({ items: z.array(overlap) }),
    problems: ['role-not-allowed', 'not-found'],
  },
  reportOverlaps: {
    ...routes.reportOverlaps,
    asks: 'viewReports',
    tag: 'Reports',
    summary: 'The same over all customers, what costs most first; as CSV with Accept: text/csv',
    csv: true,
    status: 200,
    answer: z.object({
      /** Those that cost most, 300 at most; all that were found are in the CSV. */
      items: z.array(customerOverlap),
      found: z.number().int(),
      /** All that were found together; those in another currency than the partner's are not among them. */
      perMonth: money,
      customers: z.object({ lookedAt: z.number().int(), all: z.number().int() }),
    }),
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
