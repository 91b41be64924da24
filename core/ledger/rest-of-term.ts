import type { Subscription } from '../subscriptions/subscription.ts';
import { type Money, sumMoney } from '../values/money.ts';
import { daysIn, servicePeriodAt } from '../values/period.ts';
import { chargeCycleAt } from './charge-cycle.ts';
import { legacyAmount } from './legacy-billing.ts';
import { newCommerceAmount } from './new-commerce-billing.ts';

/** What so many seats cost from a day on until the term ends, that day included, at the price of the subscription. Shown, never billed. */
export function restOfTerm(subscription: Subscription, quantity: number, from: Temporal.PlainDate): Money {
  const { termEndsOn, unitPrice, billingCycle } = subscription;
  const parts: Money[] = [];
  let next = from;
  while (billingCycle !== 'none' && Temporal.PlainDate.compare(next, termEndsOn) <= 0) {
    const { nominal, end } = periodAt(subscription, next);
    const measured = { quantity, days: daysIn({ start: next, end }), periodDays: daysIn(nominal) };
    parts.push(
      subscription.platform === 'legacy'
        ? legacyAmount(subscription, measured)
        : newCommerceAmount(unitPrice, measured, 'cut-total'),
    );
    next = end.add({ days: 1 });
  }
  return sumMoney(unitPrice.currency, parts);
}

/** The period that a price is for, and the last day of it that lies in the term. */
function periodAt(subscription: Subscription, day: Temporal.PlainDate) {
  const { platform, purchasedOn, billingCycle, termEndsOn } = subscription;
  if (platform === 'newCommerce') {
    const { nominal, period } = chargeCycleAt(subscription, day);
    return { nominal, end: period.end };
  }
  const nominal = servicePeriodAt(purchasedOn, billingCycle, day);
  return { nominal, end: Temporal.PlainDate.compare(nominal.end, termEndsOn) > 0 ? termEndsOn : nominal.end };
}
