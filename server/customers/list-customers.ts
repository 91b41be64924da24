import type { Language } from '../../contract/values.ts';
import { type EndWarning, nextWarning } from '../../core/customers/privilege-ends.ts';
import { changeDeadline, type Subscription } from '../../core/subscriptions/subscription.ts';
import { assessAll, canBegin } from '../../core/upgrades/eligibility.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { Transaction } from '../postgres/database.ts';
import { findPartnerFacts, type PartnerFactsRow, toCustomerFacts } from '../subscriptions/customer-facts.store.ts';
import { type HeldSubscription, toHeld } from '../subscriptions/subscription.store.ts';
import { countCustomers, type CustomerPage, type CustomerRow, findCustomer, findCustomers } from './customer.store.ts';

/** Nobody needs an exact number above this one, and counting everything is slow. */
const MOST_COUNTED = 1000;
/** A filter looks at this many customers at a time, and at so many times as many for one page. */
const CHUNK = 200;
const MOST_CHUNKS = 25;
const DEADLINE_DAYS = 30;

export type CustomerFilter = 'upgradable' | 'deadline' | 'noPrivileges' | 'privilegesEnding' | 'openWork';

type Asked = {
  readonly search?: string | undefined;
  readonly prefix?: { readonly of: 'name' | 'domain'; readonly text: string } | undefined;
  readonly filter?: CustomerFilter | undefined;
  readonly sort: 'name' | '-name' | 'domain' | '-domain';
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** A customer at a glance: what can be upgraded there, and what wants attention. */
export type CustomerAtAGlance = {
  readonly row: CustomerRow;
  readonly living: readonly HeldSubscription[];
  readonly upgradable: number;
  readonly nextDeadline: Temporal.PlainDate | null;
  /** What of the privileges ends next; undefined: nothing within 30 days. */
  readonly warning: EndWarning | undefined;
};

export type CustomerList = {
  readonly customers: readonly CustomerAtAGlance[];
  readonly nextCursor: string | null;
  /** On the first page. */
  readonly total: { readonly count: number; readonly more: boolean } | null;
};

/** The partner's customers, page by page. Refused: role, a cursor that is not ours or of another sort. */
export async function listCustomers(
  call: Call,
  { search, prefix, filter, sort, limit, cursor }: Asked,
  language: Language,
): Promise<Outcome<CustomerList>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  const { partnerId } = actor.partner;
  const by = sort.endsWith('domain') ? 'domain' : 'name';
  const folded = search && foldForSearch(search);
  const page = {
    search: folded,
    prefix: prefix && { of: prefix.of, text: foldForSearch(prefix.text) },
    by,
    descending: sort.startsWith('-'),
    language,
    limit,
    after,
  } as const;
  return database.read(partnerId, async (tx) => {
    const found = await findPage(tx, call, page, filter);
    const matching = after ? null : await countCustomers(tx, partnerId, { search: folded, most: MOST_COUNTED + 1 });
    return accepted({
      customers: found.customers,
      nextCursor: found.last ? writeCursor(sort, found.last[by], found.last.customer_id) : null,
      total: matching === null ? null : { count: Math.min(matching, MOST_COUNTED), more: matching > MOST_COUNTED },
    });
  });
}

/** One customer. Refused: role, unknown customer. */
export async function showCustomer(call: Call, customerId: string): Promise<Outcome<CustomerAtAGlance>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) => {
    const row = await findCustomer(tx, partnerId, clock.now(), customerId);
    if (!row) return notFound('customer', customerId);
    return accepted(glance(call, row, await findPartnerFacts(tx, partnerId, clock.now())));
  });
}

/**
 * A page of those that pass the filter. The rules decide it, so customers are looked at in order until the page is full; `last` is where
 * the next page goes on, absent at the end.
 */
async function findPage(
  tx: Transaction,
  call: Call,
  page: CustomerPage,
  filter: CustomerFilter | undefined,
): Promise<{ customers: CustomerAtAGlance[]; last: CustomerRow | undefined }> {
  const { partnerId } = call.actor.partner;
  const now = call.clock.now();
  const ofPartner = await findPartnerFacts(tx, partnerId, now);
  const size = filter ? CHUNK : page.limit;
  const customers: CustomerAtAGlance[] = [];
  let after = page.after;
  for (let chunk = 1; ; chunk++) {
    const rows = await findCustomers(tx, partnerId, now, { ...page, limit: size, after });
    for (const [index, row] of rows.slice(0, size).entries()) {
      const customer = glance(call, row, ofPartner);
      if (filter && !PASSES[filter](customer, call)) continue;
      customers.push(customer);
      if (customers.length === page.limit) return { customers, last: index + 1 < rows.length ? row : undefined };
    }
    const last = rows[size - 1];
    if (rows.length <= size || !last) return { customers, last: undefined };
    if (chunk === MOST_CHUNKS) return { customers, last };
    after = [last[page.by], last.customer_id];
  }
}

const PASSES: Readonly<Record<CustomerFilter, (customer: CustomerAtAGlance, call: Call) => boolean>> = {
  upgradable: ({ upgradable }) => upgradable > 0,
  deadline: ({ nextDeadline }, { clock }) =>
    nextDeadline !== null &&
    Temporal.PlainDate.compare(nextDeadline, utcDay(clock.now()).add({ days: DEADLINE_DAYS })) <= 0,
  noPrivileges: ({ row }) => row.live !== true,
  privilegesEnding: ({ warning }) => warning !== undefined,
  openWork: ({ row }) => row.open_issues > 0,
};

function glance({ actor, catalog, clock }: Call, row: CustomerRow, ofPartner: PartnerFactsRow): CustomerAtAGlance {
  const now = clock.now();
  const facts = toCustomerFacts({ ...row, ...ofPartner }, catalog, actor, now);
  const living = toHeld(row.subscriptions).filter(({ subscription }) => subscription.status !== 'deleted');
  return {
    row,
    living,
    warning: nextWarning(facts.privileges, now),
    upgradable: assessAll(facts, living).filter(({ eligibility, subscription }) =>
      canBegin(eligibility, { waits: row.waited_for.includes(subscription.subscriptionId) }),
    ).length,
    nextDeadline: earliest(
      living.map(({ subscription }) => subscription),
      utcDay(now),
    ),
  };
}

function earliest(subscriptions: readonly Subscription[], on: Temporal.PlainDate): Temporal.PlainDate | null {
  const deadlines = subscriptions.flatMap((subscription) => changeDeadline(subscription, on) ?? []);
  return deadlines.toSorted((one, other) => Temporal.PlainDate.compare(one, other))[0] ?? null;
}
