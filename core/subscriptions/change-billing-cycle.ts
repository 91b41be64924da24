import { type Catalog, getOffer } from '../catalog/offer.ts';
import type { BilledLine, BillingLine } from '../ledger/charge.ts';
import type { RoundingConventions } from '../ledger/conventions.ts';
import { cycleFeesDue, linesForNewCycle } from '../ledger/legacy-billing.ts';
import type { CustomerFacts } from '../upgrades/upgrade-facts.ts';
import { notActive, type Refusal } from '../upgrades/refusal.ts';
import type { UnitPrice } from '../values/money.ts';
import { type BillingCycle, termAt } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import type { Subscription } from './subscription.ts';

export type CycleFacts = {
  readonly catalog: Catalog;
  readonly prices: CustomerFacts['prices'];
  /** How the partner has its lines rounded. */
  readonly rounding: RoundingConventions;
  /** Every subscription of the order, with what was billed for it. */
  readonly lines: readonly { readonly subscription: Subscription; readonly billed: readonly BilledLine[] }[];
};

/** What becomes of one subscription: a term of 12 months from the day, at the list price of the day. */
export type NewCycle = {
  readonly before: Subscription;
  readonly billingCycle: BillingCycle;
  readonly unitPrice: UnitPrice;
  readonly startsOn: Temporal.PlainDate;
  readonly termEndsOn: Temporal.PlainDate;
  readonly billedThrough: Temporal.PlainDate;
  /** Fees of periods that began since the last bill; owed with or without the change. */
  readonly dueLines: readonly BillingLine[];
  /** What is left of the period that ran, back. */
  readonly credits: readonly BillingLine[];
  readonly charge: BillingLine;
};

/**
 * Another billing frequency for a whole order of the legacy platform, from a day on, as often as one likes (B5). Where it has it already, nothing
 * changes. Refused with every reason that holds: another platform, one that is not active or not provisioned, an offer that is not sold with the
 * frequency or has no price.
 */
export function decideBillingCycle(
  facts: CycleFacts,
  billingCycle: BillingCycle,
  on: Temporal.PlainDate,
): Result<NewCycle[], Refusal[]> {
  const changing = facts.lines.filter(({ subscription }) => subscription.billingCycle !== billingCycle);
  if (changing.length === 0) return accepted([]);
  const refusals = facts.lines.flatMap(({ subscription }) => refusalsOf(facts, subscription, billingCycle));
  if (refusals.length > 0) return refused(refusals);
  const { legacy } = facts.rounding;
  const changed = changing.flatMap(({ subscription, billed }): NewCycle[] => {
    const unitPrice = facts.prices.get(subscription.offerId)?.[billingCycle];
    if (!unitPrice) return [];
    const dueLines = cycleFeesDue(subscription, on, legacy);
    const standing = [...billed, ...dueLines];
    const { credits, charge } = linesForNewCycle(subscription, standing, { billingCycle, unitPrice }, on, legacy);
    return [
      {
        before: subscription,
        billingCycle,
        unitPrice,
        startsOn: on,
        termEndsOn: termAt(on, on).end,
        billedThrough: charge.period.end,
        dueLines,
        credits,
        charge,
      },
    ];
  });
  return accepted(changed);
}

function refusalsOf(
  { catalog, prices }: CycleFacts,
  subscription: Subscription,
  billingCycle: BillingCycle,
): Refusal[] {
  const { offerId, platform, status, provisioning } = subscription;
  if (platform !== 'legacy') return [{ name: 'billing-cycle-not-changeable' }];
  const refusals: Refusal[] = [];
  if (status !== 'active') refusals.push(notActive(subscription));
  if (provisioning !== 'success') refusals.push({ name: 'subscription-not-provisioned', provisioning });
  const priced = prices.get(offerId);
  if (!priced) refusals.push({ name: 'target-not-priced', offerId });
  if ((priced && !priced[billingCycle]) || !getOffer(catalog, offerId).billingCycles.includes(billingCycle)) {
    refusals.push({ name: 'billing-cycle-not-supported', offerId, billingCycle });
  }
  return refusals;
}
