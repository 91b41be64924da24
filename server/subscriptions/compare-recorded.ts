import type { ImportDoubt } from '../../contract/channel-texts.ts';
import type { Catalog } from '../../core/catalog/offer.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import type { FileRow } from './read-recorded-file.ts';
import type { Counting, RecordedSubscription } from './recorded-subscription.store.ts';

export type NamedCustomer = { readonly customerId: string; readonly name: string; readonly domain: string };

/** A line of a file beside what is recorded: what it means, and what is to be done with it. */
export type ComparedRow = {
  readonly row: FileRow;
  readonly customer: NamedCustomer | undefined;
  readonly offerId: string | undefined;
} & (
  | { readonly state: 'new' }
  | { readonly state: 'changed' | 'same'; readonly before: RecordedSubscription }
  | { readonly state: 'in-doubt'; readonly doubt: ImportDoubt }
);

/** Finds the one customer or offer that is meant; a name that fits several, or none, is a doubt. */
type Meaning<Value> = { readonly found: Value } | { readonly doubt: ImportDoubt };

/** Compares every line with what counts already. Customer, offer and channel say which record is meant; nothing is guessed. */
export function compareRows(
  catalog: Catalog,
  rows: readonly FileRow[],
  customers: readonly NamedCustomer[],
  counting: readonly Counting[],
): ComparedRow[] {
  const offers = offersByName(catalog);
  const meant = rows.map((row) => {
    const customer = meanCustomer(row.customer, customers);
    const offer = meanOffer(row.offer, catalog, offers);
    const foundCustomer = 'found' in customer ? customer.found : undefined;
    const offerId = 'found' in offer ? offer.found : undefined;
    const doubts = [
      row.isWhole ? undefined : ('columns' as const),
      doubtOf(customer),
      doubtOf(offer),
      doubtOfCells(row),
    ];
    const doubt = doubts.find((one) => one !== undefined);
    return { row, customer: foundCustomer, offerId, doubt };
  });
  const keyOf = ({ customer, offerId, row }: (typeof meant)[number]) =>
    [customer?.customerId, offerId, row.channel].join(' ');
  const times = Map.groupBy(
    meant.filter(({ doubt }) => !doubt),
    keyOf,
  );
  return meant.map((one): ComparedRow => {
    const { doubt, ...rest } = one;
    const inDoubt = (why: ImportDoubt): ComparedRow => ({ ...rest, state: 'in-doubt', doubt: why });
    if (doubt) return inDoubt(doubt);
    if ((times.get(keyOf(one))?.length ?? 0) > 1) return inDoubt('twice');
    const there = counting.filter(
      (other) =>
        other.customerId === one.customer?.customerId &&
        other.offerId === one.offerId &&
        other.channel === one.row.channel,
    );
    const [recorded, ...more] = there.flatMap((other) => other.recorded ?? []);
    if (more.length > 0) return inDoubt('recordedTwice');
    if (!recorded) return there.length > 0 ? inDoubt('counts') : { ...rest, state: 'new' };
    const isSame = recorded.quantity === one.row.quantity && recorded.endsOn === one.row.endsOn;
    return { ...rest, state: isSame ? 'same' : 'changed', before: recorded };
  });
}

function doubtOf(meaning: Meaning<unknown>): ImportDoubt | undefined {
  return 'doubt' in meaning ? meaning.doubt : undefined;
}

function doubtOfCells({ channel, quantity, endsOn }: FileRow): ImportDoubt | undefined {
  if (channel === undefined) return 'channel';
  if (quantity === undefined) return 'quantity';
  return endsOn === undefined ? 'endsOn' : undefined;
}

function meanCustomer(text: string, customers: readonly NamedCustomer[]): Meaning<NamedCustomer> {
  if (text === '') return { doubt: 'customerMissing' };
  const wanted = text.toLowerCase();
  const [found, ...more] = customers.filter(
    ({ customerId, domain }) => customerId === wanted || domain.toLowerCase() === wanted,
  );
  if (!found) return { doubt: 'customerUnknown' };
  return more.length > 0 ? { doubt: 'customerAmbiguous' } : { found };
}

function meanOffer(text: string, catalog: Catalog, names: ReadonlyMap<string, ReadonlySet<string>>): Meaning<string> {
  const id = text.toLowerCase();
  if (catalog.offers.has(id)) return { found: id };
  const [found, ...more] = names.get(foldForSearch(text)) ?? [];
  if (found === undefined) return { doubt: 'offerUnknown' };
  return more.length > 0 ? { doubt: 'offerAmbiguous' } : { found };
}

/** The offers that each name in either language, and each part number, stands for; of two platforms that sell one SKU, the first. */
function offersByName({ offers }: Catalog): ReadonlyMap<string, ReadonlySet<string>> {
  const byName = new Map<string, Set<string>>();
  const skus = new Set<string>();
  for (const { offerId, name, skuId, skuPartNumber } of offers.values()) {
    if (skus.has(skuId)) continue;
    skus.add(skuId);
    for (const one of [name.en, name.tr, skuPartNumber].map(foldForSearch)) {
      byName.set(one, (byName.get(one) ?? new Set()).add(offerId));
    }
  }
  return byName;
}
