import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { Purchase, PurchaseFacts } from '../../core/subscriptions/purchase.ts';
import { formatUnitPrice } from '../../core/values/money.ts';
import { auditParts, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { insertCharges, toChargeRows } from '../ledger/charge.store.ts';
import { sellRatesJson } from '../ledger/sell-rates.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { insertBatches, toBatchRows } from './batch.store.ts';
import { customerFacts, type CustomerFactsRow, toCustomerFacts } from './customer-facts.store.ts';
import { formerHoldingsJson } from './former-holdings.store.ts';
import {
  dayOf,
  type SubscriptionJson,
  subscriptionsJson,
  toSubscription,
  toSubscriptionRow,
} from './subscription.store.ts';

export type FoundPurchaseFacts = PurchaseFacts & {
  /** By which it is sold on to the customer. */
  readonly rates: SellRates;
};

/** Everything that decides about purchases of one customer, in one query; undefined: no such customer of the partner. */
export async function findPurchaseFacts(
  tx: Transaction,
  { actor, catalog }: Pick<Call, 'actor' | 'catalog'>,
  customerId: string,
  now: Temporal.Instant,
): Promise<FoundPurchaseFacts | undefined> {
  const [row] = await tx.query<PurchaseFactsRow>(
    `select ${customerFacts('$3::date')}, r.reseller, ${sellRatesJson('o.partner_id')} as rates,
       ${subscriptionsJson('$4::timestamptz')} as subscriptions,
       ${formerHoldingsJson({ customerId: 'c.customer_id', partnerId: '$2' })} as formerly
     from customers c
     join relationships r on r.customer_id = c.customer_id and r.partner_id = $2
     join partners o on o.partner_id = $2
     where c.customer_id = $1`,
    [customerId, actor.partner.partnerId, dayOf(now), now.toString()],
    'purchase-facts',
  );
  if (!row) return undefined;
  const held = row.subscriptions.map((one) => toSubscription(toSubscriptionRow(one)));
  const { reseller, rates, formerly } = row;
  const { currency } = actor.partner;
  return { ...toCustomerFacts(row, catalog, actor, now), reseller, rates, held, formerly, currency };
}

type PurchaseFactsRow = CustomerFactsRow & {
  reseller: boolean;
  rates: SellRates;
  subscriptions: SubscriptionJson[];
  formerly: PurchaseFacts['formerly'];
};

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
  const audit = bought.map(({ subscriptionId, orderId, offerId, quantity, billingCycle, addOnOf, ...terms }) =>
    toAuditRow(call, {
      customerId,
      action: 'subscription.purchased',
      subjectId: subscriptionId,
      details: { after: { orderId, offerId, quantity, billingCycle, addOnOf, ...auditedTerms(terms) } },
      changed: [subscriptionId],
    }),
  );
  const charges = bought.flatMap((one) => toChargeRows(one.charges, one, call.newId));
  const values = [customerId, call.actor.partner.partnerId, actId, at.toString()];
  const batches = bought.flatMap(({ subscriptionId, batch }) =>
    batch ? toBatchRows([batch], call.newId).map((row) => ({ ...row, subscription_id: subscriptionId })) : [],
  );
  const written = [bought.map(toRow), charges, audit, batches].map((rows) => JSON.stringify(rows));
  await tx.query(SAVE_PURCHASES, [...values, ...written], 'save-purchases');
}

/** What a purchase on the legacy platform always has is not told. */
function auditedTerms({ platform, termDuration, termEndsOn, promotionId }: Partial<Purchase>) {
  return platform === 'newCommerce' ? { termDuration, termEndsOn: termEndsOn?.toString(), promotionId } : {};
}

function toRow(purchase: OrderedPurchase & { readonly subscriptionId: string }) {
  const { unitPrice, purchasedOn, charges } = purchase;
  return {
    subscription_id: purchase.subscriptionId,
    offer_id: purchase.offerId,
    order_id: purchase.orderId,
    friendly_name: purchase.friendlyName,
    quantity: purchase.quantity,
    platform: purchase.platform,
    term_duration: purchase.termDuration,
    promotion_id: purchase.promotionId,
    cancellable_until: purchase.cancellableUntil?.toString() ?? null,
    billing_cycle: purchase.billingCycle,
    unit_price: formatUnitPrice(unitPrice),
    currency: unitPrice.currency,
    purchased_on: purchasedOn.toString(),
    term_ends_on: purchase.termEndsOn.toString(),
    status_until: purchase.termEndsOn.add({ days: 1 }).toString(),
    billed_through: charges.at(-1)?.period.end.toString(),
    add_on_of: purchase.addOnOf,
  };
}

const SAVE_PURCHASES = `
  with bought as (
    insert into subscriptions (customer_id, partner_id, channel, auto_renew, status, provisioning, platform, term_duration,
      subscription_id, offer_id, order_id, friendly_name, quantity, billing_cycle, unit_price, currency, purchased_on, term_starts_on,
      term_ends_on, status_until, billed_through, add_on_of, promotion_id, cancellable_until)
    select $1::uuid, $2::uuid, 'csp', true, 'active', 'success', w.platform, w.term_duration, w.subscription_id, w.offer_id, w.order_id,
      w.friendly_name, w.quantity, w.billing_cycle, w.unit_price, w.currency, w.purchased_on, w.purchased_on, w.term_ends_on,
      w.status_until, w.billed_through, w.add_on_of, w.promotion_id, w.cancellable_until
    from jsonb_to_recordset($5::jsonb) as w (subscription_id uuid, offer_id text, order_id uuid, friendly_name text,
      quantity integer, billing_cycle text, unit_price numeric, currency text, purchased_on date, term_ends_on date,
      status_until date, billed_through date, add_on_of uuid, platform text, term_duration text, promotion_id text,
      cancellable_until timestamptz)),
  batches as (${insertBatches({ rows: '$8::jsonb', customerId: '$1::uuid', partnerId: '$2::uuid' })}),
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
