import { z } from 'zod';
import { addOnsOf, getOffer } from '../../core/catalog/offer.ts';
import type { Subscription, SubscriptionStatus } from '../../core/subscriptions/subscription.ts';
import { listSubscriptions, showSubscription } from '../subscriptions/list-subscriptions.ts';
import { updateSubscription } from '../subscriptions/update-subscription.ts';
import type { ClientKind, Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { collection, collectionOf, dayOnWire, guid, kind, link, linkOf, moment, resource } from './wire.ts';

const PATH = '/customers/:customerid/subscriptions';
const ONE = `${PATH}/:subscriptionid`;

const statuses = z.enum(['active', 'suspended', 'deleted', 'expired', 'pending', 'disabled']);
export const subscriptionKind = kind('Subscription', {
  id: guid,
  entitlementId: guid,
  offerId: z.string(),
  offerName: z.string(),
  friendlyName: z.string(),
  quantity: z.int(),
  unitType: z.string(),
  parentSubscriptionId: guid.optional(),
  hasPurchasableAddons: z.boolean(),
  creationDate: moment,
  effectiveStartDate: moment,
  commitmentEndDate: moment,
  status: statuses,
  autoRenewEnabled: z.boolean(),
  isTrial: z.boolean(),
  billingType: z.literal('license'),
  billingCycle: z.enum(['monthly', 'annual']),
  termDuration: z.string(),
  isMicrosoftProduct: z.boolean(),
  contractType: z.literal('subscription'),
  suspensionReasons: z.array(z.string()),
  actions: z.array(z.string()),
  orderId: z.string(),
  publisherName: z.string(),
  links: z.object({ offer: linkOf, self: linkOf, parentSubscription: linkOf.optional() }),
});
const provisioningStatus = kind('SubscriptionProvisioningStatus', {
  skuId: guid,
  status: z.enum(['success', 'pending', 'failed']),
  quantity: z.int(),
  endDate: moment,
});
const changes = z.object({
  quantity: z.int().optional(),
  friendlyName: z.string().optional(),
  autoRenewEnabled: z.boolean().optional(),
  status: statuses.optional(),
  attributes: z.object({ etag: z.string() }).optional(),
});

/** Subscriptions with what belongs to one. */
export function subscriptionResources(dialect: Dialect): void {
  dialect.get(
    PATH,
    {
      summary: 'A customer’s subscriptions with this partner',
      query: { order_id: 'Only those of this order', mpn_id: 'Only those with this partner on record' },
      answer: collectionOf(subscriptionKind),
    },
    list,
  );
  readSubscription(dialect);
  dialect.patch(
    ONE,
    { summary: 'Change what differs in the resource sent', body: changes, answer: subscriptionKind },
    update,
  );
  dialect.get(
    `${ONE}/provisioningstatus`,
    { summary: 'Whether its licenses are there yet', answer: provisioningStatus },
    showProvisioning,
  );
  dialect.get(`${ONE}/addons`, { summary: 'Its add-ons', answer: collectionOf(subscriptionKind) }, listAddOns);
}

/** One subscription, which is also read where webhooks point to. */
export function readSubscription(dialect: Dialect): void {
  dialect.get(ONE, { summary: 'One subscription', answer: subscriptionKind }, async (given) =>
    present(await find(given), given),
  );
}

async function list(given: Given) {
  const { query } = given;
  const orderId = query.text('order_id')?.toLowerCase();
  const all = await findAll(given);
  // None carries a partner on record of its own, so asking for one finds nothing.
  const found = query.has('mpn_id') ? [] : all.filter((one) => orderId === undefined || one.orderId === orderId);
  return collection(
    found.map((one) => present(one, given)),
    `/customers/${given.id('customer')}/subscriptions`,
  );
}

async function listAddOns(given: Given) {
  const base = await find(given);
  const addOns = (await findAll(given)).filter((one) => one.addOnOf === base.subscriptionId);
  const self = `/customers/${base.customerId}/subscriptions/${base.subscriptionId}/addons`;
  return collection(
    addOns.map((one) => present(one, given)),
    self,
  );
}

async function showProvisioning(given: Given) {
  const { provisioning, offerId, quantity, termEndsOn } = await find(given);
  return resource(provisioningStatus, {
    skuId: getOffer(given.call.catalog, offerId).skuId,
    status: provisioning,
    quantity,
    endDate: dayOnWire(termEndsOn),
  });
}

/**
 * Takes over what the sent resource says differently of name, seats and renewal: clients send all they last read, or less.
 * A stale etag is refused, and so is what cannot be changed this way.
 */
async function update(given: Given) {
  const { body, call, wording, client } = given;
  const before = await find(given);
  const status = body.choice('status', ['none', 'active', 'suspended', 'deleted', 'expired', 'pending', 'disabled']);
  if (status !== undefined && status !== 'none' && status !== statusOnWire(before.status, client)) {
    throw new Fault(400, 800096, 'The status of a subscription cannot be changed here.');
  }
  const cycle = body.choice('billingCycle', ['unknown', 'monthly', 'annual', 'none', 'one_time']);
  if ((cycle === 'monthly' || cycle === 'annual') && cycle !== before.billingCycle) {
    throw new Fault(400, 2054, 'The billing cycle is changed by updating the order.');
  }
  if (body.has('scheduledNextTermInstructions')) {
    throw new Fault(400, 3000, 'scheduledNextTermInstructions: a legacy subscription renews as it is.');
  }
  const { customerId, subscriptionId } = before;
  const updated = await updateSubscription(call, {
    customerId,
    subscriptionId,
    version: versionOf(body.object('attributes').text('etag') ?? given.header('if-match')),
    quantity: body.whole('quantity'),
    friendlyName: nameOf(body.text('friendlyName'), before, given),
    autoRenew: body.flag('autoRenewEnabled'),
  });
  if (!updated.ok) throw faultOf(updated.refused, wording);
  return present(await find(given), given);
}

/** A name that only repeats the offer's is none of its own. */
function nameOf(text: string | undefined, { friendlyName, offerId }: Subscription, { call, wording }: Given) {
  if (
    text === undefined ||
    (friendlyName === null && text === getOffer(call.catalog, offerId).name[wording.language])
  ) {
    return undefined;
  }
  const name = text.trim();
  if (name.length === 0 || name.length > 200) throw new Fault(400, 3000, 'friendlyName must have 1 to 200 characters.');
  return name;
}

async function findAll({ call, id, wording }: Given): Promise<Subscription[]> {
  const listed = await listSubscriptions(call, id('customer'));
  if (!listed.ok) throw faultOf(listed.refused, wording);
  return listed.value.own.map(({ subscription }) => subscription);
}

async function find({ call, id, wording }: Given): Promise<Subscription> {
  const shown = await showSubscription(call, id('customer'), id('subscription'));
  if (!shown.ok) throw faultOf(shown.refused, wording);
  return shown.value.subscription;
}

function present(subscription: Subscription, { call, client, wording }: Given) {
  const { customerId, subscriptionId, offerId, purchasedOn, termEndsOn } = subscription;
  const offerName = getOffer(call.catalog, offerId).name[wording.language];
  const status = statusOnWire(subscription.status, client);
  const living = subscription.status !== 'deleted';
  const { market } = call.actor.partner;
  const at = `/customers/${customerId}/subscriptions/`;
  return resource(
    subscriptionKind,
    {
      id: subscriptionId,
      entitlementId: subscriptionId,
      offerId,
      offerName,
      friendlyName: subscription.friendlyName ?? offerName,
      quantity: subscription.quantity,
      unitType: 'Licenses',
      parentSubscriptionId: subscription.addOnOf,
      hasPurchasableAddons:
        subscription.status === 'active' && addOnsOf(call.catalog, getOffer(call.catalog, offerId), market).length > 0,
      creationDate: dayOnWire(purchasedOn),
      effectiveStartDate: dayOnWire(purchasedOn),
      commitmentEndDate: dayOnWire(termEndsOn),
      status,
      autoRenewEnabled: subscription.autoRenew,
      isTrial: false,
      billingType: 'license',
      billingCycle: subscription.billingCycle,
      termDuration: 'P1Y',
      isMicrosoftProduct: true,
      contractType: 'subscription',
      suspensionReasons: [],
      actions: living ? ['Edit'] : [],
      orderId: subscription.orderId,
      publisherName: 'Microsoft Corporation',
      links: {
        offer: link(`/offers/${offerId}?country=${market}`),
        self: link(at + subscriptionId),
        ...(subscription.addOnOf && { parentSubscription: link(at + subscription.addOnOf) }),
      },
    },
    { etag: etagOf(subscription) },
  );
}

/** What clients other than the newest .NET SDK cannot read is shown as the nearest they know. */
const FOR_OLDER_CLIENTS: Readonly<Partial<Record<SubscriptionStatus, SubscriptionStatus>>> = {
  expired: 'deleted',
  disabled: 'suspended',
  pending: 'active',
};

function statusOnWire(status: SubscriptionStatus, client: ClientKind): SubscriptionStatus {
  return client === 'dotnet' ? status : (FOR_OLDER_CLIENTS[status] ?? status);
}

function etagOf({ subscriptionId, version }: Subscription): string {
  return Buffer.from(JSON.stringify({ id: subscriptionId, version })).toString('base64');
}

/** @throws Fault 400/2055: an etag that is not ours is one that no longer holds. */
function versionOf(etag: string | undefined): number | undefined {
  if (etag === undefined || etag === '*') return undefined;
  try {
    const { version } = JSON.parse(Buffer.from(etag.replaceAll('"', ''), 'base64').toString('utf8')) as {
      version: unknown;
    };
    if (typeof version === 'number') return version;
  } catch {
    // Falls through: it is none of ours.
  }
  throw new Fault(400, 2055, 'The etag is no longer valid. Read the subscription again.');
}
