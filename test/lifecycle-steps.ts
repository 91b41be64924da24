import { PARTNERS } from '../demo/ids.ts';
import { termEnd } from '../core/ledger/charge-cycle.ts';
import type { TermDuration } from '../core/values/period.ts';
import { startOf } from '../core/values/period.ts';
import type { Context } from '../server/context.ts';
import type { Database, Transaction } from '../server/postgres/database.ts';
import { keepUpToDate } from '../server/subscriptions/keep-up-to-date.ts';

/** Business Basic, Standard and Premium of new commerce. */
export const PRODUCTS = {
  basic: 'cfq7ttc0lh18:0001',
  standard: 'cfq7ttc0ldpb:0001',
  premium: 'cfq7ttc0lchc:0002',
} as const;

/** Where the steps are taken: a test's deployment, or what a process of its own has. */
export type Place = { readonly context: Context };

export const day = (text: string) => Temporal.PlainDate.from(text);

/** Puts new commerce on the price list of every partner, at so much a month for each seat from a day on, whatever the list said. */
export async function priceProducts({ context }: Place, monthly: string, from = '2020-01-01'): Promise<void> {
  await context.database.asSystem(async (tx) => {
    await tx.query(
      `delete from prices p using offers o where o.offer_id = p.offer_id and o.platform = 'newCommerce' and p.valid_from >= $1::date`,
      [from],
    );
    await tx.query(
      `insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, unit_price)
       select l.price_list_id, o.offer_id, t.term, 'monthly', $1::date, $2::numeric
       from price_lists l, offers o, unnest(array['P1M', 'P1Y', 'P3Y']) as t (term) where o.platform = 'newCommerce'
       on conflict (price_list_id, offer_id, term_duration, billing_cycle, valid_from) do update set unit_price = $2::numeric`,
      [from, monthly],
    );
  });
}

export type Sold = { readonly customerId: string; readonly subscriptionId: string };

/** Ten seats of a product, sold on a day at 6.00 a month, unless said otherwise, for a customer of their own, and billed for nothing yet. */
export async function sellProduct(
  { context }: Place,
  on: string,
  {
    termDuration = 'P1Y',
    quantity = 10,
    offerId = PRODUCTS.basic,
    unitPrice = '6',
    customerId,
  }: { termDuration?: TermDuration; quantity?: number; offerId?: string; unitPrice?: string; customerId?: string } = {},
): Promise<Sold> {
  const of = { customerId: customerId ?? context.newId(), subscriptionId: context.newId() };
  const from = day(on);
  const ends = termEnd(from, termDuration);
  await context.database.asSystem(async (tx) => {
    await tx.query(
      `insert into customers (customer_id, name, name_folded, domain, country, created_at)
       values ($1, 'Yeni Dokuma', 'yeni dokuma', $3, 'TR', $2) on conflict do nothing`,
      [of.customerId, startOf(from).toString(), `${of.customerId}.example`],
    );
    await tx.query(
      `insert into relationships (customer_id, partner_id, reseller, created_at) values ($1, $2, true, $3) on conflict do nothing`,
      [of.customerId, PARTNERS.kuzey, startOf(from).toString()],
    );
    await tx.query(
      `insert into subscriptions (customer_id, subscription_id, partner_id, channel, offer_id, order_id, quantity, platform,
         term_duration, billing_cycle, auto_renew, unit_price, currency, purchased_on, term_starts_on, term_ends_on, billed_through,
         status, status_until, provisioning)
       values ($1, $2, $3, 'csp', $4, $2, $5, 'newCommerce', $6, 'monthly', true, $9::numeric, 'USD', $7::date, $7::date, $8::date,
         $7::date - 1, 'active', $8::date + 1, 'success')`,
      [
        of.customerId,
        of.subscriptionId,
        PARTNERS.kuzey,
        offerId,
        quantity,
        termDuration,
        on,
        ends.toString(),
        unitPrice,
      ],
    );
  });
  return of;
}

/** Puts products on every price list for terms of a month and of a year: cents of a seat for a month, and for a year that is billed at once. */
export async function priceChain(
  { context }: Place,
  chain: readonly { readonly offerId: string; readonly month: number; readonly year: number }[],
): Promise<void> {
  await context.database.asSystem((tx) =>
    tx.query(
      `insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, unit_price)
       select l.price_list_id, c."offerId", t.term, t.cycle, '2020-01-01',
         case when t.cycle = 'annual' then c.year else c.month end / 100.0
       from price_lists l, jsonb_to_recordset($1::jsonb) as c ("offerId" text, month integer, year integer),
         (values ('P1M', 'monthly'), ('P1Y', 'monthly'), ('P1Y', 'annual')) as t (term, cycle)
       on conflict (price_list_id, offer_id, term_duration, billing_cycle, valid_from) do update set unit_price = excluded.unit_price`,
      [JSON.stringify(chain)],
    ),
  );
}

/** Lets a server do all that is due. */
export async function bringAllUpToDate(context: Context): Promise<void> {
  const routine = keepUpToDate(context);
  while (await routine.run());
}

/** A server whose database dies under it: some statements fail, and with them their transactions. */
export function dying(database: Database, dies: () => boolean): Database {
  const fragile = (tx: Transaction): Transaction => ({
    async query(text, values, name) {
      if (dies()) throw new Error('killed');
      const rows = await tx.query<never>(text, values, name);
      if (dies()) throw new Error('killed');
      return rows;
    },
  });
  return { ...database, asSystem: (work) => database.asSystem((tx) => work(fragile(tx))) };
}

/** The lines of a customer's subscriptions, or of one of them, as they stand in the ledger, by the days that they belong to. */
export async function linesOf(
  { context }: Place,
  { customerId }: Pick<Sold, 'customerId'>,
  subscriptionId: string | null = null,
): Promise<string[]> {
  const rows = await context.database.asSystem((tx) =>
    tx.query<{ line: string }>(
      `select concat_ws(' ', booked_on, charge_type, period_start || '..' || period_end, quantity, amount_minor) as line
       from charges where customer_id = $1 and ($2::uuid is null or subscription_id = $2) order by booked_on, period_start, line`,
      [customerId, subscriptionId],
    ),
  );
  return rows.map(({ line }) => line);
}

/** What became of a subscription. */
export async function stateOf({ context }: Place, { customerId, subscriptionId }: Sold) {
  const [row] = await context.database.asSystem((tx) =>
    tx.query<{ status: string; term_ends_on: string; quantity: number; offer_id: string; version: number }>(
      'select status, term_ends_on, quantity, offer_id, version from subscriptions where customer_id = $1 and subscription_id = $2',
      [customerId, subscriptionId],
    ),
  );
  if (!row) throw new Error(`no subscription ${subscriptionId}`);
  return row;
}
