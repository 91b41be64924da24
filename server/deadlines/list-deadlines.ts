import type { Language } from '../../contract/values.ts';
import { getOffer } from '../../core/catalog/offer.ts';
import { type Deadline, nextDeadline, valuePerCycle } from '../../core/subscriptions/deadline.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import type { Money } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { toBatch } from '../subscriptions/batch.store.ts';
import { toSubscription, toSubscriptionRow } from '../subscriptions/subscription.store.ts';
import {
  countDeadlines,
  type DeadlineAsked,
  type DeadlineCounts,
  type DeadlineRow,
  type DeadlineSort,
  findDeadlines,
} from './deadline.store.ts';

/** A deadline with what it is of. */
export type DeadlineRecord = {
  readonly customerId: string;
  readonly customerName: string;
  readonly domain: string;
  readonly subscription: Subscription;
  readonly assigned: number;
  readonly deadline: Deadline;
  readonly daysLeft: number;
  readonly value: Money;
};

export type DeadlineFilter = {
  readonly list: 'commitment' | 'monthToMonth';
  readonly days?: number | undefined;
  readonly unused?: 'true' | undefined;
  readonly search?: string | undefined;
  readonly sort: DeadlineSort;
};

type Page = DeadlineFilter & { readonly limit: number; readonly cursor?: string | undefined };

/** Who looks, and by what clock and catalog. */
export type Looking = Pick<Call, 'actor' | 'catalog' | 'clock' | 'database'>;

/** How far the counts beside the lists look. */
const COUNTED_DAYS = 90;
/** An export reads so many rows at a time. */
const LOT = 1000;

/** Until when the subscriptions of all customers can be changed, page by page. Refused: role, a cursor that is not ours or of another list. */
export async function listDeadlines(
  call: Call,
  asked: Page,
  language: Language,
): Promise<Outcome<{ records: DeadlineRecord[]; nextCursor: string | null; within90: DeadlineCounts | null }>> {
  const allowed = checkRole(call.actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const tag = `${asked.list} ${asked.sort}`;
  const after = asked.cursor === undefined ? undefined : readCursor(asked.cursor, tag);
  if (asked.cursor !== undefined && !after) {
    return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  }
  const { partnerId } = call.actor.partner;
  const now = call.clock.now();
  return call.database.read(partnerId, async (tx) => {
    const query = toQuery(asked, now, language);
    const rows = await findDeadlines(tx, partnerId, now, { ...query, limit: asked.limit + 1, after });
    const last = rows.length > asked.limit ? rows[asked.limit - 1] : undefined;
    return accepted({
      records: toRecords(call, rows.slice(0, asked.limit)),
      nextCursor: last ? writeCursor(tag, last.sort_value, idOf(last)) : null,
      within90: after ? null : await countDeadlines(tx, partnerId, now, dayIn(COUNTED_DAYS, now)),
    });
  });
}

/** All that the filters leave, lot by lot. Refused: role. */
export async function exportDeadlines(
  call: Call,
  asked: DeadlineFilter,
  language: Language,
): Promise<Outcome<AsyncIterable<DeadlineRecord[]>>> {
  const allowed = checkRole(call.actor.roles, 'view');
  return allowed.ok ? accepted(lotsOf(call, asked, language)) : allowed;
}

async function* lotsOf(call: Call, asked: DeadlineFilter, language: Language): AsyncIterable<DeadlineRecord[]> {
  const { partnerId } = call.actor.partner;
  const now = call.clock.now();
  const query = toQuery(asked, now, language);
  let after: readonly [string, string] | undefined;
  do {
    const lot = { ...query, limit: LOT, after };
    const rows = await call.database.read(partnerId, (tx) => findDeadlines(tx, partnerId, now, lot));
    yield toRecords(call, rows);
    const last = rows.length === LOT ? rows.at(-1) : undefined;
    after = last && [last.sort_value, idOf(last)];
  } while (after);
}

/** The nearest ones, for a calendar; one more than `most` is never given, `more` says that there are. Whether the agent may is the caller's to check. */
export async function nearestDeadlines(
  looking: Looking,
  asked: DeadlineFilter,
  { most, language }: { readonly most: number; readonly language: Language },
): Promise<{ records: DeadlineRecord[]; more: boolean }> {
  const { partnerId } = looking.actor.partner;
  const now = looking.clock.now();
  const query = { ...toQuery(asked, now, language), sort: 'day' as const, limit: most + 1 };
  const rows = await looking.database.read(partnerId, (tx) => findDeadlines(tx, partnerId, now, query));
  return { records: toRecords(looking, rows.slice(0, most)), more: rows.length > most };
}

function toQuery(
  { list, days, unused, search, sort }: DeadlineFilter,
  now: Temporal.Instant,
  language: Language,
): Omit<DeadlineAsked, 'limit' | 'after'> {
  return {
    commitments: list === 'commitment',
    through: days === undefined ? undefined : dayIn(days, now),
    search: search ? foldForSearch(search) : undefined,
    unusedOnly: unused === 'true',
    sort,
    language,
  };
}

function toRecords({ catalog, clock }: Looking, rows: readonly DeadlineRow[]): DeadlineRecord[] {
  const now = clock.now();
  return rows.flatMap((row) => {
    const json = toSubscriptionRow(row.subscription);
    const subscription = toSubscription(json);
    const { assigned } = json;
    const becomesOfferId = getOffer(catalog, subscription.offerId).product?.trial?.becomesOfferId ?? null;
    const batches = row.batches.map(toBatch);
    const deadline = nextDeadline({ subscription, batches, assigned, becomesOfferId }, now);
    if (!deadline) return [];
    const { customer_id: customerId, customer_name: customerName, domain } = row;
    const daysLeft = utcDay(now).until(deadline.day, { largestUnit: 'days' }).days;
    const value = valuePerCycle(subscription);
    return [{ customerId, customerName, domain, subscription, assigned, deadline, daysLeft, value }];
  });
}

function dayIn(days: number, now: Temporal.Instant): string {
  return utcDay(now).add({ days }).toString();
}

function idOf({ subscription }: DeadlineRow): string {
  return toSubscriptionRow(subscription).subscriptionId;
}
