/** Which comes first where a day is written with slashes. */
export type DayOrder = 'month-first' | 'day-first';

/** How often the days of a file can only be read in one order, or in the other. */
export type OrderCounts = Readonly<Record<DayOrder, number>>;

export type DayDoubt = 'not-a-day' | 'unclear-day';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: .*)?$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: .*)?$/;

/** The order in which alone a day can be read; null: in either, or nothing depends on it. */
export function orderOf(text: string): DayOrder | null {
  const [, first = '', second = ''] = SLASHED.exec(text) ?? [];
  if (Number(first) > 12) return 'day-first';
  return Number(second) > 12 ? 'month-first' : null;
}

/**
 * A day as ISO: year first, with dots the day first, with slashes as the rest of the file tells; the time of day is left away. Price lists of new commerce
 * write the month first (a printed example is 11/30/9999 23:59), which their own end dates show.
 */
export function readDay(text: string, counts: OrderCounts): string | { readonly doubt: DayDoubt } {
  const iso = ISO.exec(text);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const dotted = DOTTED.exec(text);
  if (dotted) return dayOf(dotted[3], dotted[2], dotted[1]);
  const slashed = SLASHED.exec(text);
  if (!slashed) return { doubt: 'not-a-day' };
  const [, first = '', second = '', year = ''] = slashed;
  if (Number(first) === Number(second)) return dayOf(year, first, second);
  const known = counts['month-first'] > 0 !== counts['day-first'] > 0;
  if (!known) return { doubt: 'unclear-day' };
  return counts['month-first'] > 0 ? dayOf(year, first, second) : dayOf(year, second, first);
}

function dayOf(year = '', month = '', day = ''): string | { readonly doubt: DayDoubt } {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return { doubt: 'not-a-day' };
  }
}
