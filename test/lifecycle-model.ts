/**
 * What a random history is about; days are looked at one after the other, and money is counted in whole cents, so that the model shares no way of
 * counting with the code.
 */
export type Modelled = {
  readonly from: Temporal.PlainDate;
  readonly months: 1 | 12 | 36;
  readonly quantity: number;
  /** Index into `PRICES`; the first of them unless said otherwise. */
  readonly product?: number;
};

/** What an agent does on a day, in the order given; `which` counts subscriptions from 0, those that upgrades make among them. */
export type Act = { readonly on: Temporal.PlainDate; readonly which: number } & Deed;

export type Deed =
  | { readonly what: 'suspend' | 'reactivate' | 'renew' | 'do not renew' | 'cancel' }
  | { readonly what: 'seats'; readonly seats: number }
  | {
      readonly what: 'upgrade';
      readonly to: number;
      /** Null: all of them. */
      readonly seats: number | null;
      /** The subscription that takes them; null: none. */
      readonly into: number | null;
      /** From now on for a year, paid at once. */
      readonly asYear: boolean;
    }
  | { readonly what: 'schedule'; readonly to: number; readonly seats: number; readonly plan: Plan };

/** How long a term is, and whether it is billed at once. */
export type Plan = 'month' | 'year by month' | 'year';

/** List prices of a chain of products in cents for a seat: of a month, and of a year that is billed at once. */
export const PRICES = [
  { month: 600, year: 7_000 },
  { month: 1_250, year: 14_500 },
  { month: 777, year: 9_001 },
  { month: 2_333, year: 27_777 },
] as const;
/** What can be upgraded to what. */
const PATHS = ['0 to 1', '0 to 2', '1 to 2', '2 to 3'];

/** What is told apart here alone. */
const STATUSES: Readonly<Record<string, string>> = { 'disabled for long': 'disabled', cancelled: 'deleted' };

type Held = {
  product: number;
  seats: number;
  months: number;
  atOnce: boolean;
  cents: number;
  status: string;
  renews: boolean;
  term: Temporal.PlainDate;
  since: Temporal.PlainDate;
  /** The last day on which it can be cancelled. */
  window: Temporal.PlainDate | null;
  /** Seats that can be taken back, with the last day for that; the oldest first. */
  added: { seats: number; through: Temporal.PlainDate }[];
  next: { product: number; seats: number; months: number; atOnce: boolean } | null;
  lines: string[];
};

/** What becomes of subscriptions of new commerce billed monthly, bought at list prices, until the end of a day; `answers`: whether each act was done. */
export function modelOf(bought: readonly Modelled[], acts: readonly Act[], through: Temporal.PlainDate) {
  const all: Held[] = bought.map(({ from, months, quantity: seats, product = 0 }) => {
    const billed = {
      product,
      seats,
      months,
      atOnce: false,
      cents: PRICES[product]?.month ?? 0,
      term: from,
      since: from,
    };
    return { ...billed, status: 'active', renews: true, window: null, added: [], next: null, lines: [] };
  });
  const answers: boolean[] = [];
  const [first] = bought.map(({ from }) => from).toSorted((one, other) => Temporal.PlainDate.compare(one, other));
  for (let on = first ?? through; isUntil(on, through); on = on.add({ days: 1 })) {
    for (const one of all) if (isUntil(one.term, on)) passDay(one, on);
    for (const act of acts.filter((one) => one.on.equals(on))) answers.push(isDone(all, act));
  }
  const subscriptions = all.map(({ lines, status, seats, product }) => ({
    lines: lines.toSorted(),
    status: STATUSES[status] ?? status,
    seats,
    product,
  }));
  return { subscriptions, answers };
}

function passDay(one: Held, on: Temporal.PlainDate): void {
  const { status, since } = one;
  const isBilled = status === 'active' || status === 'suspended';
  const isOver = isBilled && on.equals(endOf(one.term, one.months).add({ days: 1 }));
  if (isOver && status === 'active' && one.renews) {
    Object.assign(one, one.next, { term: on, next: null, window: on.add({ days: 6 }) });
    one.cents = listed(one);
    one.added = [{ seats: one.seats, through: on.add({ days: 6 }) }];
    write(one, 'renew', on, one.seats);
  } else if (isOver) {
    Object.assign(one, { status: status === 'active' ? 'expired' : 'disabled for long', since: on, window: null });
  } else if (status === 'expired' && on.equals(since.add({ days: 30 }))) {
    Object.assign(one, { status: 'disabled', since: on });
  } else if (status.startsWith('disabled') && on.equals(since.add({ days: status === 'disabled' ? 90 : 120 }))) {
    one.status = 'deleted';
  } else if (isBilled && isFirstOfCycle(one, on)) {
    write(one, 'cycleCharge', on, one.seats);
  }
}

function isDone(all: Held[], act: Act): boolean {
  const one = all[act.which];
  if (!one) return false;
  if (act.what === 'upgrade') return isUpgraded(all, one, act);
  if (isSo(one, act)) return true;
  if (act.what === 'cancel') {
    const isOpen = (one.status === 'active' || one.status === 'suspended') && one.window && isUntil(act.on, one.window);
    if (!isOpen) return false;
    write(one, 'cancelImmediate', act.on, -one.seats);
    Object.assign(one, { status: 'cancelled', renews: false });
    return true;
  }
  if (act.what === 'reactivate' && one.status === 'suspended') one.status = 'active';
  else if (one.status !== 'active') return false;
  else if (act.what === 'suspend') Object.assign(one, { status: 'suspended', renews: false, next: null });
  else if (act.what === 'renew') one.renews = true;
  else if (act.what === 'do not renew') Object.assign(one, { renews: false, next: null });
  else if (act.what === 'schedule') return isScheduled(one, act);
  else if (act.what === 'seats') return hasSeats(one, act.seats, act.on);
  return true;
}

/** A repeat changes nothing, whatever the state. */
function isSo({ status, renews, seats }: Held, act: Deed): boolean {
  if (act.what === 'cancel') return status === 'cancelled';
  if (act.what === 'suspend') return status === 'suspended';
  if (act.what === 'reactivate') return status === 'active';
  if (act.what === 'renew') return renews;
  if (act.what === 'do not renew') return !renews;
  return act.what === 'seats' && act.seats === seats;
}

function hasSeats(one: Held, seats: number, on: Temporal.PlainDate): boolean {
  const open = one.added.filter(({ through }) => isUntil(on, through));
  const removable = open.reduce((sum, batch) => sum + batch.seats, 0);
  if (one.seats - seats > removable) return false;
  const type = seats > one.seats ? 'addQuantity' : 'removeQuantity';
  write(one, type, on, -one.seats);
  write(one, type, on, seats);
  if (seats > one.seats) one.added.push({ seats: seats - one.seats, through: on.add({ days: 6 }) });
  else one.added = newest(open, removable - (one.seats - seats), 'oldest');
  Object.assign(one, { seats, next: null });
  return true;
}

function isUpgraded(
  all: Held[],
  one: Held,
  { on, to, seats, into, asYear }: Extract<Act, { what: 'upgrade' }>,
): boolean {
  const moved = seats ?? one.seats;
  const taking = into === null ? undefined : all[into];
  if (one.status !== 'active' || !PATHS.includes(`${one.product} to ${to}`) || moved > one.seats) return false;
  if (taking) {
    const isInWindow = taking.window && isUntil(on, taking.window);
    const endsFirst = !isUntil(endOf(one.term, one.months), endOf(taking.term, taking.months));
    if (taking.product !== to || taking.status !== 'active' || isInWindow || taking.months < one.months || endsFirst)
      return false;
    write(one, 'moveQuantity', on, -moved);
    write(taking, 'moveQuantity', on, moved);
    Object.assign(taking, { seats: taking.seats + moved, next: null });
    if (moved === one.seats) Object.assign(one, { status: 'deleted', renews: false });
  } else {
    // Nothing is sold for three years.
    if (one.months === 36) return false;
    write(one, 'convert', on, -moved);
    // Another billing plan alone leaves the term as it runs.
    const isNew = asYear && one.months !== 12;
    const plan = asYear ? { months: 12, atOnce: true } : {};
    const target: Held = { ...one, ...plan, product: to, seats: moved, window: null, added: [], next: null, lines: [] };
    if (isNew) target.term = on;
    target.cents = listed(target);
    if (moved < one.seats) all.push(target);
    write(target, 'convert', on, moved);
    if (moved === one.seats) Object.assign(one, target, { lines: [...one.lines, ...target.lines] });
  }
  if (moved < one.seats || taking) {
    one.added = newest(one.added, one.seats - moved, 'newest');
    one.seats -= taking && moved === one.seats ? 0 : moved;
    one.next = null;
  }
  return true;
}

function isScheduled(one: Held, { to, seats, plan }: Extract<Act, { what: 'schedule' }>): boolean {
  const months = plan === 'month' ? 1 : 12;
  const isOther = to !== one.product;
  if (!one.renews || (isOther && (!PATHS.includes(`${one.product} to ${to}`) || months < one.months))) return false;
  one.next = { product: to, seats, months, atOnce: plan === 'year' };
  return true;
}

/** So many of the seats that were added, the newest or the oldest of them. */
function newest(added: Held['added'], seats: number, which: 'newest' | 'oldest'): Held['added'] {
  const kept: Held['added'] = [];
  let left = seats;
  for (const batch of which === 'newest' ? added.toReversed() : added) {
    if (left > 0) kept.push({ ...batch, seats: Math.min(left, batch.seats) });
    left -= batch.seats;
  }
  return which === 'newest' ? kept.toReversed() : kept;
}

function listed({ product, atOnce }: Held): number {
  return PRICES[product]?.[atOnce ? 'year' : 'month'] ?? 0;
}

function isUntil(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) <= 0;
}

/** The day before the same day of a later month, or before its last day where it has no such one. */
function endOf(term: Temporal.PlainDate, months: number): Temporal.PlainDate {
  const total = term.year * 12 + (term.month - 1) + months;
  const month = Temporal.PlainYearMonth.from({ year: Math.floor(total / 12), month: (total % 12) + 1 });
  return month.toPlainDate({ day: Math.min(term.day, month.daysInMonth) }).subtract({ days: 1 });
}

/** Within a term: the same day of the month, or as far from its end for the last two days of a month, and one for each month (B9). */
function isFirstOfCycle({ term, months, atOnce }: Held, on: Temporal.PlainDate): boolean {
  if (on.equals(term)) return true;
  if (atOnce || (on.year - term.year) * 12 + on.month - term.month >= months) return false;
  const left = (one: Temporal.PlainDate) => one.daysInMonth - one.day;
  if (left(term) <= 1) return left(on) === left(term);
  return on.day === Math.min(term.day, on.daysInMonth);
}

/** A line for the rest of the running cycle; the price of a seat is cut to cents (B7.5). A credit is for a negative number of seats. */
function write(one: Held, type: string, on: Temporal.PlainDate, seats: number): void {
  const end = endOf(one.term, one.months);
  let [first, last] = [on, on];
  while (!isFirstOfCycle(one, first)) first = first.subtract({ days: 1 });
  while (!last.equals(end) && !isFirstOfCycle(one, last.add({ days: 1 }))) last = last.add({ days: 1 });
  const days = (from: Temporal.PlainDate) => from.until(last).days + 1;
  const cents = Math.floor((one.cents * days(on)) / days(first)) * seats;
  one.lines.push(`${on.toString()} ${type} ${on.toString()}..${last.toString()} ${Math.abs(seats)} ${cents}`);
}
