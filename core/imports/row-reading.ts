import type { Catalog } from '../catalog/offer.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import type { DayDoubt, OrderCounts } from './day-text.ts';
import type { DecimalDoubt, SignCounts } from './decimal-text.ts';
import type { Columns } from './file-kind.ts';
import type { RecordDoubt, RecordFact, RecordLeftOut } from './record.ts';

/** Why a row is not used and nobody need care: it is about what is not sold here. */
export type LeftOut =
  | 'unknown-offer'
  | 'other-currency'
  | 'other-segment'
  | 'ended'
  | 'removed'
  | 'repeated'
  | 'superseded'
  | 'offer-in-doubt'
  | 'refused-by-name'
  | RecordLeftOut;

/** Why a row cannot be relied on. */
export type Doubt =
  | DecimalDoubt
  | DayDoubt
  | 'cells'
  | 'empty'
  | 'unknown-term'
  | 'unknown-plan'
  | 'ends-before-start'
  | 'other-market'
  | 'foreign-currency'
  | 'too-high'
  | 'duplicate'
  | RecordDoubt;

/** A line of a price list: what one offer costs for a term and plan, in days of its own. */
export type PriceFact = {
  readonly offerId: string;
  readonly termDuration: TermDuration;
  readonly billingCycle: BillingCycle;
  readonly validFrom: string;
  readonly validUntil: string;
  /** As it is kept: per seat and month (legacy), per seat and charge cycle (new commerce). */
  readonly unitPrice: string;
};

/** An offer of an offer matrix, and one it can become; null: it can become none that is known here. */
export type PathFact = { readonly offerId: string; readonly toOfferId: string | null };

/** What a row of customers, subscriptions, users, service plans or billed lines says. */
export type RecordReading = {
  /** The customer as the file names it, in lower case; empty: the row is about none that must be there. */
  readonly customer: string;
  /** What the row is about: two rows with one key are about the same thing. */
  readonly key: string;
  readonly fact: RecordFact;
  /** What a billed line comes to. */
  readonly amount?: string;
};

export type RowReading = {
  readonly name: string;
  /** Ids whose leading zeros a spreadsheet took, and which have them again. */
  readonly restored: number;
} & (
  | { readonly state: 'read'; readonly price?: PriceFact; readonly path?: PathFact; readonly record?: RecordReading }
  | { readonly state: 'left-out'; readonly reason: LeftOut; readonly found: string }
  | {
      readonly state: 'in-doubt';
      readonly reason: Doubt;
      /** The heading of the cell, and what it holds. */
      readonly column: string | null;
      readonly found: string;
      readonly offerId: string | null;
    }
);

/** What is known of the file as a whole, which decides how its cells are read. */
export type FileFacts = {
  readonly columns: Columns;
  readonly headings: readonly string[];
  readonly signs: SignCounts;
  readonly orders: OrderCounts;
  /** The market of the file: that of its first row. */
  readonly market: string | null;
  /** The partner’s. */
  readonly currency: string;
  /** Whether any row is in the partner’s currency; the files of European markets have a row for each. */
  readonly hasCurrency: boolean;
};

export type Cells = { readonly cells: readonly string[]; readonly isWhole: boolean };

export type Reading = { readonly row: Cells; readonly facts: FileFacts; readonly catalog: Catalog };

/** SKU numbers have four places; spreadsheets take the zeros in front. */
export function skuOf(text: string): string {
  return text.toUpperCase().padStart(4, '0');
}

export function productKey(text: string): string {
  const [product = '', sku = ''] = text.split(/[/:]/);
  return `${product}:${skuOf(sku)}`.toLowerCase();
}

export function cellOf({ cells }: Cells, { columns }: FileFacts, name: string): string {
  const place = columns.places[name];
  return place === undefined ? '' : (cells[place] ?? '');
}

export function about({ row, facts }: Reading): { readonly name: string; readonly restored: number } {
  const sku = cellOf(row, facts, 'skuId');
  return { name: cellOf(row, facts, 'name').slice(0, 200), restored: sku !== '' && sku.length < 4 ? 1 : 0 };
}

export function leftOut(reading: Reading, reason: LeftOut, found: string): RowReading {
  return { ...about(reading), restored: 0, state: 'left-out', reason, found: found.slice(0, 100) };
}

export function doubt(
  reading: Reading,
  reason: Doubt,
  column: string | null,
  offerId: string | null = null,
): RowReading {
  const { row, facts } = reading;
  const place = column === null ? undefined : facts.columns.places[column];
  return {
    ...about(reading),
    restored: 0,
    state: 'in-doubt',
    reason,
    column: place === undefined ? null : (facts.headings[place] ?? null),
    found: (place === undefined ? '' : (row.cells[place] ?? '')).slice(0, 100),
    offerId,
  };
}
