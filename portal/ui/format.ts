import { useTranslation } from 'react-i18next';

type Money = { readonly amount: string; readonly currency: string };

/** A hundred percent in hundredths of one. */
const WHOLE = 10_000;

/** How dates, numbers and money are written in a language. */
export type Format = {
  /** Exact decimals in, `$1.204,32` or `−$177,12` out. */
  money(money: Money): string;
  /** With its sign, also where it is positive: `+$6,72`. */
  signedMoney(money: Money): string;
  /** To the whole unit, as reports write it. */
  wholeMoney(money: Money): string;
  number(value: number): string;
  /** Hundredths of a percent, `2050` is `20.5%`. */
  percent(basisPoints: number): string;
  /** A UTC day, `2026-11-22`. */
  day(day: string): string;
  dayRange(from: string, to: string): string;
  /** The month of a UTC day, `November 2026`. */
  month(day: string): string;
  /** The time of a moment in this browser's time zone, `14:33`. */
  time(moment: string | number): string;
  /** The same with seconds: of a moment that somebody waits for. */
  timeToTheSecond(moment: string): string;
  dayAndTime(moment: string): string;
  /** The name of a day of the week, Monday is 1. */
  weekday(day: number): string;
  /** The name of a country by its ISO code. */
  country(code: string): string;
};

/** One for each language: what writes them, `Intl`, takes a millisecond each to make, and most cells of a table ask. */
const formats = new Map<string, Format>();

export function useFormat(): Format {
  const { language } = useTranslation().i18n;
  const known = formats.get(language);
  if (known) return known;
  const format = formatFor(language);
  formats.set(language, format);
  return format;
}

/** Makes what is asked for when it is asked for first. */
function kept<Written>(make: (key: string) => Written): (key?: string) => Written {
  const made = new Map<string, Written>();
  return (key = '') => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function formatFor(language: string): Format {
  const turkish = language === 'tr';
  return { ...numbersFor(turkish ? 'tr-TR' : 'en-US'), ...datesFor(turkish), country: countriesFor(language) };
}

/** Money as it is written in the trade. */
function numbersFor(locale: string) {
  const numberFormat = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const money = (options: Intl.NumberFormatOptions) => {
    const formatOf = kept((currency) => numberFormat({ style: 'currency', currency, ...options }));
    return (amount: string, currency: string) =>
      formatOf(currency)
        .format(amount as Intl.StringNumericLiteral)
        .replace('-', '−');
  };
  const exact = money({ maximumFractionDigits: 6 });
  const signed = money({ maximumFractionDigits: 6, signDisplay: 'exceptZero' });
  const whole = money({ maximumFractionDigits: 0 });
  const number = kept(() => numberFormat({}));
  const percent = kept(() => numberFormat({ style: 'percent', maximumFractionDigits: 2 }));
  return {
    money: ({ amount, currency }: Money) => exact(withMinorDigits(amount), currency),
    signedMoney: ({ amount, currency }: Money) => signed(withMinorDigits(amount), currency),
    wholeMoney: ({ amount, currency }: Money) => whole(amount, currency),
    number: (value: number) => number().format(value),
    percent: (basisPoints: number) =>
      percent()
        .format(basisPoints / WHOLE)
        .replace('-', '−'),
  };
}

/** Days with the day first; days of the calendar are UTC's, moments this browser's. */
function datesFor(turkish: boolean) {
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = kept(() => new Intl.DateTimeFormat(turkish ? 'tr-TR' : 'en-GB', options));
    return (moment: string | number) => format().format(new Date(moment));
  };
  const month = turkish ? '2-digit' : 'short';
  const whole = { day: turkish ? '2-digit' : 'numeric', month, year: 'numeric' } as const;
  const day = write({ ...whole, timeZone: 'UTC' });
  const dayOfYear = write({ day: 'numeric', month, timeZone: 'UTC' });
  const weekday = write({ weekday: 'long', timeZone: 'UTC' });
  // "22.11" is what Turkish writes before a dash; its own short form has a slash.
  const startOfRange = (from: string) => (turkish ? day(from).slice(0, 5) : dayOfYear(from));
  return {
    day,
    dayRange: (from: string, to: string) => {
      const start = from.slice(0, 4) === to.slice(0, 4) ? startOfRange(from) : day(from);
      return `${start}${turkish ? '–' : ' – '}${day(to)}`;
    },
    month: write({ month: 'long', year: 'numeric', timeZone: 'UTC' }),
    time: write({ hour: '2-digit', minute: '2-digit' }),
    timeToTheSecond: write({ timeStyle: 'medium' }),
    dayAndTime: write({ ...whole, hour: '2-digit', minute: '2-digit' }),
    // The first of January 2024 was a Monday.
    weekday: (number: number) => weekday(Date.UTC(2024, 0, number)),
  };
}

function countriesFor(language: string) {
  const names = kept(() => new Intl.DisplayNames([language], { type: 'region' }));
  return (code: string) => names().of(code) ?? code;
}

/** Unit prices may have more decimals than their currency; zeros past them say nothing. */
function withMinorDigits(amount: string): string {
  return amount.replace(/(\.\d{2}\d*?)0+$/, '$1');
}
