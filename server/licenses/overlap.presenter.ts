import type { Cell } from '../../contract/csv.ts';
import { type CustomerOverlapOnWire, OVERLAP_TEXTS, type OverlapOnWire } from '../../contract/overlaps.ts';
import { fill } from '../../contract/words.ts';
import type { Overlap, Reduction } from '../../core/licenses/overlap.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { plainDayText } from '../http/day-text.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { moneyOf } from '../http/sold.presenter.ts';
import type { CustomerOverlap } from './list-overlaps.ts';

export function presentOverlap(one: Overlap, today: Temporal.PlainDate, wording: Wording): OverlapOnWire {
  const { subscription, assigned, users, within, seats, reductions } = one;
  return {
    ...named(subscription, wording),
    quantity: subscription.quantity,
    assigned,
    users,
    within: within.map((kept) => ({ ...named(kept.subscription, wording), users: kept.users })),
    seats,
    perMonth: moneyOf(one.perMonth),
    untilTermEnd: moneyOf(one.untilTermEnd),
    termEndsOn: subscription.termEndsOn.toString(),
    reductions: reductions.map((reduction) => presentReduction(reduction, today, wording)),
  };
}

export function presentCustomerOverlap(
  one: CustomerOverlap,
  today: Temporal.PlainDate,
  wording: Wording,
): CustomerOverlapOnWire {
  const { customerId, name: customerName, domain } = one;
  return { customerId, customerName, domain, ...presentOverlap(one, today, wording) };
}

function presentReduction({ act, seats, until }: Reduction, today: Temporal.PlainDate, { language }: Wording) {
  const words = { seats: new Intl.NumberFormat(language).format(seats), until: plainDayText(until, language) };
  return {
    act,
    seats,
    until: until.toString(),
    daysLeft: today.until(until, { largestUnit: 'days' }).days,
    message: fill(OVERLAP_TEXTS[language].reductions[act], words),
  };
}

function named({ subscriptionId, offerId, friendlyName }: Subscription, wording: Wording) {
  return { subscriptionId, offerName: offerName(offerId, wording), friendlyName };
}

/** A row of the CSV, in the order of its columns. */
export function overlapCells(one: CustomerOverlapOnWire): Cell[] {
  const number = (value: number): Cell => ({ decimal: String(value) });
  return [
    one.customerName,
    one.domain,
    one.friendlyName ?? one.offerName,
    one.subscriptionId,
    one.within.map(({ friendlyName, offerName: name }) => friendlyName ?? name).join(' / '),
    number(one.users),
    number(one.assigned),
    number(one.quantity),
    number(one.seats),
    { decimal: one.perMonth.amount },
    { decimal: one.untilTermEnd.amount },
    one.perMonth.currency,
    one.termEndsOn,
    one.reductions.map(({ message }) => message).join(' / '),
    one.reductions[0]?.until ?? '',
  ];
}
