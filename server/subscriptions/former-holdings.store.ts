import type { PromotedHolding } from '../../core/catalog/promotion.ts';
import type { Transaction } from '../postgres/database.ts';

/** Lines with which a term begins: each applies its promotion once more. */
const BEGINNINGS = `('new', 'renew', 'convert')`;

/**
 * What subscriptions of a customer were before they became what they are, as JSON: other offers, and promotions of other terms. The ledger and
 * the upgrades tell it, also of a trial that nobody paid; the rows of subscriptions tell the rest. All arguments are SQL expressions.
 */
export const formerHoldingsJson = (of: { customerId: string; partnerId: string }) => `
  (select coalesce(json_agg(json_build_object('offerId', f.offer_id, 'quantity', f.quantity, 'status', 'deleted',
      'promotionId', f.promotion_id)), '[]')
    from (
      select w.offer_id, w.quantity, null as promotion_id
      from (
        select v.subscription_id, v.offer_id, max(v.quantity) as quantity
        from (
          select g.subscription_id, g.offer_id, g.quantity from charges g
            where g.customer_id = ${of.customerId} and g.partner_id = ${of.partnerId}
          union all
          select u.source_subscription_id, u.source_offer_id, u.quantity from upgrades u
            where u.customer_id = ${of.customerId} and u.partner_id = ${of.partnerId} and u.state = 'applied'
              and u.way in ('inPlace', 'renewal')) v
        group by v.subscription_id, v.offer_id) w
      join subscriptions s on s.customer_id = ${of.customerId} and s.subscription_id = w.subscription_id and s.offer_id <> w.offer_id
      -- What was left in a subscription of its own is among the subscriptions.
      where not exists (select 1 from upgrades u
        where u.customer_id = ${of.customerId} and u.source_subscription_id = w.subscription_id and u.source_offer_id = w.offer_id
          and u.way in ('inPlace', 'renewal') and u.state = 'applied' and u.left_in <> u.source_subscription_id)
      union all
      select t.offer_id, 0, t.promotion_id
      from (
        select g.subscription_id, g.promotion_id, min(g.offer_id) as offer_id,
          greatest(1, count(*) filter (where g.charge_type in ${BEGINNINGS} and g.quantity > 0 and g.reverses is null)) as terms
        from charges g
        where g.customer_id = ${of.customerId} and g.partner_id = ${of.partnerId} and g.promotion_id is not null
        group by g.subscription_id, g.promotion_id) t
      join subscriptions s on s.customer_id = ${of.customerId} and s.subscription_id = t.subscription_id
      -- Once it counts with its subscription, and once with what was left in one of its own.
      cross join generate_series(1, t.terms - (s.promotion_id is not distinct from t.promotion_id)::integer
        - (select count(*) from upgrades u
            join subscriptions l on l.customer_id = u.customer_id and l.subscription_id = u.left_in and l.promotion_id = t.promotion_id
            where u.customer_id = ${of.customerId} and u.source_subscription_id = t.subscription_id and u.way in ('inPlace', 'renewal')
              and u.state = 'applied' and u.left_in <> u.source_subscription_id))) f)`;

/** The same by itself, for renewals, of which most have no promotion to ask it for. */
export async function findFormerHoldings(
  tx: Transaction,
  { customerId, partnerId }: { readonly customerId: string; readonly partnerId: string },
): Promise<readonly PromotedHolding[]> {
  const [row] = await tx.query<{ formerly: PromotedHolding[] }>(
    `select ${formerHoldingsJson({ customerId: '$1::uuid', partnerId: '$2::uuid' })} as formerly`,
    [customerId, partnerId],
    'find-former-holdings',
  );
  return row?.formerly ?? [];
}
