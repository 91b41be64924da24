import type { Platform } from '../../core/catalog/offer.ts';
import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { Money } from '../../core/values/money.ts';
import type { Transaction } from '../postgres/database.ts';
import type { WrittenCharge } from './charge.store.ts';
import { sellRatesJson } from './sell-rates.store.ts';

/** A line of a customer, with what it is of as it was when the line was written. */
export type CustomerCharge = WrittenCharge & {
  readonly subscription_id: string;
  readonly friendly_name: string | null;
  readonly platform: Platform;
  /** The first day of the month of its invoice. */
  readonly bill_month: string;
  readonly invoice_number: string;
};

/** Whose lines: of one customer, those that one partner wrote. */
export type ChargedCustomer = { readonly partnerId: string; readonly customerId: string };

type Page = {
  readonly subscriptionId?: string | undefined;
  /** A day of the month of the invoice. */
  readonly month?: string | undefined;
  /** The line after which the page begins. */
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Lines of one act stand together, what it gave back before what it took. */
const PLACE = (line: string) =>
  `${line}.booked_on, ${line}.reference_id, ${line}.amount_minor < 0, ${line}.period_start, ${line}.charge_id`;

/** Newest first; one more than the limit tells that there are more. */
export async function findCustomerCharges(
  tx: Transaction,
  { partnerId, customerId }: ChargedCustomer,
  { subscriptionId, month, after, limit }: Page,
): Promise<CustomerCharge[]> {
  return tx.query<CustomerCharge>(
    `select c.*, v.name as offer_name, s.platform,
       invoice_number(c.partner_id, c.bill_month, s.platform, c.currency) as invoice_number
     from charges c
     join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = c.subscription_id
     left join offer_versions v on v.offer_id = c.offer_id and v.version = c.offer_version
     where c.customer_id = $1 and c.partner_id = $2 and c.bill_month is not null
       and ($3::uuid is null or c.subscription_id = $3)
       and ($4::date is null or c.bill_month = date_trunc('month', $4::date)::date)
       and ($5::uuid is null or (${PLACE('c')}) < (select ${PLACE('p')} from charges p
         where p.customer_id = $1 and p.partner_id = $2 and p.charge_id = $5))
     order by c.booked_on desc, c.reference_id desc, c.amount_minor < 0 desc, c.period_start desc, c.charge_id desc
     limit $6`,
    [customerId, partnerId, subscriptionId ?? null, month ?? null, after ?? null, limit + 1],
  );
}

/** By which rates the partner sells on to a customer now; undefined: no customer of the partner. */
export async function findCustomerRates(
  tx: Transaction,
  { partnerId, customerId }: ChargedCustomer,
): Promise<SellRates | undefined> {
  const [row] = await tx.query<{ rates: SellRates }>(
    `select ${sellRatesJson('$2')} as rates from customers c
     join relationships r on r.customer_id = c.customer_id and r.partner_id = $2
     where c.customer_id = $1`,
    [customerId, partnerId],
  );
  return row?.rates;
}

/** The rates that closed invoices keep of a customer, by number. */
export async function findKeptRates(
  tx: Transaction,
  { partnerId, customerId }: ChargedCustomer,
  months: readonly string[],
): Promise<ReadonlyMap<string, SellRates>> {
  const rows = await tx.query<{ invoice_number: string; rates: SellRates }>(
    `select invoice_number(i.partner_id, i.month, i.platform, i.currency) as invoice_number, k.rates
     from invoices i cross join lateral jsonb_array_elements(i.customers) as k (rates)
     where i.partner_id = $1 and i.month = any ($2::date[]) and k.rates->>'customerId' = $3`,
    [partnerId, [...new Set(months)], customerId],
  );
  return new Map(rows.map(({ invoice_number: number, rates }) => [number, rates]));
}

export type ChargedThing = {
  readonly subscription_id: string;
  readonly name: string | null;
  readonly offer_id: string;
};

/** What a customer’s lines can be narrowed to: subscriptions as their newest line calls them, and months, the newest first. */
export async function findChargeFilters(
  tx: Transaction,
  { partnerId, customerId }: ChargedCustomer,
): Promise<{ subscriptions: readonly ChargedThing[]; months: readonly string[] }> {
  const subscriptions = await tx.query<ChargedThing>(
    `select distinct on (c.subscription_id) c.subscription_id, c.friendly_name as name, c.offer_id
     from charges c where c.customer_id = $1 and c.partner_id = $2 and c.bill_month is not null
     order by c.subscription_id, c.created_at desc, c.charge_id desc`,
    [customerId, partnerId],
  );
  const months = await tx.query<{ month: string }>(
    `select distinct c.bill_month as month from charges c where c.customer_id = $1 and c.partner_id = $2
       and c.bill_month is not null order by 1 desc`,
    [customerId, partnerId],
  );
  return { subscriptions, months: months.map(({ month }) => month) };
}

/** What a month has of a customer on each platform, equal amounts together. */
export async function findAmountsOfMonth(
  tx: Transaction,
  { partnerId, customerId }: ChargedCustomer,
  month: string,
): Promise<{ platform: Platform; amount: Money; lines: number }[]> {
  const rows = await tx.query<{ platform: Platform; currency: string; amount_minor: bigint; lines: number }>(
    `select s.platform, c.currency, c.amount_minor, count(*)::integer as lines
     from charges c join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = c.subscription_id
     where c.customer_id = $1 and c.partner_id = $2 and c.bill_month = $3
     group by s.platform, c.currency, c.amount_minor order by s.platform, c.currency, c.amount_minor`,
    [customerId, partnerId, month],
  );
  return rows.map(({ platform, currency, amount_minor: minor, lines }) => ({
    platform,
    lines,
    amount: { minor, currency },
  }));
}

/** The first month that is not closed, from the month of a day on: what is written then stands in its invoice. */
export async function findOpenMonth(tx: Transaction, partnerId: string, day: string): Promise<string> {
  const [row] = await tx.query<{ month: string }>(
    `select greatest(date_trunc('month', $2::date)::date,
       (select (max(c.month) + interval '1 month')::date from invoice_closings c where c.partner_id = $1)) as month`,
    [partnerId, day],
  );
  return row?.month ?? day;
}

/** What the invoice of a platform is called. */
export async function findInvoiceNumber(
  tx: Transaction,
  partnerId: string,
  { month, platform, currency }: { readonly month: string; readonly platform: Platform; readonly currency: string },
): Promise<string> {
  const [row] = await tx.query<{ number: string }>('select invoice_number($1, $2, $3, $4) as number', [
    partnerId,
    month,
    platform,
    currency,
  ]);
  return row?.number ?? '';
}
