import { addOnsOf } from '../../core/catalog/offer.ts';
import { listOffers, type OffersInMarkets } from '../catalog/list-offers.ts';
import { showCustomer } from '../customers/list-customers.ts';
import { countryOf } from './country.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import {
  CATEGORIES,
  categoryOf,
  type OfferCategory,
  offerCategory,
  offerKind,
  presentCategory,
  presentOffer,
} from './offers.ts';
import { indexedPage, SIZE_MEANS } from './paging.ts';
import { collection, collectionOf } from './wire.ts';

const COUNTRY = { country: 'The country to sell in; absent: the partner’s own' };
const PAGING = { offset: 'How many to leave out', size: SIZE_MEANS };

/** The legacy catalog. */
export function offerResources(dialect: Dialect): void {
  const many = collectionOf(offerKind);
  dialect.get(
    '/offers',
    {
      summary: 'The offers that are sold in a country',
      query: { ...COUNTRY, offer_category_id: 'Only those of this category', ...PAGING },
      answer: many,
    },
    list,
  );
  dialect.get('/offers/:offerid', { summary: 'One offer', query: COUNTRY, answer: offerKind }, show);
  dialect.get(
    '/offers/:offerid/addons',
    { summary: 'Its add-ons', query: { ...COUNTRY, ...PAGING }, answer: many },
    listAddOns,
  );
  dialect.get(
    '/offercategories',
    { summary: 'The categories that offers of a country have', query: COUNTRY, answer: collectionOf(offerCategory) },
    listCategories,
  );
  dialect.get(
    '/customers/:customerid/offers',
    { summary: 'The offers that this customer can be sold', query: PAGING, answer: many },
    listForCustomer,
  );
}

async function list(given: Given) {
  const country = countryOf(given);
  const found = await find(given, [country]);
  const asked = given.query.text('offer_category_id')?.toLowerCase();
  const ofCategory = (category: OfferCategory) => !asked || CATEGORIES[category].id.toLowerCase() === asked;
  const offers = found.offers.filter((offer) => ofCategory(categoryOf(offer)));
  const path = `/offers?country=${country}${asked ? `&offer_category_id=${encodeURIComponent(asked)}` : ''}`;
  return present(given, country, { ...found, offers }, path);
}

async function listForCustomer(given: Given) {
  const shown = await showCustomer(given.call, given.id('customer'));
  if (!shown.ok) throw faultOf(shown.refused, given.wording);
  const { customer_id, country } = shown.value.row;
  const found = await find(given, [given.call.actor.partner.market, country]);
  return present(given, country, found, `/customers/${customer_id}/offers`);
}

async function listAddOns(given: Given) {
  const { offer, country, found } = await findOne(given);
  const offers = addOnsOf(given.call.catalog, offer, country);
  return present(given, country, { ...found, offers }, `/offers/${offer.offerId}/addons?country=${country}`);
}

async function show(given: Given) {
  const { offer, country, found } = await findOne(given);
  return presentOffer(offer, given, { country, ...found });
}

async function listCategories(given: Given) {
  const country = countryOf(given);
  const { offers } = await find(given, [country]);
  const categories = [...new Set(offers.map(categoryOf))];
  return collection(
    categories
      .map((category) => presentCategory(category, country, given.wording.language))
      .toSorted((one, other) => one.rank - other.rank),
    `/offercategories?country=${country}`,
  );
}

/** @throws Fault 400: 2100 for the id of a product, 800004 for one that is no offer's of the country. */
async function findOne(given: Given) {
  const country = countryOf(given);
  const offerId = given.param('offerid');
  if (/^[0-9a-z]{12}(:|$)/.test(offerId)) {
    throw new Fault(400, 2100, `${offerId.toUpperCase()} is a product: ask for it below /products.`);
  }
  const found = await find(given, [country]);
  const offer = found.offers.find((one) => one.offerId === offerId);
  if (!offer) throw new Fault(400, 800004, `${offerId} is no offer that is sold in ${country}.`);
  return { offer, country, found };
}

async function find({ call, wording }: Given, markets: readonly string[]): Promise<OffersInMarkets> {
  const listed = await listOffers(call, markets);
  if (!listed.ok) throw faultOf(listed.refused, wording);
  return listed.value;
}

function present(given: Given, country: string, found: OffersInMarkets, path: string) {
  return indexedPage(
    found.offers.map((offer) => presentOffer(offer, given, { country, ...found })),
    path,
    given.query,
  );
}
