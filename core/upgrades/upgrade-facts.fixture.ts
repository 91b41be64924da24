import type { Catalog, Offer } from '../catalog/offer.ts';
import type { DelegatedPrivileges } from '../customers/relationship.ts';
import { chargeCycleAt, termEnd } from '../ledger/charge-cycle.ts';
import { purchaseLine } from '../ledger/legacy-billing.ts';
import { lineFromDay } from '../ledger/new-commerce-billing.ts';
import type { License, LicensedUser } from '../licenses/license.ts';
import type { Subscription, TenantHolding } from '../subscriptions/subscription.ts';
import { parseUnitPrice } from '../values/money.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';

/** February 1, 2018, the day of the published billing examples. */
export const NOW = Temporal.Instant.from('2018-02-01T09:00:00Z');
export const TODAY = Temporal.PlainDate.from('2018-02-01');

export const DAP: DelegatedPrivileges = {
  kind: 'dap',
  roles: [],
  families: null,
  startsAt: Temporal.Instant.from('2017-01-01T00:00:00Z'),
  endsAt: null,
};
export const GDAP: DelegatedPrivileges = {
  ...DAP,
  kind: 'gdap',
  roles: ['directoryWriter'],
  endsAt: Temporal.Instant.from('2019-01-01T00:00:00Z'),
};

/** @throws RangeError when the catalog has no offer of that key: the test is wrong. */
export function offerOf(catalog: Catalog, key: string): Offer {
  const offer = [...catalog.offers.values()].find((one) => one.key === key);
  if (!offer) throw new RangeError(`no offer ${key}`);
  return offer;
}

/**
 * A case in which nothing stands in the way: 10 seats of the source at 5.00, billed monthly, bought on January 13, 2018, upgraded on
 * February 1; every offer costs 20.00 (B6.4). Tests bend what they are about.
 */
export function soundFacts(
  catalog: Catalog,
  source: string,
  bent: { subscription?: Partial<Subscription>; users?: readonly LicensedUser[] } = {},
): UpgradeFacts {
  const purchasedOn = Temporal.PlainDate.from('2018-01-13');
  const subscription = {
    customerId: 'customer',
    subscriptionId: 'source',
    partnerId: 'partner',
    offerId: offerOf(catalog, source).offerId,
    platform: 'legacy',
    orderId: 'order',
    friendlyName: null,
    quantity: 10,
    termDuration: 'P1Y',
    billingCycle: 'monthly',
    autoRenew: true,
    unitPrice: parseUnitPrice('5.00', 'USD'),
    purchasedOn,
    termStartsOn: purchasedOn,
    termEndsOn: Temporal.PlainDate.from('2019-01-12'),
    billedThrough: purchasedOn.subtract({ days: 1 }),
    provisioning: 'success',
    addOnOf: null,
    statusUntil: Temporal.PlainDate.from('2019-01-13'),
    cancellableUntil: null,
    scheduledChange: null,
    promotionId: null,
    updates: 0,
    version: 1,
    status: 'active',
    // Of use to one that is bent to have ended.
    endedReason: 'cancelled',
    successorId: null,
    ...bent.subscription,
  } as Subscription;
  const { reverses: _, ...bought } = purchaseLine(subscription);
  const listPrice = parseUnitPrice('20.00', 'USD');
  return {
    catalog,
    now: NOW,
    partnerMarket: 'TR',
    customerMarket: 'TR',
    privileges: [DAP],
    holdings: [],
    pathSwitches: new Map(),
    prices: new Map([...catalog.offers.keys()].map((id) => [id, { monthly: listPrice, annual: listPrice }])),
    productPrices: new Map(),
    promotions: [],
    tenantSeats: new Map(),
    qualification: 'none',
    skusEverHeld: new Set(),
    rounding: {},
    userContext: true,
    subscription: { ...subscription, billedThrough: bought.period.end },
    addOns: [],
    sold: [],
    formerly: [],
    billed: [{ ...bought, chargeId: 'purchase' }],
    charged: { minor: 0n, currency: 'USD' },
    users: bent.users ?? [],
  };
}

/** June 25, 2021, the day of the published new commerce examples. */
export const NCE_NOW = Temporal.Instant.from('2021-06-25T09:00:00Z');
export const NCE_TODAY = Temporal.PlainDate.from('2021-06-25');

/** A new commerce subscription of the partner: 300 seats at 10.08, for a month, bought on June 18, 2021, outside of its window; its first cycle is billed. */
export function termOf300(catalog: Catalog, key: string, bent: Partial<Subscription> = {}): Subscription {
  const termDuration = bent.termDuration ?? 'P1M';
  const termStartsOn = bent.termStartsOn ?? Temporal.PlainDate.from('2021-06-18');
  const termEndsOn = bent.termEndsOn ?? termEnd(termStartsOn, termDuration);
  const terms = { termStartsOn, termEndsOn, termDuration, billingCycle: bent.billingCycle ?? ('monthly' as const) };
  const { subscription } = soundFacts(catalog, 'business-basic');
  return {
    ...subscription,
    offerId: offerOf(catalog, key).offerId,
    platform: 'newCommerce',
    quantity: 300,
    unitPrice: parseUnitPrice('10.08', 'USD'),
    ...terms,
    purchasedOn: termStartsOn,
    billedThrough: chargeCycleAt(terms, termStartsOn).period.end,
    statusUntil: termEndsOn.add({ days: 1 }),
    ...bent,
  } as Subscription;
}

/**
 * The published upgrade (B8): that subscription of Business Standard on June 25, every new commerce offer listed at 6.43 for each term and billing
 * plan it has. Tests bend what they are about.
 */
export function newCommerceFacts(
  catalog: Catalog,
  source = 'nce-business-standard',
  bent: {
    subscription?: Partial<Subscription>;
    users?: readonly LicensedUser[];
    others?: readonly Subscription[];
  } = {},
): UpgradeFacts {
  const subscription = termOf300(catalog, source, bent.subscription);
  const sold = [subscription, ...(bent.others ?? [])];
  const unitPrice = parseUnitPrice('6.43', 'USD');
  const first = lineFromDay(subscription, 'new', subscription.quantity, subscription.termStartsOn);
  const seats = sold
    .filter(({ status }) => status !== 'deleted')
    .map(({ offerId, quantity }) => [catalog.offers.get(offerId)?.skuId ?? '', quantity] as const);
  return {
    ...soundFacts(catalog, 'business-basic', { users: bent.users ?? [] }),
    now: NCE_NOW,
    privileges: [],
    productPrices: new Map(
      catalog.products.map(({ offerId, terms }) => [offerId, terms.map((term) => ({ ...term, unitPrice }))]),
    ),
    tenantSeats: new Map(
      [...Map.groupBy(seats, ([skuId]) => skuId)].map(([skuId, all]) => [
        skuId,
        all.reduce((sum, [, quantity]) => sum + quantity, 0),
      ]),
    ),
    subscription,
    sold,
    billed: [],
    charged: first.amount,
  };
}

/** Another subscription of the tenant; sold by another partner unless said otherwise. */
export function holdingOf(catalog: Catalog, key: string, bent: Partial<TenantHolding> = {}): TenantHolding {
  const { offerId } = offerOf(catalog, key);
  return { subscriptionId: null, offerId, channel: 'csp', ours: false, status: 'active', endsOn: null, ...bent };
}

export function licenseOf(catalog: Catalog, key: string, subscriptionId = key, switchedOff: string[] = []): License {
  return { subscriptionId, offerId: offerOf(catalog, key).offerId, switchedOff };
}

/** A user in Türkiye with a license of the source and nothing else. */
export function userOf(name: string, license: License, bent: Partial<LicensedUser> = {}): LicensedUser {
  return {
    userId: name,
    displayName: name,
    userPrincipalName: `${name}@izmirtekstil.example`,
    usageLocation: 'TR',
    license,
    otherLicenses: [],
    sharedAddresses: [],
    ...bent,
  };
}
