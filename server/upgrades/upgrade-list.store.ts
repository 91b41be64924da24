import type { Language } from '../../contract/values.ts';
import type { UpgradeState } from '../../core/upgrades/approval.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import type { Transaction } from '../postgres/database.ts';
import { UPGRADES, type UpgradeRow } from './upgrade.store.ts';

export type UpgradeTab = 'all' | 'toApprove' | 'waiting' | 'needsWork' | 'failed';
export type UpgradeSort = 'newest' | 'oldest' | 'customer' | '-customer' | 'licenses' | '-licenses' | 'net' | '-net';
export type CustomerUpgradeRow = UpgradeRow & { customer_name: string };

/** What is on each tab; $2 is who looks, `looks` whether that agent may approve. */
const CONDITIONS: Readonly<Record<UpgradeTab, string>> = {
  all: 'true',
  toApprove: `u.state = 'waitingForApproval' and u.submitted_by <> $2`,
  waiting: `u.state in ('waitingForApproval', 'held')`,
  needsWork: `exists (select 1 from license_issues w where w.partner_id = $1 and w.customer_id = u.customer_id
    and w.upgrade_id = u.upgrade_id and w.status = 'open')`,
  failed: `u.state in ('rejected', 'refused')`,
};

type Reader = { readonly partnerId: string; readonly agentId: string; readonly approves: boolean };
export type UpgradeFilter = {
  readonly tab: UpgradeTab;
  /** Part of the customer's name, folded for search. */
  readonly search?: string | undefined;
  /** Hexadecimal digits of the end of the id of an upgrade or of its quote, or a whole id, without dashes; one that matches is found besides. */
  readonly number?: string | undefined;
  readonly state?: UpgradeState | undefined;
  readonly way?: UpgradeRow['way'] | undefined;
  /** Of what it came from or went to. */
  readonly offerId?: string | undefined;
  readonly submittedById?: string | undefined;
  /** UTC days on which it was submitted. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};
type Page = UpgradeFilter & {
  readonly sort: UpgradeSort;
  readonly language: Language;
  readonly limit: number;
  /** Sort value and id of the last row of the page before. */
  readonly after?: readonly [string, string] | undefined;
};

const MATCHES = `
  ($3::text is null or position($3 in n.name_folded) > 0
    or ($4::text is not null and (position($4 in right(u.upgrade_id::text, 8)) > 0
      or position($4 in right(u.quote_id::text, 8)) > 0 or $4 = replace(u.upgrade_id::text, '-', ''))))
  and ($5::text is null or u.state = $5)
  and ($6::text is null or u.way = $6)
  and ($7::text is null or $7 in (u.source_offer_id, u.target_offer_id))
  and ($8::uuid is null or u.submitted_by = $8)
  and ($9::date is null or u.submitted_at >= $9::date::timestamp at time zone 'utc')
  and ($10::date is null or u.submitted_at < ($10::date + 1)::timestamp at time zone 'utc')`;

/** Upgrades of the customers that the partner is related to; ids are made in the order of time. */
export async function findAllUpgrades(
  tx: Transaction,
  { partnerId, agentId, approves }: Reader,
  { sort, language, limit, after, ...filter }: Page,
): Promise<CustomerUpgradeRow[]> {
  if (filter.tab === 'toApprove' && !approves) return [];
  const { of, as, descending } = orderOf(sort, language);
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  // The page is picked first, so that what is counted for an upgrade is counted for those that are shown.
  return tx.query<CustomerUpgradeRow>(
    `with page as (
       select u.customer_id, u.upgrade_id, n.name as customer_name, ${of} as sorted
       from upgrades u join customers n on n.customer_id = u.customer_id
       where u.partner_id = $1 and $2::uuid is not null and ${CONDITIONS[filter.tab]} and ${MATCHES}
         and ($11::uuid is null or (${of}, u.upgrade_id) ${beyond} ($12::${as}, $11))
       order by ${of} ${direction}, u.upgrade_id ${direction} limit $13)
     select shown.*, p.customer_name
     from page p join (${UPGRADES}) shown on shown.customer_id = p.customer_id and shown.upgrade_id = p.upgrade_id
     order by p.sorted ${direction}, p.upgrade_id ${direction}`,
    [partnerId, agentId, ...valuesOf(filter), after?.[1] ?? null, after?.[0] ?? null, limit],
  );
}

/** What comes before the id in an order, and as what type a cursor gives it back; ids alone are the order of time. */
function orderOf(sort: UpgradeSort, language: Language) {
  const descending = sort === 'newest' || sort.startsWith('-');
  switch (sort) {
    case 'customer':
    case '-customer':
      return { of: `n.name collate ${COLLATIONS[language]}`, as: 'text', descending };
    case 'licenses':
    case '-licenses':
      return { of: 'u.quantity', as: 'integer', descending };
    case 'net':
    case '-net':
      return { of: '(u.credit_minor + u.charge_minor)', as: 'bigint', descending };
    default:
      return { of: 'u.upgrade_id', as: 'uuid', descending };
  }
}

/** By what a row stands where it does in an order, as text. */
export function sortValueOf(row: CustomerUpgradeRow, sort: UpgradeSort): string {
  switch (sort) {
    case 'customer':
    case '-customer':
      return row.customer_name;
    case 'licenses':
    case '-licenses':
      return String(row.quantity);
    case 'net':
    case '-net':
      return String(row.credit_minor + row.charge_minor);
    default:
      return row.upgrade_id;
  }
}

/** Values of MATCHES, in its order. */
function valuesOf({ search, number, state, way, offerId, submittedById, from, until }: UpgradeFilter) {
  return [search, number, state, way, offerId, submittedById, from, until].map((value) => value ?? null);
}

export type UpgradeFilters = {
  readonly submitters: readonly { readonly agent_id: string; readonly name: string }[];
  readonly offerIds: readonly string[];
};

/** Who submitted an upgrade of the partner, and the offers that upgrades are of. */
export async function findUpgradeFilters(tx: Transaction, partnerId: string): Promise<UpgradeFilters> {
  const submitters = await tx.query<{ agent_id: string; name: string }>(
    `select a.agent_id, a.display_name as name from agents a
     where a.partner_id = $1 and exists (
       select 1 from upgrades u where u.partner_id = $1 and u.submitted_by = a.agent_id)`,
    [partnerId],
  );
  const offers = await tx.query<{ offer_id: string }>(
    `select source_offer_id as offer_id from upgrades where partner_id = $1
     union select target_offer_id from upgrades where partner_id = $1`,
    [partnerId],
  );
  return { submitters, offerIds: offers.map(({ offer_id: offerId }) => offerId) };
}

export type UpgradeCounts = { toApprove: number; waiting: number; needsWork: number; failed: number; forYou: number };

/** How much is on each tab, and how much of it is for the agent to see to. Customers that were left do not count. */
export async function countAllUpgrades(
  tx: Transaction,
  { partnerId, agentId, approves }: Reader,
): Promise<UpgradeCounts> {
  const [row] = await tx.query<Record<keyof UpgradeCounts | 'givenBack', bigint>>(
    `select count(*) filter (where ${CONDITIONS.toApprove}) as "toApprove", count(*) filter (where ${CONDITIONS.waiting}) as waiting,
       count(*) filter (where ${CONDITIONS.failed}) as failed,
       count(*) filter (where u.state = 'refused' and u.submitted_by = $2 and not exists (select 1 from upgrades later
         where later.customer_id = u.customer_id and later.source_subscription_id = u.source_subscription_id
           and later.upgrade_id > u.upgrade_id)) as "givenBack",
       (select count(distinct (w.customer_id, w.upgrade_id)) from license_issues w
         join customers n on n.customer_id = w.customer_id
         where w.partner_id = $1 and w.status = 'open') as "needsWork"
     from upgrades u join customers c on c.customer_id = u.customer_id
     where u.partner_id = $1 and u.state <> 'applied'`,
    [partnerId, agentId],
    'count-upgrades',
  );
  const toApprove = approves ? Number(row?.toApprove ?? 0) : 0;
  return {
    toApprove,
    waiting: Number(row?.waiting ?? 0),
    needsWork: Number(row?.needsWork ?? 0),
    failed: Number(row?.failed ?? 0),
    forYou: toApprove + Number(row?.givenBack ?? 0),
  };
}
