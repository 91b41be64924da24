import { CATALOG_TEXTS } from '../../contract/catalog.ts';
import type { MapOfferOnWire, MapPathOnWire, UpgradeMapOnWire, UpgradeWayOnWire } from '../../contract/upgrade-map.ts';
import type { Offer, Platform } from '../../core/catalog/offer.ts';
import { compareEnds, isWay, type NoWay, type Way } from '../../core/catalog/upgrade-way.ts';
import { formatUnitPrice, type UnitPrice } from '../../core/values/money.ts';
import { offerName, presentComparison, type Wording } from '../http/reason.presenter.ts';
import { presentSwitch } from './path.presenter.ts';
import type { PartnerMap, PathOnMap } from './partner-map.ts';

/** The map of one platform. */
export function presentMap(map: PartnerMap, platform: Platform, market: string, wording: Wording): UpgradeMapOnWire {
  const offers = [...wording.catalog.offers.values()].filter((one) => one.platform === platform && !one.product?.trial);
  return {
    day: map.day.toString(),
    market,
    offers: offers.map((offer) => presentMapOffer(offer, map, wording)),
    paths: map.paths.filter(({ path }) => path.platform === platform).map((one) => presentMapPath(one, map, wording)),
  };
}

export function presentWay(
  { map, found }: { readonly map: PartnerMap; readonly found: Way | NoWay },
  { from, to }: { readonly from: string; readonly to: string },
  wording: Wording,
): UpgradeWayOnWire {
  const onMap = (pathId: string) => map.paths.filter(({ path }) => path.pathId === pathId);
  const [before, after] = [map.priceOf(from), map.priceOf(to)];
  return {
    from: presentMapOffer(map.offerOf(from), map, wording),
    to: presentMapOffer(map.offerOf(to), map, wording),
    difference: before && after ? presentUnitPrice({ ...after, micros: after.micros - before.micros }) : null,
    steps: isWay(found)
      ? found.steps.flatMap(({ path, price }) =>
          onMap(path.pathId).map((one) => ({ ...presentMapPath(one, map, wording), price: presentUnitPrice(price) })),
        )
      : [],
    between: isWay(found) ? presentUnitPrice(found.between) : null,
    none: isWay(found)
      ? null
      : {
          reason: found.reason,
          needed: found.needed.flatMap(({ pathId }) => onMap(pathId)).map((one) => presentMapPath(one, map, wording)),
        },
  };
}

function presentMapOffer({ offerId, markets }: Offer, map: PartnerMap, wording: Wording): MapOfferOnWire {
  const price = map.priceOf(offerId);
  return {
    offerId,
    name: offerName(offerId, wording),
    price: price ? presentUnitPrice(price) : null,
    markets: markets && [...markets],
  };
}

function presentMapPath({ path, standing, switched }: PathOnMap, map: PartnerMap, wording: Wording): MapPathOnWire {
  const end = (offerId: string) => ({ offerId, name: offerName(offerId, wording) });
  const { difference, services } = compareEnds(map, path);
  const { keeps, ...changed } = presentComparison(services, wording);
  const sourceTexts: Readonly<Record<string, string>> = CATALOG_TEXTS[wording.language].sources;
  return {
    pathId: path.pathId,
    from: end(path.fromOfferId),
    to: end(path.toOfferId),
    state: standing.state,
    openIn: standing.state === 'elsewhere' ? [...standing.markets] : [],
    markets: path.markets && [...path.markets],
    difference: difference && presentUnitPrice(difference),
    services: { ...changed, keeps: keeps.length },
    sources: path.sources.map((source) => ({ source, text: sourceTexts[source] ?? source })),
    note: path.note?.[wording.language] ?? null,
    switched: switched ? presentSwitch(switched) : null,
  };
}

export function presentUnitPrice(price: UnitPrice) {
  return { amount: formatUnitPrice(price), currency: price.currency };
}
