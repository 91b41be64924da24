import type { Language } from '../contract/values.ts';

type Money = { readonly amount: string; readonly currency: string };

/** How amounts, days and moments are written in a language, as the portal does. */
export type Format = {
  money(money: Money): string;
  /** A UTC day, `2026-11-22`; null: a dash. */
  day(day: string | null): string;
  /** A moment in this machine’s time zone. */
  moment(moment: string): string;
  number(value: number): string;
};

export function formatFor(language: Language): Format {
  const turkish = language === 'tr';
  const numbers = turkish ? 'tr-TR' : 'en-US';
  const dates = turkish ? 'tr-TR' : 'en-GB';
  const parts = { day: '2-digit', month: turkish ? '2-digit' : 'short', year: 'numeric' } as const;
  const days = new Intl.DateTimeFormat(dates, { ...parts, timeZone: 'UTC' });
  const moments = new Intl.DateTimeFormat(dates, { ...parts, hour: '2-digit', minute: '2-digit' });
  return {
    money: ({ amount, currency }) =>
      new Intl.NumberFormat(numbers, { style: 'currency', currency, maximumFractionDigits: 6 })
        .format(amount as Intl.StringNumericLiteral)
        .replace('-', '−'),
    day: (day) => (day === null ? '–' : days.format(new Date(day))),
    moment: (moment) => moments.format(new Date(moment)),
    number: (value) => value.toLocaleString(numbers),
  };
}
