import { day, id } from '../../contract/values.ts';
import { addUpInvoice, type InvoiceTotals } from '../../core/ledger/invoice.ts';
import { addUp, type SellRates } from '../../core/ledger/sell-price.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  type BillLine,
  type BillPlace,
  findBillLines,
  findQuotedUpgrades,
  placeOfLine,
  type QuotedUpgrade,
} from './bill-line.store.ts';
import { compareQuoted } from './compare-quoted.ts';
import {
  findBilledAmounts,
  findBilledNames,
  findInvoices,
  findStoredCustomers,
  hasClosedLines,
  type InvoiceHead,
} from './invoice.store.ts';
import { findSellRates, NO_RATES } from './sell-rates.store.ts';

/** An upgrade that was billed otherwise than its quote told. */
type DifferingUpgrade = {
  readonly upgradeId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
};

export type ShownInvoice = {
  readonly head: InvoiceHead;
  readonly totals: InvoiceTotals;
  readonly names: ReadonlyMap<string, string>;
  /** Null: it is open. */
  readonly unchanged: boolean | null;
  readonly quotes: { readonly compared: number; readonly differing: readonly DifferingUpgrade[] };
};

/** Lines of an invoice, and the rates by which each is sold on. */
type InvoiceLines = {
  readonly head: InvoiceHead;
  readonly lines: readonly BillLine[];
  readonly ratesOf: (customerId: string, country: string) => SellRates;
  readonly nextCursor: string | null;
};

const SORT = 'booked';
const LINES_AT_ONCE = 1000;

/** Every invoice of the partner, the newest first. Refused: role. */
export async function listInvoices({ actor, database }: Call): Promise<Outcome<InvoiceHead[]>> {
  const allowed = checkRole(actor.roles, 'viewInvoices');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findInvoices(tx, partnerId)));
}

/** One invoice added up by customer and compared with the quotes of its month. Refused: role, unknown number. */
export async function showInvoice(call: Call, number: string): Promise<Outcome<ShownInvoice>> {
  return withInvoice(call, number, async (tx, head) => {
    const { partnerId } = call.actor.partner;
    const totals = await findTotals(tx, partnerId, head);
    const names = await findBilledNames(tx, head);
    const upgrades = await findQuotedUpgrades(tx, partnerId, head);
    return accepted({
      head,
      totals,
      names,
      unchanged: head.closed_at === null ? null : await hasClosedLines(tx, partnerId, head),
      quotes: { compared: upgrades.length, differing: upgrades.flatMap((one) => compare(one, head.currency)) },
    });
  });
}

/** The lines of an invoice, page by page. Refused: role, unknown number, a cursor that is not ours. */
export async function listInvoiceLines(
  call: Call,
  number: string,
  { customerId, limit, cursor }: { customerId?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<Outcome<InvoiceLines>> {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  return withInvoice(call, number, async (tx, head) => {
    if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
    const found = await findBillLines(tx, head, { customerId, after, limit });
    const lines = found.slice(0, limit);
    const last = found.length > limit ? lines.at(-1) : undefined;
    const ratesOf = await findRates(tx, call.actor.partner.partnerId, head);
    return accepted({
      head,
      lines,
      ratesOf,
      nextCursor: last ? cursorOf(last) : null,
    });
  });
}

/** All lines of an invoice, in lots of a thousand. Refused: role, unknown number. */
export async function exportInvoice(
  call: Call,
  number: string,
  customerId?: string,
): Promise<Outcome<{ readonly head: InvoiceHead; readonly lots: AsyncGenerator<readonly BillLine[]> }>> {
  const found = await withInvoice(call, number, async (_tx, head) => accepted(head));
  if (!found.ok) return found;
  const head = found.value;
  return accepted({ head, lots: lots() });

  async function* lots(): AsyncGenerator<readonly BillLine[]> {
    let after: BillPlace | undefined;
    do {
      const page = { customerId, after, limit: LINES_AT_ONCE };
      const read = await call.database.read(call.actor.partner.partnerId, (tx) => findBillLines(tx, head, page));
      const lines = read.slice(0, LINES_AT_ONCE);
      const last = read.length > LINES_AT_ONCE ? lines.at(-1) : undefined;
      after = last && placeOfLine(last);
      yield lines;
    } while (after);
  }
}

async function withInvoice<Value>(
  { actor, database }: Call,
  number: string,
  work: (tx: Transaction, head: InvoiceHead) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'viewInvoices');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx): Promise<Outcome<Value>> => {
    const [head] = await findInvoices(tx, partnerId, number.toUpperCase());
    return head ? work(tx, head) : notFound('invoice', number);
  });
}

/** As they were when it was closed, or as they are now. */
async function findTotals(tx: Transaction, partnerId: string, head: InvoiceHead): Promise<InvoiceTotals> {
  const { currency } = head;
  if (head.closed_at !== null) {
    const customers = await findStoredCustomers(tx, partnerId, head);
    return { lines: head.lines, customers, ...addUp(currency, customers) };
  }
  const amounts = (await findBilledAmounts(tx, head.month)).filter(
    (one) => one.platform === head.platform && one.currency === currency,
  );
  const countries = new Map(amounts.map(({ customerId, country }) => [customerId, country]));
  const ratesOf = await findSellRates(tx, partnerId);
  return addUpInvoice(currency, amounts, (id) => ratesOf(id, countries.get(id) ?? ''));
}

async function findRates(tx: Transaction, partnerId: string, head: InvoiceHead): Promise<InvoiceLines['ratesOf']> {
  if (head.closed_at === null) return findSellRates(tx, partnerId);
  const kept = new Map((await findStoredCustomers(tx, partnerId, head)).map((one) => [one.customerId, one]));
  return (customerId) => kept.get(customerId) ?? NO_RATES;
}

function compare(upgrade: QuotedUpgrade, currency: string): DifferingUpgrade[] {
  const { missing, unexpected } = compareQuoted(upgrade, currency);
  if (missing.length === 0 && unexpected.length === 0) return [];
  const { upgrade_id: upgradeId, customer_id: customerId, customer_name: customerName } = upgrade;
  return [{ upgradeId, customerId, customerName, missing, unexpected }];
}

/** A place as a cursor holds it: an id, and the rest in one text. */
function cursorOf(line: BillLine): string {
  const [bookedOn, referenceId, periodStart, chargeId] = placeOfLine(line);
  return writeCursor(SORT, `${bookedOn} ${referenceId} ${periodStart}`, chargeId);
}

function placeOf(cursor: string): BillPlace | undefined {
  const [text = '', chargeId = ''] = readCursor(cursor, SORT) ?? [];
  const [, bookedOn, referenceId, periodStart] = /^(\S{10}) (\S{36}) (\S{10})$/.exec(text) ?? [];
  if (!isDay(bookedOn) || !isDay(periodStart) || !id.safeParse(referenceId).success) return undefined;

  return [bookedOn, referenceId ?? '', periodStart, chargeId];
}

function isDay(text: string | undefined): text is string {
  return day.safeParse(text).success;
}
