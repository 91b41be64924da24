import { exponentOf } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import {
  type AgeRow,
  countByMonth,
  countOpenIssues,
  countRefusals,
  type FiguresRow,
  findFigures,
  type MonthRow,
  type ReasonRow,
  type Span,
  sumByPath,
  type UpliftRow,
} from './report.store.ts';
import type { Transaction } from '../postgres/database.ts';

export type ReportPeriod = 'last12' | 'last90' | 'thisYear';

/** What upgrades of a period came to, and a year earlier. Refused: role. */
export function showFigures(
  call: Call,
  period: ReportPeriod,
): Promise<Outcome<{ span: Span; now: FiguresRow; before: FiguresRow }>> {
  const span = spanOf(call, period);
  const decimals = decimalsOf(call);
  return reading(call, async (tx, partnerId) => ({
    span,
    now: await findFigures(tx, partnerId, { ...span, decimals }),
    before: await findFigures(tx, partnerId, { ...yearBefore(span), decimals }),
  }));
}

/** Refused: role. */
export function reportUpgrades(call: Call, period: ReportPeriod): Promise<Outcome<{ span: Span; rows: MonthRow[] }>> {
  const span = spanOf(call, period);
  return reading(call, async (tx, partnerId) => ({ span, rows: await countByMonth(tx, partnerId, span) }));
}

/** Refused: role. */
export function reportUplift(call: Call, period: ReportPeriod): Promise<Outcome<{ span: Span; rows: UpliftRow[] }>> {
  const span = spanOf(call, period);
  const asked = { ...span, decimals: decimalsOf(call) };
  return reading(call, async (tx, partnerId) => ({ span, rows: await sumByPath(tx, partnerId, asked) }));
}

/** Refused: role. */
export function reportRefusals(call: Call, period: ReportPeriod): Promise<Outcome<{ span: Span; rows: ReasonRow[] }>> {
  const span = spanOf(call, period);
  return reading(call, async (tx, partnerId) => ({ span, rows: await countRefusals(tx, partnerId, span) }));
}

/** Refused: role. */
export function reportIssues(call: Call): Promise<Outcome<AgeRow[]>> {
  const today = utcDay(call.clock.now()).toString();
  return reading(call, (tx, partnerId) => countOpenIssues(tx, partnerId, today));
}

async function reading<Value>(
  { actor, database }: Call,
  work: (tx: Transaction, partnerId: string) => Promise<Value>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'viewReports');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => work(tx, partnerId)));
}

/** Up to and with today. Twelve months are the running one and eleven before it. */
function spanOf({ clock }: Call, period: ReportPeriod): Span {
  const today = utcDay(clock.now());
  const from = {
    last12: () => today.with({ day: 1 }).subtract({ months: 11 }),
    last90: () => today.subtract({ days: 89 }),
    thisYear: () => today.with({ month: 1, day: 1 }),
  }[period]();
  return { from: from.toString(), until: today.toString() };
}

function yearBefore({ from, until }: Span): Span {
  const earlier = (day: string) => Temporal.PlainDate.from(day).subtract({ years: 1 }).toString();
  return { from: earlier(from), until: earlier(until) };
}

function decimalsOf({ actor }: Call): number {
  return exponentOf(actor.partner.currency);
}
