import type { Catalog, Offer } from '../catalog/offer.ts';
import { perMonth, type Priced } from '../ledger/per-month.ts';
import type { Money } from '../values/money.ts';
import { utcDay } from '../values/period.ts';
import { boughtAnew, type TermFacts } from './decide-transition.ts';
import type { Eligibility, TargetEligibility } from './eligibility.ts';

/** An upgrade that could be done today, and what it would bring a month more than what there is. */
export type Opportunity = { readonly target: Offer; readonly extraPerMonth: Money };

/**
 * The next step up of a subscription with all its seats, at the prices that a quote would name: of the targets that can be had, the one that brings
 * least but something; where none brings anything, the one that loses least. Null: no target can be had.
 */
export function nextStep(facts: TermFacts, { targets }: Eligibility): Opportunity | null {
  const { subscription: source } = facts;
  const { currency } = source.unitPrice;
  const before = perMonth(source, source.quantity);
  const steps = targets.flatMap((one): Opportunity[] => {
    const priced = pricedAs(facts, one);
    if (!priced) return [];
    const minor = perMonth(priced, source.quantity).minor - before.minor;
    return [{ target: one.target, extraPerMonth: { minor, currency } }];
  });
  const sorted = steps.toSorted((one, other) => Number(one.extraPerMonth.minor - other.extraPerMonth.minor));
  return sorted.find(({ extraPerMonth }) => extraPerMonth.minor > 0n) ?? sorted.at(-1) ?? null;
}

/** What the seats would cost as the target: bought anew, or as those of a subscription that takes them (N8, N45). Undefined: it cannot be had. */
function pricedAs(facts: TermFacts, { target, types, destinations }: TargetEligibility): Priced | undefined {
  const { subscription: source } = facts;
  const { platform } = source;
  if (types.some(({ refusals }) => refusals.length === 0)) {
    if (platform === 'legacy') {
      const unitPrice = facts.prices.get(target.offerId)?.[source.billingCycle];
      return unitPrice && { platform, unitPrice, billingCycle: source.billingCycle };
    }
    const bought = boughtAnew(facts, target, {}, utcDay(facts.now));
    return bought && { platform, ...bought };
  }
  return destinations.find(({ refusals }) => refusals.length === 0)?.subscription;
}

/** Offers with a path on, and trials, which go on to what they are a trial of (N49). */
export function offersThatLeadOn({ paths, products }: Catalog): string[] {
  const trials = products.filter(({ trial }) => trial !== null).map(({ offerId }) => offerId);
  return [...new Set([...paths.map(({ fromOfferId }) => fromOfferId), ...trials])];
}
