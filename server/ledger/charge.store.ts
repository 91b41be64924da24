import type { Platform } from '../../core/catalog/offer.ts';
import { type BilledLine, type BillingLine, type ChargeType, LEGACY_CREDITS } from '../../core/ledger/charge.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { formatMoney, formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import type { OfferWords } from '../catalog/offer.store.ts';
import type { Transaction } from '../postgres/database.ts';

const CREDITS = LEGACY_CREDITS.map((type) => `'${type}'`).join(', ');

/** The charges of legacy subscription `s` since the year before `day` that were not taken back, as JSON; no credit is one, not even of 0.00. */
export const billedJson = (day: string) => `
  (select coalesce(json_agg(json_build_object('chargeId', g.charge_id, 'chargeType', g.charge_type,
      'start', g.period_start, 'end', g.period_end, 'days', g.days, 'periodDays', g.period_days,
      'quantity', g.quantity, 'unitPrice', g.unit_price::text, 'amountMinor', g.amount_minor::text,
      'currency', g.currency) order by g.period_start, g.charge_id), '[]')
    from charges g
    where g.customer_id = s.customer_id and g.subscription_id = s.subscription_id
      and g.amount_minor >= 0 and g.charge_type not in (${CREDITS}) and g.reverses is null and g.period_end >= ${day} - 366
      and not exists (select 1 from charges r where r.customer_id = g.customer_id and r.reverses = g.charge_id))`;

/**
 * What stands in the ledger for the charge cycle of new commerce subscription `s` that holds `day`, credits taken off: each of its lines ends
 * with the cycle, on the last billed day. One that another term cut short may reach further, and is not of it.
 */
export const chargedMinor = (day: string) => `
  (select coalesce(sum(g.amount_minor), 0)::text from charges g
    where g.customer_id = s.customer_id and g.subscription_id = s.subscription_id
      and g.period_end >= ${day} and g.period_end = s.billed_through)`;

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

/** What lines are for, and what they say of it for good: a subscription, as it is for these lines. */
export type ChargedSubscription = Pick<
  Subscription,
  'subscriptionId' | 'offerId' | 'friendlyName' | 'purchasedOn' | 'termEndsOn' | 'billingCycle' | 'termDuration'
>;

export type ChargeRow = ReturnType<typeof toRow>;

/** What is the same for some charges of a statement, and not for all of it. */
type Booking = {
  /** The day that they belong to; absent: that of the statement. */
  readonly bookedOn?: Temporal.PlainDate;
  readonly referenceId?: string;
  readonly upgradeId?: string | undefined;
};

/**
 * The charges of one act on one subscription, for `insertCharges`. A line may take back another line of the same act. `dueLines` are those that
 * fell due before, on the first day of their period, with or without the act.
 */
export function toChargeRows(
  lines: readonly BillingLine[],
  of: ChargedSubscription,
  newId: () => string,
  { dueLines = [], ...booking }: Booking & { readonly dueLines?: readonly BillingLine[] } = {},
): ChargeRow[] {
  const all = [...dueLines, ...lines];
  const ids = new Map<BilledLine, string>(all.map((line) => [line, newId()]));
  return all.map((line) => {
    const reverses = line.reverses && (line.reverses.chargeId ?? ids.get(line.reverses) ?? null);
    const booked = dueLines.includes(line) ? { bookedOn: line.period.start } : booking;
    return toRow(line, of, { chargeId: ids.get(line) ?? newId(), reverses, ...booked });
  });
}

function toRow(
  line: BillingLine,
  of: ChargedSubscription,
  as: Booking & { readonly chargeId: string; readonly reverses: string | null },
) {
  return {
    charge_id: as.chargeId,
    subscription_id: of.subscriptionId,
    offer_id: of.offerId,
    friendly_name: of.friendlyName,
    purchased_on: of.purchasedOn.toString(),
    term_ends_on: of.termEndsOn.toString(),
    billing_cycle: of.billingCycle,
    term_duration: of.termDuration,
    charge_type: line.chargeType,
    period_start: line.period.start.toString(),
    period_end: line.period.end.toString(),
    days: line.days,
    period_days: line.periodDays,
    quantity: line.quantity,
    unit_price: formatUnitPrice(line.unitPrice),
    amount_minor: line.amount.minor.toString(),
    currency: line.amount.currency,
    reverses: as.reverses,
    promotion_id: line.promotionId ?? null,
    booked_on: as.bookedOn?.toString() ?? null,
    reference_id: as.referenceId ?? null,
    upgrade_id: as.upgradeId ?? null,
  };
}

/**
 * An insert of charges out of a JSON list of rows `r`, to stand in a larger statement; customer and offer are named as they are called then.
 * All arguments are SQL expressions; where the rows are of several customers they are columns of `r`.
 */
export function insertCharges(of: {
  rows: string;
  customerId: string;
  partnerId: string;
  upgradeId: string;
  referenceId: string;
  at: string;
}): string {
  return `insert into charges (customer_id, partner_id, upgrade_id, created_at, reference_id, booked_on, charge_id, subscription_id,
      offer_id, charge_type, period_start, period_end, days, period_days, quantity, unit_price, amount_minor, currency, reverses, promotion_id,
      offer_version, customer_name, customer_domain, friendly_name, purchased_on, term_ends_on, billing_cycle, term_duration)
    select ${of.customerId}, ${of.partnerId}, coalesce(r.upgrade_id, ${of.upgradeId}), ${of.at}, coalesce(r.reference_id, ${of.referenceId}),
      coalesce(r.booked_on, (${of.at} at time zone 'utc')::date), r.charge_id, r.subscription_id, r.offer_id, r.charge_type,
      r.period_start, r.period_end, r.days, r.period_days, r.quantity, r.unit_price, r.amount_minor, r.currency, r.reverses, r.promotion_id,
      (select max(v.version) from offer_versions v where v.offer_id = r.offer_id), k.name, k.domain, r.friendly_name, r.purchased_on,
      r.term_ends_on, r.billing_cycle, r.term_duration
    from jsonb_to_recordset(${of.rows}) as r (charge_id uuid, subscription_id uuid, offer_id text, charge_type text, period_start date,
      period_end date, days integer, period_days integer, quantity integer, unit_price numeric, amount_minor bigint,
      currency text, reverses uuid, promotion_id text, booked_on date, reference_id uuid, upgrade_id uuid, friendly_name text,
      purchased_on date, term_ends_on date, billing_cycle text, term_duration text, customer_id uuid, partner_id uuid)
    left join customers k on k.customer_id = ${of.customerId}`;
}

export type WrittenCharge = {
  charge_id: string;
  upgrade_id: string | null;
  reference_id: string;
  offer_id: string;
  /** As it was called when the line was written; null: it has gone from the catalog. */
  offer_name: OfferWords['name'] | null;
  charge_type: ChargeType;
  period_start: string;
  period_end: string;
  days: number;
  period_days: number;
  quantity: number;
  unit_price: string;
  amount_minor: bigint;
  currency: string;
  reverses: string | null;
  promotion_id: string | null;
  booked_on: string;
  created_at: string;
};

/** Whether anything was billed after a moment, for anybody. */
export async function hasChargesAfter(tx: Transaction, moment: Temporal.Instant): Promise<boolean> {
  return (await tx.query('select 1 from charges where created_at > $1 limit 1', [moment.toString()])).length > 0;
}

export type SubscriptionCharges = {
  readonly currency: string;
  readonly platform: Platform;
  readonly charges: readonly WrittenCharge[];
};

/** Every line written for a subscription, oldest first; undefined: no such subscription of the partner. */
export async function findCharges(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  subscriptionId: string,
): Promise<SubscriptionCharges | undefined> {
  const [subscription] = await tx.query<{ currency: string; platform: Platform }>(
    'select currency, platform from subscriptions where customer_id = $1 and subscription_id = $2 and partner_id = $3',
    [customerId, subscriptionId, partnerId],
  );
  if (!subscription) return undefined;
  const charges = await tx.query<WrittenCharge>(
    `select c.*, v.name as offer_name
     from charges c left join offer_versions v on v.offer_id = c.offer_id and v.version = c.offer_version
     where c.customer_id = $1 and c.subscription_id = $2 order by c.created_at, c.period_start, c.charge_id`,
    [customerId, subscriptionId],
  );
  return { ...subscription, charges };
}
