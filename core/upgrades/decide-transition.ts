import { getOffer, type Offer } from '../catalog/offer.ts';
import {
  priceAfter,
  type Promotion,
  type PromotionCase,
  promotionFor,
  promotionHistory,
} from '../catalog/promotion.ts';
import type { NewCommerceChargeType } from '../ledger/charge.ts';
import { chargeCycleAt, termEnd } from '../ledger/charge-cycle.ts';
import {
  chargesUntil,
  creditFromDay,
  cycleChargesDue,
  cycleFee,
  lineFromDay,
  type NewCommerceTerms,
} from '../ledger/new-commerce-billing.ts';
import type { LicenseFault } from '../licenses/license.ts';
import { planTransfer, type TransferPlan } from '../licenses/plan-transfer.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Money, sumMoney } from '../values/money.ts';
import { utcDay } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { listedTargets, refusalsOf } from './eligibility.ts';
import type { Refusal } from './refusal.ts';
import { isTrial, priceFor, refusalsOfDestination, termOf } from './transition-rules.ts';
import { unlistedRefusals } from './unlisted.ts';
import {
  type Outlook,
  type TargetTerm,
  totalsOf,
  type UpgradeDecision,
  type UpgradeRequest,
  type UpgradeWay,
} from './upgrade-decision.ts';
import type { SubscriptionFacts, UpgradeFacts } from './upgrade-facts.ts';

/** How long a trial that became paid can be cancelled (N33, N36). */
const CANCELLATION_WINDOW = Temporal.Duration.from({ hours: 168 });

/**
 * Decides an upgrade on new commerce: in place, of some seats, or into an existing subscription (N1 to N19). The rest of the running charge cycle
 * is credited at the source's price and charged at the target's: the list price of the day, or the price of what is there already (N45, N48).
 * Refused with every reason that holds.
 */
export function decideTransition(
  facts: UpgradeFacts,
  request: UpgradeRequest,
  effectiveOn: Temporal.PlainDate,
): Result<UpgradeDecision, Refusal[]> {
  const { subscription: source } = facts;
  const target = listedTargets(facts).find(({ offerId }) => offerId === request.targetOfferId);
  if (!target) return refused(unlistedRefusals(facts, request));
  const quantity = request.quantity ?? source.quantity;
  const into =
    facts.sold.find(
      ({ subscriptionId, status }) => subscriptionId === request.targetSubscriptionId && status !== 'deleted',
    ) ?? null;
  const refusals = [
    ...refusalsOf(facts).source(request.upgradeType),
    ...dayRefusals(facts, effectiveOn),
    ...quantityRefusals(facts, target, quantity),
    ...targetRefusals(facts, target, { ...request, quantity }, into),
    ...userRefusals(facts, request),
  ];
  const bought: NewCommerceTerms | undefined = into ?? boughtAnew(facts, target, request, effectiveOn);
  if (refusals.length > 0 || !bought) return refused(refusals);
  const way: UpgradeWay = into ? 'existing' : quantity < source.quantity ? 'partial' : 'inPlace';
  const type: NewCommerceChargeType = into ? 'moveQuantity' : 'convert';
  const { newCommerce } = facts.rounding;
  const dueLines = cycleChargesDue(source, effectiveOn, newCommerce);
  const targetDueLines = into ? cycleChargesDue(into, effectiveOn, newCommerce) : [];
  const { currency } = bought.unitPrice;
  const due = dueLines.slice(-1).map(({ amount }) => amount);
  const charged = sumMoney(currency, [facts.charged, ...due]);
  const leaving = Math.min(quantity, source.quantity);
  const credits = [creditFromDay(source, type, leaving, { on: effectiveOn, charged }, newCommerce)];
  const charge = lineFromDay(bought, type, quantity, effectiveOn, newCommerce);
  const charges = [charge];
  const { termDuration, billingCycle, termStartsOn, termEndsOn, promotionId } = bought;
  const term: TargetTerm = {
    termDuration,
    billingCycle,
    termStartsOn,
    termEndsOn,
    promotionId,
    billedThrough: charge.period.end,
    cancellableUntil: into ? into.cancellableUntil : ofTrial(facts) ? facts.now.add(CANCELLATION_WINDOW) : null,
  };
  const totals = totalsOf(currency, credits, charges);
  return accepted({
    source,
    target,
    way,
    upgradeType: request.upgradeType,
    quantity,
    effectiveOn,
    targetUnitPrice: bought.unitPrice,
    into,
    term,
    dueLines,
    targetDueLines,
    credits,
    charges,
    totals,
    outlook: outlookOf(facts, { ...bought, quantity }, totals.net, effectiveOn),
    transfer: transferOf(facts, target, { way, request, quantity }),
  });
}

/** What the terms of a purchase are decided by: prices, promotions and their history. */
export type TermFacts = SubscriptionFacts & Pick<UpgradeFacts, 'formerly'>;

/** What the seats are bought as when no subscription is there for them: in the source's term, or a new one where a longer one was asked for. */
export function boughtAnew(
  facts: TermFacts,
  target: Offer,
  request: Pick<UpgradeRequest, 'quantity' | 'termDuration' | 'billingCycle'>,
  effectiveOn: Temporal.PlainDate,
): NewCommerceTerms | undefined {
  const { subscription: source } = facts;
  const term = termOf(facts, request);
  const price = priceFor(facts, target, term);
  if (!price) return undefined;
  const quantity = request.quantity ?? source.quantity;
  const promotion = promotionOf(facts, target, { termDuration: term.duration, quantity, on: effectiveOn });
  // Another billing plan alone leaves the term as it runs (4.2).
  const keeps = !ofTrial(facts) && term.duration === source.termDuration;
  return {
    termDuration: term.duration,
    billingCycle: term.billingCycle,
    termStartsOn: keeps ? source.termStartsOn : effectiveOn,
    termEndsOn: keeps ? source.termEndsOn : termEnd(effectiveOn, term.duration),
    unitPrice: priceAfter(price.unitPrice, promotion),
    promotionId: promotion?.promotionId ?? null,
  };
}

/** The target's promotion of the day, whatever the source had (N44, N45); none where a trial becomes paid (N47). */
function promotionOf(
  facts: TermFacts,
  { offerId, skuId }: Offer,
  asked: Pick<PromotionCase, 'termDuration' | 'quantity' | 'on'>,
): Promotion | null {
  if (ofTrial(facts)) return null;
  const history = promotionHistory([...facts.sold, ...facts.formerly], {
    offerId,
    tenantSeats: facts.tenantSeats.get(skuId) ?? 0,
  });
  return promotionFor(facts.promotions, { offerId, ...asked, ...history });
}

function ofTrial({ catalog, subscription }: SubscriptionFacts): boolean {
  return isTrial(getOffer(catalog, subscription.offerId));
}

/** One that is held until its term is over would come after the renewal, at prices that nobody knows yet. */
function dayRefusals({ subscription, now }: UpgradeFacts, effectiveOn: Temporal.PlainDate): Refusal[] {
  const { termEndsOn } = subscription;
  const endsMeanwhile =
    Temporal.PlainDate.compare(utcDay(now), termEndsOn) <= 0 && Temporal.PlainDate.compare(termEndsOn, effectiveOn) < 0;
  return endsMeanwhile ? [{ name: 'renewal-running', termEndsOn }] : [];
}

/** Some of the seats or all, never more (N8, N9); a trial becomes paid with all its seats at least (N49). */
function quantityRefusals(facts: UpgradeFacts, { offerId, seats }: Offer, requested: number): Refusal[] {
  const { quantity } = facts.subscription;
  const [min, max] = ofTrial(facts) ? [quantity, seats.max] : [1, quantity];
  return requested < min || requested > max ? [{ name: 'quantity-out-of-range', offerId, min, max, requested }] : [];
}

function targetRefusals(
  facts: UpgradeFacts,
  target: Offer,
  request: UpgradeRequest & { readonly quantity: number },
  into: Subscription | null,
): Refusal[] {
  const { targetSubscriptionId, quantity } = request;
  if (targetSubscriptionId === undefined) {
    return refusalsOf(facts).target(target, quantity, termOf(facts, request));
  }
  if (targetSubscriptionId === facts.subscription.subscriptionId) {
    return [{ name: 'destination-is-source', subscriptionId: targetSubscriptionId }];
  }
  return into
    ? refusalsOfDestination(facts, target, into, quantity)
    : [{ name: 'destination-unknown', subscriptionId: targetSubscriptionId }];
}

function userRefusals({ users }: UpgradeFacts, { userIds = [] }: UpgradeRequest): Refusal[] {
  const licensed = new Set(users.map(({ userId }) => userId));
  const others = userIds.filter((userId) => !licensed.has(userId));
  return others.length > 0 ? [{ name: 'users-not-licensed', userIds: others }] : [];
}

/**
 * Who moves. In place everybody does, whatever was asked for: the old SKU is gone; nobody where it is not told whose seats these are (N11). Where
 * not all seats move, those who were chosen do, and who then has no seat at the source is left for a person (N9).
 */
function transferOf(
  facts: UpgradeFacts,
  target: Offer,
  { way, request, quantity }: { way: UpgradeWay; request: UpgradeRequest; quantity: number },
): TransferPlan {
  const { catalog, users, subscription: source } = facts;
  if (quantity >= source.quantity) {
    const type = way === 'inPlace' ? 'upgrade_with_license_transfer' : request.upgradeType;
    const plan = planTransfer(catalog, users, target, type, quantity);
    const byHand = type === 'upgrade_only' ? undefined : reassignedByHand(facts, target);
    return byHand ? { ...plan, moves: plan.moves.map((move) => ({ ...move, faults: [byHand] })) } : plan;
  }
  const asked = new Set(request.userIds);
  const chosen = users.filter(({ userId }) => asked.has(userId));
  const staying = users.filter(({ userId }) => !asked.has(userId));
  const seatsLeft = Math.max(0, source.quantity - quantity);
  return joinPlans(
    planTransfer(catalog, chosen, target, request.upgradeType, quantity),
    planTransfer(catalog, staying.slice(seatsLeft), target, 'upgrade_only', 0),
  );
}

/** Users hold a SKU, not a subscription of it: where they would get another, and the tenant has more of either, a person assigns (N11). */
function reassignedByHand(
  { catalog, holdings, subscription: source }: UpgradeFacts,
  target: Offer,
): LicenseFault | undefined {
  const { offerId } = source;
  const skuOf = ({ offerId }: { readonly offerId: string }) => catalog.offers.get(offerId)?.skuId;
  const others = holdings.filter(({ subscriptionId }) => subscriptionId !== source.subscriptionId);
  if (skuOf(source) === target.skuId) return undefined;
  if (others.some((one) => skuOf(one) === skuOf(source))) return { name: 'several-subscriptions', offerId };
  return others.some((one) => !one.ours && skuOf(one) === target.skuId)
    ? { name: 'target-bought-elsewhere' }
    : undefined;
}

function joinPlans(one: TransferPlan, other: TransferPlan): TransferPlan {
  const moved = other.moves.map((move) => ({ ...move, change: move.change + one.changes.length }));
  return { changes: [...one.changes, ...other.changes], moves: [...one.moves, ...moved] };
}

/** The moved seats at both prices until the source's term ends, less what is credited. */
function outlookOf(
  { subscription: source, rounding: { newCommerce } }: UpgradeFacts,
  bought: NewCommerceTerms & { readonly quantity: number },
  net: Money,
  on: Temporal.PlainDate,
): Outlook {
  const until = source.termEndsOn;
  const moved = { ...source, quantity: bought.quantity };
  const billed = chargeCycleAt(source, on).period.end;
  const saved = chargesUntil(moved, billed, until, newCommerce);
  const owed = chargesUntil(bought, chargeCycleAt(bought, on).period.end, until, newCommerce);
  return {
    periodBefore: cycleFee(moved),
    periodAfter: cycleFee(bought),
    until,
    extra: sumMoney(net.currency, [net, owed, { ...saved, minor: -saved.minor }]),
  };
}
