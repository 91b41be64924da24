import type { Catalog, Offer } from '../catalog/offer.ts';
import type { DelegatedPrivileges } from '../customers/relationship.ts';
import { purchaseLine } from '../ledger/legacy-billing.ts';
import type { License, LicensedUser } from '../licenses/license.ts';
import type { Subscription, TenantHolding } from '../subscriptions/subscription.ts';
import { parseUnitPrice } from '../values/money.ts';
import type { UpgradeFacts } from './decide-upgrade.ts';

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
    orderId: 'order',
    friendlyName: null,
    quantity: 10,
    billingCycle: 'monthly',
    autoRenew: true,
    unitPrice: parseUnitPrice('5.00', 'USD'),
    purchasedOn,
    termEndsOn: Temporal.PlainDate.from('2019-01-12'),
    billedThrough: purchasedOn.subtract({ days: 1 }),
    provisioning: 'success',
    addOnOf: null,
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
    userContext: true,
    subscription: { ...subscription, billedThrough: bought.period.end },
    addOns: [],
    billed: [{ ...bought, chargeId: 'purchase' }],
    users: bent.users ?? [],
  };
}

/** Another subscription of the tenant; sold by another partner unless said otherwise. */
export function holdingOf(catalog: Catalog, key: string, bent: Partial<TenantHolding> = {}): TenantHolding {
  const { offerId } = offerOf(catalog, key);
  return { subscriptionId: null, offerId, channel: 'csp', ours: false, status: 'active', ...bent };
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
