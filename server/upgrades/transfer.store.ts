import type { TransferPlan } from '../../core/licenses/plan-transfer.ts';

/** Who moves, with what switched off, and who stays and why, as it is written. */
export function toTransferRows({ changes, moves }: TransferPlan) {
  const moved = moves.filter(({ faults }) => faults.length === 0);
  return {
    moved_users: moved.length,
    moves: moved.map(({ user, change }) => ({ user_id: user.userId, off: changes[change]?.staysOff ?? [] })),
    issues: moves
      .filter(({ faults }) => faults.length > 0)
      .map(({ user, faults }) => ({ user_id: user.userId, faults })),
  };
}

/** Whether an upgrade that keeps its subscription leaves licenses behind, which then stay in an ended one of their own. */
export function leavesLicenses({ moves }: TransferPlan): boolean {
  return moves.some(({ faults }) => faults.length > 0);
}

type Of = { readonly rows: string; readonly customerId: string; readonly partnerId: string };

/**
 * An insert of the open issues of upgrades to stand in a larger statement, out of a part of it that has a row for each: upgrade_id, target_offer_id
 * and issues. All arguments are SQL expressions.
 */
export function insertIssues(of: Of): string {
  return `insert into license_issues (customer_id, upgrade_id, user_id, partner_id, status, faults, offer_id)
    select ${of.customerId}, w.upgrade_id, i.user_id, ${of.partnerId}, 'open', i.faults, w.target_offer_id
    from ${of.rows} w, jsonb_to_recordset(w.issues) as i (user_id uuid, faults jsonb)`;
}

/**
 * Parts of a larger statement that write where the licenses of upgrades on new commerce are then, out of a part of it that has a row for each:
 * source_id, target_id, left_in, source_billed_through, at, and of `toTransferRows` moves and issues. All arguments are SQL expressions.
 */
export function transferParts(of: Omit<Of, 'partnerId'>): string {
  return `
  -- What the subscription was, for the licenses that are still of that.
  remembered as (
    insert into subscriptions (customer_id, subscription_id, partner_id, channel, platform, offer_id, order_id, friendly_name,
      quantity, term_duration, billing_cycle, auto_renew, unit_price, currency, purchased_on, term_starts_on, term_ends_on,
      billed_through, promotion_id, status, provisioning, ended_reason, ended_at, successor_id)
    select h.customer_id, w.left_in, h.partner_id, h.channel, h.platform, h.offer_id, h.order_id, h.friendly_name, h.quantity,
      h.term_duration, h.billing_cycle, false, h.unit_price, h.currency, h.purchased_on, h.term_starts_on, h.term_ends_on,
      w.source_billed_through, h.promotion_id, 'deleted', 'success', 'upgraded', w.at, w.source_id
    from ${of.rows} w join subscriptions h on h.customer_id = ${of.customerId} and h.subscription_id = w.source_id
    where w.left_in <> w.source_id),
  moved as (
    update licenses l set subscription_id = w.target_id, switched_off = m.off
    from ${of.rows} w, jsonb_to_recordset(w.moves) as m (user_id uuid, off text[])
    where l.customer_id = ${of.customerId} and l.subscription_id = w.source_id and l.user_id = m.user_id
      and (w.target_id = w.source_id or not exists (select 1 from licenses o
        where o.customer_id = ${of.customerId} and o.subscription_id = w.target_id and o.user_id = m.user_id))),
  -- Who has a license of what takes the seats already needs no other.
  given_up as (
    delete from licenses l using ${of.rows} w, jsonb_to_recordset(w.moves) as m (user_id uuid, off text[])
    where w.target_id <> w.source_id and l.customer_id = ${of.customerId} and l.subscription_id = w.source_id and l.user_id = m.user_id
      and exists (select 1 from licenses o
        where o.customer_id = ${of.customerId} and o.subscription_id = w.target_id and o.user_id = m.user_id)),
  left_behind as (
    update licenses l set subscription_id = w.left_in
    from ${of.rows} w, jsonb_to_recordset(w.issues) as i (user_id uuid)
    where w.left_in <> w.source_id and l.customer_id = ${of.customerId} and l.subscription_id = w.source_id and l.user_id = i.user_id)`;
}
