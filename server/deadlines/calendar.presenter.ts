import ical from 'ical-generator';
import { DEADLINE_TEXTS } from '../../contract/deadlines.ts';
import { fill } from '../../contract/words.ts';
import { utcDay } from '../../core/values/period.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { otherwiseText, possibleText, unusedOf } from './deadline.presenter.ts';
import type { DeadlineRecord } from './list-deadlines.ts';

/** Calendar programs are asked to come again after this long. */
const REFRESH_SECONDS = 6 * 3600;

type Calendar = {
  readonly records: readonly DeadlineRecord[];
  /** True where there are more than these. */
  readonly more: boolean;
  readonly partner: string;
  /** Where the portal is; events lead to a customer's subscriptions there. */
  readonly portal: string;
  readonly now: Temporal.Instant;
};

/**
 * An iCalendar object (RFC 5545): an event of a whole day on each last day. Its UID is that of subscription and kind, so that a day that moves
 * moves the event.
 */
export function toCalendar({ records, more, partner, portal, now }: Calendar, wording: Wording): string {
  const words = DEADLINE_TEXTS[wording.language];
  // By the day, so that what is fetched twice a day is the same.
  const stamp = dateOf(utcDay(now));
  const calendar = ical({
    name: fill(words.calendar, { partner }),
    prodId: { company: 'Yükselt', product: 'Yükselt', language: wording.language.toUpperCase() },
    ttl: REFRESH_SECONDS,
    ...(more && { description: fill(words.bounded, { most: records.length }) }),
  });
  for (const record of records) {
    const { subscription, deadline, customerId, customerName } = record;
    const name = subscription.friendlyName ?? offerName(subscription.offerId, wording);
    const unused = { unused: unusedOf(record), total: subscription.quantity };
    calendar.createEvent({
      id: `${subscription.subscriptionId}-${deadline.kind}@yukselt`,
      allDay: true,
      start: dateOf(deadline.day),
      end: dateOf(deadline.day.add({ days: 1 })),
      stamp,
      summary: fill(words.event, { customer: customerName, subscription: name }),
      description: [
        ...possibleText(record, wording),
        otherwiseText(deadline.otherwise, wording),
        fill(words.unused, unused),
      ].join('\n'),
      url: `${portal}/customers/${customerId}/subscriptions`,
    });
  }
  return calendar.toString();
}

function dateOf(day: Temporal.PlainDate): Date {
  return new Date(`${day.toString()}T00:00:00Z`);
}
