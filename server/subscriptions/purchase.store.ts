import type { Purchase, PurchaseFacts } from '../../core/subscriptions/decide-purchase.ts';
import { formatUnitPrice } from '../../core/values/money.ts';
import { auditParts, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { insertCharges, toChargeRows } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  customerFacts,
  type CustomerFactsRow,
  dayOf,
  type SubscriptionJson,
  subscriptionsJson,
  toCustomerFacts,
  toSubscription,
  toSubscriptionRow,
} from './subscription.store.ts';

/** Everything that decides about purchases of one customer, in one query; undefined: no such customer of the partner. */
export async function findPurchaseFacts(
  tx: Transaction,
  { actor, catalog }: Pick<Call, 'actor' | 'catalog'>,
  customerId: string,
  now: Temporal.Instant,
): Promise<PurchaseFacts | undefined> {
  const [row] = await tx.query<CustomerFactsRow & { reseller: boolean; subscriptions: SubscriptionJson[] }>(
    `select ${customerFacts('$3::date')}, r.reseller, ${subscriptionsJson('$4::timestamptz')} as subscriptions
     from customers c
     join relationships r on r.customer_id = c.customer_id and r.partner_id = $2
     join partners o on o.partner_id = $2
     where c.customer_id = $1`,
    [customerId, actor.partner.partnerId, dayOf(now), now.toString()],
    'purchase-facts',
  );
  if (!row) return undefined;
  const held = row.subscriptions.map((one) => toSubscription(toSubscriptionRow(one)));
  return { ...toCustomerFacts(row, catalog, actor, now), reseller: row.reseller, held };
}

export type OrderedPurchase = Purchase & { readonly orderId: string };

/** Writes what one act buys in one statement: subscriptions, their first charges and an audit row for each. */
export async function savePurchases(
  tx: Transaction,
  call: Call,
  { customerId, actId, at }: { customerId: string; actId: string; at: Temporal.Instant },
  purchases: readonly OrderedPurchase[],
): Promise<void> {
  // The lines of an order stand in the order of their ids.
  const ids = purchases.map(call.newId).toSorted();
  const bought = purchases.map((one, index) => ({ ...one, subscriptionId: ids[index] ?? '' }));
  const audit = bought.map(({ subscriptionId, orderId, offerId, quantity, billingCycle, addOnOf }) =>
    toAuditRow(call, {
      customerId,
      action: 'subscription.purchased',
      subjectId: subscriptionId,
      details: { orderId, offerId, quantity, billingCycle, addOnOf },
      changed: [subscriptionId],
    }),
  );
  const charges = bought.flatMap((one) => toChargeRows(one.charges, one.subscriptionId, call.newId));
  const values = [customerId, call.actor.partner.partnerId, actId, at.toString()];
  const written = [bought.map(toRow), charges, audit].map((rows) => JSON.stringify(rows));
  await tx.query(SAVE_PURCHASES, [...values, ...written], 'save-purchases');
}

function toRow(purchase: OrderedPurchase & { readonly subscriptionId: string }) {
  const { unitPrice, purchasedOn, charges } = purchase;
  return {
    subscription_id: purchase.subscriptionId,
    offer_id: purchase.offerId,
    order_id: purchase.orderId,
    friendly_name: purchase.friendlyName,
    quantity: purchase.quantity,
    billing_cycle: purchase.billingCycle,
    unit_price: formatUnitPrice(unitPrice),
    currency: unitPrice.currency,
    purchased_on: purchasedOn.toString(),
    term_ends_on: purchase.termEndsOn.toString(),
    billed_through: charges.at(-1)?.period.end.toString(),
    add_on_of: purchase.addOnOf,
  };
}

const SAVE_PURCHASES = `
  with bought as (
    insert into subscriptions (customer_id, partner_id, channel, auto_renew, status, provisioning, subscription_id, offer_id,
      order_id, friendly_name, quantity, billing_cycle, unit_price, currency, purchased_on, term_ends_on, billed_through, add_on_of)
    select $1::uuid, $2::uuid, 'csp', true, 'active', 'success', w.*
    from jsonb_to_recordset($5::jsonb) as w (subscription_id uuid, offer_id text, order_id uuid, friendly_name text,
      quantity integer, billing_cycle text, unit_price numeric, currency text, purchased_on date, term_ends_on date,
      billed_through date, add_on_of uuid)),
  lines as (${insertCharges({
    rows: '$6::jsonb',
    customerId: '$1::uuid',
    partnerId: '$2::uuid',
    upgradeId: 'null::uuid',
    referenceId: '$3::uuid',
    at: '$4::timestamptz',
  })}),
  ${auditParts('$7::jsonb')}
  select 1`;
