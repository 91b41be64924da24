import type { BillingCycle, TermDuration } from '../../core/values/period.ts';
import type { OfferWords } from '../catalog/offer.store.ts';
import type { LineRecord, WrittenCharge } from './charge.store.ts';
import type { InvoiceKey } from './invoice.store.ts';
import type { Transaction } from '../postgres/database.ts';

/**
 * A line of an invoice with what it is of, as it was when the line was written; names are null where the partner is not related to the customer
 * any more.
 */
export type BillLine = WrittenCharge & {
  readonly customer_id: string;
  readonly customer_name: string | null;
  readonly customer_domain: string | null;
  readonly country: string;
  readonly subscription_id: string;
  readonly product: OfferWords['product'];
  readonly order_id: string;
  readonly friendly_name: string | null;
  readonly purchased_on: string;
  readonly term_ends_on: string;
  readonly billing_cycle: BillingCycle;
  readonly term_duration: TermDuration;
};

/** Where a page of lines ends: day, act, first day of the period and id of its last line. */
export type BillPlace = readonly [bookedOn: string, referenceId: string, periodStart: string, chargeId: string];

export function placeOfLine({ booked_on, reference_id, period_start, charge_id }: BillLine): BillPlace {
  return [booked_on, reference_id, period_start, charge_id];
}

/** The lines of an invoice in their order; one more than the limit tells that there are more. As the partner. */
export async function findBillLines(
  tx: Transaction,
  { month, platform, currency }: InvoiceKey,
  page: {
    readonly customerId?: string | undefined;
    readonly after?: BillPlace | undefined;
    readonly limit: number;
  },
): Promise<BillLine[]> {
  return tx.query<BillLine>('select * from bill_lines($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    month,
    platform,
    currency,
    page.customerId ?? null,
    ...(page.after ?? [null, null, null, null]),
    page.limit + 1,
  ]);
}

/** An upgrade with the lines that its quote told and those that were written for it. */
export type QuotedUpgrade = {
  readonly upgrade_id: string;
  readonly customer_id: string;
  readonly customer_name: string;
  readonly promised: readonly string[];
  readonly due: readonly LineRecord[];
  readonly billed: readonly BilledPart[];
};
type BilledPart = {
  readonly chargeType: string;
  readonly start: string;
  readonly end: string;
  readonly quantity: number;
  readonly minor: string;
};

/** The upgrades that were carried out in the month of an invoice, on its platform; one that is of an earlier day waited until then. */
export async function findQuotedUpgrades(
  tx: Transaction,
  partnerId: string,
  { month, platform, currency }: InvoiceKey,
): Promise<QuotedUpgrade[]> {
  return tx.query<QuotedUpgrade>(
    `select u.upgrade_id, u.customer_id, k.name as customer_name, q.promised->'lines' as promised,
       coalesce(q.shown->'dueLines', '[]') || coalesce(q.shown->'targetDueLines', '[]') as due,
       coalesce((
         select json_agg(json_build_object('chargeType', c.charge_type, 'start', c.period_start, 'end', c.period_end,
           'quantity', c.quantity, 'minor', c.amount_minor::text))
         from charges c where c.customer_id = u.customer_id and c.upgrade_id = u.upgrade_id), '[]') as billed
     from upgrades u
     join quotes q on q.customer_id = u.customer_id and q.quote_id = u.quote_id
     join customers k on k.customer_id = u.customer_id
     join subscriptions s on s.customer_id = u.customer_id and s.subscription_id = u.source_subscription_id
     where u.partner_id = $1 and u.state = 'applied' and s.platform = $3 and s.currency = $4
       and (u.applied_at at time zone 'utc')::date between $2::date and ($2::date + interval '1 month' - interval '1 day')
     order by u.effective_on, u.upgrade_id`,
    [partnerId, month, platform, currency],
  );
}
