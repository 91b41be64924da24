import type { RecordKind } from './file-kind.ts';
import { readBilled } from './read-billed.ts';
import { readSubscription } from './read-subscription.ts';
import { cellText, doubtOf, isCell, optional, readId } from './record-cells.ts';
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
  const name = cellText(reading, 'name', { needed: true, longest: LONGEST });
  if (!isCell(name)) return doubtOf(reading, name);
  const domain = cellText(reading, 'domain', { needed: true, form: DOMAIN, as: 'not-a-domain', fold: 'lower' });
  if (!isCell(domain)) return doubtOf(reading, domain);
  const customerId = readId(reading, 'customerId');
  if (!isCell(customerId)) return doubtOf(reading, customerId);
  const country = cellText(reading, 'country', { form: COUNTRY, as: 'not-a-country', fold: 'upper' });
  if (!isCell(country)) return doubtOf(reading, country);
  const email = cellText(reading, 'email', { form: ADDRESS, as: 'not-an-address' });
  if (!isCell(email)) return doubtOf(reading, email);
  const registrationNumber = cellText(reading, 'registrationNumber', { longest: 50 });
  if (!isCell(registrationNumber)) return doubtOf(reading, registrationNumber);
  const fact = { name, domain, ...optional({ customerId, country, email, registrationNumber }) };
  return { ...about(reading), name, state: 'read', record: { customer: '', key: domain, fact } };
}

function readUser(reading: Reading): RowReading {
  const signInName = cellText(reading, 'signInName', { needed: true, form: ADDRESS, as: 'not-an-address' });
  if (!isCell(signInName)) return doubtOf(reading, signInName);
  const displayName = cellText(reading, 'name', { needed: true, longest: LONGEST });
  if (!isCell(displayName)) return doubtOf(reading, displayName);
  const userId = readId(reading, 'userId');
  if (!isCell(userId)) return doubtOf(reading, userId);
  const usageLocation = cellText(reading, 'usageLocation', { form: COUNTRY, as: 'not-a-country', fold: 'upper' });
  if (!isCell(usageLocation)) return doubtOf(reading, usageLocation);
  const [firstName, lastName, licenses, customer] = ['firstName', 'lastName', 'licenses', 'customer'].map((name) =>
    cellText(reading, name, { longest: name === 'licenses' ? 5000 : LONGEST }),
  );
  for (const cell of [firstName, lastName, licenses, customer])
    if (cell !== undefined && !isCell(cell)) return doubtOf(reading, cell);
  const products = productsOf(reading, String(licenses ?? ''));
  if (products.ambiguous)
    return doubtOf(reading, { reason: 'product-ambiguous', column: 'licenses', found: products.ambiguous });
  const { skuIds, unknownProducts } = products;
  const names = optional({
    userId,
    usageLocation,
    firstName: String(firstName ?? ''),
    lastName: String(lastName ?? ''),
  });
  // The exports of the admin center are of one customer, and name it by nothing but its users' domain.
  const named = String(customer ?? '') || (signInName.split('@')[1] ?? '');
  return {
    ...about(reading),
    name: displayName,
    state: 'read',
    record: {
      customer: named.toLowerCase(),
      key: signInName.toLowerCase(),
      fact: { signInName, displayName, ...names, skuIds, unknownProducts },
    },
  };
}

/** What a user without any license has in its place. */
const NONE = new Set(['', 'unlicensed', 'lisanssiz']);

function productsOf({ catalog }: Reading, text: string) {
  const [skuIds, unknownProducts]: [Set<string>, string[]] = [new Set(), []];
  for (const product of text.split(/\s*[+;|]\s*/)) {
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
  const skuId = readId(reading, 'skuId', { needed: true });
  if (!isCell(skuId)) return doubtOf(reading, skuId);
  const planId = readId(reading, 'planId', { needed: true });
  if (!isCell(planId)) return doubtOf(reading, planId);
  const planName = cellText(reading, 'planName', { needed: true, longest: LONGEST });
  if (!isCell(planName)) return doubtOf(reading, planName);
  const product = cellText(reading, 'productName', { needed: true, longest: LONGEST });
  if (!isCell(product)) return doubtOf(reading, product);
  const isKnown = [...reading.catalog.offers.values()].some((offer) => offer.skuId === skuId);
  if (!isKnown) return { ...leftOut(reading, 'unknown-product', product), name: product };
  const record = { customer: '', key: `${skuId} ${planId}`, fact: { skuId, planId, planName } };
  return { ...about(reading), name: product, state: 'read', record };
}
