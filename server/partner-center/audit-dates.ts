import { Fault } from './fault.ts';

/**
 * The bounds of a question about time. Absent: the last 30 days. A day without a time begins with its midnight and ends with its last moment.
 * @throws Fault 400/3000 for a text that is no date in any of the ways that clients write one.
 */
export function readWindow(
  start: string | undefined,
  end: string | undefined,
  now: Temporal.Instant,
): { from: Temporal.Instant; until: Temporal.Instant } {
  const until = end === undefined || end === '' ? now : readMoment('endDate', end).last;
  const from =
    start === undefined || start === '' ? now.subtract({ hours: 30 * 24 }) : readMoment('startDate', start).first;
  if (Temporal.Instant.compare(from, until) > 0) throw new Fault(400, 3000, 'startDate must not be after endDate.');
  return { from, until };
}

type Span = { readonly first: Temporal.Instant; readonly last: Temporal.Instant };

function readMoment(name: string, text: string): Span {
  try {
    const read = spanOfDay(text) ?? spanOfMoment(text);
    if (read) return read;
  } catch {
    // Falls through: a day that no calendar has.
  }
  throw new Fault(400, 3000, `${name} must be a date, such as 2026-03-01 or 2026-03-01T18:00:00Z.`);
}

/** `2026-06-01`, and the Java SDK’s `2026-06-153`, whose last part is the day of the year. */
function spanOfDay(text: string): Span | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,3})$/.exec(text) ?? [];
  if (year === '') return undefined;
  const first = Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: 1 }, { overflow: 'reject' });
  const isDayOfYear = day.length === 3 || Number(day) > first.daysInMonth;
  const date = isDayOfYear
    ? first.with({ month: 1 }).add({ days: Number(day) - 1 })
    : first.with({ day: Number(day) }, { overflow: 'reject' });
  const begins = date.toZonedDateTime('UTC');
  return { first: begins.toInstant(), last: begins.add({ days: 1 }).toInstant().subtract({ nanoseconds: 1 }) };
}

/** `06/01/2026 00:00:00` and `6/1/2026 12:00:00 AM`, month first, or ISO 8601; a missing zone is UTC. */
function spanOfMoment(given: string): Span {
  // A plus that came unencoded is read as a blank.
  const text = given.replace(/(?<=T.*) (?=\d{2}:?\d{2}$)/, '+');
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2}):(\d{2})(?: (AM|PM))?)?$/i.exec(text);
  const moment = american
    ? momentOfAmerican(american)
    : Temporal.Instant.from(/(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`);
  return { first: moment, last: moment };
}

function momentOfAmerican([, month, day, year, hour = '0', minute = '0', second = '0', half]: RegExpExecArray) {
  const isAfternoon = half?.toUpperCase() === 'PM';
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  return Temporal.ZonedDateTime.from(
    {
      timeZone: 'UTC',
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: hours,
      minute: Number(minute),
      second: Number(second),
    },
    { overflow: 'reject' },
  ).toInstant();
}
