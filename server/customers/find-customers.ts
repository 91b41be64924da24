import { type EndWarning, nextWarning } from '../../core/customers/privilege-ends.ts';
import type { UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { assessAll, canBegin, isEligible } from '../../core/upgrades/eligibility.ts';
import { withMatrices } from '../../core/imports/offer-matrix.ts';
import { offersThatLeadOn } from '../../core/upgrades/opportunity.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { findPartnerFacts, type PartnerFactsRow, toCustomerFacts } from '../subscriptions/customer-facts.store.ts';
import { type HeldSubscription, toHeld } from '../subscriptions/subscription.store.ts';
import {
  type CustomerPage,
  type CustomerRow,
  findCustomers,
  findRanked,
  type Narrowing,
  rankByDeadline,
  rankByPaths,
} from './customer.store.ts';

/** A filter looks at this many customers at a time, and at so many times as many for one page. */
const CHUNK = 200;
const MOST_CHUNKS = 25;
const DEADLINE_DAYS = 30;

export type CustomerFilter = 'upgradable' | 'deadline' | 'noPrivileges' | 'privilegesEnding' | 'openWork';

/** A customer at a glance: what can be upgraded there, and what wants attention. */
export type CustomerAtAGlance = {
  readonly row: CustomerRow;
  readonly living: readonly HeldSubscription[];
  readonly upgradable: number;
  /** Upgrades that can be begun: the offers that they lead from and to. */
  readonly ways: readonly { readonly fromOfferId: string; readonly toOfferId: string }[];
  readonly nextDeadline: string | null;
  /** What of the privileges ends next; undefined: nothing within 30 days. */
  readonly warning: EndWarning | undefined;
};

export type Found = {
  readonly customers: readonly CustomerAtAGlance[];
  /** Sort value and id of where the next page goes on; undefined: that was all. */
  readonly last: readonly [string, string] | undefined;
  /** How many were looked at where there are more than could be; null: all were. */
  readonly lookedAt: number | null;
};

type Asked = Omit<CustomerPage, 'by' | 'deadlineThrough' | 'holding'> & {
  readonly filter: CustomerFilter | undefined;
  readonly path: UpgradePath | undefined;
};
type Batch = readonly { readonly row: CustomerRow; readonly place: readonly [string, string] }[];

/**
 * A page of those that pass the filter. The rules decide it, so customers are looked at in order until the page is full.
 */
export async function findPage(
  tx: Transaction,
  call: Call,
  { filter, path, ...page }: Asked & { readonly by: 'name' | 'domain' | 'deadline' },
): Promise<Found> {
  const ofPartner = await findPartnerFacts(tx, call.actor.partner.partnerId, call.clock.now());
  const today = utcDay(call.clock.now());
  const deadlineThrough = filter === 'deadline' ? today.add({ days: DEADLINE_DAYS }).toString() : undefined;
  const byRules = path !== undefined || (filter !== undefined && filter !== 'deadline');
  // What the database can tell by itself needs no look at more than the page.
  const narrowedTo = filter && page.by !== 'deadline' ? NARROWED_BY[filter] : undefined;
  const size = byRules && (path || !narrowedTo) ? CHUNK : page.limit;
  const customers: CustomerAtAGlance[] = [];
  let after = page.after;
  for (let chunk = 1; ; chunk++) {
    const asked = { ...page, holding: path?.fromOfferId, narrowedTo, deadlineThrough, limit: size, after };
    const rows = await nextRows(tx, call, asked);
    for (const [index, { row, place }] of rows.slice(0, size).entries()) {
      const customer = glance(call, row, ofPartner);
      if (!leads(customer, path) || (filter && filter !== 'deadline' && !PASSES[filter](customer))) continue;
      customers.push(customer);
      if (customers.length === page.limit) {
        return { customers, last: index + 1 < rows.length ? place : undefined, lookedAt: null };
      }
    }
    const last = rows[size - 1];
    if (rows.length <= size || !last) return { customers, last: undefined, lookedAt: null };
    if (chunk === MOST_CHUNKS) return { customers, last: last.place, lookedAt: null };
    after = last.place;
  }
}

/** One row more than the limit tells that there are more. */
async function nextRows(
  tx: Transaction,
  { actor, clock }: Call,
  { by, limit, ...page }: Omit<CustomerPage, 'by'> & { readonly by: 'name' | 'domain' | 'deadline' },
): Promise<Batch> {
  const { partnerId } = actor.partner;
  const now = clock.now();
  if (by !== 'deadline') {
    const rows = await findCustomers(tx, partnerId, now, { ...page, by, limit });
    return rows.map((row) => ({ row, place: [row[by], row.customer_id] }));
  }
  const ranked = await rankByDeadline(tx, partnerId, now, { ...page, limit: limit + 1 });
  const rows = await findRanked(
    tx,
    partnerId,
    now,
    ranked.map(({ customer_id }) => customer_id),
  );
  return rows.map((row, index) => ({ row, place: [ranked[index]?.rank ?? '', row.customer_id] }));
}

/**
 * A page of those that most can be upgraded of. How many that is, the rules say; that it is no more than the subscriptions that a path leads on
 * from, the database: so they are looked at in that order, until nobody who follows can have more. The place of a customer is its number.
 */
export async function findMostUpgradable(
  tx: Transaction,
  call: Call,
  { filter, path, ...page }: Asked,
): Promise<Found> {
  const { partnerId } = call.actor.partner;
  const now = call.clock.now();
  const ofPartner = await findPartnerFacts(tx, partnerId, now);
  const most = CHUNK * MOST_CHUNKS;
  const fromOfferIds = offersThatLeadOn(withMatrices(call.catalog, ofPartner.matrices));
  const asked = { search: page.search, holding: path?.fromOfferId, fromOfferIds, most: most + 1 };
  const ranked = await rankByPaths(tx, partnerId, asked);
  const passing: CustomerAtAGlance[] = [];
  const today = utcDay(now);
  let looked = 0;
  for (; looked < Math.min(ranked.length, most); looked += CHUNK) {
    const next = ranked[looked];
    // Nobody from here on comes before these: they have more than is possible there, or as many and an earlier id.
    const sure = passing.filter((one) => next && !isAfter(one, [next.rank, next.customer_id])).length;
    if (sure > page.limit) break;
    const ids = ranked.slice(looked, Math.min(looked + CHUNK, most)).map(({ customer_id }) => customer_id);
    for (const row of await findRanked(tx, partnerId, now, ids)) {
      const customer = glance(call, row, ofPartner);
      if (isAfter(customer, page.after) && leads(customer, path) && passes(customer, filter, today)) {
        passing.push(customer);
      }
    }
  }
  const sorted = passing.toSorted(
    (one, other) => other.upgradable - one.upgradable || (one.row.customer_id < other.row.customer_id ? -1 : 1),
  );
  const customers = sorted.slice(0, page.limit);
  const last = sorted.length > page.limit ? customers.at(-1) : undefined;
  return {
    customers,
    last: last && [String(last.upgradable), last.row.customer_id],
    lookedAt: ranked.length > most && looked >= most ? most : null,
  };
}

function isAfter({ upgradable, row }: CustomerAtAGlance, after: readonly [string, string] | undefined): boolean {
  if (!after) return true;
  const [count, id] = [Number(after[0]), after[1]];
  return upgradable < count || (upgradable === count && row.customer_id > id);
}

function leads({ ways }: CustomerAtAGlance, path: UpgradePath | undefined): boolean {
  if (!path) return true;
  return ways.some((way) => way.fromOfferId === path.fromOfferId && way.toOfferId === path.toOfferId);
}

function passes(customer: CustomerAtAGlance, filter: CustomerFilter | undefined, today: Temporal.PlainDate): boolean {
  if (filter !== 'deadline') return filter === undefined || PASSES[filter](customer);
  const { nextDeadline } = customer;
  return nextDeadline !== null && nextDeadline <= today.add({ days: DEADLINE_DAYS }).toString();
}

/** What the database can tell, so that nearly nobody else is looked at. */
const NARROWED_BY: Readonly<Partial<Record<CustomerFilter, Narrowing>>> = {
  noPrivileges: 'noPrivileges',
  privilegesEnding: 'privilegesEnding',
  openWork: 'openWork',
};

const PASSES: Readonly<Record<Exclude<CustomerFilter, 'deadline'>, (customer: CustomerAtAGlance) => boolean>> = {
  upgradable: ({ upgradable }) => upgradable > 0,
  noPrivileges: ({ row }) => row.live !== true,
  privilegesEnding: ({ warning }) => warning !== undefined,
  openWork: ({ row }) => row.open_issues > 0,
};

export function glance(
  { actor, catalog, clock }: Call,
  row: CustomerRow,
  ofPartner: PartnerFactsRow,
): CustomerAtAGlance {
  const now = clock.now();
  const facts = toCustomerFacts({ ...row, ...ofPartner }, catalog, actor, now);
  const living = toHeld(row.subscriptions).filter(({ subscription }) => subscription.status !== 'deleted');
  const upgradable = assessAll(facts, living).filter(({ eligibility, subscription }) =>
    canBegin(eligibility, { waits: row.waited_for.includes(subscription.subscriptionId) }),
  );
  return {
    row,
    living,
    warning: nextWarning(facts.privileges, now),
    upgradable: upgradable.length,
    ways: upgradable.flatMap(({ subscription: { offerId: fromOfferId }, eligibility }) =>
      eligibility.targets.filter(isEligible).map(({ target }) => ({ fromOfferId, toOfferId: target.offerId })),
    ),
    nextDeadline: row.next_deadline,
  };
}
