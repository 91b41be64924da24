import { wasTried } from '../../core/licenses/license.ts';
import type { UpgradeDecision, UpgradeWay } from '../../core/upgrades/upgrade-decision.ts';
import { formatUnitPrice } from '../../core/values/money.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import type { Actor } from '../context.ts';
import { insertCharges, toChargeRows } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { insertIssues, leavesLicenses, toTransferRows, transferParts } from './transfer.store.ts';

/** A part of an upgrade and what came of it (N13); `errors` are numbers of transition errors. */
export type UpgradeEvent = {
  readonly name: 'Conversion' | 'LicenseReassignment';
  readonly status: 'Completed' | 'Failed';
  readonly at: string;
  readonly errors: readonly number[];
};

type TransitionIds = { readonly upgradeId: string; readonly targetSubscriptionId: string; readonly orderId: string };

/** Writes an upgrade on new commerce in one statement: source, target, seats, licenses, issues, charges, quote and audit. */
export async function saveTransition(
  tx: Transaction,
  decision: UpgradeDecision,
  ids: TransitionIds,
  given: { actor: Actor; quoteId: string; at: Temporal.Instant; newId: () => string; audits: readonly AuditRow[] },
): Promise<void> {
  const { source, target, term, totals, transfer, way } = decision;
  const at = given.at.toString();
  const bought = { ...takerOf(decision), ...term, subscriptionId: ids.targetSubscriptionId, offerId: target.offerId };
  const written = {
    upgrade_id: ids.upgradeId,
    quote_id: given.quoteId,
    upgrade_type: decision.upgradeType,
    way,
    source_id: source.subscriptionId,
    target_id: ids.targetSubscriptionId,
    left_in: leftIn(decision, given.newId),
    order_id: ids.orderId,
    target_offer_id: target.offerId,
    quantity: decision.quantity,
    unit_price: formatUnitPrice(decision.targetUnitPrice),
    effective_on: decision.effectiveOn.toString(),
    term_duration: term.termDuration,
    billing_cycle: term.billingCycle,
    term_starts_on: term.termStartsOn.toString(),
    term_ends_on: term.termEndsOn.toString(),
    billed_through: term.billedThrough.toString(),
    promotion_id: term.promotionId,
    cancellable_until: term.cancellableUntil?.toString() ?? null,
    source_billed_through: decision.dueLines.at(-1)?.period.end.toString() ?? source.billedThrough.toString(),
    credit_minor: totals.credit.minor.toString(),
    charge_minor: totals.charge.minor.toString(),
    at,
    agent_id: given.actor.agentId,
    batch_id: given.newId(),
    events: eventsOf(decision, at),
    ...toTransferRows(transfer),
    charges: [
      ...toChargeRows(decision.credits, source, given.newId, { dueLines: decision.dueLines }),
      ...toChargeRows(decision.charges, bought, given.newId, { dueLines: decision.targetDueLines }),
    ],
    audit: given.audits,
  };
  await tx.query(
    SAVE_TRANSITION,
    [source.customerId, given.actor.partner.partnerId, JSON.stringify(written)],
    'save-transition',
  );
}

/** Which subscription takes the seats, and so whose id the upgrade names as its target. */
export function targetIdOf({ way, source, into }: UpgradeDecision, newId: () => string): string {
  return way === 'inPlace' ? source.subscriptionId : (into?.subscriptionId ?? newId());
}

/** What of the subscription that takes the seats its lines name: in place it is the source still; a new one has no name yet. */
function takerOf({ way, source, into, effectiveOn }: UpgradeDecision) {
  const taker = way === 'inPlace' ? source : into;
  return { friendlyName: taker?.friendlyName ?? null, purchasedOn: taker?.purchasedOn ?? effectiveOn };
}

/** Where licenses that were not exchanged stay: in place in an ended subscription of its own. */
function leftIn({ way, source, transfer }: UpgradeDecision, newId: () => string): string | null {
  return way === 'inPlace' && leavesLicenses(transfer) ? newId() : source.subscriptionId;
}

/** Users whose license was to be exchanged, and could not be. */
const USER_LICENSE_ERROR = 12;

/** What came of the act, as its parts tell (N13); all of it is done when it is written. What nobody tried did not fail. */
export function eventsOf(
  { way, transfer }: Pick<UpgradeDecision, 'transfer'> & { readonly way: UpgradeWay | 'renewal' },
  at: string,
): UpgradeEvent[] {
  if (way === 'replacement') return [];
  const conversion: UpgradeEvent = { name: 'Conversion', status: 'Completed', at, errors: [] };
  const tried = transfer.moves.filter(({ faults }) => wasTried(faults));
  if (tried.length === 0) return [conversion];
  const failed = tried.some(({ faults }) => faults.length > 0);
  const reassignment = { name: 'LicenseReassignment', at } as const;
  return [
    conversion,
    failed
      ? { ...reassignment, status: 'Failed', errors: [USER_LICENSE_ERROR] }
      : { ...reassignment, status: 'Completed', errors: [] },
  ];
}

/** Once every user of an upgrade has moved after all, its reassignment is completed, however it began. */
export async function completeReassignment(
  tx: Transaction,
  { customerId, upgradeId, at }: { readonly customerId: string; readonly upgradeId: string; readonly at: string },
): Promise<void> {
  const event: UpgradeEvent = { name: 'LicenseReassignment', status: 'Completed', at, errors: [] };
  await tx.query(
    `update upgrades g set events = g.events || $3::jsonb
     where g.customer_id = $1 and g.upgrade_id = $2 and g.events @> '[{"name": "LicenseReassignment", "status": "Failed"}]'
       and not exists (select 1 from license_issues i
         where i.customer_id = g.customer_id and i.upgrade_id = g.upgrade_id and i.status <> 'moved')`,
    [customerId, upgradeId, JSON.stringify([event])],
  );
}

/** What the statement of any upgrade ends with, out of its row `w`: issues, charges, the use of the quote, and audit. */
export const WRITTEN_OF_ANY = `
  issues as (${insertIssues({ rows: 'w', customerId: '$1::uuid', partnerId: '$2::uuid' })}),
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

const SAVE_TRANSITION = `
  with w as materialized (
    select * from jsonb_to_record($3::jsonb) as w (upgrade_id uuid, quote_id uuid, upgrade_type text, way text, source_id uuid,
      target_id uuid, left_in uuid, order_id uuid, target_offer_id text, quantity integer, unit_price numeric, effective_on date,
      term_duration text, billing_cycle text, term_starts_on date, term_ends_on date, billed_through date, promotion_id text,
      cancellable_until timestamptz, source_billed_through date, credit_minor bigint, charge_minor bigint, moved_users integer,
      at timestamptz, agent_id uuid, batch_id uuid, events jsonb, moves jsonb, issues jsonb, charges jsonb, audit jsonb)),
  held as materialized (
    select s.* from subscriptions s, w where s.customer_id = $1 and s.subscription_id = w.source_id),
  changed as (
    update subscriptions s set offer_id = w.target_offer_id, quantity = w.quantity, unit_price = w.unit_price,
      term_duration = w.term_duration, billing_cycle = w.billing_cycle, term_starts_on = w.term_starts_on, term_ends_on = w.term_ends_on,
      status_until = w.term_ends_on + 1, billed_through = w.billed_through, promotion_id = w.promotion_id,
      cancellable_until = w.cancellable_until, scheduled_change = null, updates = s.updates + 1, version = s.version + 1
    from w where w.way = 'inPlace' and s.customer_id = $1 and s.subscription_id = w.source_id),
  reduced as (
    update subscriptions s set quantity = s.quantity - w.quantity, billed_through = w.source_billed_through,
      scheduled_change = null, updates = s.updates + 1, version = s.version + 1
    from w, held where w.way <> 'inPlace' and w.quantity < held.quantity and s.customer_id = $1
      and s.subscription_id = w.source_id),
  ended as (
    update subscriptions s set status = 'deleted', ended_reason = 'upgraded', ended_at = w.at, successor_id = w.target_id,
      billed_through = w.source_billed_through, auto_renew = false, status_until = null, scheduled_change = null,
      cancellable_until = null, version = s.version + 1
    from w, held where w.way = 'existing' and w.quantity >= held.quantity and s.customer_id = $1
      and s.subscription_id = w.source_id),
  -- Add-ons go on, and hang on what took the seats (N15).
  rehung as (
    update subscriptions a set add_on_of = w.target_id, version = a.version + 1
    from w, held where w.way = 'existing' and w.quantity >= held.quantity and a.customer_id = $1
      and a.add_on_of = w.source_id and a.status <> 'deleted' and a.subscription_id <> w.target_id),
  grown as (
    update subscriptions s set quantity = s.quantity + w.quantity, billed_through = w.billed_through,
      scheduled_change = null, updates = s.updates + 1, version = s.version + 1
    from w where w.way = 'existing' and s.customer_id = $1 and s.subscription_id = w.target_id),
  begun as (
    insert into subscriptions (customer_id, subscription_id, partner_id, channel, platform, offer_id, order_id, friendly_name,
      quantity, term_duration, billing_cycle, auto_renew, unit_price, currency, purchased_on, term_starts_on, term_ends_on,
      status_until, billed_through, promotion_id, cancellable_until, status, provisioning)
    select $1, w.target_id, h.partner_id, h.channel, h.platform, w.target_offer_id, w.order_id, null, w.quantity, w.term_duration,
      w.billing_cycle, h.auto_renew, w.unit_price, h.currency, w.effective_on, w.term_starts_on, w.term_ends_on,
      w.term_ends_on + 1, w.billed_through, w.promotion_id, w.cancellable_until, 'active', 'success'
    from w, held h where w.way = 'partial'),
  upgrade as (
    insert into upgrades (customer_id, upgrade_id, partner_id, quote_id, upgrade_type, state, way, source_subscription_id,
      source_offer_id, target_subscription_id, target_offer_id, quantity, effective_on, credit_minor, charge_minor, currency,
      term_duration, billing_cycle, events, left_in, moved_users, submitted_at, submitted_by, applied_at)
    select $1, w.upgrade_id, $2, w.quote_id, w.upgrade_type, 'applied', w.way, w.source_id, h.offer_id, w.target_id,
      w.target_offer_id, w.quantity, w.effective_on, w.credit_minor, w.charge_minor, h.currency, w.term_duration,
      w.billing_cycle, w.events, w.left_in, w.moved_users, w.at, w.agent_id, w.at
    from w, held h
    on conflict (customer_id, upgrade_id) do update set state = 'applied', target_subscription_id = excluded.target_subscription_id,
      events = excluded.events, left_in = excluded.left_in, moved_users = excluded.moved_users, applied_at = excluded.applied_at,
      due_at = null),
  ${transferParts({ rows: 'w', customerId: '$1::uuid' })},
  -- After an upgrade nothing can be taken back (N5, N38); what was a trial begins as bought.
  -- Of what stays, the seats that were added last are those that stay.
  staying as materialized (
    select b.batch_id, least(b.quantity, greatest(0, case when w.way = 'inPlace' then 0 else h.quantity - w.quantity end
        - sum(b.quantity) over (order by b.added_at desc, b.batch_id desc) + b.quantity))::integer as seats
    from seat_batches b, w, held h where b.customer_id = $1 and b.subscription_id = w.source_id),
  closed as (
    delete from seat_batches b using w, staying y
    where b.customer_id = $1 and b.subscription_id = w.source_id and b.batch_id = y.batch_id and y.seats = 0),
  lessened as (
    update seat_batches b set quantity = y.seats from w, staying y
    where b.customer_id = $1 and b.subscription_id = w.source_id and b.batch_id = y.batch_id and y.seats > 0),
  opened as (
    insert into seat_batches (customer_id, subscription_id, batch_id, partner_id, quantity, added_at, removable_until)
    select $1, w.target_id, w.batch_id, $2, w.quantity, w.at, w.cancellable_until
    from w where w.way <> 'existing' and w.cancellable_until is not null),
  ${WRITTEN_OF_ANY}`;
