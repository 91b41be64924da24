import type { Platform } from '../../core/catalog/offer.ts';
import type { BilledAmount, CustomerTotal, InvoiceTotals } from '../../core/ledger/invoice.ts';
import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { Transaction } from '../postgres/database.ts';

/** Which invoice of a partner it is; `month` is its first day. */
export type InvoiceKey = { readonly month: string; readonly platform: Platform; readonly currency: string };

export type InvoiceHead = InvoiceKey & {
  readonly invoice_number: string;
  readonly lines: number;
  readonly total_minor: bigint;
  /** Null: the month is open, and more may come. */
  readonly closed_at: string | null;
};

/** Totals by customer as they were when the month was closed. */
type StoredCustomer = SellRates & {
  readonly customerId: string;
  readonly lines: number;
  readonly cost: string;
  readonly sell: string;
  readonly tax: string;
};

const numberOf = (of: string) => `invoice_number($1, ${of}.month, ${of}.platform, ${of}.currency)`;
/** The first month that has no invoice yet. */
const FIRST_OPEN = `coalesce((select (max(c.month) + interval '1 month')::date from invoices c where c.partner_id = $1), '-infinity')`;

/** The partner's invoices, the newest first, those of open months computed now; with a number only that one. */
export async function findInvoices(tx: Transaction, partnerId: string, number?: string): Promise<InvoiceHead[]> {
  return tx.query<InvoiceHead>(
    `select * from (
       select ${numberOf('i')} as invoice_number, i.month, i.platform, i.currency, i.lines, i.total_minor, i.closed_at
       from invoices i where i.partner_id = $1
       union all
       select ${numberOf('b')}, b.month, b.platform, b.currency, count(*)::integer, sum(b.amount_minor)::bigint, null
       from billed(${FIRST_OPEN}, 'infinity') b group by b.month, b.platform, b.currency) f
     where $2::text is null or f.invoice_number = $2
     order by f.month desc, f.platform, f.currency`,
    [partnerId, number ?? null],
  );
}

/** What a month has of each customer, equal amounts together. As the partner. */
export async function findBilledAmounts(
  tx: Transaction,
  month: string,
): Promise<(InvoiceKey & BilledAmount & { readonly country: string })[]> {
  const rows = await tx.query<
    InvoiceKey & { customer_id: string; country: string; amount_minor: bigint; lines: number }
  >(
    `select month, platform, currency, customer_id, country, amount_minor, count(*)::integer as lines from billed($1, $1)
     group by month, platform, currency, customer_id, country, amount_minor order by customer_id, amount_minor`,
    [month],
  );
  return rows.map(({ customer_id: customerId, amount_minor: minor, ...row }) => ({
    ...row,
    customerId,
    amount: { minor, currency: row.currency },
  }));
}

/** Totals by customer of an invoice that is closed. */
export async function findStoredCustomers(
  tx: Transaction,
  partnerId: string,
  { month, platform, currency }: InvoiceKey,
): Promise<CustomerTotal[]> {
  const [row] = await tx.query<{ customers: StoredCustomer[] }>(
    'select customers from invoices where partner_id = $1 and month = $2 and platform = $3 and currency = $4',
    [partnerId, month, platform, currency],
  );
  const money = (text: string) => ({ minor: BigInt(text), currency });
  return (row?.customers ?? []).map(({ cost, sell, tax, ...rest }) => ({
    ...rest,
    cost: money(cost),
    sell: money(sell),
    tax: money(tax),
    gross: { minor: BigInt(sell) + BigInt(tax), currency },
  }));
}

/** Whether the lines of a closed invoice are still those of its closing. */
export async function hasClosedLines(
  tx: Transaction,
  partnerId: string,
  { month, platform, currency }: InvoiceKey,
): Promise<boolean> {
  const [row] = await tx.query<{ same: boolean }>(
    `select lines_hash = bill_hash(month, platform, currency) as same from invoices
     where partner_id = $1 and month = $2 and platform = $3 and currency = $4`,
    [partnerId, month, platform, currency],
  );
  return row?.same ?? false;
}

/** What the customers of an invoice are called in it, those that the partner is related to. As the partner. */
export async function findBilledNames(
  tx: Transaction,
  { month, platform, currency }: InvoiceKey,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ customer_id: string; name: string }>('select * from bill_names($1, $2, $3)', [
    month,
    platform,
    currency,
  ]);
  return new Map(rows.map((row) => [row.customer_id, row.name]));
}

/** Partners with a month that is over, has lines and is not closed: the oldest such month of each, if nothing due in it is left. */
export async function findMonthsToClose(
  tx: Transaction,
  firstOfThisMonth: string,
): Promise<{ partner_id: string; month: string }[]> {
  return tx.query(
    `select m.partner_id, m.month from (
       select p.partner_id, (
         select min(c.bill_month) from charges c where c.partner_id = p.partner_id and c.bill_month > coalesce(
           (select max(k.month) from invoice_closings k where k.partner_id = p.partner_id), '-infinity')) as month
       from partners p) m
     where m.month < $1::date and not exists (
       select 1 from subscriptions s where s.partner_id = m.partner_id and s.due_on < m.month + interval '1 month')`,
    [firstOfThisMonth],
  );
}

/** Closes a month for further lines, once those that are being written are there. */
export async function closeMonth(
  tx: Transaction,
  { partner_id: partnerId, month }: { partner_id: string; month: string },
  at: Temporal.Instant,
): Promise<void> {
  await tx.query('select hold_bill($1, true)', [partnerId]);
  // Asked again now that nobody writes: something may have become due, or another server may have been faster.
  await tx.query(
    `insert into invoice_closings
     select $1, $2::date, $3 where not exists (
       select 1 from subscriptions s where s.partner_id = $1 and s.due_on < $2::date + interval '1 month')
     on conflict do nothing`,
    [partnerId, month, at.toString()],
  );
}

/** The oldest closed month of each partner whose invoices are not written yet. */
export async function findMonthsToInvoice(tx: Transaction): Promise<{ partner_id: string; month: string }[]> {
  return tx.query(
    `select k.partner_id, min(k.month) as month from invoice_closings k
     where not exists (select 1 from invoices i where i.partner_id = k.partner_id and i.month = k.month)
       and exists (select 1 from charges c where c.partner_id = k.partner_id and c.bill_month = k.month)
     group by k.partner_id`,
  );
}

/** Writes an invoice down for good; written by another server meanwhile, it is the same. */
export async function saveInvoice(
  tx: Transaction,
  partnerId: string,
  { month, platform, currency }: InvoiceKey,
  totals: InvoiceTotals,
  at: Temporal.Instant,
): Promise<void> {
  const customers = totals.customers.map(
    ({ customerId, lines, marginBasisPoints, vatBasisPoints, cost, sell, tax }) => ({
      customerId,
      lines,
      marginBasisPoints,
      vatBasisPoints,
      cost: cost.minor.toString(),
      sell: sell.minor.toString(),
      tax: tax.minor.toString(),
    }),
  );
  await tx.query(
    `insert into invoices (partner_id, month, platform, currency, lines, total_minor, customers, lines_hash, closed_at)
     values ($1, $2, $3, $4, $5, $6, $7, bill_hash($2, $3, $4), $8) on conflict do nothing`,
    [partnerId, month, platform, currency, totals.lines, totals.cost.minor, JSON.stringify(customers), at.toString()],
  );
}
