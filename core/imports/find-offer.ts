import type { Catalog, Offer, Platform } from '../catalog/offer.ts';
import { foldForSearch } from '../values/fold.ts';

/** The offers that a text can mean: an id, a part number, or a name in either language; several where platforms sell one SKU. */
export function findOffers(catalog: Catalog, text: string, platform: Platform | undefined): Offer[] {
  const byId = catalog.offers.get(text.toLowerCase());
  if (byId) return [byId];
  const found = offersByName(catalog).get(foldForSearch(text)) ?? [];
  return platform ? found.filter((offer) => offer.platform === platform) : [...found];
}

/** The SKUs that a text can mean: what users are licensed for is the same on both platforms. */
export function findSkus(catalog: Catalog, text: string): string[] {
  const named = offersByName(catalog).get(foldForSearch(text)) ?? [];
  return [...new Set(named.map(({ skuId }) => skuId))];
}

function offersByName(catalog: Catalog): ReadonlyMap<string, readonly Offer[]> {
  let byName = cachedNames.get(catalog.offers);
  if (!byName) {
    const made = new Map<string, Offer[]>();
    for (const offer of catalog.offers.values()) {
      const { name, skuPartNumber, skuId } = offer;
      // The admin center says Office 365 E3 of what price lists call Office 365 Enterprise E3.
      const short = name.en.replace(/^Office 365 Enterprise /, 'Office 365 ');
      for (const one of new Set([name.en, short, name.tr, skuPartNumber, skuId].map(foldForSearch)))
        made.set(one, [...(made.get(one) ?? []), offer]);
    }
    byName = made;
    cachedNames.set(catalog.offers, made);
  }
  return byName;
}

const cachedNames = new WeakMap<Catalog['offers'], ReadonlyMap<string, readonly Offer[]>>();
