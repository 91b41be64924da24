import { listProducts, type SkuInMarket } from '../catalog/list-offers.ts';
import { showCustomer } from '../customers/list-customers.ts';
import { countryOf } from './country.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { foldEnum } from './input.ts';
import {
  availabilityKind,
  presentAvailability,
  presentProduct,
  presentSku,
  productKind,
  type Shelf,
  skuKind,
  TARGET_VIEW,
} from './product.ts';
import { collection, collectionOf } from './wire.ts';

/** New commerce products as the catalog knows them, for a country and for one customer. */
export function productResources(dialect: Dialect): void {
  const query = {
    country: 'The country to sell in; absent: the partner’s own',
    targetSegment: 'Whom it is for: commercial, education, nonprofit or charity, government; absent: all',
  };
  const targetView = `Of ${TARGET_VIEW} alone there is anything; absent: all`;
  for (const at of ['/products', '/customers/:customerid/products']) {
    const skus = `${at}/:productid/skus`;
    const availabilities = `${skus}/:skuid/availabilities`;
    const one = `${at}/:productid`;
    dialect.get(
      at,
      { summary: 'Products', query: { ...query, targetView }, answer: collectionOf(productKind) },
      listAll,
    );
    dialect.get(one, { summary: 'One product', query, answer: productKind }, showProduct);
    dialect.get(skus, { summary: 'Its SKUs', query, answer: collectionOf(skuKind) }, listSkus);
    dialect.get(`${skus}/:skuid`, { summary: 'One SKU', query, answer: skuKind }, showSku);
    dialect.get(
      availabilities,
      { summary: 'How it can be had', query, answer: collectionOf(availabilityKind) },
      listAvailabilities,
    );
    dialect.get(
      `${availabilities}/:availabilityid`,
      { summary: 'One of these', query, answer: availabilityKind },
      showAvailability,
    );
  }
}

async function listAll(given: Given) {
  const shelf = await openShelf(given);
  const view = given.query.text('targetView');
  const seen = !view || foldEnum(view) === foldEnum(TARGET_VIEW) ? shelf.skus : [];
  const first = (one: SkuInMarket) => seen.find(({ sku }) => sku.productId === one.sku.productId) === one;
  return collection(
    seen.filter(first).map((one) => presentProduct(one, shelf, given)),
    shelf.at(),
  );
}

async function showProduct(given: Given) {
  const { shelf, skus } = await findProduct(given);
  return presentProduct(skus[0], shelf, given);
}

async function listSkus(given: Given) {
  const { shelf, skus } = await findProduct(given);
  return collection(
    skus.map((one) => presentSku(one, shelf, given)),
    shelf.at(skus[0].sku.productId, 'skus'),
  );
}

async function showSku(given: Given) {
  const { shelf, found } = await findSku(given);
  return presentSku(found, shelf, given);
}

async function listAvailabilities(given: Given) {
  const { shelf, found } = await findSku(given);
  const { productId, skuId } = found.sku;
  return collection([presentAvailability(found, shelf, given)], shelf.at(productId, 'skus', skuId, 'availabilities'));
}

async function showAvailability(given: Given) {
  const { shelf, found } = await findSku(given);
  if (found.sku.availabilityId !== given.param('availabilityid').toUpperCase()) {
    throw new Fault(404, 400019, `There is no such availability here: ${given.param('availabilityid')}.`);
  }
  return presentAvailability(found, shelf, given);
}

async function openShelf(given: Given): Promise<Shelf> {
  const customerId = given.param('customerid') === '' ? undefined : given.id('customer');
  const market = customerId === undefined ? countryOf(given) : await marketOf(given, customerId);
  const listed = await listProducts(given.call, market);
  if (!listed.ok) throw faultOf(listed.refused, given.wording);
  const segment = given.query.text('targetSegment');
  const tail = customerId === undefined ? `?country=${market}` : '';
  return {
    skus: listed.value.filter(({ sku }) => !segment || sku.segment === segmentOf(segment)),
    market,
    // Below a customer, too: clients put the customer before what they follow.
    at: (...parts) => `${['/products', ...parts].join('/')}${tail}`,
  };
}

/** The price files call nonprofit charity (N54). */
function segmentOf(text: string): string {
  const folded = foldEnum(text);
  return folded === 'charity' ? 'nonprofit' : folded;
}

async function marketOf({ call, wording }: Given, customerId: string): Promise<string> {
  const shown = await showCustomer(call, customerId);
  if (!shown.ok) throw faultOf(shown.refused, wording);
  return shown.value.row.country;
}

async function findProduct(given: Given) {
  const shelf = await openShelf(given);
  const asked = given.param('productid').toUpperCase();
  const [first, ...others] = shelf.skus.filter((one) => one.sku.productId === asked);
  if (!first) throw new Fault(404, 400013, `There is no such product here: ${asked}.`);
  return { shelf, skus: [first, ...others] as const };
}

async function findSku(given: Given) {
  const { shelf, skus } = await findProduct(given);
  const asked = given.param('skuid').toUpperCase();
  const found = skus.find((one) => one.sku.skuId === asked);
  if (!found) throw new Fault(404, 400018, `There is no such SKU of the product here: ${asked}.`);
  return { shelf, found };
}
