import { z } from 'zod';
import { REFUSALS } from '../../contract/refusals.ts';
import { getOffer, type Offer } from '../../core/catalog/offer.ts';
import { catalogItemIdOf, findProductSku } from '../../core/catalog/product.ts';
import { UPGRADE_TYPES, type UpgradeType } from '../../core/customers/relationship.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import type { DestinationEligibility, TargetEligibility } from '../../core/upgrades/eligibility.ts';
import type { Refusal, RefusalName } from '../../core/upgrades/refusal.ts';
import type { BillingCycle } from '../../core/values/period.ts';
import { checkRole, type Failure } from '../failure.ts';
import { presentFailure } from '../http/problem.presenter.ts';
import { presentRefusal, type Wording } from '../http/reason.presenter.ts';
import { type AssessedSubscription, showSubscription } from '../subscriptions/list-subscriptions.ts';
import { showScheduledChange } from '../subscriptions/schedule-change.ts';
import { listTransitions } from '../upgrades/find-upgrades.ts';
import { upgradeAtOnce } from '../upgrades/upgrade-at-once.ts';
import type { UpgradeRow } from '../upgrades/upgrade.store.ts';
import { actIdOf } from './act-id.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { foldEnum, GUID, guidOf } from './input.ts';
import { billingCycles, leaveOutPromotion } from './purchase-line.ts';
import {
  destination,
  eligibility,
  order,
  transition,
  transitionEligibility,
  transitionError,
  transitionEvent,
  transitionType,
  WORDS,
} from './transition-wire.ts';
import { collection, collectionOf, resource } from './wire.ts';

const ONE = '/customers/:customerid/subscriptions/:subscriptionid';

/** Transitions are the upgrades of new commerce; a legacy subscription has none. */
export function transitionResources(dialect: Dialect): void {
  dialect.get(
    `${ONE}/transitioneligibilities`,
    {
      summary: 'What a new commerce subscription can become, with the reasons against it',
      query: { eligibilityType: 'immediate, which is meant where it is absent, or scheduled: when it renews' },
      answer: collectionOf(transitionEligibility),
    },
    listEligibilities,
  );
  dialect.get(
    `${ONE}/transitions`,
    {
      summary: 'The transitions of a new commerce subscription, with what came of their parts',
      query: { operationId: 'Only this one', 'operation-id': 'Likewise' },
      answer: collectionOf(transition).extend({ transition: z.array(transition) }),
    },
    list,
  );
  dialect.post(
    `${ONE}/transitions`,
    {
      asks: 'upgrade',
      summary: 'Upgrade a new commerce subscription: in place, some of its seats, or into another one',
      body: order,
      answer: transition,
    },
    create,
  );
}

async function listEligibilities(given: Given) {
  const asked = given.query.text('eligibilityType');
  if (asked !== undefined && !['none', 'immediate', 'scheduled'].includes(asked.toLowerCase())) {
    throw new Fault(400, 900126, 'eligibilityType must be immediate or scheduled.');
  }
  const { subscription, eligibility: assessed } = await findOfNewCommerce(given);
  const { customerId, subscriptionId } = subscription;
  const { trial } = getOffer(given.call.catalog, subscription.offerId).product ?? {};
  const targets = asked?.toLowerCase() === 'scheduled' ? await findScheduled(given, subscription) : assessed.targets;
  const items = targets.map(({ target, types, destinations }) =>
    resource(transitionEligibility, {
      operationId: given.call.newId(),
      catalogItemId: catalogItemOf(target),
      title: target.name[given.wording.language],
      description: target.name[given.wording.language],
      quantity: subscription.quantity,
      eligibilities: types.map((type) => presentType(type, given.wording)),
      // Nothing of a trial is listed (N18).
      subscriptionEligibilities: trial ? [] : destinations.map((one) => presentDestination(one, target, given)),
    }),
  );
  return collection(items, `/customers/${customerId}/subscriptions/${subscriptionId}/transitioneligibilities`);
}

/** What could be scheduled. A schedule knows no types, so that the same holds for both, and goes into no other subscription. */
async function findScheduled(
  { call, wording }: Given,
  { customerId, subscriptionId }: Subscription,
): Promise<TargetEligibility[]> {
  const shown = await showScheduledChange(call, { customerId, subscriptionId });
  if (!shown.ok) throw faultOf(shown.refused, wording);
  return shown.value.targets.map(({ target, refusals }) => ({
    target,
    types: UPGRADE_TYPES.map((upgradeType) => ({ upgradeType, refusals })),
    destinations: [],
  }));
}

function presentType(
  { upgradeType, refusals }: TargetEligibility['types'][number],
  wording: Wording,
): z.output<typeof eligibility> {
  const errors = refusals.map((refusal) => presentError(refusal, wording));
  return { isEligible: errors.length === 0, transitionType: TYPES[upgradeType], errors };
}

function presentDestination(
  { subscription, refusals }: DestinationEligibility,
  target: Offer,
  { wording }: Given,
): z.output<typeof destination> {
  const { subscriptionId, friendlyName, termDuration, billingCycle } = subscription;
  return {
    isEligible: refusals.length === 0,
    subscriptionId,
    subscriptionFriendlyName: friendlyName ?? target.name[wording.language],
    subscriptionTermDuration: termDuration,
    subscriptionBillingCycle: billingCycle,
    errors: refusals.map((refusal) => {
      const { code, description } = presentError(refusal, wording);
      // Here the numbers are those of existing subscriptions; a reason against the source has none among them.
      return { code: refusal.name.startsWith('destination-') ? code : OTHER, description };
    }),
  };
}

/** The code for what has none of its own. */
const OTHER = 0;

/** A missing granular role has another number than among upgrades, where that one means something else. */
const CODES: Readonly<Partial<Record<number, number>>> = { 11: 13 };

function presentError(refusal: Refusal, wording: Wording): z.output<typeof transitionError> {
  const { partnerCenterCode } = REFUSALS[refusal.name];
  const { message, remedy } = presentRefusal(refusal, wording);
  return { code: CODES[partnerCenterCode] ?? partnerCenterCode, description: `${message} ${remedy}` };
}

async function list(given: Given) {
  const { subscription } = await findOfNewCommerce(given);
  const { customerId, subscriptionId } = subscription;
  const asked = given.query.text('operationId') ?? given.query.text('operation-id');
  const upgradeId = asked?.toLowerCase();
  const self = `/customers/${customerId}/subscriptions/${subscriptionId}/transitions`;
  const known = upgradeId === undefined || GUID.test(upgradeId);
  const rows = known ? await listTransitions(given.call, { customerId, subscriptionId, upgradeId }) : undefined;
  if (rows && !rows.ok) throw faultOf(rows.refused, given.wording);
  const items = rows?.value.map((row) => present(row, given)) ?? [];
  // The documentation's sample has the one key, clients read the other.
  return { ...collection(items, self), transition: items };
}

/** What it is called from is the source: what a body says of that is left out of account. */
async function create(given: Given) {
  const { body, call, wording } = given;
  const allowed = checkRole(call.actor.roles, 'upgrade');
  if (!allowed.ok) throw faultOf(allowed.refused, wording);
  const { subscription } = await findOfNewCommerce(given);
  const { customerId, subscriptionId } = subscription;
  const toCatalogItemId = body.text('toCatalogItemId')?.trim();
  if (!toCatalogItemId) throw new Fault(400, 3000, 'toCatalogItemId is needed.');
  const target = findProductSku(call.catalog, toCatalogItemId);
  if (!target) throw new Fault(400, 800020, WORDS[wording.language].unknownItem(toCatalogItemId));
  const type = body.choice('transitionType', ['none', ...transitionType.options]);
  if (type === undefined || type === 'none') {
    throw new Fault(400, 3000, `transitionType must be one of ${transitionType.options.join(', ')}.`);
  }
  const quantity = body.whole('quantity');
  if (quantity === undefined) throw new Fault(400, 3000, 'quantity is needed.');
  leaveOutPromotion(body, wording);
  const toSubscriptionId = body.text('toSubscriptionId')?.trim();
  const done = await upgradeAtOnce(call, {
    customerId,
    subscriptionId,
    targetOfferId: target.offerId,
    upgradeType: type === 'transition_only' ? 'upgrade_only' : 'upgrade_with_license_transfer',
    quantity,
    ...(toSubscriptionId && { targetSubscriptionId: guidOf(toSubscriptionId, 'target subscription') }),
    ...termOf(given),
    // The same request always means the same quote.
    quoteId: actIdOf(given, subscriptionId),
  });
  if (!done.ok) throw transitionFault(done.refused, given);
  return present(done.value, given);
}

const DURATIONS = ['P1M', 'P1Y', 'P3Y'] as const;

/** Absent and empty: as the source. */
function termOf({ body }: Given) {
  const duration = body.text('termDuration')?.trim().toUpperCase();
  const termDuration = DURATIONS.find((one) => one === duration);
  if (duration && !termDuration) {
    throw new Fault(400, 900268, `termDuration must be one of ${DURATIONS.join(', ')}.`);
  }
  const cycle = body.text('billingCycle')?.trim();
  const billingCycle = billingCycles.options.find((one) => one === foldEnum(cycle ?? ''));
  if (cycle && !billingCycle) {
    throw new Fault(400, 900269, `billingCycle must be one of ${billingCycles.options.join(', ')}.`);
  }
  return { ...(termDuration && { termDuration }), ...(billingCycle && { billingCycle }) };
}

/** There is no transition on the wire that waits for a second agent: it is not begun (N13 knows only what is done at once). */
function transitionFault(failure: Failure, { call, wording }: Given): Fault {
  if (failure.code === 'upgrade-waiting' || failure.code === 'approval-needed') {
    const { detail, remedy } = presentFailure(failure, wording, call.correlationId);
    const [status, code] = failure.code === 'upgrade-waiting' ? [409, 900278] : [400, 900280];
    const fault = new Fault(status, code, `${detail} ${remedy}`);
    fault.refusal = { code: failure.code, reasons: [] };
    return fault;
  }
  const fault = faultOf(failure, wording);
  const code = failure.code === 'refused' && failure.refusals[0] ? CODES_OF_TERMS[failure.refusals[0].name] : undefined;
  return code ? Object.assign(new Fault(400, code, fault.message), { refusal: fault.refusal }) : fault;
}

/** What a transition says of the term and billing plan asked for has numbers of its own. */
const CODES_OF_TERMS: Readonly<Partial<Record<RefusalName, number>>> = {
  'term-shorter': 900267,
  'term-not-offered': 900268,
  'billing-cycle-not-supported': 900269,
  'billing-cycle-longer-than-term': 900270,
};

function present(row: UpgradeRow, { call, wording }: Given) {
  const { catalog } = call;
  return resource(transition, {
    operationId: row.upgrade_id,
    fromCatalogItemId: catalogItemOf(getOffer(catalog, row.source_offer_id)),
    fromSubscriptionId: row.source_subscription_id,
    toCatalogItemId: catalogItemOf(getOffer(catalog, row.target_offer_id)),
    toSubscriptionId: row.target_subscription_id ?? row.source_subscription_id,
    quantity: row.quantity,
    termDuration: row.term_duration,
    billingCycle: CYCLES[row.billing_cycle],
    transitionType: TYPES[row.upgrade_type],
    events: row.events.map(({ name, status, at, errors }) =>
      resource(transitionEvent, {
        name,
        status,
        timestamp: Temporal.Instant.from(at).toString(),
        errors: errors.map((code) => ({ code, description: WORDS[wording.language].usersLeft })),
      }),
    ),
  });
}

const TYPES = {
  upgrade_only: 'transition_only',
  upgrade_with_license_transfer: 'transition_with_license_transfer',
} as const satisfies Record<UpgradeType, z.output<typeof transitionType>>;
const CYCLES = {
  monthly: 'Monthly',
  annual: 'Annual',
  triennial: 'Triennial',
  none: 'None',
} as const satisfies Record<BillingCycle, string>;

/** @throws RangeError for an offer that is none of new commerce. */
function catalogItemOf({ offerId, product }: Offer): string {
  if (!product) throw new RangeError(`${offerId} is no product of new commerce`);
  return catalogItemIdOf(product);
}

async function findOfNewCommerce({ call, id, wording }: Given): Promise<AssessedSubscription> {
  const shown = await showSubscription(call, id('customer'), id('subscription'));
  if (!shown.ok) throw faultOf(shown.refused, wording);
  if (shown.value.subscription.platform === 'legacy') throw new Fault(403, 900263, WORDS[wording.language].legacy);
  return shown.value;
}
