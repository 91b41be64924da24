import type { Catalog } from '../../core/catalog/offer.ts';
import type { DatedPrice, RenewalFacts } from '../../core/subscriptions/renewal.ts';
import type { SeatBatch } from '../../core/subscriptions/seat-batch.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import { type ChargeRow, insertCharges } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { renewalUpgradeParts, type RenewalUpgradeRow } from '../upgrades/renewal-upgrade.store.ts';
import { roundingJson } from '../settings/billing-settings.store.ts';
import { insertBatches, toBatchRows } from './batch.store.ts';
import { type PartnerFactsRow, toPromotion } from './customer-facts.store.ts';
import {
  subscriptionJson,
  type SubscriptionJson,
  toScheduledChangeJson,
  toSubscription,
  toSubscriptionRow,
} from './subscription.store.ts';

/** Where a customer stands among those for whom something is due. */
export type DuePlace = { readonly dueOn: string; readonly customerId: string };

/** Some of the customers, in the order of the day, for whom something is due on a day or before, after a place in that order. */
export async function findDueCustomers(
  tx: Transaction,
  day: Temporal.PlainDate,
  { after, limit }: { after: DuePlace | undefined; limit: number },
): Promise<DuePlace[]> {
  return tx.query<DuePlace>(
    `select distinct due_on as "dueOn", customer_id as "customerId" from subscriptions
     where due_on <= $1 and ($2::date is null or (due_on, customer_id) > ($2, $3::uuid))
     order by due_on, customer_id limit $4`,
    [day.toString(), after?.dueOn ?? null, after?.customerId ?? null, limit],
    'find-due-customers',
  );
}

/** Holds a customer unless somebody else does; false: somebody does, and will be done with it. */
export async function claimCustomer(tx: Transaction, customerId: string): Promise<boolean> {
  const claimed = await tx.query(
    'select 1 from customers where customer_id = $1 for update skip locked',
    [customerId],
    'claim-customer',
  );
  return claimed.length > 0;
}

/** What is due of a customer that is held, of one partner or, for null, of whoever sold it. */
export type DueSubscriptions = {
  readonly partnerId: string;
  /** The customer's country, whose list prices are its own. */
  readonly market: string;
  readonly due: readonly Subscription[];
  /** What the conditions of promotions look at; empty where nothing renews. */
  readonly held: RenewalFacts['held'];
  readonly tenantSeats: RenewalFacts['tenantSeats'];
  readonly assigned: RenewalFacts['assigned'];
};

export async function findDueSubscriptions(
  tx: Transaction,
  { customerId, partnerId }: { customerId: string; partnerId: string | null },
  day: Temporal.PlainDate,
): Promise<DueSubscriptions[]> {
  type Row = {
    partnerId: string;
    market: string;
    due: SubscriptionJson[];
    held: RenewalFacts['held'] | null;
    seats: Record<string, number> | null;
  };
  const rows = await tx.query<Row>(
    `select s.partner_id as "partnerId", (select c.country from customers c where c.customer_id = $1) as market,
       json_agg(${subscriptionJson('s', '$4::timestamptz')} order by s.subscription_id) as due,
       case when bool_or(s.status_until <= $3::date) then (
         select json_agg(json_build_object('offerId', h.offer_id, 'quantity', h.quantity, 'status', h.status,
           'promotionId', h.promotion_id))
         from subscriptions h where h.customer_id = $1 and h.partner_id = s.partner_id) end as held,
       case when bool_or(s.status_until <= $3::date) then coalesce(
         (select json_object_agg(t.sku_id, t.seats) from tenant_seats($1) t),
         (select json_object_agg(t.sku_id, t.seats) from (
           select o.sku_id, sum(h.quantity) as seats from subscriptions h join offers o on o.offer_id = h.offer_id
           where h.customer_id = $1 and h.status <> 'deleted' and h.platform = 'newCommerce' group by o.sku_id) t)) end as seats
     from subscriptions s
     where s.customer_id = $1 and s.due_on <= $3::date and ($2::uuid is null or s.partner_id = $2)
     group by s.partner_id order by s.partner_id`,
    [customerId, partnerId, day.toString(), `${day.toString()}T00:00:00Z`],
    'find-due-subscriptions',
  );
  return rows.map(({ due, held, seats, ...row }) => {
    const found = due.map(toSubscriptionRow);
    return {
      ...row,
      due: found.map(toSubscription),
      held: held ?? [],
      tenantSeats: new Map(Object.entries(seats ?? {})),
      assigned: new Map(found.map(({ subscriptionId, assigned }) => [subscriptionId, assigned])),
    };
  });
}

/** What is the same for all customers of a partner in one market. */
export type RenewalPrices = Pick<RenewalFacts, 'catalog' | 'prices' | 'marketPrices' | 'promotions' | 'rounding'>;

/** All that a partner’s renewals in a market are priced by, whatever day they fall on: of the lists that purchases go by (N56). */
export async function findRenewalPrices(
  tx: Transaction,
  catalog: Catalog,
  { partnerId, market }: { readonly partnerId: string; readonly market: string },
): Promise<RenewalPrices> {
  const [row] = await tx.query<{
    currency: string;
    prices: PriceRow[];
    market_prices: PriceRow[];
    promotions: PartnerFactsRow['promotions'];
    rounding: RenewalFacts['rounding'];
  }>(
    `select o.currency, ${roundingJson('o.partner_id')} as rounding,
       ${pricesJson('o.price_list_id')} as prices,
       ${pricesJson(`(select m.price_list_id from market_price_lists m where m.partner_id = o.partner_id and m.market = $2)`)} as market_prices,
       (select coalesce(json_agg(json_build_object('promotionId', m.promotion_id, 'offerId', m.offer_id,
           'termDuration', m.term_duration, 'discountBasisPoints', m.discount_basis_points, 'validFrom', m.valid_from,
           'validUntil', m.valid_until, 'conditions', m.conditions)), '[]') from promotions m) as promotions
     from partners o where o.partner_id = $1`,
    [partnerId, market],
    'find-renewal-prices',
  );
  if (!row) throw new RangeError(`no partner ${partnerId}`);
  return {
    catalog,
    prices: toDatedPrices(row.prices, row.currency),
    marketPrices: toDatedPrices(row.market_prices, row.currency),
    promotions: row.promotions.map(toPromotion),
    rounding: row.rounding,
  };
}

type PriceRow = Omit<PartnerFactsRow['prices'][number], 'market'> & { validUntil: string };

/** All prices of a list, whose id is an SQL expression. */
const pricesJson = (listId: string) => `
  (select coalesce(json_agg(json_build_object('offerId', p.offer_id, 'termDuration', p.term_duration, 'billingCycle', p.billing_cycle,
      'unitPrice', p.unit_price::text, 'validFrom', p.valid_from, 'validUntil', p.valid_until)), '[]')
    from prices p where p.price_list_id = ${listId})`;

function toDatedPrices(rows: readonly PriceRow[], currency: string): ReadonlyMap<string, readonly DatedPrice[]> {
  const prices = rows.map(({ validFrom, validUntil, unitPrice, ...price }): DatedPrice => {
    const days = { validFrom: Temporal.PlainDate.from(validFrom), validUntil: Temporal.PlainDate.from(validUntil) };
    return { ...price, ...days, unitPrice: parseUnitPrice(unitPrice, currency) };
  });
  return Map.groupBy(prices, ({ offerId }) => offerId);
}

/** What one transaction makes of subscriptions of one customer and partner. */
export type ToSave = {
  readonly customerId: string;
  readonly partnerId: string;
  readonly at: Temporal.Instant;
  readonly referenceId: string;
  readonly subscriptions: readonly Subscription[];
  readonly charges: readonly ChargeRow[];
  /** By subscription; each takes the place of all that it had. */
  readonly batches: ReadonlyMap<string, SeatBatch>;
  /** What renewals carried out. */
  readonly upgrades: readonly RenewalUpgradeRow[];
  readonly audits: readonly AuditRow[];
};

/** Writes subscriptions as they have become, with charges, seats, upgrades, their licenses and audit rows, in one statement. */
export async function saveSubscriptions(tx: Transaction, to: ToSave, newId: () => string): Promise<void> {
  const batches = [...to.batches].flatMap(([subscription_id, batch]) =>
    toBatchRows([batch], newId).map((row) => ({ subscription_id, ...row })),
  );
  const values = [to.customerId, to.partnerId, to.referenceId, to.at.toString()];
  const written = [to.subscriptions.map(toWritten), batches, to.charges, to.audits, to.upgrades];
  await tx.query(SAVE_SUBSCRIPTIONS, [...values, ...written.map((rows) => JSON.stringify(rows))], 'save-subscriptions');
}

function toWritten(subscription: Subscription) {
  const { unitPrice, scheduledChange } = subscription;
  const ended = subscription.status === 'deleted' ? subscription : null;
  return {
    subscription_id: subscription.subscriptionId,
    offer_id: subscription.offerId,
    quantity: subscription.quantity,
    term_duration: subscription.termDuration,
    billing_cycle: subscription.billingCycle,
    auto_renew: subscription.autoRenew,
    unit_price: formatUnitPrice(unitPrice),
    term_starts_on: subscription.termStartsOn.toString(),
    term_ends_on: subscription.termEndsOn.toString(),
    billed_through: subscription.billedThrough.toString(),
    status: subscription.status,
    status_until: subscription.statusUntil?.toString() ?? null,
    cancellable_until: subscription.cancellableUntil?.toString() ?? null,
    scheduled_change: scheduledChange && toScheduledChangeJson(scheduledChange),
    promotion_id: subscription.promotionId,
    ended_reason: ended?.endedReason ?? null,
    ended_at: ended?.endedAt.toString() ?? null,
    version: subscription.version,
  };
}

const SAVE_SUBSCRIPTIONS = `
  with become as (
    update subscriptions s set offer_id = w.offer_id, quantity = w.quantity, term_duration = w.term_duration,
      billing_cycle = w.billing_cycle, auto_renew = w.auto_renew, unit_price = w.unit_price, term_starts_on = w.term_starts_on,
      term_ends_on = w.term_ends_on, billed_through = w.billed_through, status = w.status, status_until = w.status_until,
      cancellable_until = w.cancellable_until, scheduled_change = w.scheduled_change, promotion_id = w.promotion_id,
      ended_reason = w.ended_reason, ended_at = w.ended_at, version = w.version
    from jsonb_to_recordset($5::jsonb) as w (subscription_id uuid, offer_id text, quantity integer, term_duration text,
      billing_cycle text, auto_renew boolean, unit_price numeric, term_starts_on date, term_ends_on date, billed_through date,
      status text, status_until date, cancellable_until timestamptz, scheduled_change jsonb, promotion_id text,
      ended_reason text, ended_at timestamptz, version integer)
    where s.customer_id = $1::uuid and s.subscription_id = w.subscription_id),
  gone as (
    delete from seat_batches s using jsonb_to_recordset($6::jsonb) as b (subscription_id uuid)
    where s.customer_id = $1::uuid and s.subscription_id = b.subscription_id),
  added as (${insertBatches({ rows: '$6::jsonb', customerId: '$1::uuid', partnerId: '$2::uuid' })}),
  lines as (${insertCharges({
    rows: '$7::jsonb',
    customerId: '$1::uuid',
    partnerId: '$2::uuid',
    upgradeId: 'null::uuid',
    referenceId: '$3::uuid',
    at: '$4::timestamptz',
  })}),
  ${renewalUpgradeParts({ rows: '$9::jsonb', customerId: '$1::uuid', partnerId: '$2::uuid' })},
  ${auditParts('$8::jsonb')}
  select 1`;
