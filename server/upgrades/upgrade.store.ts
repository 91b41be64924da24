import type { Catalog } from '../../core/catalog/offer.ts';
import type { UpgradeType } from '../../core/customers/relationship.ts';
import type { UpgradeDecision, UpgradeFacts } from '../../core/upgrades/decide-upgrade.ts';
import { formatUnitPrice } from '../../core/values/money.ts';
import { termAt } from '../../core/values/period.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import type { Actor } from '../context.ts';
import { billedJson, type BilledJson, insertCharges, toBilledLines, toChargeRows } from '../ledger/charge.store.ts';
import { usersJson, type UsersJson } from '../licenses/license.store.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  customerFacts,
  type CustomerFactsRow,
  livingAddOns,
  subscriptionJson,
  type SubscriptionJson,
  toCustomerFacts,
  toSubscription,
  toSubscriptionRow,
} from '../subscriptions/subscription.store.ts';
import type { StoredQuote } from './quote.store.ts';

/** What is asked about, and when: a subscription on a day, or the one that a quote names. */
const ASKED = {
  subscription:
    'select $3::uuid as subscription_id, $4::timestamptz as now, $5::date as effective_on, null::json as quote',
  quote: `select subscription_id, $4::timestamptz as now, effective_on, json_build_object('quoteId', quote_id, 'targetOfferId', target_offer_id,
      'upgradeType', upgrade_type, 'expiresAt', expires_at,
      'priceListId', price_list_id, 'subscriptionVersion', subscription_version, 'promised', promised,
      'upgradeId', upgrade_id) as quote
    from quotes where customer_id = $1 and quote_id = $3 and partner_id = $2`,
};

/** Everything that decides one upgrade, in one query. */
const upgradeFactsOf = (asked: string) => `
  select ${customerFacts('q.effective_on')}, q.effective_on, q.quote, ${subscriptionJson('s', 'q.now')} as subscription,
    (select coalesce(json_agg(${subscriptionJson('a', 'q.now')}), '[]') from subscriptions a
      where a.customer_id = s.customer_id and a.add_on_of = s.subscription_id) as add_ons,
    ${billedJson('q.effective_on')} as billed,
    ${usersJson('s', 'q.now')} as users
  from customers c
  join partners o on o.partner_id = $2
  join (${asked}) q on true
  join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = q.subscription_id and s.partner_id = $2
  where c.customer_id = $1`;

type UpgradeFactsRow = CustomerFactsRow & {
  effective_on: string;
  quote: StoredQuote | null;
  subscription: SubscriptionJson;
  add_ons: SubscriptionJson[];
  billed: BilledJson;
  users: UsersJson;
};

export type FoundFacts = { readonly facts: UpgradeFacts; readonly priceListId: string | null };

/** Undefined: no such subscription of the partner. */
export async function findUpgradeFacts(
  tx: Transaction,
  reader: Reader,
  { customerId, subscriptionId, on }: { customerId: string; subscriptionId: string; on: Temporal.PlainDate },
): Promise<FoundFacts | undefined> {
  const values = [customerId, reader.actor.partner.partnerId, subscriptionId, reader.now.toString(), on.toString()];
  const [row] = await tx.query<UpgradeFactsRow>(upgradeFactsOf(ASKED.subscription), values, 'facts-of-subscription');
  return row && toFacts(row, reader);
}

/** The facts for the upgrade that a quote promised, with the quote; prices are those of its day. Undefined: no such quote of the partner. */
export async function findQuotedFacts(
  tx: Transaction,
  reader: Reader,
  { customerId, quoteId }: { customerId: string; quoteId: string },
): Promise<(FoundFacts & { quote: StoredQuote; effectiveOn: Temporal.PlainDate }) | undefined> {
  const values = [customerId, reader.actor.partner.partnerId, quoteId, reader.now.toString()];
  const [row] = await tx.query<UpgradeFactsRow>(upgradeFactsOf(ASKED.quote), values, 'facts-of-quote');
  if (!row?.quote) return undefined;
  return { ...toFacts(row, reader), quote: row.quote, effectiveOn: Temporal.PlainDate.from(row.effective_on) };
}

/** Who reads, with what catalog, at what moment. */
export type Reader = { readonly actor: Actor; readonly catalog: Catalog; readonly now: Temporal.Instant };

function toFacts(row: UpgradeFactsRow, { catalog, actor, now }: Reader): FoundFacts {
  const facts = {
    ...toCustomerFacts(row, catalog, actor, now),
    subscription: toSubscription(toSubscriptionRow(row.subscription)),
    addOns: livingAddOns(row.add_ons.map(toSubscriptionRow)),
    billed: toBilledLines(row.billed),
    users: row.users,
  };
  return { facts, priceListId: row.price_list_id };
}

/** An upgrade as it is written and read. */
export type UpgradeRow = {
  upgrade_id: string;
  customer_id: string;
  quote_id: string;
  upgrade_type: UpgradeType;
  state: 'applied';
  source_subscription_id: string;
  source_offer_id: string;
  target_subscription_id: string;
  target_offer_id: string;
  quantity: number;
  effective_on: string;
  credit_minor: bigint;
  charge_minor: bigint;
  currency: string;
  submitted_at: string;
  applied_at: string;
  submitted_by_name: string;
  moved: number;
  open_issues: number;
  settled_issues: number;
};

export type UpgradeIds = {
  readonly upgradeId: string;
  readonly targetSubscriptionId: string;
  readonly orderId: string;
};

/** Writes the whole upgrade in one statement: source, target, licenses, issues, charges, quote and audit. */
export async function saveUpgrade(
  tx: Transaction,
  decision: UpgradeDecision,
  ids: UpgradeIds,
  given: { actor: Actor; quoteId: string; at: Temporal.Instant; newId: () => string; audit: AuditRow },
): Promise<void> {
  const { source, target, totals, transfer } = decision;
  const moves = transfer.moves.filter((move) => move.faults.length === 0);
  const charges = [
    ...toChargeRows([...decision.dueLines, ...decision.credits], source.subscriptionId, given.newId),
    ...toChargeRows(decision.charges, ids.targetSubscriptionId, given.newId),
  ];
  const written = {
    upgrade_id: ids.upgradeId,
    quote_id: given.quoteId,
    upgrade_type: decision.upgradeType,
    source_id: source.subscriptionId,
    target_id: ids.targetSubscriptionId,
    order_id: ids.orderId,
    target_offer_id: target.offerId,
    unit_price: formatUnitPrice(decision.targetUnitPrice),
    effective_on: decision.effectiveOn.toString(),
    term_ends_on: termAt(decision.effectiveOn, decision.effectiveOn).end.toString(),
    billed_through: decision.charges.at(-1)?.period.end.toString(),
    source_billed_through: decision.dueLines.at(-1)?.period.end.toString() ?? source.billedThrough.toString(),
    credit_minor: totals.credit.minor.toString(),
    charge_minor: totals.charge.minor.toString(),
    moved_users: moves.length,
    at: given.at.toString(),
    agent_id: given.actor.agentId,
    moves: moves.map(({ user, change }) => ({ user_id: user.userId, off: transfer.changes[change]?.staysOff ?? [] })),
    issues: transfer.moves
      .filter((move) => move.faults.length > 0)
      .map(({ user, faults }) => ({ user_id: user.userId, faults })),
    charges,
    audit: [given.audit],
  };
  await tx.query(
    SAVE_UPGRADE,
    [source.customerId, given.actor.partner.partnerId, JSON.stringify(written)],
    'save-upgrade',
  );
}

const SAVE_UPGRADE = `
  with w as materialized (
    select * from jsonb_to_record($3::jsonb) as w (upgrade_id uuid, quote_id uuid, upgrade_type text, source_id uuid,
      target_id uuid, order_id uuid, target_offer_id text, unit_price numeric, effective_on date, term_ends_on date,
      billed_through date, source_billed_through date, credit_minor bigint, charge_minor bigint, moved_users integer, at timestamptz, agent_id uuid,
      moves jsonb, issues jsonb, charges jsonb, audit jsonb)),
  target as (
    insert into subscriptions (customer_id, subscription_id, partner_id, channel, offer_id, order_id, friendly_name, quantity,
      billing_cycle, auto_renew, unit_price, currency, purchased_on, term_ends_on, billed_through, status, provisioning)
    select s.customer_id, w.target_id, s.partner_id, s.channel, w.target_offer_id, w.order_id, s.friendly_name, s.quantity,
      s.billing_cycle, s.auto_renew, w.unit_price, s.currency, w.effective_on,
      w.term_ends_on, w.billed_through, 'active', 'success'
    from w join subscriptions s on s.customer_id = $1 and s.subscription_id = w.source_id),
  source as (
    update subscriptions s set status = 'deleted', ended_reason = 'upgraded', ended_at = w.at, successor_id = w.target_id,
      billed_through = w.source_billed_through, auto_renew = false, version = s.version + 1
    from w where s.customer_id = $1 and s.subscription_id = w.source_id
    returning s.offer_id, s.quantity, s.currency),
  upgrade as (
    insert into upgrades (customer_id, upgrade_id, partner_id, quote_id, upgrade_type, state, source_subscription_id,
      source_offer_id, target_subscription_id, target_offer_id, quantity, effective_on, credit_minor, charge_minor, currency,
      moved_users, submitted_at, submitted_by, applied_at)
    select $1, w.upgrade_id, $2, w.quote_id, w.upgrade_type, 'applied', w.source_id, source.offer_id, w.target_id,
      w.target_offer_id, source.quantity, w.effective_on, w.credit_minor, w.charge_minor, source.currency, w.moved_users,
      w.at, w.agent_id, w.at
    from w, source),
  moved as (
    update licenses l set subscription_id = w.target_id, switched_off = m.off
    from w, jsonb_to_recordset(w.moves) as m (user_id uuid, off text[])
    where l.customer_id = $1 and l.subscription_id = w.source_id and l.user_id = m.user_id),
  issues as (
    insert into license_issues (customer_id, upgrade_id, user_id, partner_id, status, faults, offer_id)
    select $1, w.upgrade_id, i.user_id, $2, 'open', i.faults, w.target_offer_id
    from w, jsonb_to_recordset(w.issues) as i (user_id uuid, faults jsonb)),
  lines as (${insertCharges({
    rows: '(select charges from w)',
    customerId: '$1::uuid',
    partnerId: '$2::uuid',
    upgradeId: '(select upgrade_id from w)',
    referenceId: '(select upgrade_id from w)',
    at: '(select at from w)',
  })}),
  used as (
    update quotes q set upgrade_id = w.upgrade_id from w where q.customer_id = $1 and q.quote_id = w.quote_id),
  ${auditParts('(select audit from w)')}
  select 1`;

const UPGRADES = `
  select u.upgrade_id, u.customer_id, u.quote_id, u.upgrade_type, u.state, u.source_subscription_id, u.source_offer_id,
    u.target_subscription_id, u.target_offer_id, u.quantity, u.effective_on, u.credit_minor, u.charge_minor, u.currency,
    u.submitted_at, u.applied_at, a.display_name as submitted_by_name,
    u.moved_users + i.moved as moved, i.open_issues, i.settled_issues
  from upgrades u
  join agents a on a.partner_id = u.partner_id and a.agent_id = u.submitted_by
  cross join lateral (
    select count(*) filter (where status = 'open')::integer as open_issues,
      count(*) filter (where status <> 'open')::integer as settled_issues,
      count(*) filter (where status = 'moved')::integer as moved
    from license_issues i where i.customer_id = u.customer_id and i.upgrade_id = u.upgrade_id) i`;

export async function findUpgrade(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  upgradeId: string,
): Promise<UpgradeRow | undefined> {
  const [row] = await tx.query<UpgradeRow>(
    `${UPGRADES} where u.customer_id = $1 and u.upgrade_id = $2 and u.partner_id = $3`,
    [customerId, upgradeId, partnerId],
  );
  return row;
}

/** Newest first; ids are made in the order of time. Undefined: no such customer of the partner. */
export async function findUpgrades(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  page: { limit: number; before?: string | undefined },
): Promise<UpgradeRow[] | undefined> {
  const related = await tx.query('select 1 from relationships where customer_id = $1 and partner_id = $2', [
    customerId,
    partnerId,
  ]);
  if (related.length === 0) return undefined;
  return tx.query<UpgradeRow>(
    `${UPGRADES} where u.customer_id = $1 and u.partner_id = $2 and ($3::uuid is null or u.upgrade_id < $3)
     order by u.upgrade_id desc limit $4`,
    [customerId, partnerId, page.before ?? null, page.limit],
  );
}
