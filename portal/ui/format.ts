import { useMemo } from 'react';
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

export function useFormat(): Format {
  const { language } = useTranslation().i18n;
  return useMemo(() => formatFor(language), [language]);
}

function formatFor(language: string): Format {
  const turkish = language === 'tr';
  // Money as it is written in the trade; days with the day first.
  const numbers = turkish ? 'tr-TR' : 'en-US';
  const dates = turkish ? 'tr-TR' : 'en-GB';
  const inMoney = (currency: string, signDisplay: 'auto' | 'exceptZero') =>
    new Intl.NumberFormat(numbers, { style: 'currency', currency, maximumFractionDigits: 6, signDisplay });
  const money = ({ amount, currency }: Money, signDisplay: 'auto' | 'exceptZero') =>
    inMoney(currency, signDisplay)
      .format(withMinorDigits(amount) as Intl.StringNumericLiteral)
      .replace('-', '−');
  const month = turkish ? '2-digit' : 'short';
  const day = new Intl.DateTimeFormat(dates, {
    day: turkish ? '2-digit' : 'numeric',
    month,
    year: 'numeric',
    timeZone: 'UTC',
  });
  const dayOfYear = new Intl.DateTimeFormat(dates, { day: 'numeric', month, timeZone: 'UTC' });
  const monthOfYear = new Intl.DateTimeFormat(dates, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  // "22.11" is what Turkish writes before a dash; its own short form has a slash.
  const startOfRange = (from: string) =>
    turkish ? day.format(new Date(from)).slice(0, 5) : dayOfYear.format(new Date(from));
  const time = new Intl.DateTimeFormat(dates, { hour: '2-digit', minute: '2-digit' });
  const toTheSecond = new Intl.DateTimeFormat(dates, { timeStyle: 'medium' });
  const dayAndTime = new Intl.DateTimeFormat(dates, {
    day: turkish ? '2-digit' : 'numeric',
    month,
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const weekday = new Intl.DateTimeFormat(dates, { weekday: 'long', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames([language], { type: 'region' });
  return {
    money: (value) => money(value, 'auto'),
    wholeMoney: ({ amount, currency }) =>
      new Intl.NumberFormat(numbers, { style: 'currency', currency, maximumFractionDigits: 0 })
        .format(amount as Intl.StringNumericLiteral)
        .replace('-', '−'),
    signedMoney: (value) => money(value, 'exceptZero'),
    number: (value) => new Intl.NumberFormat(numbers).format(value),
    percent: (basisPoints) =>
      new Intl.NumberFormat(numbers, { style: 'percent', maximumFractionDigits: 2 })
        .format(basisPoints / WHOLE)
        .replace('-', '−'),
    day: (text) => day.format(new Date(text)),
    dayRange: (from, to) => {
      const start = from.slice(0, 4) === to.slice(0, 4) ? startOfRange(from) : day.format(new Date(from));
      return `${start}${turkish ? '–' : ' – '}${day.format(new Date(to))}`;
    },
    month: (text) => monthOfYear.format(new Date(text)),
    time: (moment) => time.format(new Date(moment)),
    timeToTheSecond: (moment) => toTheSecond.format(new Date(moment)),
    dayAndTime: (moment) => dayAndTime.format(new Date(moment)),
    // The first of January 2024 was a Monday.
    weekday: (number) => weekday.format(new Date(Date.UTC(2024, 0, number))),
    country: (code) => countries.of(code) ?? code,
  };
}

/** Unit prices may have more decimals than their currency; zeros past them say nothing. */
function withMinorDigits(amount: string): string {
  return amount.replace(/(\.\d{2}\d*?)0+$/, '$1');
}
