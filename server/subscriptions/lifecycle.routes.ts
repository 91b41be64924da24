import { accepted } from '../../core/values/result.ts';
import type { NewCycle } from '../../core/subscriptions/change-billing-cycle.ts';
import { formatUnitPrice, sumMoney } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Mount } from '../http/mount.ts';
import { offerName, presentRefusal, type Wording } from '../http/reason.presenter.ts';
import { moneyOf } from '../http/sold.presenter.ts';
import { toLineRecord } from '../ledger/charge.store.ts';
import {
  type LifecycleChanged,
  previewReactivation,
  previewSuspension,
  reactivateSubscription,
  setAutoRenew,
  suspendSubscription,
} from './change-lifecycle.ts';
import { changeBillingCycle, previewBillingCycle } from './change-billing-cycle.ts';
import { presentScheduledChange } from './subscription.presenter.ts';
import { scheduleChange, showScheduledChange, unscheduleChange } from './schedule-change.ts';

export function lifecycleRoutes(mount: Mount): void {
  mount.signedIn('previewSuspension', async ({ call, params, wording }) =>
    present(await previewSuspension(call, params), wording),
  );
  mount.signedIn('previewReactivation', async ({ call, params, wording }) =>
    present(await previewReactivation(call, params), wording),
  );
  mount.signedIn('previewBillingCycle', async ({ call, params, body, wording }) =>
    presentCycle(call, params.orderId, await previewBillingCycle(call, { ...params, ...body }), wording),
  );
  mount.signedIn('changeBillingCycle', async ({ call, params, body, wording }) =>
    presentCycle(call, params.orderId, await changeBillingCycle(call, { ...params, ...body }), wording),
  );
  mount.signedIn('suspendSubscription', async ({ call, params, body, wording }) =>
    present(await suspendSubscription(call, { ...params, ...body }), wording),
  );
  mount.signedIn('reactivateSubscription', async ({ call, params, body, wording }) =>
    present(await reactivateSubscription(call, { ...params, ...body }), wording),
  );
  mount.signedIn('setAutoRenew', async ({ call, params, body, wording }) =>
    present(await setAutoRenew(call, { ...params, ...body }), wording),
  );
  mount.signedIn('scheduleChange', async ({ call, params, body: { termEndsOn, ...body }, wording }) => {
    const customTermEndsOn = termEndsOn ? Temporal.PlainDate.from(termEndsOn) : null;
    return present(await scheduleChange(call, { ...params, ...body, customTermEndsOn }), wording);
  });
  mount.signedIn('unscheduleChange', async ({ call, params, wording }) =>
    present(await unscheduleChange(call, params), wording),
  );
  mount.signedIn('showScheduledChange', async ({ call, params, wording }) => {
    const shown = await showScheduledChange(call, params);
    if (!shown.ok) return shown;
    const { subscription, targets, ends } = shown.value;
    const renews = subscription.autoRenew && subscription.status === 'active';
    return accepted({
      scheduledChange: presentScheduledChange(subscription.scheduledChange, wording),
      renewsOn: renews ? subscription.termEndsOn.add({ days: 1 }).toString() : null,
      cancellableUntil: subscription.cancellableUntil?.toString() ?? null,
      targets: targets.map(({ target: { offerId, name }, refusals }) => ({
        offerId,
        name: name[wording.language],
        eligible: refusals.length === 0,
        refusals: refusals.map((refusal) => presentRefusal(refusal, wording)),
      })),
      ends: ends.map(({ endsOn, ...end }) => ({ ...end, endsOn: endsOn.toString() })),
    });
  });
}

function present(changed: Outcome<LifecycleChanged>, wording: Wording) {
  if (!changed.ok) return changed;
  const { after, effectiveOn, dueLines, lines, net } = changed.value;
  return accepted({
    subscriptionId: after.subscriptionId,
    status: after.status,
    autoRenew: after.autoRenew,
    statusUntil: after.statusUntil?.toString() ?? null,
    scheduledChange: presentScheduledChange(after.scheduledChange, wording),
    effectiveOn: effectiveOn.toString(),
    dueLines: dueLines.map(toLineRecord),
    lines: lines.map(toLineRecord),
    net: moneyOf(net),
    version: after.version,
  });
}

function presentCycle(
  { actor, clock }: Call,
  orderId: string,
  changed: Outcome<readonly NewCycle[]>,
  wording: Wording,
) {
  if (!changed.ok) return changed;
  const lines = changed.value.flatMap(({ credits, charge }) => [...credits, charge]);
  const subscriptions = changed.value.map(({ before: { subscriptionId, offerId }, unitPrice, termEndsOn }) => ({
    subscriptionId,
    offerId,
    offerName: offerName(offerId, wording),
    unitPrice: formatUnitPrice(unitPrice),
    termEndsOn: termEndsOn.toString(),
  }));
  const net = sumMoney(
    actor.partner.currency,
    lines.map(({ amount }) => amount),
  );
  return accepted({
    orderId,
    effectiveOn: utcDay(clock.now()).toString(),
    subscriptions,
    dueLines: changed.value.flatMap((one) => one.dueLines.map(toLineRecord)),
    lines: lines.map(toLineRecord),
    net: moneyOf(net),
  });
}
