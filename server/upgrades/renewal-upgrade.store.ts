import type { RenewalUpgrade } from '../../core/upgrades/upgrade-at-renewal.ts';
import { startOf } from '../../core/values/period.ts';
import type { UpgradeEvent } from './transition.store.ts';

export type RenewalUpgradeRow = ReturnType<typeof toRenewalUpgradeRow>;

/**
 * An upgrade at a renewal as it is written: in place, at the first moment of the new term, submitted when the change was scheduled. Its users keep
 * their licenses, which become those of the new product.
 */
export function toRenewalUpgradeRow(
  { source, target, effectiveOn, charge, scheduled }: RenewalUpgrade,
  upgradeId: string,
  users: number,
) {
  const at = startOf(effectiveOn).toString();
  const done = { status: 'Completed', at, errors: [] } as const;
  const events: UpgradeEvent[] = [
    { name: 'Conversion', ...done },
    ...(users > 0 ? [{ name: 'LicenseReassignment', ...done } as const] : []),
  ];
  return {
    upgrade_id: upgradeId,
    subscription_id: target.subscriptionId,
    source_offer_id: source.offerId,
    target_offer_id: target.offerId,
    quantity: target.quantity,
    effective_on: effectiveOn.toString(),
    charge_minor: charge.minor.toString(),
    currency: charge.currency,
    term_duration: target.termDuration,
    billing_cycle: target.billingCycle,
    events,
    moved_users: users,
    submitted_at: scheduled?.at.toString() ?? at,
    submitted_by: scheduled?.by ?? null,
    applied_at: at,
  };
}

/** An insert of upgrades at renewals out of a JSON list of rows, to stand in a larger statement. All arguments are SQL expressions. */
export function insertRenewalUpgrades(of: { rows: string; customerId: string; partnerId: string }): string {
  return `insert into upgrades (customer_id, partner_id, upgrade_type, state, way, credit_minor, upgrade_id, source_subscription_id,
      target_subscription_id, source_offer_id, target_offer_id, quantity, effective_on, charge_minor, currency, term_duration, billing_cycle,
      events, moved_users, submitted_at, submitted_by, applied_at)
    select ${of.customerId}, ${of.partnerId}, 'upgrade_with_license_transfer', 'applied', 'renewal', 0, r.upgrade_id, r.subscription_id,
      r.subscription_id, r.source_offer_id, r.target_offer_id, r.quantity, r.effective_on, r.charge_minor, r.currency, r.term_duration,
      r.billing_cycle, r.events, r.moved_users, r.submitted_at, r.submitted_by, r.applied_at
    from jsonb_to_recordset(${of.rows}) as r (upgrade_id uuid, subscription_id uuid, source_offer_id text, target_offer_id text,
      quantity integer, effective_on date, charge_minor bigint, currency text, term_duration text, billing_cycle text, events jsonb,
      moved_users integer, submitted_at timestamptz, submitted_by uuid, applied_at timestamptz)`;
}
