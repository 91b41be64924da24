import type { Offer, Platform } from '../catalog/offer.ts';
import { BILLING_PLANS } from '../catalog/product.ts';
import { formatUnitPrice, parseUnitPrice } from '../values/money.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import { foldForSearch } from '../values/fold.ts';
import { findOffers } from './find-offer.ts';
import {
  allCells,
  type CellDoubt,
  cellText,
  countOf,
  doubtOf,
  isCell,
  optional,
  readDayCell,
  readDecimalCell,
  readId,
} from './record-cells.ts';
import { about, leftOut, productKey, type Reading, type RowReading } from './row-reading.ts';

const TERMS: Readonly<Record<string, TermDuration>> = wordsOf({
  P1M: ['p1m', '1 month', 'one month', 'one-month', 'monthly', '1 ay', 'aylik'],
  P1Y: ['p1y', '1 year', 'one year', 'one-year', 'annual', 'yearly', '1 yil', 'yillik'],
  P3Y: ['p3y', '3 years', 'three years', 'three-year', 'triennial', '3 yil', 'uc yillik'],
});
const CYCLES: Readonly<Record<string, BillingCycle>> = wordsOf({
  monthly: ['monthly', 'month', 'aylik'],
  annual: ['annual', 'annually', 'yearly', 'year', 'yillik'],
  triennial: ['triennial', '3 years', 'uc yillik', '3 yil'],
});
const STATUSES: Readonly<Record<string, 'active' | 'suspended' | 'not-running'>> = wordsOf({
  active: ['active', 'enabled', 'etkin'],
  suspended: ['suspended', 'askida', 'askiya alindi'],
  'not-running': ['expired', 'disabled', 'deleted', 'cancelled', 'canceled', 'suresi doldu', 'silindi', 'iptal edildi'],
});
const ANSWERS: Readonly<Record<string, 'yes' | 'no'>> = wordsOf({
  yes: ['yes', 'true', 'on', 'enabled', '1', 'evet', 'acik', 'dogru'],
  no: ['no', 'false', 'off', 'disabled', '0', 'hayir', 'kapali', 'yanlis'],
});
const PLATFORMS: Readonly<Record<string, Platform>> = wordsOf({
  legacy: ['legacy', 'eski'],
  newCommerce: ['new commerce', 'newcommerce', 'nce', 'yeni ticaret'],
});

function wordsOf<Value extends string>(words: Readonly<Record<Value, readonly string[]>>): Record<string, Value> {
  return Object.fromEntries(
    (Object.entries(words) as [Value, string[]][]).flatMap(([value, names]) => names.map((name) => [name, value])),
  );
}

/** What a word in a cell means; an empty cell is `otherwise`. */
function readWord<Value extends string>(
  reading: Reading,
  column: string,
  words: Readonly<Record<string, Value>>,
  { otherwise, as }: { readonly otherwise: Value | ''; readonly as: CellDoubt['reason'] },
): Value | '' | CellDoubt {
  const text = cellText(reading, column);
  if (!isCell(text)) return text;
  if (text === '') return otherwise;
  return words[foldForSearch(text)] ?? { reason: as, column };
}

/** A subscription of the partner's own, as it stands: its running term begins on a day, or began as often as it has renewed since. */
export function readSubscription(reading: Reading): RowReading {
  const customer = cellText(reading, 'customer', { needed: true, fold: 'lower' });
  if (!isCell(customer)) return doubtOf(reading, customer);
  const subscriptionId = readId(reading, 'subscriptionId', { needed: true });
  if (!isCell(subscriptionId)) return doubtOf(reading, subscriptionId);
  const status = readWord(reading, 'status', STATUSES, { otherwise: 'active', as: 'unknown-status' });
  if (!isCell(status)) return doubtOf(reading, status);
  if (status === 'not-running' || status === '') return leftOut(reading, 'not-running', cellTextOf(reading, 'status'));
  const offer = readOffer(reading);
  if ('reason' in offer) return doubtOf(reading, offer);
  const terms = readTerms(reading, offer);
  if ('reason' in terms) return doubtOf(reading, terms);
  const quantity = countOf(cellTextOf(reading, 'quantity'));
  if (quantity === undefined || quantity < 1) return doubtOf(reading, { reason: 'not-a-count', column: 'quantity' });
  if (quantity > offer.seats.max) return doubtOf(reading, { reason: 'too-many-seats', column: 'quantity' });
  const rest = readRest(reading, offer);
  if ('reason' in rest) return doubtOf(reading, rest);
  const fact = { subscriptionId, offerId: offer.offerId, quantity, ...terms, status, ...rest };
  return {
    ...about(reading),
    name: rest.nickname ?? offer.name.en,
    state: 'read',
    record: { customer, key: subscriptionId, fact },
  };
}

function readOffer(reading: Reading): Offer | CellDoubt {
  const cells = allCells({
    productId: cellText(reading, 'productId'),
    skuId: cellText(reading, 'skuId'),
    text: cellText(reading, 'offer', { needed: true }),
  });
  if (!cells.ok) return cells.refused;
  const { productId, skuId, text } = cells.value;
  const named = productId === '' ? text : `${productId}/${skuId}`;
  const term = TERMS[foldForSearch(cellTextOf(reading, 'term'))];
  const platform = readWord(reading, 'platform', PLATFORMS, { otherwise: '', as: 'offer-unknown' });
  if (!isCell(platform)) return platform;
  const isProduct = /^[0-9a-z]{12}[/:]/i.test(named);
  // Terms other than a year are of new commerce alone.
  const known = platform === '' ? (term && term !== 'P1Y' ? 'newCommerce' : undefined) : platform;
  const [offer, ...more] = findOffers(reading.catalog, isProduct ? productKey(named) : named, known);
  if (!offer || offer.product?.trial) return { reason: 'offer-unknown', column: 'offer' };
  return more.length > 0 ? { reason: 'offer-ambiguous', column: 'offer' } : offer;
}

type Terms = { readonly termDuration: TermDuration; readonly billingCycle: BillingCycle; readonly startsOn: string };

function readTerms(reading: Reading, offer: Offer): (Terms & { readonly endsOn?: string }) | CellDoubt {
  const isLegacy = offer.platform === 'legacy';
  const term = readWord(reading, 'term', TERMS, { otherwise: isLegacy ? 'P1Y' : '', as: 'unknown-term' });
  if (!isCell(term)) return term;
  if (term === '')
    return { reason: reading.facts.columns.places['term'] === undefined ? 'unknown-term' : 'empty', column: 'term' };
  if (isLegacy && term !== 'P1Y') return { reason: 'unknown-term', column: 'term' };
  // A term of a month has one billing plan; of the others each can be.
  const cycle = readWord(reading, 'cycle', CYCLES, { otherwise: term === 'P1M' ? 'monthly' : '', as: 'unknown-plan' });
  if (!isCell(cycle)) return cycle;
  const plans = isLegacy ? offer.billingCycles : BILLING_PLANS[term];
  if (cycle === '' || !plans.includes(cycle)) return { reason: 'unknown-plan', column: 'cycle' };
  const startsOn = readDayCell(reading, 'from', { needed: true });
  if (!isCell(startsOn)) return startsOn;
  const endsOn = readDayCell(reading, 'until');
  if (!isCell(endsOn)) return endsOn;
  if (endsOn !== '' && endsOn < startsOn) return { reason: 'ends-before-start', column: 'until' };
  if (startsOn < '2010-01-01') return { reason: 'not-a-day', column: 'from' };
  return { termDuration: term, billingCycle: cycle, startsOn, ...optional({ endsOn }) };
}

type Rest = {
  readonly autoRenew: boolean;
  readonly unitPrice?: string;
  readonly nickname?: string;
  readonly addOnOf?: string;
};

/** A year of the largest subscription at the largest price still fits the ledger. */
const HIGHEST = 10_000_000n * 1_000_000n;

function readRest(reading: Reading, offer: Offer): Rest | CellDoubt {
  const { currency } = reading.facts;
  const autoRenew = readWord(reading, 'autoRenew', ANSWERS, { otherwise: 'yes', as: 'unknown-answer' });
  if (!isCell(autoRenew)) return autoRenew;
  const nickname = cellText(reading, 'name', { longest: 100 });
  if (!isCell(nickname)) return nickname;
  const addOnOf = readId(reading, 'base');
  if (!isCell(addOnOf)) return addOnOf;
  if (offer.addOn && addOnOf === '') return { reason: 'base-needed', column: 'offer' };
  let unitPrice = '';
  if (cellTextOf(reading, 'price') !== '') {
    const price = readDecimalCell(reading, 'price');
    if (!isCell(price)) return price;
    if (price.startsWith('-')) return { reason: 'not-a-number', column: 'price' };
    const named = cellTextOf(reading, 'currency').toUpperCase();
    if (named !== '' && named !== currency) return { reason: 'foreign-currency', column: 'currency' };
    const parsed = parseUnitPrice(price, currency);
    if (parsed.micros >= HIGHEST) return { reason: 'too-high', column: 'price' };
    unitPrice = formatUnitPrice(parsed);
  }
  return { autoRenew: autoRenew === 'yes', ...optional({ unitPrice, nickname, addOnOf }) };
}

function cellTextOf(reading: Reading, column: string): string {
  const text = cellText(reading, column);
  return isCell(text) ? text : '';
}
