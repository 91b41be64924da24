import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { channelName, offerName, presentRefusal } from '../http/reason.presenter.ts';
import { changeSeats, previewSeats } from './change-seats.ts';
import { lifecycleRoutes } from './lifecycle.routes.ts';
import { listSubscriptions, showSubscription } from './list-subscriptions.ts';
import { purchaseRoutes } from './purchase.routes.ts';
import { recordedSubscriptionRoutes } from './recorded-subscription.routes.ts';
import { presentSeats, presentSubscription, presentSubscriptions, presentTarget } from './subscription.presenter.ts';

export function subscriptionRoutes(mount: Mount): void {
  recordedSubscriptionRoutes(mount);
  lifecycleRoutes(mount);
  purchaseRoutes(mount);
  mount.signedIn('listSubscriptions', async ({ call, params, wording }) => {
    const listed = await listSubscriptions(call, params.customerId);
    if (!listed.ok) return listed;
    return accepted({
      items: presentSubscriptions(listed.value.own, wording),
      elsewhere: listed.value.elsewhere.map((holding) => ({
        offerId: holding.offerId,
        offerName: offerName(holding.offerId, wording),
        channel: holding.channel,
        channelName: channelName(holding, wording),
        status: holding.status,
        termEndsOn: holding.endsOn?.toString() ?? null,
        recordedSubscriptionId: holding.subscriptionId,
      })),
    });
  });
  mount.signedIn('showSubscription', async ({ call, params, wording }) => {
    const shown = await showSubscription(call, params.customerId, params.subscriptionId);
    return shown.ok ? accepted(presentSubscription(shown.value, wording)) : shown;
  });
  mount.signedIn('showEligibility', async ({ call, params, wording }) => {
    const shown = await showSubscription(call, params.customerId, params.subscriptionId);
    if (!shown.ok) return shown;
    const { subscription, eligibility, pricesFrom } = shown.value;
    return accepted({
      subscriptionId: subscription.subscriptionId,
      upgradable: eligibility.upgradable,
      pricesFrom,
      targets: eligibility.targets.map((one) => presentTarget(one, shown.value, wording)),
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
