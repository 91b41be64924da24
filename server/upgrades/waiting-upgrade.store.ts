import type { ApprovalReason, Returned } from '../../core/upgrades/approval.ts';
import type { UpgradeDecision } from '../../core/upgrades/upgrade-decision.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import type { Transaction } from '../postgres/database.ts';
import type { UpgradeRow } from './upgrade.store.ts';

/** An upgrade that waits, as those who decide about it need it. Nothing that a renewal did, without a quote, ever waits. */
export type WaitingUpgrade = {
  readonly customer_id: string;
  readonly upgrade_id: string;
  readonly partner_id: string;
  readonly quote_id: string;
  readonly state: UpgradeRow['state'];
  readonly source_subscription_id: string;
  readonly due_at: string | null;
  readonly delay_minutes: number;
  readonly submitted_by: string;
  readonly decided_by: string | null;
};

const WAITING = `select customer_id, upgrade_id, partner_id, quote_id, state, source_subscription_id, due_at, delay_minutes,
  submitted_by, decided_by from upgrades`;

/** An upgrade of the partner in whatever state; its customer must be held, so that the state stays what it is. */
export async function findToDecide(
  tx: Transaction,
  partnerId: string,
  { customerId, upgradeId }: { customerId: string; upgradeId: string },
): Promise<WaitingUpgrade | undefined> {
  const [row] = await tx.query<WaitingUpgrade>(
    `${WAITING} where customer_id = $1 and upgrade_id = $2 and partner_id = $3`,
    [customerId, upgradeId, partnerId],
  );
  return row;
}

/** Holds a customer as its acts do, for the server's own. */
export async function holdCustomer(tx: Transaction, customerId: string): Promise<void> {
  await tx.query('select 1 from customers where customer_id = $1 for update', [customerId]);
}

/** Some of what has become due, of any partner, after a place in the order in which it does. */
export async function findDue(
  tx: Transaction,
  now: Temporal.Instant,
  { after, limit }: { after: WaitingUpgrade | undefined; limit: number },
): Promise<WaitingUpgrade[]> {
  return tx.query<WaitingUpgrade>(
    `${WAITING} where state in ('waitingForApproval', 'held') and due_at <= $1
       and ($2::timestamptz is null or (due_at, upgrade_id) > ($2, $3::uuid))
     order by due_at, upgrade_id limit $4`,
    [now.toString(), after?.due_at ?? null, after?.upgrade_id ?? null, limit],
    'find-due-upgrades',
  );
}

export type ToWait = {
  readonly upgradeId: string;
  readonly partnerId: string;
  readonly agentId: string;
  readonly quoteId: string;
  readonly state: 'waitingForApproval' | 'held';
  readonly reasons: readonly ApprovalReason[];
  readonly delayMinutes: number;
  readonly dueAt: Temporal.Instant;
  readonly at: Temporal.Instant;
  readonly audit: AuditRow;
};

/** Submits an upgrade that waits: the figures that were shown, the quote and the audit row; nothing of the subscription. */
export async function saveWaiting(tx: Transaction, decision: UpgradeDecision, given: ToWait): Promise<void> {
  const { source, target, totals } = decision;
  await tx.query(
    `with upgrade as (
       insert into upgrades (customer_id, upgrade_id, partner_id, quote_id, upgrade_type, state, source_subscription_id,
         source_offer_id, target_offer_id, quantity, effective_on, credit_minor, charge_minor, currency, moved_users,
         submitted_at, submitted_by, approval_reasons, delay_minutes, due_at, way, term_duration, billing_cycle)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, $15, $16, $17, $18, $19, $21, $22, $23)),
     used as (update quotes set upgrade_id = $2 where customer_id = $1 and quote_id = $4),
     ${auditParts('$20::jsonb')}
     select 1`,
    [
      source.customerId,
      given.upgradeId,
      given.partnerId,
      given.quoteId,
      decision.upgradeType,
      given.state,
      source.subscriptionId,
      source.offerId,
      target.offerId,
      decision.quantity,
      decision.effectiveOn.toString(),
      totals.credit.minor.toString(),
      totals.charge.minor.toString(),
      totals.net.currency,
      given.at.toString(),
      given.agentId,
      JSON.stringify(given.reasons),
      given.delayMinutes,
      given.dueAt.toString(),
      JSON.stringify([given.audit]),
      decision.way,
      decision.term.termDuration,
      decision.term.billingCycle,
    ],
    'save-waiting-upgrade',
  );
}

export type Ending = {
  readonly state: 'held' | 'withdrawn' | 'rejected' | 'refused';
  /** While it goes on being held. */
  readonly dueAt?: Temporal.Instant;
  /** A person's decision; absent: what was decided before stays. */
  readonly decided?: { readonly by: string | null; readonly because?: string; readonly at: Temporal.Instant };
  readonly returned?: Returned;
  readonly audits: readonly AuditRow[];
};

/** Moves a waiting upgrade on; nothing of the subscription changes. */
export async function saveEnding(
  tx: Transaction,
  { customer_id, upgrade_id }: WaitingUpgrade,
  { state, dueAt, decided, returned, audits }: Ending,
): Promise<void> {
  await tx.query(
    `with moved as (
       update upgrades set state = $3, due_at = $4, returned = $5,
         decided_at = case when $6 then $7::timestamptz else decided_at end,
         decided_by = case when $6 then $8::uuid else decided_by end,
         decided_because = case when $6 then $9::text else decided_because end
       where customer_id = $1 and upgrade_id = $2),
     ${auditParts('$10::jsonb')}
     select 1`,
    [
      customer_id,
      upgrade_id,
      state,
      dueAt?.toString() ?? null,
      returned ? JSON.stringify(returned) : null,
      decided !== undefined,
      decided?.at.toString() ?? null,
      decided?.by ?? null,
      decided?.because ?? null,
      JSON.stringify(audits),
    ],
    'move-waiting-upgrade',
  );
}
