import type { Catalog } from '../../core/catalog/offer.ts';
import type { ProductPrice } from '../../core/catalog/product.ts';
import type { Promotion } from '../../core/catalog/promotion.ts';
import type { PathSwitch } from '../../core/catalog/upgrade-path.ts';
import type { Qualification } from '../../core/customers/qualification.ts';
import type { DelegatedPrivileges } from '../../core/customers/relationship.ts';
import { type OfferMatrix, withMatrices } from '../../core/imports/offer-matrix.ts';
import type { RoundingConventions } from '../../core/ledger/conventions.ts';
import type { TenantHolding } from '../../core/subscriptions/subscription.ts';
import type { CustomerFacts } from '../../core/upgrades/upgrade-facts.ts';
import { parseUnitPrice, type UnitPrice } from '../../core/values/money.ts';
import { type BillingCycle, type TermDuration, utcDay } from '../../core/values/period.ts';
import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { roundingJson } from '../settings/billing-settings.store.ts';

const privilegesJson = `
  (select coalesce(json_agg(json_build_object('kind', p.kind, 'roles', p.roles, 'families', p.families,
      'startsAt', p.starts_at, 'endsAt', p.ends_at) order by p.ends_at nulls last), '[]')
    from delegated_privileges p where p.customer_id = c.customer_id and p.partner_id = $2)`;

/** What decides about upgrades of customer `c`, for the partner $2, beside what holds for all its customers. */
export const tenantFacts = `
  c.country as customer_market, c.qualification,
  ${privilegesJson} as privileges,
  (select coalesce(json_agg(json_build_object('subscriptionId', h.subscription_id, 'offerId', h.offer_id,
      'channel', h.channel, 'ours', h.ours, 'status', h.status, 'endsOn', h.term_ends_on)), '[]')
    from tenant_holdings(c.customer_id) h) as holdings,
  (select coalesce(json_object_agg(t.sku_id, t.seats), '{}') from tenant_seats(c.customer_id) t) as seats,
  (select coalesce(json_agg(k.sku_id), '[]') from skus_ever_held(c.customer_id) k) as skus_ever_held`;

/**
 * What holds for all customers of partner `o` ($2). `day` is the SQL expression of the day that prices are asked for; they are those of the
 * partner's list, and those of the list that it goes by in each market, or in `market` alone (N56).
 */
const partnerFacts = (day: string, market?: string) => `
  (select coalesce(json_agg(json_build_object('pathId', w.path_id, 'enabled', w.enabled, 'markets', w.markets,
      'validFrom', w.valid_from, 'validUntil', w.valid_until)), '[]')
    from path_switches w where w.partner_id = $2) as switches,
  (select coalesce(json_agg(m.paths), '[]') from partner_matrices m where m.partner_id = $2) as matrices,
  (select coalesce(json_agg(json_build_object('market', p.market, 'offerId', p.offer_id, 'termDuration', p.term_duration,
      'billingCycle', p.billing_cycle, 'unitPrice', p.unit_price::text, 'validFrom', p.valid_from)), '[]')
    from (select distinct on (l.market, p.offer_id, p.term_duration, p.billing_cycle) l.market, p.*
      from ((select o.price_list_id, null as market)
        union all select m.price_list_id, m.market from market_price_lists m
          where m.partner_id = o.partner_id${market ? ` and m.market = ${market}` : ''}) l
      join prices p on p.price_list_id = l.price_list_id and ${day} between p.valid_from and p.valid_until
      order by l.market, p.offer_id, p.term_duration, p.billing_cycle, p.valid_from desc) p) as prices,
  (select coalesce(json_agg(json_build_object('promotionId', m.promotion_id, 'offerId', m.offer_id,
      'termDuration', m.term_duration, 'discountBasisPoints', m.discount_basis_points, 'validFrom', m.valid_from,
      'validUntil', m.valid_until, 'conditions', m.conditions)), '[]')
    from promotions m where ${day} between m.valid_from and m.valid_until) as promotions,
  ${
    market
      ? `coalesce(o.price_list_id, (select m.price_list_id from market_price_lists m
    where m.partner_id = o.partner_id and m.market = ${market}))`
      : 'o.price_list_id'
  } as price_list_id, o.currency as partner_currency, ${roundingJson('o.partner_id')} as rounding`;

export const customerFacts = (day: string) => `${tenantFacts}, ${partnerFacts(day, 'c.country')}`;

export type TenantFactsRow = {
  customer_market: string;
  qualification: Qualification;
  privileges: { kind: 'dap' | 'gdap'; roles: []; families: string[] | null; startsAt: string; endsAt: string | null }[];
  holdings: (Omit<TenantHolding, 'endsOn'> & { endsOn: string | null })[];
  /** By SKU. */
  seats: Record<string, number>;
  skus_ever_held: string[];
};

export type PartnerFactsRow = {
  switches: {
    pathId: string;
    enabled: boolean;
    markets: string[] | null;
    validFrom: string | null;
    validUntil: string | null;
  }[];
  /** What its offer matrices give. */
  matrices: OfferMatrix[];
  prices: {
    /** null: of the partner's own list, which is for every market that has none. */
    market: string | null;
    offerId: string;
    termDuration: TermDuration;
    billingCycle: BillingCycle;
    unitPrice: string;
    validFrom: string;
  }[];
  promotions: (Omit<Promotion, 'validFrom' | 'validUntil'> & { validFrom: string; validUntil: string })[];
  price_list_id: string | null;
  partner_currency: string;
  rounding: RoundingConventions;
};

export type CustomerFactsRow = TenantFactsRow & PartnerFactsRow;

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
    [utcDay(now).toString(), partnerId],
    'partner-facts',
  );
  if (!row) throw new RangeError(`no partner ${partnerId}`);
  return row;
}

export function toCustomerFacts(
  row: CustomerFactsRow,
  catalog: Catalog,
  actor: Pick<Actor, 'partner' | 'userContext'>,
  now: Temporal.Instant,
): CustomerFacts {
  return {
    catalog: withMatrices(catalog, row.matrices),
    now,
    partnerMarket: actor.partner.market,
    customerMarket: row.customer_market,
    privileges: row.privileges.map(toPrivileges),
    holdings: row.holdings.map((one) => ({ ...one, endsOn: dayOrNull(one.endsOn) })),
    pathSwitches: new Map(row.switches.map((one) => [one.pathId, toPathSwitch(one)])),
    prices: legacyPrices(row, catalog),
    productPrices: productPrices(row, catalog, row.customer_market),
    promotions: row.promotions.map(toPromotion),
    tenantSeats: new Map(Object.entries(row.seats)),
    qualification: row.qualification,
    skusEverHeld: new Set(row.skus_ever_held),
    rounding: row.rounding,
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

export function toPromotion(row: PartnerFactsRow['promotions'][number]): Promotion {
  const [validFrom, validUntil] = [Temporal.PlainDate.from(row.validFrom), Temporal.PlainDate.from(row.validUntil)];
  return { ...row, validFrom, validUntil };
}

export function toPathSwitch(row: CustomerFactsRow['switches'][number]): PathSwitch {
  return { ...row, validFrom: dayOrNull(row.validFrom), validUntil: dayOrNull(row.validUntil) };
}

function dayOrNull(text: string | null): Temporal.PlainDate | null {
  return text === null ? null : Temporal.PlainDate.from(text);
}

/** List prices of the legacy platform by offer, which are the partner's in every market. */
export function legacyPrices(
  { prices, partner_currency }: Pick<PartnerFactsRow, 'prices' | 'partner_currency'>,
  catalog: Catalog,
): ReadonlyMap<string, Partial<Record<BillingCycle, UnitPrice>>> {
  const byOffer = new Map<string, Partial<Record<BillingCycle, UnitPrice>>>();
  for (const { market, offerId, billingCycle, unitPrice } of prices) {
    if (market !== null || catalog.offers.get(offerId)?.platform !== 'legacy') continue;
    byOffer.set(offerId, { ...byOffer.get(offerId), [billingCycle]: parseUnitPrice(unitPrice, partner_currency) });
  }
  return byOffer;
}

/** New commerce prices of a market by offer: of its list where there is one, else of the list for all markets (N56). */
export function productPrices(
  { prices, partner_currency }: Pick<PartnerFactsRow, 'prices' | 'partner_currency'>,
  catalog: Catalog,
  customerMarket: string,
): ReadonlyMap<string, readonly ProductPrice[]> {
  const market = prices.some((price) => price.market === customerMarket) ? customerMarket : null;
  const ofProducts = prices.filter(
    (price) => price.market === market && catalog.offers.get(price.offerId)?.platform === 'newCommerce',
  );
  const byOffer = Map.groupBy(ofProducts, ({ offerId }) => offerId);
  return new Map(
    [...byOffer].map(([offerId, list]) => [
      offerId,
      list.map(({ termDuration, billingCycle, unitPrice }) => ({
        duration: termDuration,
        billingCycle,
        unitPrice: parseUnitPrice(unitPrice, partner_currency),
      })),
    ]),
  );
}
