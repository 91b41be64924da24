import type { Catalog } from '../../core/catalog/offer.ts';
import type { PathSwitch } from '../../core/catalog/upgrade-path.ts';
import type { DelegatedPrivileges } from '../../core/customers/relationship.ts';
import type { Subscription, TenantHolding } from '../../core/subscriptions/subscription.ts';
import type { CustomerFacts } from '../../core/upgrades/eligibility.ts';
import type { AddOn } from '../../core/upgrades/refusal.ts';
import { parseUnitPrice, type UnitPrice } from '../../core/values/money.ts';
import type { BillingCycle } from '../../core/values/period.ts';
import type { Actor } from '../context.ts';
import { assignedCount } from '../licenses/license.store.ts';
import type { Transaction } from '../postgres/database.ts';

/** The columns of a subscription by their names in a `SubscriptionRow`; decimals are text. */
const COLUMNS = {
  customerId: 'customer_id',
  subscriptionId: 'subscription_id',
  partnerId: 'partner_id',
  offerId: 'offer_id',
  orderId: 'order_id',
  friendlyName: 'friendly_name',
  quantity: 'quantity',
  billingCycle: 'billing_cycle',
  autoRenew: 'auto_renew',
  unitPrice: 'unit_price::text',
  currency: 'currency',
  purchasedOn: 'purchased_on',
  termEndsOn: 'term_ends_on',
  billedThrough: 'billed_through',
  provisioning: 'provisioning',
  addOnOf: 'add_on_of',
  version: 'version',
  status: 'status',
  endedReason: 'ended_reason',
  endedAt: 'ended_at',
  successorId: 'successor_id',
} as const satisfies Record<Exclude<keyof SubscriptionRow, 'assigned'>, string>;

/** Subscription `s` at the moment `now`, in the form of `SubscriptionJson`. */
export const subscriptionJson = (s: string, now: string) =>
  `json_build_array(${Object.values(COLUMNS)
    .map((column) => `${s}.${column}`)
    .join(', ')}, ${assignedCount(s, now)})`;

/** Everything that the partner $2 sold to customer `c`. */
export const subscriptionsJson = (now: string) => `(
  select coalesce(json_agg(${subscriptionJson('s', now)} order by s.purchased_on, s.subscription_id), '[]')
  from subscriptions s where s.customer_id = c.customer_id and s.partner_id = $2)`;

const privilegesJson = `
  (select coalesce(json_agg(json_build_object('kind', p.kind, 'roles', p.roles, 'families', p.families,
      'startsAt', p.starts_at, 'endsAt', p.ends_at) order by p.ends_at nulls last), '[]')
    from delegated_privileges p where p.customer_id = c.customer_id and p.partner_id = $2)`;

/** What decides about upgrades of customer `c`, for the partner $2, beside what holds for all its customers. */
export const tenantFacts = `
  c.country as customer_market,
  ${privilegesJson} as privileges,
  (select coalesce(json_agg(json_build_object('subscriptionId', h.subscription_id, 'offerId', h.offer_id,
      'channel', h.channel, 'ours', h.ours, 'status', h.status)), '[]')
    from tenant_holdings(c.customer_id) h) as holdings`;

/** What holds for all customers of partner `o` ($2); `day` is the SQL expression of the day that prices are asked for. */
const partnerFacts = (day: string) => `
  (select coalesce(json_agg(json_build_object('pathId', w.path_id, 'enabled', w.enabled, 'markets', w.markets,
      'validFrom', w.valid_from, 'validUntil', w.valid_until)), '[]')
    from path_switches w where w.partner_id = $2) as switches,
  (select coalesce(json_agg(json_build_object('offerId', p.offer_id, 'billingCycle', p.billing_cycle,
      'unitPrice', p.unit_price::text, 'validFrom', p.valid_from)), '[]')
    from (select distinct on (p.offer_id, p.billing_cycle) p.* from prices p
      where p.price_list_id = o.price_list_id and ${day} between p.valid_from and p.valid_until
      order by p.offer_id, p.billing_cycle, p.valid_from desc) p) as prices,
  o.price_list_id, o.currency as partner_currency`;

export const customerFacts = (day: string) => `${tenantFacts}, ${partnerFacts(day)}`;

export type TenantFactsRow = {
  customer_market: string;
  privileges: { kind: 'dap' | 'gdap'; roles: []; families: string[] | null; startsAt: string; endsAt: string | null }[];
  holdings: TenantHolding[];
};

export type PartnerFactsRow = {
  switches: {
    pathId: string;
    enabled: boolean;
    markets: string[] | null;
    validFrom: string | null;
    validUntil: string | null;
  }[];
  prices: { offerId: string; billingCycle: BillingCycle; unitPrice: string; validFrom: string }[];
  price_list_id: string | null;
  partner_currency: string;
};

export type CustomerFactsRow = TenantFactsRow & PartnerFactsRow;

export type SubscriptionRow = {
  customerId: string;
  subscriptionId: string;
  partnerId: string;
  offerId: string;
  orderId: string;
  friendlyName: string | null;
  quantity: number;
  billingCycle: BillingCycle;
  autoRenew: boolean;
  unitPrice: string;
  currency: string;
  purchasedOn: string;
  termEndsOn: string;
  billedThrough: string;
  provisioning: 'success' | 'pending' | 'failed';
  addOnOf: string | null;
  version: number;
  status: Subscription['status'];
  endedReason: 'cancelled' | 'upgraded' | 'expired' | null;
  endedAt: string | null;
  successorId: string | null;
  assigned: number;
};

/** A subscription inside of JSON: its values in the order of `COLUMNS`, without their names, which would be most of the text. */
export type SubscriptionJson = readonly unknown[];

export function toSubscriptionRow(json: SubscriptionJson): SubscriptionRow {
  const row: Record<string, unknown> = { assigned: json[NAMES.length] };
  for (const [index, name] of NAMES.entries()) row[name] = json[index];
  return row as SubscriptionRow;
}

const NAMES = Object.keys(COLUMNS);

/** A subscription with its living add-ons and the number of users that hold a license of it. */
export type HeldSubscription = {
  readonly subscription: Subscription;
  readonly addOns: readonly AddOn[];
  readonly assigned: number;
};

/** A customer's own subscriptions and everything that decides about their upgrades, in one query; undefined: no such customer. */
export async function findSubscriptions(
  tx: Transaction,
  catalog: Catalog,
  actor: Actor,
  now: Temporal.Instant,
  customerId: string,
): Promise<{ facts: CustomerFacts; held: HeldSubscription[]; pricesFrom: string | null } | undefined> {
  const { partnerId } = actor.partner;
  const [row] = await tx.query<CustomerFactsRow & { subscriptions: SubscriptionJson[] }>(
    `select ${customerFacts('$3::date')},
       ${subscriptionsJson('$4::timestamptz')} as subscriptions
     from customers c, partners o where c.customer_id = $1 and o.partner_id = $2`,
    [customerId, partnerId, dayOf(now), now.toString()],
    'find-subscriptions',
  );
  if (!row) return undefined;
  const pricesFrom =
    row.prices
      .map((price) => price.validFrom)
      .toSorted()
      .at(-1) ?? null;
  return { facts: toCustomerFacts(row, catalog, actor, now), held: toHeld(row.subscriptions), pricesFrom };
}

/** What a customer granted the partner; undefined: no such customer. */
export async function findPrivileges(
  tx: Transaction,
  partnerId: string,
  customerId: string,
): Promise<DelegatedPrivileges[] | undefined> {
  const [row] = await tx.query<TenantFactsRow>(
    `select ${privilegesJson} as privileges from customers c where c.customer_id = $1`,
    [customerId, partnerId],
  );
  return row?.privileges.map(toPrivileges);
}

/** What holds for all customers of a partner, for answers about many of them. */
export async function findPartnerFacts(tx: Transaction, partnerId: string, now: Temporal.Instant) {
  const [row] = await tx.query<PartnerFactsRow>(
    `select ${partnerFacts('$1::date')} from partners o where o.partner_id = $2`,
    [dayOf(now), partnerId],
    'partner-facts',
  );
  if (!row) throw new RangeError(`no partner ${partnerId}`);
  return row;
}

export function toHeld(json: readonly SubscriptionJson[]): HeldSubscription[] {
  const rows = json.map(toSubscriptionRow);
  const addOns = Map.groupBy(livingAddOns(rows), (one) => one.addOnOf);
  return rows.map((one) => ({
    subscription: toSubscription(one),
    addOns: addOns.get(one.subscriptionId) ?? [],
    assigned: one.assigned,
  }));
}

/** Those that hang on another subscription and are not deleted: they stand in the way of its upgrade (E6). */
export function livingAddOns(rows: readonly SubscriptionRow[]): (AddOn & { readonly addOnOf: string | null })[] {
  return rows
    .filter((row) => row.addOnOf !== null && row.status !== 'deleted')
    .map(({ subscriptionId, offerId, addOnOf }) => ({ subscriptionId, offerId, addOnOf }));
}

export function toCustomerFacts(
  row: CustomerFactsRow,
  catalog: Catalog,
  actor: Actor,
  now: Temporal.Instant,
): CustomerFacts {
  return {
    catalog,
    now,
    partnerMarket: actor.partner.market,
    customerMarket: row.customer_market,
    privileges: row.privileges.map(toPrivileges),
    holdings: row.holdings,
    pathSwitches: new Map(row.switches.map((one) => [one.pathId, toPathSwitch(one)])),
    prices: pricesByOffer(row),
    userContext: actor.userContext,
  };
}

function toPrivileges(one: TenantFactsRow['privileges'][number]): DelegatedPrivileges {
  const { startsAt, endsAt } = one;
  return {
    ...one,
    startsAt: Temporal.Instant.from(startsAt),
    endsAt: endsAt === null ? null : Temporal.Instant.from(endsAt),
  };
}

export function toPathSwitch(row: CustomerFactsRow['switches'][number]): PathSwitch {
  const dayOrNull = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
  return { ...row, validFrom: dayOrNull(row.validFrom), validUntil: dayOrNull(row.validUntil) };
}

export function toSubscription(row: SubscriptionRow): Subscription {
  const holding = {
    customerId: row.customerId,
    subscriptionId: row.subscriptionId,
    partnerId: row.partnerId,
    offerId: row.offerId,
    orderId: row.orderId,
    friendlyName: row.friendlyName,
    quantity: row.quantity,
    billingCycle: row.billingCycle,
    autoRenew: row.autoRenew,
    unitPrice: parseUnitPrice(row.unitPrice, row.currency),
    purchasedOn: Temporal.PlainDate.from(row.purchasedOn),
    termEndsOn: Temporal.PlainDate.from(row.termEndsOn),
    billedThrough: Temporal.PlainDate.from(row.billedThrough),
    provisioning: row.provisioning,
    addOnOf: row.addOnOf,
    version: row.version,
  };
  const { status, endedReason, endedAt, successorId } = row;
  if (status !== 'deleted') return { ...holding, status };
  if (endedReason === null || endedAt === null)
    throw new RangeError(`${row.subscriptionId} ended without reason or moment`);
  return { ...holding, status, endedReason, endedAt: Temporal.Instant.from(endedAt), successorId };
}

export function dayOf(moment: Temporal.Instant): string {
  return moment.toString().slice(0, 10);
}

function pricesByOffer(row: CustomerFactsRow): ReadonlyMap<string, Partial<Record<BillingCycle, UnitPrice>>> {
  const prices = new Map<string, Partial<Record<BillingCycle, UnitPrice>>>();
  for (const { offerId, billingCycle, unitPrice } of row.prices) {
    prices.set(offerId, { ...prices.get(offerId), [billingCycle]: parseUnitPrice(unitPrice, row.partner_currency) });
  }
  return prices;
}
