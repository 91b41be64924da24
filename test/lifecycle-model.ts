/** What a random history is about; days are looked at one after the other, so that the model shares no way of counting with the code. */
export type Modelled = {
  readonly from: Temporal.PlainDate;
  readonly months: 1 | 12 | 36;
  readonly quantity: number;
};

/** What an agent does on a day, in the order given. */
export type Act = {
  readonly on: Temporal.PlainDate;
  readonly what: 'suspend' | 'reactivate' | 'renew' | 'do not renew';
};

const CENTS = 600;

/** The lines and the state that ten seats of new commerce at 6.00 a month, billed monthly, must come to at the end of a day. */
export function modelOf({ from, months, quantity }: Modelled, acts: readonly Act[], through: Temporal.PlainDate) {
  const lines: string[] = [];
  let status = 'active';
  let renews = true;
  let term = from;
  let since = from;
  for (let on = from; Temporal.PlainDate.compare(on, through) <= 0; on = on.add({ days: 1 })) {
    const isBilled = () => status === 'active' || status === 'suspended';
    const isOver = isBilled() && on.equals(endOf(term, months).add({ days: 1 }));
    if (isOver && status === 'active' && renews) {
      term = on;
      lines.push(lineOf('renew', on, term, months, quantity));
    } else if (isOver) {
      status = status === 'active' ? 'expired' : 'disabled for long';
      since = on;
    } else if (status === 'expired' && on.equals(since.add({ days: 30 }))) {
      [status, since] = ['disabled', on];
    } else if (on.equals(since.add({ days: status === 'disabled' ? 90 : 120 })) && status.startsWith('disabled')) {
      status = 'deleted';
    } else if (isBilled() && isFirstOfCycle(on, term, months)) {
      lines.push(lineOf('cycleCharge', on, term, months, quantity));
    }
    for (const act of acts.filter((one) => one.on.equals(on))) {
      if (act.what === 'suspend' && status === 'active') [status, renews] = ['suspended', false];
      else if (act.what === 'reactivate' && status === 'suspended') status = 'active';
      else if (act.what === 'renew' && status === 'active') renews = true;
      else if (act.what === 'do not renew' && status === 'active') renews = false;
    }
  }
  return { lines, status: status === 'disabled for long' ? 'disabled' : status };
}

/** The day before the same day of a later month, or before its last day where it has no such one. */
function endOf(term: Temporal.PlainDate, months: number): Temporal.PlainDate {
  const total = term.year * 12 + (term.month - 1) + months;
  const month = Temporal.PlainYearMonth.from({ year: Math.floor(total / 12), month: (total % 12) + 1 });
  return month.toPlainDate({ day: Math.min(term.day, month.daysInMonth) }).subtract({ days: 1 });
}

/** Within a term: the same day of the month, or as far from its end for the last two days of a month, and one for each month (B9). */
function isFirstOfCycle(on: Temporal.PlainDate, term: Temporal.PlainDate, months: number): boolean {
  if (on.equals(term)) return true;
  if ((on.year - term.year) * 12 + on.month - term.month >= months) return false;
  const left = (one: Temporal.PlainDate) => one.daysInMonth - one.day;
  if (left(term) <= 1) return left(on) === left(term);
  return on.day === Math.min(term.day, on.daysInMonth);
}

function lineOf(
  type: string,
  on: Temporal.PlainDate,
  term: Temporal.PlainDate,
  months: number,
  quantity: number,
): string {
  const end = endOf(term, months);
  let last = on;
  while (!last.equals(end) && !isFirstOfCycle(last.add({ days: 1 }), term, months)) last = last.add({ days: 1 });
  return `${on.toString()} ${type} ${on.toString()}..${last.toString()} ${quantity} ${CENTS * quantity}`;
}
