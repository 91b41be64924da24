import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { Money } from '../../core/values/money.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findQuotedOfCustomer, type QuotedOfCustomer } from './billed-upgrade.store.ts';
import { balanceQuoted } from './compare-quoted.ts';
import {
  type ChargedCustomer,
  type ChargedThing,
  type CustomerCharge,
  findChargeFilters,
  findCustomerCharges,
  findCustomerRates,
  findKeptRates,
} from './customer-charge.store.ts';

/** A line with the rates by which it is sold on, and what its upgrade was billed beyond its quote; undefined: nothing was quoted. */
export type SoldCharge = {
  readonly charge: CustomerCharge;
  readonly rates: SellRates;
  readonly difference: Money | undefined;
};

type Asked = {
  readonly subscriptionId?: string | undefined;
  readonly month?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

const LINES_AT_ONCE = 1000;

/** What a customer’s lines can be narrowed to, and how they are sold on. Refused: role, unknown customer. */
export async function showCustomerBilling(
  call: Call,
  customerId: string,
): Promise<Outcome<{ subscriptions: readonly ChargedThing[]; months: readonly string[]; rates: SellRates }>> {
  return withCustomer(call, customerId, async (tx, of, rates) => ({ ...(await findChargeFilters(tx, of)), rates }));
}

/** A customer’s credits and charges, page by page. Refused: role, unknown customer. */
export async function listCustomerCharges(
  call: Call,
  customerId: string,
  { limit, cursor, ...narrowed }: Asked,
): Promise<Outcome<{ lines: SoldCharge[]; nextCursor: string | null }>> {
  return withCustomer(call, customerId, async (tx, of, rates) => {
    const found = await findCustomerCharges(tx, of, { ...narrowed, after: cursor, limit });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { lines: await sell(tx, of, page, rates), nextCursor: last?.charge_id ?? null };
  });
}

/** All of them, in lots of a thousand. Refused: role, unknown customer. */
export async function exportCustomerCharges(
  call: Call,
  customerId: string,
  narrowed: Pick<Asked, 'subscriptionId' | 'month'>,
): Promise<Outcome<AsyncGenerator<readonly SoldCharge[]>>> {
  const found = await withCustomer(call, customerId, (_tx, _of, rates) => Promise.resolve(rates));
  return found.ok ? accepted(lots()) : found;

  async function* lots(): AsyncGenerator<readonly SoldCharge[]> {
    let cursor: string | undefined;
    do {
      const read = await listCustomerCharges(call, customerId, { ...narrowed, cursor, limit: LINES_AT_ONCE });
      if (!read.ok) return;
      yield read.value.lines;
      cursor = read.value.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}

/** Upgrades as they were approved and as they were billed, page by page. Refused: role, unknown customer. */
export async function listBilledUpgrades(
  call: Call,
  customerId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<
  Outcome<{
    upgrades: { of: QuotedOfCustomer; balance: ReturnType<typeof balanceQuoted> }[];
    nextCursor: string | null;
  }>
> {
  return withCustomer(call, customerId, async (tx, of) => {
    const found = await findQuotedOfCustomer(tx, of, { before: cursor, limit });
    const page = found.slice(0, limit);
    return {
      upgrades: page.map((one) => ({ of: one, balance: balanceQuoted(one) })),
      nextCursor: found.length > limit ? (page.at(-1)?.upgrade_id ?? null) : null,
    };
  });
}

/** Reads about a customer of whose bill the agent may know. */
export async function withCustomer<Value>(
  { actor, database }: Call,
  customerId: string,
  work: (tx: Transaction, of: ChargedCustomer, rates: SellRates) => Promise<Value>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'viewBills');
  if (!allowed.ok) return allowed;
  const of = { partnerId: actor.partner.partnerId, customerId };
  return database.readOf(of.partnerId, customerId, async (tx): Promise<Outcome<Value>> => {
    const rates = await findCustomerRates(tx, of);
    return rates ? accepted(await work(tx, of, rates)) : notFound('customer', customerId);
  });
}

/** A closed invoice keeps its rates; what is in an open one is sold on by those of now. */
async function sell(
  tx: Transaction,
  of: ChargedCustomer,
  charges: readonly CustomerCharge[],
  now: SellRates,
): Promise<SoldCharge[]> {
  const kept = await findKeptRates(
    tx,
    of,
    charges.map(({ bill_month: month }) => month),
  );
  const upgradeIds = [...new Set(charges.flatMap(({ upgrade_id: id }) => id ?? []))];
  const quoted =
    upgradeIds.length === 0 ? [] : await findQuotedOfCustomer(tx, of, { upgradeIds, limit: upgradeIds.length });
  const differences = new Map(quoted.map((one) => [one.upgrade_id, balanceQuoted(one).difference]));
  return charges.map((charge) => ({
    charge,
    rates: kept.get(charge.invoice_number) ?? now,
    difference: charge.upgrade_id === null ? undefined : differences.get(charge.upgrade_id),
  }));
}
