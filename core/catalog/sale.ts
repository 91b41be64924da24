import type { Qualification } from '../customers/qualification.ts';
import type { Refusal } from '../upgrades/refusal.ts';
import { utcDay } from '../values/period.ts';
import { type Catalog, isSoldIn, type Offer } from './offer.ts';
import type { Segment } from './product.ts';

/** What decides whether an offer may be sold to a customer, or be moved to by an upgrade; `CustomerFacts` has all of it. */
export type SaleFacts = {
  readonly catalog: Pick<Catalog, 'offers' | 'teamsSuitesClosed'>;
  readonly now: Temporal.Instant;
  readonly partnerMarket: string;
  readonly customerMarket: string;
  readonly qualification: Qualification;
  /** SKUs of which the customer has or ever had a subscription, through whatever partner or channel. */
  readonly skusEverHeld: ReadonlySet<string>;
};

/**
 * Every reason against selling an offer to a customer today, as a purchase, an upgrade's target or a scheduled change; empty: it may be sold.
 * Refused: market (N55), segment (N51 to N53), end of sale (N58), an enterprise suite with Teams for a customer who never had one (N57).
 * Price, term, seats and what the customer owns are for the caller. Existing subscriptions are never asked: they keep, renew and grow.
 */
export function saleRefusals(offer: Offer, facts: SaleFacts): Refusal[] {
  return [
    ...marketRefusals(offer, facts),
    ...segmentRefusals(offer, facts),
    ...endOfSaleRefusals(offer, facts),
    ...teamsSuiteRefusals(offer, facts),
  ];
}

/** What a customer may buy by what it is recognized as (N51); who is none of it buys commercial offers. */
export function maySellTo(qualification: Qualification, segment: Segment): boolean {
  return SEGMENTS[qualification].includes(segment);
}

const SEGMENTS: Readonly<Record<Qualification, readonly Segment[]>> = {
  none: ['commercial'],
  education: ['commercial', 'education'],
  nonprofit: ['commercial', 'nonprofit'],
  governmentCommunityCloud: ['government'],
  stateOwnedEntity: ['commercial'],
};

/** The country in which an offer is not sold: legacy offers must be in both; on new commerce that of the customer decides (N55, N56). */
export function closedMarket(
  offer: Offer,
  { partnerMarket, customerMarket }: Pick<SaleFacts, 'partnerMarket' | 'customerMarket'>,
): string | undefined {
  const markets = offer.platform === 'legacy' ? [partnerMarket, customerMarket] : [customerMarket];
  return markets.find((market) => !isSoldIn(offer, market));
}

export function marketRefusals(offer: Offer, facts: Pick<SaleFacts, 'partnerMarket' | 'customerMarket'>): Refusal[] {
  const closed = closedMarket(offer, facts);
  return closed === undefined ? [] : [{ name: 'offer-not-sold', offerId: offer.offerId, market: closed }];
}

function segmentRefusals({ offerId, product }: Offer, { qualification }: SaleFacts): Refusal[] {
  if (!product || maySellTo(qualification, product.segment)) return [];
  return [{ name: 'segment-not-qualified', offerId, segment: product.segment }];
}

/** The last day is still one on which it is sold. */
function endOfSaleRefusals({ offerId, product }: Offer, { now }: SaleFacts): Refusal[] {
  const endedOn = product?.endOfSaleOn ?? null;
  if (endedOn === null || Temporal.PlainDate.compare(utcDay(now), endedOn) <= 0) return [];
  return [{ name: 'offer-end-of-sale', offerId, endedOn }];
}

function teamsSuiteRefusals({ offerId, product }: Offer, { catalog, now, ...customer }: SaleFacts): Refusal[] {
  if (!catalog.teamsSuitesClosed || !product?.teamsSuite) return [];
  const closedFrom = EUROPEAN.has(customer.customerMarket) ? CLOSED_FROM.europe : CLOSED_FROM.elsewhere;
  if (Temporal.PlainDate.compare(utcDay(now), closedFrom) < 0) return [];
  const suites = [...catalog.offers.values()].filter((offer) => offer.product?.teamsSuite);
  return suites.some(({ skuId }) => customer.skusEverHeld.has(skuId)) ? [] : [{ name: 'teams-suite-closed', offerId }];
}

const CLOSED_FROM = {
  europe: Temporal.PlainDate.from('2023-10-01'),
  elsewhere: Temporal.PlainDate.from('2024-04-01'),
};

/** The European Economic Area and Switzerland. */
const EUROPEAN: ReadonlySet<string> = new Set(
  'AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);
