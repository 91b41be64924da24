import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/deadlines.en.json' with { type: 'json' };
import tr from './texts/deadlines.tr.json' with { type: 'json' };
import { billingCycle, day, id, moment, money, pageLimit, pageOf, storable, termDuration, text } from './values.ts';

/** The words of deadlines: what is possible, what comes of itself, and what a calendar says. */
export const DEADLINE_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

const deadline = z.object({
  customerId: id,
  customerName: z.string(),
  domain: z.string(),
  subscriptionId: id,
  offerName: z.string(),
  friendlyName: z.string().nullable(),
  /** What the day is the end of. */
  kind: z.enum(['window', 'renewal', 'conversion', 'end', 'suspension']),
  /** The last UTC day on which it is possible, and the moment from which it is not. */
  day,
  until: moment,
  daysLeft: z.number().int(),
  /** What can be done until then, each in words. */
  possible: z.array(z.string()),
  /** What becomes of it if nobody does anything, in words. */
  otherwise: z.string(),
  seats: z.object({ assigned: z.number().int(), total: z.number().int(), unused: z.number().int() }),
  termDuration,
  billingCycle,
  /** What a whole charge cycle costs today. */
  value: money,
});
export type DeadlineOnWire = z.infer<typeof deadline>;

const asked = {
  /** `commitment`: what binds for a year or more, trials that become so among them; `monthToMonth`: what rolls over each month. */
  list: z.enum(['commitment', 'monthToMonth']).default('commitment'),
  /** Only those of so many days from today; absent: all. */
  days: z.coerce.number().int().min(1).max(3660).optional(),
  unused: z.enum(['true']).optional(),
  search: storable.trim().max(200).optional(),
  sort: z.enum(['day', 'customer', 'unused', 'value']).default('day'),
};

export const deadlineEndpoints = {
  listDeadlines: {
    ...routes.listDeadlines,
    asks: 'view',
    tag: 'Deadlines',
    summary: 'Until when each subscription can still be changed, the nearest first; as CSV with Accept: text/csv',
    query: z.object({ ...asked, limit: pageLimit, cursor: text(2000).optional() }),
    csv: true,
    status: 200,
    answer: pageOf(deadline).extend({
      /** How many are on each list within 90 days, whatever is searched; on the first page. */
      within90: z.object({ commitment: z.number().int(), monthToMonth: z.number().int() }).nullable(),
    }),
    problems: ['role-not-allowed'],
  },
  saveDeadlineCalendar: {
    ...routes.saveDeadlineCalendar,
    asks: 'view',
    tag: 'Deadlines',
    summary: 'The same as an iCalendar file (RFC 5545): an event of a whole day on each last day',
    query: z.object(asked),
    file: 'text/calendar',
    status: 200,
    answer: z.undefined(),
    problems: ['role-not-allowed'],
  },
  showCalendarFeed: {
    ...routes.showCalendarFeed,
    asks: 'view',
    tag: 'Deadlines',
    summary: 'Whether there is an address for the agent’s calendar program, and when it was last fetched',
    status: 200,
    answer: z.object({ feed: z.object({ createdAt: moment, lastUsedAt: moment.nullable() }).nullable() }),
    problems: ['role-not-allowed'],
  },
  renewCalendarFeed: {
    ...routes.renewCalendarFeed,
    asks: 'view',
    tag: 'Deadlines',
    summary: 'Another address for the agent’s calendar program, in the caller’s language; the one before stops',
    status: 201,
    /** Shown in this answer alone. */
    answer: z.object({ address: z.string() }),
    problems: ['role-not-allowed'],
  },
  revokeCalendarFeed: {
    ...routes.revokeCalendarFeed,
    asks: 'view',
    tag: 'Deadlines',
    summary: 'End the address; a repeat does nothing',
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
