import type { UpgradeType } from '../../core/customers/relationship.ts';
import type { ApprovalReason, Returned, UpgradeState } from '../../core/upgrades/approval.ts';
import { isBilledAhead } from '../../core/upgrades/billed-ahead.ts';
import type { UpgradeDecision } from '../../core/upgrades/upgrade-decision.ts';
import type { UpgradeWay } from '../../core/upgrades/upgrade-decision.ts';
import { formatUnitPrice } from '../../core/values/money.ts';
import { type BillingCycle, termAt, type TermDuration } from '../../core/values/period.ts';
import { approves } from '../approvals/approval-policy.store.ts';
import { type AuditEntry, type AuditRow } from '../audit/audit.store.ts';
import type { Actor } from '../context.ts';
import { toChargeRows } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { toTransferRows } from './transfer.store.ts';
import { saveTransition, type UpgradeEvent, WRITTEN_OF_ANY } from './transition.store.ts';

/** An upgrade as it is written and read. */
export type UpgradeRow = {
  upgrade_id: string;
  customer_id: string;
  /** Null: nothing was quoted, a renewal carried out what was scheduled for it. */
  quote_id: string | null;
  upgrade_type: UpgradeType;
  way: UpgradeWay | 'renewal';
  term_duration: TermDuration;
  billing_cycle: BillingCycle;
  events: UpgradeEvent[];
  state: UpgradeState;
  source_subscription_id: string;
  source_offer_id: string;
  target_subscription_id: string | null;
  target_offer_id: string;
  quantity: number;
  effective_on: string;
  credit_minor: bigint;
  charge_minor: bigint;
  currency: string;
  submitted_at: string;
  applied_at: string | null;
  /** Null: it was scheduled before this was kept. */
  submitted_by: string | null;
  submitted_by_name: string | null;
  approval_reasons: ApprovalReason[];
  delay_minutes: number;
  due_at: string | null;
  /** Names of those who may approve it, while it waits for that. */
  approvers: string[] | null;
  decided_at: string | null;
  decided_by_name: string | null;
  decided_because: string | null;
  returned: Returned | null;
  moved: number;
  open_issues: number;
  settled_issues: number;
};

export type UpgradeIds = {
  readonly upgradeId: string;
  readonly targetSubscriptionId: string;
  readonly orderId: string;
};

/** What the audit log tells of an upgrade that is applied. */
export function appliedEntry(
  { source, target, upgradeType, quantity }: UpgradeDecision,
  { upgradeId, targetSubscriptionId }: UpgradeIds,
  quoteId: string,
): AuditEntry {
  const { customerId, subscriptionId: sourceSubscriptionId } = source;
  const targetOfferId = target.offerId;
  return {
    customerId,
    action: 'upgrade.applied',
    subjectId: upgradeId,
    details: {
      before: { quantity: source.quantity, sourceOfferId: source.offerId },
      after: { quoteId, upgradeType, targetOfferId, sourceSubscriptionId, targetSubscriptionId, quantity },
    },
    changed: [...new Set([sourceSubscriptionId, targetSubscriptionId])],
  };
}

/**
 * Writes the whole upgrade in one statement: source, target, licenses, issues, charges, quote and audit. One that waited is there already.
 * @throws RangeError where a later period than that of its day is billed already: the last billed day would go back, and the period be billed again.
 */
export async function saveUpgrade(...given: Parameters<typeof saveReplacement>): Promise<void> {
  const [, decision, { upgradeId }] = given;
  if (isBilledAhead(decision)) throw new RangeError(`upgrade ${upgradeId} is of a day before what is billed already`);
  return decision.way === 'replacement' ? saveReplacement(...given) : saveTransition(...given);
}

async function saveReplacement(
  tx: Transaction,
  decision: UpgradeDecision,
  ids: UpgradeIds,
  given: { actor: Actor; quoteId: string; at: Temporal.Instant; newId: () => string; audits: readonly AuditRow[] },
): Promise<void> {
  const { source, target, totals, transfer, effectiveOn } = decision;
  const termEndsOn = termAt(effectiveOn, effectiveOn).end;
  const charges = [
    ...toChargeRows(decision.credits, source, given.newId, { dueLines: decision.dueLines }),
    ...toChargeRows(
      decision.charges,
      {
        ...source,
        subscriptionId: ids.targetSubscriptionId,
        offerId: target.offerId,
        purchasedOn: effectiveOn,
        termEndsOn,
      },
      given.newId,
    ),
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
    effective_on: effectiveOn.toString(),
    term_ends_on: termEndsOn.toString(),
    billed_through: decision.charges.at(-1)?.period.end.toString(),
    source_billed_through: decision.dueLines.at(-1)?.period.end.toString() ?? source.billedThrough.toString(),
    credit_minor: totals.credit.minor.toString(),
    charge_minor: totals.charge.minor.toString(),
    at: given.at.toString(),
    agent_id: given.actor.agentId,
    ...toTransferRows(transfer),
    charges,
    audit: given.audits,
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
      billing_cycle, auto_renew, unit_price, currency, purchased_on, term_starts_on, term_ends_on, billed_through, status, provisioning,
      platform, term_duration, status_until)
    select s.customer_id, w.target_id, s.partner_id, s.channel, w.target_offer_id, w.order_id, s.friendly_name, s.quantity,
      s.billing_cycle, s.auto_renew, w.unit_price, s.currency, w.effective_on,
      w.effective_on, w.term_ends_on, w.billed_through, 'active', 'success', s.platform, s.term_duration, w.term_ends_on + 1
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
    from w, source
    on conflict (customer_id, upgrade_id) do update set state = 'applied', target_subscription_id = excluded.target_subscription_id,
      moved_users = excluded.moved_users, applied_at = excluded.applied_at, due_at = null),
  moved as (
    update licenses l set subscription_id = w.target_id, switched_off = m.off
    from w, jsonb_to_recordset(w.moves) as m (user_id uuid, off text[])
    where l.customer_id = $1 and l.subscription_id = w.source_id and l.user_id = m.user_id),
  ${WRITTEN_OF_ANY}`;

export const UPGRADES = `
  select u.upgrade_id, u.customer_id, u.quote_id, u.upgrade_type, u.way, u.term_duration, u.billing_cycle, u.events,
    u.state, u.source_subscription_id, u.source_offer_id,
    u.target_subscription_id, u.target_offer_id, u.quantity, u.effective_on, u.credit_minor, u.charge_minor, u.currency,
    u.submitted_at, u.applied_at, u.submitted_by, a.display_name as submitted_by_name,
    u.approval_reasons, u.delay_minutes, u.due_at, u.decided_at, d.display_name as decided_by_name, u.decided_because, u.returned,
    case when u.state = 'waitingForApproval' then array(
      select a.display_name from agents a where ${approves('u.partner_id')} and a.agent_id <> u.submitted_by
      order by a.display_name limit 10) end as approvers,
    u.moved_users + i.moved as moved, i.open_issues, i.settled_issues
  from upgrades u
  left join agents a on a.partner_id = u.partner_id and a.agent_id = u.submitted_by
  left join agents d on d.partner_id = u.partner_id and d.agent_id = u.decided_by
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

/** What was done with one new commerce subscription, or the one of these that is asked for; newest first. */
export async function findTransitions(
  tx: Transaction,
  partnerId: string,
  asked: { readonly customerId: string; readonly subscriptionId: string; readonly upgradeId?: string | undefined },
): Promise<UpgradeRow[]> {
  return tx.query<UpgradeRow>(
    `${UPGRADES} where u.customer_id = $1 and u.partner_id = $2 and u.source_subscription_id = $3 and u.way <> 'replacement'
       and u.state = 'applied' and ($4::uuid is null or u.upgrade_id = $4)
     order by u.upgrade_id desc`,
    [asked.customerId, partnerId, asked.subscriptionId, asked.upgradeId ?? null],
  );
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
