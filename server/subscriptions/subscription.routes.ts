import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { addedFamilies, getOffer } from '../../core/catalog/offer.ts';
import { formatMoney, formatUnitPrice } from '../../core/values/money.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { toLineRecord } from '../ledger/charge.store.ts';
import { channelName, familyName, offerName, presentRefusal, type Wording } from '../http/reason.presenter.ts';
import { changeSeats, previewSeats } from './change-seats.ts';
import {
  type AssessedSubscription,
  eligibleTargets,
  listSubscriptions,
  refusalNames,
  showSubscription,
} from './list-subscriptions.ts';
import type { SeatsChanged } from './seats.store.ts';

export function subscriptionRoutes(mount: Mount): void {
  mount.signedIn('listSubscriptions', async ({ call, params, wording }) => {
    const listed = await listSubscriptions(call, params.customerId);
    if (!listed.ok) return listed;
    return accepted({
      items: listed.value.own.map((one) => present(one, wording)),
      elsewhere: listed.value.elsewhere.map((holding) => ({
        offerId: holding.offerId,
        offerName: offerName(holding.offerId, wording),
        channel: holding.channel,
        channelName: channelName(holding, wording),
        status: holding.status,
      })),
    });
  });
  mount.signedIn('showSubscription', async ({ call, params, wording }) => {
    const shown = await showSubscription(call, params.customerId, params.subscriptionId);
    return shown.ok ? accepted(present(shown.value, wording)) : shown;
  });
  mount.signedIn('showEligibility', async ({ call, params, wording }) => {
    const shown = await showSubscription(call, params.customerId, params.subscriptionId);
    if (!shown.ok) return shown;
    const { subscription, eligibility } = shown.value;
    const source = getOffer(call.catalog, subscription.offerId);
    return accepted({
      subscriptionId: subscription.subscriptionId,
      upgradable: eligibility.upgradable,
      targets: eligibility.targets.map(({ target, types }) => ({
        offerId: target.offerId,
        name: offerName(target.offerId, wording),
        adds: addedFamilies(source, target).map((family) => familyName(family, wording)),
        types: types.map(({ upgradeType, refusals }) => ({
          upgradeType,
          eligible: refusals.length === 0,
          refusals: refusals.map((refusal) => presentRefusal(refusal, wording)),
        })),
      })),
      refusals: eligibility.refusals.map((refusal) => presentRefusal(refusal, wording)),
    });
  });
  mount.signedIn('previewSeats', async ({ call, params, body }) => {
    const previewed = await previewSeats(call, { ...params, ...body });
    return previewed.ok ? accepted(presentSeats(previewed.value)) : previewed;
  });
  mount.signedIn('changeSeats', async ({ call, params, body }) => {
    const changed = await changeSeats(call, { ...params, ...body });
    return changed.ok ? accepted(presentSeats(changed.value)) : changed;
  });
}

function present({ subscription, assigned, eligibility }: AssessedSubscription, wording: Wording): SubscriptionOnWire {
  const { unitPrice, purchasedOn, termEndsOn, ...rest } = subscription;
  const ended = subscription.status === 'deleted' ? subscription : undefined;
  return {
    subscriptionId: rest.subscriptionId,
    offerId: rest.offerId,
    offerName: offerName(rest.offerId, wording),
    friendlyName: rest.friendlyName,
    status: rest.status,
    endedReason: ended?.endedReason ?? null,
    endedAt: ended?.endedAt.toString() ?? null,
    successorId: ended?.successorId ?? null,
    provisioning: rest.provisioning,
    quantity: rest.quantity,
    assigned,
    billingCycle: rest.billingCycle,
    unitPrice: formatUnitPrice(unitPrice),
    currency: unitPrice.currency,
    autoRenew: rest.autoRenew,
    purchasedOn: purchasedOn.toString(),
    termEndsOn: termEndsOn.toString(),
    addOnOf: rest.addOnOf,
    version: rest.version,
    upgradability: {
      upgradable: eligibility.upgradable,
      eligibleTargets: eligibleTargets(eligibility).map(({ offerId }) => ({
        offerId,
        name: offerName(offerId, wording),
      })),
      refusalNames: refusalNames(eligibility),
    },
  };
}

function presentSeats({ subscriptionId, before, after, effectiveOn, dueLines, lines, net, version }: SeatsChanged) {
  return {
    subscriptionId,
    quantity: { before, after },
    effectiveOn: effectiveOn.toString(),
    dueLines: dueLines.map(toLineRecord),
    lines: lines.map(toLineRecord),
    net: { amount: formatMoney(net), currency: net.currency },
    version,
  };
}
