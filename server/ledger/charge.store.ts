import type { BilledLine, BillingLine, ChargeType } from '../../core/ledger/charge.ts';
import { formatMoney, formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import type { Transaction } from '../postgres/database.ts';

/** The lines of subscription `s` that were billed since the year before `day` and not taken back, as JSON. */
export const billedJson = (day: string) => `
  (select coalesce(json_agg(json_build_object('chargeId', g.charge_id, 'chargeType', g.charge_type,
      'start', g.period_start, 'end', g.period_end, 'days', g.days, 'periodDays', g.period_days,
      'quantity', g.quantity, 'unitPrice', g.unit_price::text, 'amountMinor', g.amount_minor::text,
      'currency', g.currency) order by g.period_start, g.charge_id), '[]')
    from charges g
    where g.customer_id = s.customer_id and g.subscription_id = s.subscription_id
      and g.amount_minor >= 0 and g.reverses is null and g.period_end >= ${day} - 366
      and not exists (select 1 from charges r where r.customer_id = g.customer_id and r.reverses = g.charge_id))`;

export type BilledJson = {
  chargeId: string;
  chargeType: ChargeType;
  start: string;
  end: string;
  days: number;
  periodDays: number;
  quantity: number;
  unitPrice: string;
  amountMinor: string;
  currency: string;
}[];

export function toBilledLines(json: BilledJson): BilledLine[] {
  return json.map(({ start, end, unitPrice, amountMinor, currency, ...line }) => ({
    ...line,
    period: { start: Temporal.PlainDate.from(start), end: Temporal.PlainDate.from(end) },
    unitPrice: parseUnitPrice(unitPrice, currency),
    amount: { minor: BigInt(amountMinor), currency },
  }));
}

/** A line free of language and types of our own, as answers and stored quotes hold it. */
export type LineRecord = {
  readonly chargeType: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly days: number;
  readonly periodDays: number;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly amount: { readonly amount: string; readonly currency: string };
};

export function toLineRecord(line: BillingLine): LineRecord {
  return {
    chargeType: line.chargeType,
    periodStart: line.period.start.toString(),
    periodEnd: line.period.end.toString(),
    days: line.days,
    periodDays: line.periodDays,
    quantity: line.quantity,
    unitPrice: formatUnitPrice(line.unitPrice),
    amount: { amount: formatMoney(line.amount), currency: line.amount.currency },
  };
}

export type ChargeRow = ReturnType<typeof toRow>;

/** The charges of one act on one subscription, for `insertCharges`. A line may take back another line of the same act. */
export function toChargeRows(lines: readonly BillingLine[], subscriptionId: string, newId: () => string): ChargeRow[] {
  const ids = new Map<BilledLine, string>(lines.map((line) => [line, newId()]));
  return lines.map((line) => {
    const reverses = line.reverses && (line.reverses.chargeId ?? ids.get(line.reverses) ?? null);
    return toRow(line, { chargeId: ids.get(line) ?? newId(), subscriptionId, reverses });
  });
}

function toRow(line: BillingLine, of: { chargeId: string; subscriptionId: string; reverses: string | null }) {
  return {
    charge_id: of.chargeId,
    subscription_id: of.subscriptionId,
    charge_type: line.chargeType,
    period_start: line.period.start.toString(),
    period_end: line.period.end.toString(),
    days: line.days,
    period_days: line.periodDays,
    quantity: line.quantity,
    unit_price: formatUnitPrice(line.unitPrice),
    amount_minor: line.amount.minor.toString(),
    currency: line.amount.currency,
    reverses: of.reverses,
  };
}

/**
 * An insert of charges out of a JSON list of rows, to stand in a larger statement. All arguments are SQL expressions.
 */
export function insertCharges(of: {
  rows: string;
  customerId: string;
  partnerId: string;
  upgradeId: string;
  referenceId: string;
  at: string;
}): string {
  return `insert into charges (customer_id, partner_id, upgrade_id, reference_id, created_at, charge_id, subscription_id, charge_type,
      period_start, period_end, days, period_days, quantity, unit_price, amount_minor, currency, reverses)
    select ${of.customerId}, ${of.partnerId}, ${of.upgradeId}, ${of.referenceId}, ${of.at}, r.*
    from jsonb_to_recordset(${of.rows}) as r (charge_id uuid, subscription_id uuid, charge_type text, period_start date,
      period_end date, days integer, period_days integer, quantity integer, unit_price numeric, amount_minor bigint,
      currency text, reverses uuid)`;
}

export type WrittenCharge = {
  charge_id: string;
  upgrade_id: string | null;
  reference_id: string;
  charge_type: string;
  period_start: string;
  period_end: string;
  days: number;
  period_days: number;
  quantity: number;
  unit_price: string;
  amount_minor: bigint;
  currency: string;
  reverses: string | null;
  created_at: string;
};

/** Whether anything was billed after a moment, for anybody. */
export async function hasChargesAfter(tx: Transaction, moment: Temporal.Instant): Promise<boolean> {
  return (await tx.query('select 1 from charges where created_at > $1 limit 1', [moment.toString()])).length > 0;
}

/** Every line written for a subscription, oldest first; undefined: no such subscription of the partner. */
export async function findCharges(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  subscriptionId: string,
): Promise<{ currency: string; charges: WrittenCharge[] } | undefined> {
  const [subscription] = await tx.query<{ currency: string }>(
    'select currency from subscriptions where customer_id = $1 and subscription_id = $2 and partner_id = $3',
    [customerId, subscriptionId, partnerId],
  );
  if (!subscription) return undefined;
  const charges = await tx.query<WrittenCharge>(
    `select * from charges where customer_id = $1 and subscription_id = $2 order by created_at, period_start, charge_id`,
    [customerId, subscriptionId],
  );
  return { currency: subscription.currency, charges };
}
