import { type DeadlineOnWire, DEADLINE_TEXTS } from '../../contract/deadlines.ts';
import { fill } from '../../contract/words.ts';
import type { DeadlineAct, DeadlineOutcome } from '../../core/subscriptions/deadline.ts';
import { formatMoney } from '../../core/values/money.ts';
import type { Cell } from '../../contract/csv.ts';
import { plainDayText } from '../http/day-text.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { moneyOf } from '../http/sold.presenter.ts';
import type { DeadlineRecord } from './list-deadlines.ts';

/** A deadline in the caller’s language. */
export function presentDeadline(record: DeadlineRecord, wording: Wording): DeadlineOnWire {
  const { subscription, deadline, assigned } = record;
  const { quantity: total } = subscription;
  return {
    customerId: record.customerId,
    customerName: record.customerName,
    domain: record.domain,
    subscriptionId: subscription.subscriptionId,
    offerName: offerName(subscription.offerId, wording),
    friendlyName: subscription.friendlyName,
    kind: deadline.kind,
    day: deadline.day.toString(),
    until: deadline.until.toString(),
    daysLeft: record.daysLeft,
    possible: possibleText(record, wording),
    otherwise: otherwiseText(deadline.otherwise, wording),
    seats: { assigned, total, unused: unusedOf(record) },
    termDuration: subscription.termDuration,
    billingCycle: subscription.billingCycle,
    value: moneyOf(record.value),
  };
}

export function unusedOf({ subscription, assigned }: DeadlineRecord): number {
  return Math.max(0, subscription.quantity - assigned);
}

export function possibleText({ deadline }: DeadlineRecord, { language }: Wording): string[] {
  const words = DEADLINE_TEXTS[language].acts;
  return deadline.acts.map((one) => {
    const seats = 'seats' in one ? one.seats : 0;
    return fill(words[keyOf(one)], { seats: new Intl.NumberFormat(language).format(seats) });
  });
}

function keyOf(act: DeadlineAct): keyof (typeof DEADLINE_TEXTS)['en']['acts'] {
  if (act.act !== 'cancel') return act.act;
  return act.refund === 'full' ? 'cancelFull' : 'cancelPartial';
}

export function otherwiseText(one: DeadlineOutcome, wording: Wording): string {
  const { language } = wording;
  const words = DEADLINE_TEXTS[language];
  const number = new Intl.NumberFormat(language);
  switch (one.outcome) {
    case 'committed':
      return fill(words.otherwise.committed, {
        until: plainDayText(one.until, language),
        quantity: number.format(one.quantity),
      });
    case 'renews':
    case 'converts': {
      const key = one.outcome === 'renews' && one.scheduled ? 'renewsAs' : one.outcome;
      const offer = offerName(one.offerId, wording);
      const quantity = number.format(one.quantity);
      return fill(words.otherwise[key], { offer, term: words.terms[one.termDuration], quantity });
    }
    default:
      return words.otherwise[one.outcome];
  }
}

/** A row of the CSV, in the order of its columns. */
export function toDeadlineCells(record: DeadlineRecord, wording: Wording): Cell[] {
  const { subscription, assigned, deadline, daysLeft, value } = record;
  const { quantity, billingCycle } = subscription;
  const number = (one: number): Cell => ({ decimal: String(one) });
  return [
    record.customerName,
    record.domain,
    subscription.friendlyName ?? offerName(subscription.offerId, wording),
    subscription.subscriptionId,
    deadline.day.toString(),
    number(daysLeft),
    possibleText(record, wording).join(' / '),
    otherwiseText(deadline.otherwise, wording),
    number(assigned),
    number(quantity),
    number(unusedOf(record)),
    DEADLINE_TEXTS[wording.language].cycles[billingCycle],
    { decimal: formatMoney(value) },
    value.currency,
  ];
}
