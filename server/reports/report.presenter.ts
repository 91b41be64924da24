import { REASON_TEXTS } from '../../contract/refusals.ts';
import { type OpportunityOnWire, REPORT_TEXTS, type UpliftOnWire } from '../../contract/reports.ts';
import type { Language } from '../../contract/values.ts';
import { formatMoney } from '../../core/values/money.ts';
import type { Cell } from '../../contract/csv.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { moneyOf } from '../http/sold.presenter.ts';
import type { FoundOpportunity } from './find-opportunities.ts';
import type { AgeRow, FiguresRow, MonthRow, ReasonRow, Span, UpliftRow } from './report.store.ts';

export function presentFigures({ upgrades, licenses, without_work, extra }: FiguresRow, currency: string) {
  return { upgrades, licenses, withoutWork: without_work, extraPerMonth: { amount: extra, currency } };
}

/** Months without gaps, and a series for each offer, the one with most first. */
export function presentUpgrades(rows: readonly MonthRow[], span: Span, wording: Wording) {
  const months = monthsOf(span);
  const byOffer = Map.groupBy(rows, ({ offer_id }) => offer_id);
  const series = [...byOffer].map(([offerId, counted]) => {
    const byMonth = new Map(counted.map(({ month, upgrades }) => [month, upgrades]));
    return { ...offerRef(offerId, wording), counts: months.map((month) => byMonth.get(month) ?? 0) };
  });
  const sum = ({ counts }: (typeof series)[number]) => counts.reduce((total, one) => total + one, 0);
  return { ...span, months, series: series.toSorted((one, other) => sum(other) - sum(one)) };
}

export function presentUplift(row: UpliftRow, currency: string, wording: Wording): UpliftOnWire {
  return {
    source: offerRef(row.source_offer_id, wording),
    target: offerRef(row.target_offer_id, wording),
    upgrades: row.upgrades,
    licenses: row.licenses,
    extraPerMonth: { amount: row.extra, currency },
  };
}

export function presentOpportunity(one: FoundOpportunity, wording: Wording): OpportunityOnWire {
  return {
    customerId: one.customerId,
    customerName: one.customerName,
    subscriptionId: one.subscriptionId,
    source: offerRef(one.sourceOfferId, wording),
    target: offerRef(one.target.offerId, wording),
    licenses: one.licenses,
    renewsOn: one.endsOn.toString(),
    daysLeft: one.daysLeft,
    extraPerMonth: moneyOf(one.extraPerMonth),
  };
}

/** What the words of several reasons share is counted once under them. */
export function presentRefusals(rows: readonly ReasonRow[], { language }: Wording) {
  const byTitle = Map.groupBy(rows, ({ reason }) => reasonTitle(reason, language));
  return [...byTitle]
    .map(([title, same]) => ({
      reason: same[0]?.reason ?? '',
      title,
      count: same.reduce((total, { refused }) => total + refused, 0),
    }))
    .toSorted((one, other) => other.count - one.count);
}

function reasonTitle(reason: string, language: Language): string {
  const rules: Readonly<Record<string, { title: string } | undefined>> = REASON_TEXTS[language].refusals;
  const others: Readonly<Record<string, string | undefined>> = REPORT_TEXTS[language].reasons;
  return rules[reason]?.title ?? others[reason] ?? REPORT_TEXTS[language].otherReason;
}

const AGES = ['week', 'month', 'quarter', 'older'] as const;

/** Every age, the youngest first, also those that nothing has; nothing where nothing is open. */
export function presentIssues(rows: readonly AgeRow[], { language }: Wording) {
  if (rows.length === 0) return [];
  return AGES.map((age) => {
    const { accounts = 0, upgrades = 0 } = rows.find((row) => row.age === age) ?? {};
    return { age, name: REPORT_TEXTS[language].ages[age], accounts, upgrades };
  });
}

const number = (one: number): Cell => ({ decimal: String(one) });

export function upgradeCells(rows: readonly MonthRow[], wording: Wording): Cell[][] {
  return rows.map(({ month, offer_id, upgrades }) => [month, offerName(offer_id, wording), number(upgrades)]);
}

export function upliftCells(items: readonly UpliftOnWire[]): Cell[][] {
  return items.map(({ source, target, upgrades, licenses, extraPerMonth: { amount, currency } }) => [
    source.name,
    target.name,
    number(upgrades),
    number(licenses),
    { decimal: amount },
    currency,
  ]);
}

export function opportunityCells(found: readonly FoundOpportunity[], wording: Wording): Cell[][] {
  return found.map((one) => [
    one.customerName,
    offerName(one.sourceOfferId, wording),
    offerName(one.target.offerId, wording),
    number(one.licenses),
    one.endsOn.toString(),
    number(one.daysLeft),
    { decimal: formatMoney(one.extraPerMonth) },
    one.extraPerMonth.currency,
    one.subscriptionId,
  ]);
}

export function refusalCells(items: ReturnType<typeof presentRefusals>): Cell[][] {
  return items.map(({ title, count }) => [title, number(count)]);
}

export function issueCells(items: ReturnType<typeof presentIssues>): Cell[][] {
  return items.map(({ name, accounts, upgrades }) => [name, number(accounts), number(upgrades)]);
}

function offerRef(offerId: string, wording: Wording) {
  return { offerId, name: offerName(offerId, wording) };
}

function monthsOf({ from, until }: Span): string[] {
  const months: string[] = [];
  const last = until.slice(0, 7);
  for (let day = Temporal.PlainDate.from(from).with({ day: 1 }); ; day = day.add({ months: 1 })) {
    const month = day.toString().slice(0, 7);
    if (month > last) return months;
    months.push(month);
  }
}
