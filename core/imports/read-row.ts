import type { Catalog, Platform } from '../catalog/offer.ts';
import { BILLING_PLANS, type Segment } from '../catalog/product.ts';
import { formatMoney, formatUnitPrice, parseUnitPrice, priceTimes } from '../values/money.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import { readDay } from './day-text.ts';
import { readDecimal } from './decimal-text.ts';
import type { ListKind } from './file-kind.ts';
import { readRecord } from './read-record.ts';
import {
  about,
  cellOf,
  type Cells,
  type Doubt,
  doubt,
  type FileFacts,
  leftOut,
  type PriceFact,
  type Reading,
  type RowReading,
  productKey,
  skuOf,
} from './row-reading.ts';

export const PLATFORM_OF_KIND: Readonly<Record<ListKind, Platform>> = {
  newCommercePrices: 'newCommerce',
  legacyPrices: 'legacy',
  newCommerceMatrix: 'newCommerce',
  legacyMatrix: 'legacy',
};

/** What a row of a file says: of an offer matrix one thing for each offer that it names, of a legacy list one price for each billing cycle. */
export function readRow(row: Cells, facts: FileFacts, catalog: Catalog): RowReading[] {
  const reading = { row, facts, catalog };
  if (!row.isWhole) return [doubt(reading, 'cells', null)];
  switch (facts.columns.kind) {
    case 'newCommercePrices':
      return [readNewCommercePrice(reading)];
    case 'legacyPrices':
      return readLegacyPrices(reading);
    case 'newCommerceMatrix':
    case 'legacyMatrix':
      return readPaths(reading, facts.columns.kind);
    default:
      return [readRecord(reading, facts.columns.kind)];
  }
}

/** The price of a whole term, which is kept per charge cycle: a monthly amount is a twelfth of the year, rounded to the currency's minor unit. */
function readNewCommercePrice(reading: Reading): RowReading {
  const { row, facts, catalog } = reading;
  const cell = (name: string) => cellOf(row, facts, name);
  const skuId = skuOf(cell('skuId'));
  const productId = cell('productId').toUpperCase();
  const plan = PLANS[cell('plan').toLowerCase()];
  const isTrial = plan === 'none' || /trial/i.test(cell('tags'));
  const product = catalog.products.find(
    (one) => one.productId === productId && one.skuId === skuId && (one.trial !== null) === isTrial,
  );
  if (!product) return leftOut(reading, 'unknown-offer', `${productId}/${skuId}`);
  const { offerId } = product;
  const segment = SEGMENTS[cell('segment').toLowerCase()];
  if (segment && segment !== product.segment) return leftOut(reading, 'other-segment', cell('segment'));
  const currency = cell('currency').toUpperCase();
  if (currency !== facts.currency)
    return facts.hasCurrency
      ? leftOut(reading, 'other-currency', currency)
      : doubt(reading, 'foreign-currency', 'currency', offerId);
  if (cell('market').toUpperCase() !== facts.market) return doubt(reading, 'other-market', 'market', offerId);
  const term = cell('term').toUpperCase() as TermDuration;
  if (!(term in BILLING_PLANS)) return doubt(reading, 'unknown-term', 'term', offerId);
  if (!plan || (plan !== 'none' && !BILLING_PLANS[term].includes(plan)))
    return doubt(reading, 'unknown-plan', 'plan', offerId);
  const price = unitPriceOf(reading, term, plan);
  if (typeof price !== 'string') return doubt(reading, price.doubt, 'price', offerId);
  return withDays(reading, { offerId, termDuration: term, billingCycle: plan, unitPrice: price });
}

/** The price of a seat and month, which is that of each billing cycle. */
function readLegacyPrices(reading: Reading): RowReading[] {
  const { row, facts, catalog } = reading;
  const offerId = cellOf(row, facts, 'offerId').toLowerCase();
  const offer = catalog.offers.get(offerId);
  if (!offer || offer.platform !== 'legacy') return [leftOut(reading, 'unknown-offer', offerId)];
  // No longer on the list, or sold as an offer of new commerce alone.
  const change = cellOf(row, facts, 'change').toUpperCase();
  if (change === 'DEL' || change === 'DEPR') return [leftOut(reading, 'removed', change)];
  const unitPrice = unitPriceOf(reading, 'P1Y', 'annual');
  if (typeof unitPrice !== 'string') return [doubt(reading, unitPrice.doubt, 'price', offerId)];
  const read = offer.billingCycles.map((billingCycle) =>
    withDays(reading, { offerId, termDuration: 'P1Y', billingCycle, unitPrice }),
  );
  return read.some(({ state }) => state === 'in-doubt') ? read.slice(0, 1) : read;
}

/** The offers that one can become; the lists write product and SKU with a slash, and part them in several ways. */
function readPaths(reading: Reading, kind: ListKind): RowReading[] {
  const { row, facts, catalog } = reading;
  const isLegacy = kind === 'legacyMatrix';
  const idOf = (text: string) => (isLegacy ? text.toLowerCase() : productKey(text));
  const own = isLegacy
    ? cellOf(row, facts, 'offerId')
    : `${cellOf(row, facts, 'productId')}/${cellOf(row, facts, 'skuId')}`;
  const offerId = idOf(own);
  const platform = PLATFORM_OF_KIND[kind];
  const isKnown = (id: string) => catalog.offers.get(id)?.platform === platform;
  if (!isKnown(offerId)) return [leftOut(reading, 'unknown-offer', own)];
  const targets = cellOf(row, facts, 'targets')
    .split(/[;,\s]+/)
    .filter((text) => text !== '');
  const none: RowReading = { ...about(reading), state: 'read', path: { offerId, toOfferId: null } };
  const named = targets.map((text): RowReading => {
    const toOfferId = idOf(text);
    if (!isKnown(toOfferId)) return leftOut(reading, 'unknown-offer', text);
    if (toOfferId === offerId) return leftOut(reading, 'repeated', text);
    const path = catalog.paths.find((one) => one.fromOfferId === offerId && one.toOfferId === toOfferId);
    if (path?.standing === 'refused') return leftOut(reading, 'refused-by-name', text);
    return { ...about(reading), restored: 0, state: 'read', path: { offerId, toOfferId } };
  });
  return [...(named.some(({ state }) => state === 'read') ? [] : [none]), ...named];
}

/** The years that billing is meant for; earlier and later days are placeholders (1753 and 9999 occur). */
const NO_START = '1990-01-01';
const NO_END = '9999-12-31';
const LAST = '2200-12-31';

function withDays(reading: Reading, price: Omit<PriceFact, 'validFrom' | 'validUntil'>): RowReading {
  const { row, facts } = reading;
  const dayOf = (name: string, none: string) => {
    const text = cellOf(row, facts, name);
    return text === '' ? none : readDay(text, facts.orders);
  };
  const from = dayOf('from', NO_START);
  if (typeof from !== 'string') return doubt(reading, from.doubt, 'from', price.offerId);
  const until = dayOf('until', NO_END);
  if (typeof until !== 'string') return doubt(reading, until.doubt, 'until', price.offerId);
  if (until < from) return doubt(reading, 'ends-before-start', 'until', price.offerId);
  const validFrom = from < NO_START ? NO_START : from;
  const validUntil = until > LAST ? NO_END : until;
  return { ...about(reading), state: 'read', price: { ...price, validFrom, validUntil } };
}

const MONTHS: Readonly<Record<TermDuration, bigint>> = { P1M: 1n, P1Y: 12n, P3Y: 36n };
const CYCLE_MONTHS: Readonly<Record<BillingCycle, bigint>> = { monthly: 1n, annual: 12n, triennial: 36n, none: 0n };
/** A year of the largest subscription at the largest price still fits the ledger. */
const HIGHEST = 10_000_000n * 1_000_000n;

function unitPriceOf(
  { row, facts }: Reading,
  term: TermDuration,
  plan: BillingCycle,
): string | { readonly doubt: Doubt } {
  const text = cellOf(row, facts, 'price');
  if (text === '') return { doubt: 'empty' };
  const decimal = readDecimal(text, facts.signs);
  if (typeof decimal !== 'string') return decimal;
  const ofTerm = parseUnitPrice(decimal, facts.currency);
  if (ofTerm.micros >= HIGHEST) return { doubt: 'too-high' };
  const [part, whole] = [CYCLE_MONTHS[plan], MONTHS[term]];
  if (part === 0n || part === whole) return formatUnitPrice(ofTerm);
  return formatMoney(priceTimes(ofTerm, part, whole));
}

const PLANS: Readonly<Record<string, BillingCycle>> = {
  monthly: 'monthly',
  annual: 'annual',
  triennial: 'triennial',
  none: 'none',
};

const SEGMENTS: Readonly<Record<string, Segment>> = {
  commercial: 'commercial',
  education: 'education',
  charity: 'nonprofit',
  nonprofit: 'nonprofit',
  government: 'government',
};
