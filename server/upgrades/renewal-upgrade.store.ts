import type { TransferPlan } from '../../core/licenses/plan-transfer.ts';
import type { RenewalUpgrade } from '../../core/upgrades/upgrade-at-renewal.ts';
import { startOf } from '../../core/values/period.ts';
import { insertIssues, leavesLicenses, toTransferRows, transferParts } from './transfer.store.ts';
import { eventsOf } from './transition.store.ts';

export type RenewalUpgradeRow = ReturnType<typeof toRenewalUpgradeRow>;

/** An upgrade at a renewal as it is written: in place, at the first moment of the new term, submitted when the change was scheduled. */
export function toRenewalUpgradeRow({
  source,
  target,
  upgradeType,
  effectiveOn,
  charge,
  scheduled,
  transfer,
  upgradeId,
  leftIn,
}: RenewalUpgrade & { readonly upgradeId: string; readonly leftIn: string; readonly transfer: TransferPlan }) {
  const at = startOf(effectiveOn).toString();
  return {
    upgrade_id: upgradeId,
    upgrade_type: upgradeType,
    source_id: source.subscriptionId,
    target_id: target.subscriptionId,
    left_in: leavesLicenses(transfer) ? leftIn : source.subscriptionId,
    source_offer_id: source.offerId,
    target_offer_id: target.offerId,
    quantity: target.quantity,
    effective_on: effectiveOn.toString(),
    charge_minor: charge.minor.toString(),
    currency: charge.currency,
    term_duration: target.termDuration,
    billing_cycle: target.billingCycle,
    source_billed_through: source.billedThrough.toString(),
    events: eventsOf({ way: 'renewal', transfer }, at),
    submitted_at: scheduled?.at.toString() ?? at,
    submitted_by: scheduled?.by ?? null,
    at,
    ...toTransferRows(transfer),
  };
}

/** Parts of a larger statement that write upgrades at renewals, with their licenses, out of a JSON list of rows. All arguments are SQL expressions. */
export function renewalUpgradeParts(of: { rows: string; customerId: string; partnerId: string }): string {
  return `
  upgraded as materialized (
    select * from jsonb_to_recordset(${of.rows}) as r (upgrade_id uuid, upgrade_type text, source_id uuid, target_id uuid, left_in uuid,
      source_offer_id text, target_offer_id text, quantity integer, effective_on date, charge_minor bigint, currency text,
      term_duration text, billing_cycle text, source_billed_through date, events jsonb, moved_users integer, moves jsonb, issues jsonb,
      submitted_at timestamptz, submitted_by uuid, at timestamptz)),
  upgrade as (
    insert into upgrades (customer_id, partner_id, upgrade_type, state, way, credit_minor, upgrade_id, source_subscription_id,
      target_subscription_id, source_offer_id, target_offer_id, quantity, effective_on, charge_minor, currency, term_duration, billing_cycle,
      events, left_in, moved_users, submitted_at, submitted_by, applied_at)
    select ${of.customerId}, ${of.partnerId}, r.upgrade_type, 'applied', 'renewal', 0, r.upgrade_id, r.source_id, r.target_id,
      r.source_offer_id, r.target_offer_id, r.quantity, r.effective_on, r.charge_minor, r.currency, r.term_duration, r.billing_cycle,
      r.events, r.left_in, r.moved_users, r.submitted_at, r.submitted_by, r.at
    from upgraded r),
  ${transferParts({ rows: 'upgraded', customerId: of.customerId })},
  issues as (${insertIssues({ ...of, rows: 'upgraded' })})`;
}
