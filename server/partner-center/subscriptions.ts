import { z } from 'zod';
import { addOnsOf, getOffer } from '../../core/catalog/offer.ts';
import { isCancellable } from '../../core/subscriptions/cancel.ts';
import type { Subscription, SubscriptionStatus } from '../../core/subscriptions/subscription.ts';
import { cancelSubscription } from '../subscriptions/cancel-subscription.ts';
import { type AssessedSubscription, listSubscriptions, showSubscription } from '../subscriptions/list-subscriptions.ts';
import { updateSubscription } from '../subscriptions/update-subscription.ts';
import type { ClientKind, Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { collection, collectionOf, dayOnWire, guid, kind, link, linkOf, moment, resource } from './wire.ts';
import { offerIdOnWire, offerLink } from './product.ts';
import { billingCycles } from './purchase-line.ts';
import { suspensionReasonsOf } from './suspension-reasons.ts';
import { windowFields, windowsOf } from './subscription-windows.ts';
import { presentTerm, productLinks, presentProductLinks, scheduledOf, termFields } from './term-fields.ts';

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
  billingCycle: billingCycles,
  termDuration: z.string(),
  ...windowFields,
  ...termFields,
  isMicrosoftProduct: z.boolean(),
  contractType: z.literal('subscription'),
  suspensionReasons: z.array(z.string()),
  actions: z.array(z.string()),
  orderId: z.string(),
  publisherName: z.string(),
  links: z.object({ offer: linkOf, ...productLinks, self: linkOf, parentSubscription: linkOf.optional() }),
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
  scheduledNextTermInstructions: termFields.scheduledNextTermInstructions,
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
    {
      asks: 'changeSeats',
      summary: 'Change what differs in the resource sent',
      body: changes,
      answer: subscriptionKind,
    },
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
  const found = query.has('mpn_id')
    ? []
    : all.filter((one) => orderId === undefined || one.subscription.orderId === orderId);
  return collection(
    found.map((one) => present(one, given)),
    `/customers/${given.id('customer')}/subscriptions`,
  );
}

async function listAddOns(given: Given) {
  const { subscription: base } = await find(given);
  const addOns = (await findAll(given)).filter((one) => one.subscription.addOnOf === base.subscriptionId);
  const self = `/customers/${base.customerId}/subscriptions/${base.subscriptionId}/addons`;
  return collection(
    addOns.map((one) => present(one, given)),
    self,
  );
}

async function showProvisioning(given: Given) {
  const { provisioning, offerId, quantity, termEndsOn } = (await find(given)).subscription;
  return resource(provisioningStatus, {
    skuId: getOffer(given.call.catalog, offerId).skuId,
    status: provisioning,
    quantity,
    endDate: dayOnWire(termEndsOn),
  });
}

/**
 * Takes over what the sent resource says differently of name, seats, status, renewal and what is scheduled for it: clients send all they last
 * read, or less. A stale etag is refused, and so is what cannot be changed this way.
 */
async function update(given: Given) {
  const { body, call, wording } = given;
  const { subscription: before } = await find(given);
  const status = statusAsked(given, before);
  if (status === 'deleted') return cancel(given, before);
  const cycle = body.choice('billingCycle', ['unknown', 'monthly', 'annual', 'none', 'one_time', 'triennial']);
  if ((cycle === 'monthly' || cycle === 'annual' || cycle === 'triennial') && cycle !== before.billingCycle) {
    throw new Fault(400, 2054, 'The billing cycle is changed by updating the order.');
  }
  const { customerId, subscriptionId } = before;
  const [quantity, autoRenew] = [body.whole('quantity'), body.flag('autoRenewEnabled')];
  const friendlyName = nameOf(body.text('friendlyName'), before, given);
  const asked = { status, quantity, autoRenew, friendlyName };
  const updated = await updateSubscription(call, {
    customerId,
    subscriptionId,
    version: versionOf(body.object('attributes').text('etag') ?? given.header('if-match')),
    ...asked,
    scheduledChange: scheduledOf(given, before, differs(before, asked)),
  });
  if (!updated.ok) throw faultOf(updated.refused, wording);
  return present(await find(given), given);
}

function differs(before: Subscription, asked: Partial<Record<keyof Subscription, unknown>>): boolean {
  return Object.entries(asked).some(
    ([key, value]) => value !== undefined && value !== before[key as keyof Subscription],
  );
}

/** The status to change to; undefined: it stays. @throws Fault 400/800096 for one that comes by itself alone. */
function statusAsked({ body, client }: Given, before: Subscription): 'active' | 'suspended' | 'deleted' | undefined {
  const status = body.choice('status', ['none', 'active', 'suspended', 'deleted', 'expired', 'pending', 'disabled']);
  if (status === undefined || status === 'none' || status === statusOnWire(before.status, client)) return undefined;
  if (status === 'active' || status === 'suspended' || status === 'deleted') return status;
  throw new Fault(400, 800096, 'The status of a subscription can be changed to active, suspended or deleted alone.');
}

/** Whatever else the resource says differently: an ended subscription keeps what it had. */
async function cancel(given: Given, { customerId, subscriptionId }: Subscription) {
  const { body, call, header, wording } = given;
  const version = versionOf(body.object('attributes').text('etag') ?? header('if-match'));
  const cancelled = await cancelSubscription(call, { customerId, subscriptionId, version });
  if (!cancelled.ok) throw faultOf(cancelled.refused, wording);
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

async function findAll({ call, id, wording }: Given): Promise<AssessedSubscription[]> {
  const listed = await listSubscriptions(call, id('customer'));
  if (!listed.ok) throw faultOf(listed.refused, wording);
  return listed.value.own;
}

async function find({ call, id, wording }: Given): Promise<AssessedSubscription> {
  const shown = await showSubscription(call, id('customer'), id('subscription'));
  if (!shown.ok) throw faultOf(shown.refused, wording);
  return shown.value;
}

function present({ subscription, removable }: AssessedSubscription, { call, client, wording }: Given) {
  const { customerId, subscriptionId, offerId, purchasedOn, termEndsOn, platform } = subscription;
  const offer = getOffer(call.catalog, offerId);
  const offerName = offer.name[wording.language];
  const status = statusOnWire(subscription.status, client);
  const living = subscription.status !== 'deleted';
  const { market } = call.actor.partner;
  const reader = { catalog: call.catalog, now: call.clock.now() };
  const at = `/customers/${customerId}/subscriptions/`;
  return resource(
    subscriptionKind,
    {
      id: subscriptionId,
      entitlementId: subscriptionId,
      offerId: offerIdOnWire(offer),
      offerName,
      friendlyName: subscription.friendlyName ?? offerName,
      quantity: subscription.quantity,
      unitType: 'Licenses',
      parentSubscriptionId: subscription.addOnOf,
      hasPurchasableAddons: subscription.status === 'active' && addOnsOf(call.catalog, offer, market).length > 0,
      creationDate: dayOnWire(purchasedOn),
      effectiveStartDate: dayOnWire(platform === 'legacy' ? purchasedOn : subscription.termStartsOn),
      commitmentEndDate: dayOnWire(termEndsOn),
      status,
      autoRenewEnabled: subscription.autoRenew,
      isTrial: subscription.billingCycle === 'none',
      billingType: 'license',
      billingCycle: subscription.billingCycle,
      termDuration: subscription.termDuration,
      ...presentTerm(subscription, reader),
      ...windowsOf({ subscription, removable }, call.clock.now()),
      isMicrosoftProduct: true,
      contractType: 'subscription',
      suspensionReasons: suspensionReasonsOf(subscription),
      actions: living ? [...(isCancellable(subscription, call.clock.now()) ? ['Cancel'] : []), 'Edit'] : [],
      orderId: subscription.orderId,
      publisherName: 'Microsoft Corporation',
      links: {
        offer: offerLink(offer, market),
        ...presentProductLinks(offer, market),
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
