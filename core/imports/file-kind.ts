import { foldForSearch } from '../values/fold.ts';
import { RECORD_COLUMNS } from './record-columns.ts';

/** The files that a partner gets to sell by. */
const LIST_KINDS = ['newCommercePrices', 'legacyPrices', 'newCommerceMatrix', 'legacyMatrix'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** Those that say what there is, and what was billed. */
export const RECORD_KINDS = [
  'servicePlans',
  'newCommerceReconciliation',
  'legacyReconciliation',
  'users',
  'subscriptions',
  'customers',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export type FileKind = ListKind | RecordKind;
/** In the order in which they are told apart: what has more columns than another comes before it. */
const FILE_KINDS: readonly FileKind[] = [...LIST_KINDS, ...RECORD_KINDS];

export function isRecordKind(kind: FileKind): kind is RecordKind {
  return (RECORD_KINDS as readonly FileKind[]).includes(kind);
}

/**
 * The columns of each kind: a name of our own, the headings that it has in the files, and whether the file is none without it. The names are those of Partner
 * Center's documentation (pricing-and-offers, get-a-price-sheet, get-an-offer-matrix), for the legacy files those that importers read.
 */
const COLUMNS = {
  ...RECORD_COLUMNS,
  newCommercePrices: {
    needed: {
      productId: ['ProductId'],
      skuId: ['SkuId'],
      term: ['TermDuration'],
      plan: ['BillingPlan'],
      market: ['Market'],
      currency: ['Currency'],
      price: ['UnitPrice'],
    },
    known: {
      name: ['SkuTitle'],
      from: ['EffectiveStartDate'],
      until: ['EffectiveEndDate'],
      segment: ['Segment'],
      tags: ['Tags'],
    },
    ignored: [
      'ProductTitle',
      'Publisher',
      'SkuDescription',
      'UnitOfMeasure',
      'PricingTierRangeMin',
      'PricingTierRangeMax',
      'EndofSaleDate',
      'ERP Price',
      'ChangeIndicator',
      'PreviousValues',
    ],
  },
  legacyPrices: {
    needed: { offerId: ['Offer ID', 'Durable Offer ID'], price: ['List Price'] },
    known: {
      name: ['Offer Display Name'],
      change: ['A/C/D/U'],
      from: ['Valid From Date', 'Effective Start Date'],
      until: ['Valid To Date', 'Effective End Date'],
    },
    ignored: [
      'License Agreement Type',
      'Purchase Unit',
      'Secondary License Type',
      'End Customer Type',
      'ERP Price',
      'Material',
    ],
  },
  newCommerceMatrix: {
    needed: { productId: ['ProductId'], skuId: ['SkuId'], targets: ['ProductSkuConversion'] },
    known: { name: ['SkuTitle'] },
    ignored: [
      'ProductTitle',
      'ProvisioningId',
      'ProvisioningString',
      'MinLicenses',
      'MaxLicenses',
      'AssetOwnershipLimit',
      'AssetOwnershipLimitType',
      'ProductSkuPreRequisites',
      'Description',
      'AllowedCountries',
    ],
  },
  legacyMatrix: {
    needed: { offerId: ['Durable Offer ID', 'Offer ID'], targets: ['Can Convert To'] },
    known: { name: ['Offer Display Name'] },
    ignored: [
      'Provisioning ID',
      'Offer Type',
      'Duration',
      'Billing Frequency',
      'Min Seat Count',
      'Max Seat Count',
      'Offer Limit',
      'Offer Limit Scope',
      'Depends On',
      'Offer URI',
      'LearnMoreLink',
      'Offer Display Description',
      'Allowed Countries',
    ],
  },
} as const;

/** Where the columns of a file are, by our names. */
export type Columns = {
  readonly kind: FileKind;
  readonly places: Readonly<Record<string, number>>;
  /** Headings that nothing is known of. */
  readonly unknown: readonly string[];
};

export type NoKind =
  | { readonly name: 'unknown-kind' }
  /** It looks like one, but lacks these headings. */
  | { readonly name: 'columns-missing'; readonly kind: FileKind; readonly columns: readonly string[] }
  | { readonly name: 'columns-twice'; readonly columns: readonly string[] };

/** Tells what a file is by its headings, in whatever order and letters. */
export function findColumns(headings: readonly string[]): Columns | NoKind {
  const folded = headings.map(foldHeading);
  const twice = headings.filter((_, at) => folded[at] !== '' && folded.indexOf(folded[at] ?? '') !== at);
  const missingOf = (kind: FileKind) =>
    Object.values(COLUMNS[kind].needed as Needed)
      .filter((names) => placeOf(names, folded) === undefined)
      .map(([name = '']) => name);
  const kind = FILE_KINDS.find((one) => missingOf(one).length === 0);
  if (!kind) return nearest(folded, missingOf);
  if (twice.length > 0) return { name: 'columns-twice', columns: twice };
  const { needed, known, ignored } = COLUMNS[kind];
  const wanted = Object.entries({ ...needed, ...known } as Needed);
  const places = Object.fromEntries(
    wanted.flatMap(([name, names]) => {
      const place = placeOf(names, folded);
      return place === undefined ? [] : [[name, place]];
    }),
  );
  const understood = new Set([...wanted.flatMap(([, names]) => names), ...ignored].map(foldHeading));
  const unknown = headings.filter((name, at) => name !== '' && !understood.has(folded[at] ?? ''));
  return { kind, places, unknown };
}

type Needed = Readonly<Record<string, readonly string[]>>;

/** Half of the columns that make a kind are no chance. */
function nearest(folded: readonly string[], missingOf: (kind: FileKind) => string[]): NoKind {
  const [best] = FILE_KINDS.map((kind) => ({ kind, columns: missingOf(kind) })).toSorted(
    (one, other) => one.columns.length / sizeOf(one.kind) - other.columns.length / sizeOf(other.kind),
  );
  if (!best || folded.length < 2 || best.columns.length * 2 > sizeOf(best.kind)) return { name: 'unknown-kind' };
  return { name: 'columns-missing', ...best };
}

function sizeOf(kind: FileKind): number {
  return Object.keys(COLUMNS[kind].needed).length;
}

function placeOf(names: readonly string[], folded: readonly string[]): number | undefined {
  const place = folded.findIndex((heading) => names.some((name) => foldHeading(name) === heading));
  return place < 0 ? undefined : place;
}

/** Letters and digits alone, so that "ERP Price", "erp_price" and "ERP PRİCE" are one. */
function foldHeading(heading: string): string {
  return foldForSearch(heading).replaceAll(/[^a-z0-9]/g, '');
}
