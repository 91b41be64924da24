import { orderGroups } from '../../core/subscriptions/cart.ts';
import type { PurchaseRequest } from '../../core/subscriptions/purchase.ts';
import { formatMoney, formatUnitPrice } from '../../core/values/money.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { offerName } from '../http/reason.presenter.ts';
import { toLineRecord } from '../ledger/charge.store.ts';
import { presentPricedLines, presentSold } from '../http/sold.presenter.ts';
import { cancelSubscription, previewCancellation } from './cancel-subscription.ts';
import type { Cancelled } from './cancel.store.ts';
import { previewPurchase } from './preview-purchase.ts';
import { purchaseSubscriptions } from './purchase-subscription.ts';

export function purchaseRoutes(mount: Mount): void {
  mount.signedIn('previewPurchase', async ({ call, params, body, wording }) => {
    const previewed = await previewPurchase(call, { ...params, lines: body.lines.map(toRequest) });
    if (!previewed.ok) return previewed;
    const { purchases, rates } = previewed.value;
    const { currency } = call.actor.partner;
    const charges = purchases.flatMap((one) => one.charges.map(toLineRecord));
    const sold = presentSold(currency, charges, rates);
    const items = purchases.map((one) => ({
      offerId: one.offerId,
      offerName: offerName(one.offerId, wording),
      platform: one.platform,
      quantity: one.quantity,
      termDuration: one.termDuration,
      billingCycle: one.billingCycle,
      unitPrice: formatUnitPrice(one.unitPrice),
      promotionId: one.promotionId,
      purchasedOn: one.purchasedOn.toString(),
      termEndsOn: one.termEndsOn.toString(),
      ends: one.ends.map(({ endsOn, alignsWith }) => ({ endsOn: endsOn.toString(), alignsWith })),
      cancellableUntil: one.cancellableUntil?.toString() ?? null,
      lines: presentPricedLines(one.charges.map(toLineRecord), rates),
    }));
    return accepted({ items, net: sold.cost, sold, rates });
  });
  mount.signedIn('purchase', async ({ call, params, body, wording }) => {
    const groups = orderGroups(body.lines);
    const orderIds = groups.map(() => call.newId()).toSorted();
    const lines = body.lines.map((line, index) => ({
      ...toRequest(line),
      orderId: orderIds[groups[index] ?? 0] ?? '',
    }));
    const bought = await purchaseSubscriptions(call, { ...params, actId: body.purchaseId, lines });
    if (!bought.ok) return bought;
    const orders = bought.value.map((order) => ({
      orderId: order.orderId,
      subscriptions: order.lines.map(({ subscriptionId, offerId, quantity }) => ({
        subscriptionId,
        offerId,
        offerName: offerName(offerId, wording),
        quantity,
      })),
    }));
    return accepted({ orders });
  });
  mount.signedIn('previewCancellation', async ({ call, params }) => {
    const previewed = await previewCancellation(call, params);
    return previewed.ok ? accepted(present(previewed.value)) : previewed;
  });
  mount.signedIn('cancelSubscription', async ({ call, params, body }) => {
    const cancelled = await cancelSubscription(call, { ...params, ...body });
    return cancelled.ok ? accepted(present(cancelled.value)) : cancelled;
  });
}

type LineOnWire = Pick<PurchaseRequest, 'offerId' | 'quantity' | 'billingCycle' | 'termDuration'> & {
  readonly endsOn?: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly addOnOf?: string | undefined;
};

function toRequest({ endsOn, friendlyName, addOnOf, ...line }: LineOnWire): PurchaseRequest {
  return {
    ...line,
    endsOn: endsOn === undefined ? null : Temporal.PlainDate.from(endsOn),
    friendlyName: friendlyName ?? null,
    addOnOf: addOnOf ?? null,
  };
}

function present({ effectiveOn, subscription: { subscriptionId }, dueLines, lines, net, ...cancelled }: Cancelled) {
  return {
    ...cancelled,
    subscriptionId,
    effectiveOn: effectiveOn.toString(),
    dueLines: dueLines.map(toLineRecord),
    lines: lines.map(toLineRecord),
    net: { amount: formatMoney(net), currency: net.currency },
  };
}
