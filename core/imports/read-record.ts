import type { RecordKind } from './file-kind.ts';
import { readBilled } from './read-billed.ts';
import { readSubscription } from './read-subscription.ts';
import { allCells, cellText, doubtOf, optional, readId } from './record-cells.ts';
import { findSkus } from './find-offer.ts';
import { about, leftOut, type Reading, type RowReading } from './row-reading.ts';

const DOMAIN = /^(?=.{4,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/;
const ADDRESS = /^[^\s@"]{1,64}@[^\s@"]{3,253}$/;
const COUNTRY = /^[A-Z]{2}$/;
/** As names are kept. */
const LONGEST = 200;

/** What a row of customers, subscriptions, users, service plans or billed lines says; nothing in it is guessed. */
export function readRecord(reading: Reading, kind: RecordKind): RowReading {
  switch (kind) {
    case 'customers':
      return readCustomer(reading);
    case 'subscriptions':
      return readSubscription(reading);
    case 'users':
      return readUser(reading);
    case 'servicePlans':
      return readPlan(reading);
    default:
      return readBilled(reading, kind);
  }
}

function readCustomer(reading: Reading): RowReading {
  const cells = allCells({
    name: cellText(reading, 'name', { needed: true, longest: LONGEST }),
    domain: cellText(reading, 'domain', { needed: true, form: DOMAIN, as: 'not-a-domain', fold: 'lower' }),
    customerId: readId(reading, 'customerId'),
    country: cellText(reading, 'country', { form: COUNTRY, as: 'not-a-country', fold: 'upper' }),
    email: cellText(reading, 'email', { form: ADDRESS, as: 'not-an-address' }),
    registrationNumber: cellText(reading, 'registrationNumber', { longest: 50 }),
  });
  if (!cells.ok) return doubtOf(reading, cells.refused);
  const { name, domain, ...rest } = cells.value;
  const fact = { name, domain, ...optional(rest) };
  return { ...about(reading), name, state: 'read', record: { customer: '', key: domain, fact } };
}

function readUser(reading: Reading): RowReading {
  const cells = allCells({
    signInName: cellText(reading, 'signInName', { needed: true, form: ADDRESS, as: 'not-an-address' }),
    displayName: cellText(reading, 'name', { needed: true, longest: LONGEST }),
    userId: readId(reading, 'userId'),
    firstName: cellText(reading, 'firstName', { longest: LONGEST }),
    lastName: cellText(reading, 'lastName', { longest: LONGEST }),
    usageLocation: cellText(reading, 'usageLocation', { form: COUNTRY, as: 'not-a-country', fold: 'upper' }),
    licenses: cellText(reading, 'licenses', { longest: 5000 }),
    customer: cellText(reading, 'customer', { fold: 'lower' }),
  });
  if (!cells.ok) return doubtOf(reading, cells.refused);
  const { signInName, displayName, licenses, customer, ...rest } = cells.value;
  const products = productsOf(reading, licenses);
  if (products.ambiguous)
    return doubtOf(reading, { reason: 'product-ambiguous', column: 'licenses', found: products.ambiguous });
  const { skuIds, unknownProducts } = products;
  const key = signInName.toLowerCase();
  return {
    ...about(reading),
    name: displayName,
    state: 'read',
    record: {
      // The exports of the admin center are of one customer, and name it by nothing but its users' domain.
      customer: customer || (key.split('@')[1] ?? ''),
      key,
      fact: { signInName, displayName, ...optional(rest), skuIds, unknownProducts },
    },
  };
}

/** The admin center joins products by a bare plus; one with blanks is part of a name, as in Enterprise Mobility + Security E3. */
const SEPARATOR = /(?<! )\+(?! )|\s*[;|]\s*/;

/** What a user without any license has in its place. */
const NONE = new Set(['', 'unlicensed', 'lisanssiz']);

function productsOf({ catalog }: Reading, text: string) {
  const [skuIds, unknownProducts]: [Set<string>, string[]] = [new Set(), []];
  for (const product of text.split(SEPARATOR)) {
    if (NONE.has(product.toLowerCase().replaceAll('ı', 'i'))) continue;
    const [skuId, ...more] = findSkus(catalog, product);
    if (more.length > 0) return { skuIds: [], unknownProducts: [], ambiguous: product };
    if (skuId) skuIds.add(skuId);
    else unknownProducts.push(product);
  }
  return { skuIds: [...skuIds], unknownProducts, ambiguous: null };
}

/** A service that a product has. */
function readPlan(reading: Reading): RowReading {
  const cells = allCells({
    skuId: readId(reading, 'skuId', { needed: true }),
    planId: readId(reading, 'planId', { needed: true }),
    planName: cellText(reading, 'planName', { needed: true, longest: LONGEST }),
    product: cellText(reading, 'productName', { needed: true, longest: LONGEST }),
  });
  if (!cells.ok) return doubtOf(reading, cells.refused);
  const { product, ...fact } = cells.value;
  const isKnown = [...reading.catalog.offers.values()].some((offer) => offer.skuId === fact.skuId);
  if (!isKnown) return { ...leftOut(reading, 'unknown-product', product), name: product };
  const record = { customer: '', key: `${fact.skuId} ${fact.planId}`, fact };
  return { ...about(reading), name: product, state: 'read', record };
}
