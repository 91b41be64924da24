import type { Offer, Platform } from '../../core/catalog/offer.ts';
import type { UnitPrice } from '../../core/values/money.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { familyName, offerName, type Wording } from '../http/reason.presenter.ts';
import { showMap } from './show-map.ts';

type Asked = {
  readonly search?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly sort?: 'name' | '-name' | 'price' | '-price' | undefined;
};

export type PricedOffer = { readonly offer: Offer; readonly price: UnitPrice | undefined };

/** The offers of the catalog with the prices of the day, found as they are spoken: all four i alike, no marks. Refused: role. */
export async function browseOffers(
  call: Call,
  { search, platform, sort }: Asked,
  wording: Wording,
): Promise<Outcome<PricedOffer[]>> {
  const shown = await showMap(call);
  if (!shown.ok) return shown;
  const wanted = foldForSearch(search ?? '');
  const found = [...call.catalog.offers.values()]
    .filter((offer) => platform === undefined || offer.platform === platform)
    .filter((offer) => foldForSearch(wordsOf(offer, wording)).includes(wanted))
    .map((offer) => ({ offer, price: shown.value.priceOf(offer.offerId) }));
  return accepted(sort ? found.toSorted(ORDERS[sort](wording)) : found);
}

/** What an offer is found by. */
function wordsOf({ offerId, skuPartNumber, servicePlans }: Offer, wording: Wording): string {
  const services = servicePlans.map(({ name, family }) => `${name} ${familyName(family, wording)}`);
  return [offerName(offerId, wording), skuPartNumber, offerId, ...services].join('\n');
}

type Order = (wording: Wording) => (one: PricedOffer, other: PricedOffer) => number;

const byName: Order = (wording) => {
  const { compare } = new Intl.Collator(wording.language);
  return ({ offer: one }, { offer: other }) => {
    return compare(offerName(one.offerId, wording), offerName(other.offerId, wording));
  };
};

/** What has no price comes last in either direction. */
const byPrice =
  (sign: 1 | -1): Order =>
  (wording) =>
  (one, other) => {
    if (!one.price || !other.price) return Number(!one.price) - Number(!other.price);
    const apart = one.price.micros - other.price.micros;
    return apart === 0n ? byName(wording)(one, other) : apart > 0n ? sign : -sign;
  };

const ORDERS: Readonly<Record<NonNullable<Asked['sort']>, Order>> = {
  name: byName,
  '-name': (wording) => (one, other) => byName(wording)(other, one),
  price: byPrice(1),
  '-price': byPrice(-1),
};
