import { z } from 'zod';
import { REFUSALS } from '../../contract/refusals.ts';
import type { UpgradeType } from '../../core/customers/relationship.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { type Failure, notFound } from '../failure.ts';
import { presentFailure } from '../http/problem.presenter.ts';
import { presentFault, presentRefusal } from '../http/reason.presenter.ts';
import { listIssues } from '../licenses/list-issues.ts';
import { showSubscription } from '../subscriptions/list-subscriptions.ts';
import { upgradeAtOnce } from '../upgrades/upgrade-at-once.ts';
import type { UpgradeRow } from '../upgrades/upgrade.store.ts';
import { actIdOf } from './act-id.ts';
import type { ClientKind, Dialect, Given } from './dialect.ts';
import { codeOfLicenseFault, Fault, faultOf } from './fault.ts';
import { guidOf } from './input.ts';
import { offerKind, presentOffer } from './offers.ts';
import { collection, collectionOf, guid, kind, resource } from './wire.ts';

const PATH = '/customers/:customerid/subscriptions/:subscriptionid/upgrades';

const upgradeType = z.enum(['upgrade_only', 'upgrade_with_license_transfer']);
const upgradeError = kind('UpgradeError', {
  code: z.int(),
  description: z.string(),
  additionalDetails: z.string().optional(),
});
const upgrade = kind('Upgrade', {
  targetOffer: offerKind,
  upgradeType,
  isEligible: z.boolean(),
  quantity: z.int(),
  upgradeErrors: z.array(upgradeError),
});
const apiFault = kind('ApiFault', { code: z.int(), description: z.string(), data: z.array(z.unknown()) });
const userLicenseError = kind('UserLicenseError', {
  userObjectId: guid,
  name: z.string(),
  email: z.string(),
  errors: z.array(apiFault),
});
const upgradeResult = kind('UpgradeResult', {
  sourceSubscriptionId: guid,
  targetSubscriptionId: guid.optional(),
  upgradeType,
  upgradeErrors: z.array(upgradeError),
  licenseErrors: z.array(userLicenseError),
});
const order = z.object({
  targetOffer: z.object({ id: guid }),
  upgradeType: z.union([upgradeType, z.int().min(1).max(2)]),
  quantity: z.int().optional(),
});

/** Legacy upgrades. */
export function upgradeResources(dialect: Dialect): void {
  dialect.get(
    PATH,
    { summary: 'Every upgrade of a subscription, with the reasons against it', answer: collectionOf(upgrade) },
    listUpgrades,
  );
  dialect.post(
    PATH,
    {
      asks: 'upgrade',
      summary: 'Upgrade the whole subscription; refusals come as upgradeErrors',
      body: order,
      answer: upgradeResult,
    },
    createUpgrade,
  );
}

/** Every listed target with both types, those that cannot be had with all reasons; a subscription without paths has none. */
async function listUpgrades(given: Given) {
  const { customerId, subscriptionId } = idsOf(given);
  const shown = await showSubscription(given.call, customerId, subscriptionId);
  if (!shown.ok) throw faultOf(shown.refused, given.wording);
  const { subscription, eligibility, prices, pathSwitches, paths } = shown.value;
  const country = given.call.actor.partner.market;
  // What a subscription of new commerce can become is told by its transitions.
  const targets = subscription.platform === 'legacy' ? eligibility.targets : [];
  const items = targets.flatMap(({ target, types }) =>
    types.map(({ upgradeType, refusals }) =>
      resource(upgrade, {
        targetOffer: presentOffer(target, given, { country, priced: prices, pathSwitches, paths }),
        upgradeType,
        isEligible: refusals.length === 0,
        quantity: subscription.quantity,
        upgradeErrors: refusals.map((refusal) => presentError(refusal, given)),
      }),
    ),
  );
  return collection(items, `/customers/${customerId}/subscriptions/${subscriptionId}/upgrades`);
}

/** Reads no more of the body than target, type and quantity; refusals of the business come as 200 with their codes. */
async function createUpgrade(given: Given) {
  const { customerId, subscriptionId } = idsOf(given);
  const { body, call, wording } = given;
  const targetOfferId = guidOf(body.object('targetOffer').text('id'), 'target offer');
  const upgradeType = body.choice('upgradeType', ['none', ...TYPES_BY_NUMBER]);
  if (upgradeType === undefined || upgradeType === 'none') {
    throw new Fault(400, 3000, `upgradeType must be one of ${TYPES_BY_NUMBER.join(', ')}.`);
  }
  const quantity = await wholeQuantity(given, customerId, subscriptionId);
  // The same request always means the same quote.
  const quoteId = actIdOf(given, subscriptionId);
  const done = await upgradeAtOnce(call, { customerId, subscriptionId, targetOfferId, upgradeType, quantity, quoteId });
  if (done.ok) return presentResult(done.value, given);
  if (done.refused.code === 'not-found') throw await absent(given, customerId, subscriptionId);
  const errors = errorsOf(done.refused, given);
  if (!errors) throw faultOf(done.refused, wording);
  return resource(upgradeResult, {
    sourceSubscriptionId: subscriptionId,
    upgradeType,
    upgradeErrors: errors,
    licenseErrors: [],
  });
}

/** What the business says against it; undefined where that is not what it was. There is no result on the wire for one that waits. */
function errorsOf(failure: Failure, given: Given) {
  if (failure.code === 'refused') return failure.refusals.map((refusal) => presentError(refusal, given));
  if (failure.code !== 'approval-needed' && failure.code !== 'upgrade-waiting') return undefined;
  const { detail, remedy } = presentFailure(failure, given.wording, given.call.correlationId);
  return [resource(upgradeError, { code: OTHER, description: `${detail} ${remedy}` })];
}

/** The code for what has none of its own. */
const OTHER = 0;

/** What is not there: the customer or the subscription. */
async function absent({ call, wording }: Given, customerId: string, subscriptionId: string): Promise<Fault> {
  const shown = await showSubscription(call, customerId, subscriptionId);
  return faultOf(shown.ok ? notFound('subscription', subscriptionId).refused : shown.refused, wording);
}

/** As the service numbers them, from 1 on. */
const TYPES_BY_NUMBER = ['upgrade_only', 'upgrade_with_license_transfer'] as const satisfies UpgradeType[];

function idsOf(given: Given) {
  return { customerId: given.id('customer'), subscriptionId: given.id('subscription') };
}

/** Absent and 0 mean the whole subscription; another number than all is refused before anything is done. */
async function wholeQuantity({ body, call, wording }: Given, customerId: string, subscriptionId: string) {
  const asked = body.whole('quantity') ?? 0;
  if (asked === 0) return undefined;
  const shown = await showSubscription(call, customerId, subscriptionId);
  if (!shown.ok) throw faultOf(shown.refused, wording);
  const { quantity } = shown.value.subscription;
  if (asked !== quantity) throw new Fault(400, 2002, `quantity must be ${quantity}, all licenses, or be left out.`);
  return quantity;
}

async function presentResult(row: UpgradeRow, given: Given) {
  const { call, wording } = given;
  const ids = { customerId: row.customer_id, upgradeId: row.upgrade_id };
  const issues = await listIssues(call, ids, { status: 'open' });
  // Without license transfer nothing was tried, so nothing failed.
  const failed = issues.ok && row.upgrade_type === 'upgrade_with_license_transfer' ? issues.value : [];
  return resource(upgradeResult, {
    sourceSubscriptionId: row.source_subscription_id,
    targetSubscriptionId: row.target_subscription_id,
    upgradeType: row.upgrade_type,
    upgradeErrors: [],
    licenseErrors: failed.map((issue) =>
      resource(userLicenseError, {
        userObjectId: issue.user_id,
        name: issue.display_name,
        email: issue.user_principal_name,
        errors: issue.faults.map((fault) =>
          resource(apiFault, {
            code: codeOfLicenseFault(fault),
            description: presentFault(fault, issue.offer_id, wording).message,
            data: [],
          }),
        ),
      }),
    ),
  });
}

/** Codes above 9 break clients that know only the first ten. */
const LAST_KNOWN_TO_ALL = 9;

function presentError(refusal: Refusal, { client, wording }: Given) {
  const code = REFUSALS[refusal.name].partnerCenterCode;
  const { message, remedy } = presentRefusal(refusal, wording);
  return resource(upgradeError, {
    code: code > LAST_KNOWN_TO_ALL && !knowsAllCodes(client) ? 0 : code,
    description: `${message} ${remedy}`,
    additionalDetails: detailsOf(refusal),
  });
}

function knowsAllCodes(client: ClientKind): boolean {
  return client === 'dotnet';
}

function detailsOf(refusal: Refusal): string | undefined {
  switch (refusal.name) {
    case 'subscription-not-active':
      return refusal.status;
    case 'add-ons-present':
      return refusal.addOns.map((addOn) => addOn.subscriptionId).join(',');
    default:
      return undefined;
  }
}
