import { CATALOG_TEXTS, type OfferOnWire } from '../../contract/catalog.ts';
import type { ProductTerm } from '../../core/catalog/product.ts';
import type { BillingCycle } from '../../core/values/period.ts';
import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { offerName, planName as nameOfPlan, type Wording } from '../http/reason.presenter.ts';
import { browseOffers, type PricedOffer } from './browse-offers.ts';
import { countUpgradable } from './count-upgradable.ts';
import { listPriceLists, listPrices } from './list-prices.ts';
import { presentUnitPrice, presentMap, presentWay } from './map.presenter.ts';
import { presentPath } from './path.presenter.ts';
import { offerCells, presentPrice, presentPriceList, priceCells } from './price.presenter.ts';
import { findWay, showMap } from './show-map.ts';
import { listPaths, removePathSwitch, switchPath } from './switch-path.ts';

export function catalogRoutes(mount: Mount): void {
  pathRoutes(mount);
  mapRoutes(mount);
  priceRoutes(mount);
  mount.signedIn('listOffers', async ({ call, query, wording, request, reply }) => {
    const found = await browseOffers(call, query, wording);
    if (!found.ok) return found;
    const items = found.value.map((one) => presentOffer(one, wording));
    if (!wantsCsv(request.headers.accept)) return accepted({ items });
    const { language } = wording;
    await sendCsv(reply, {
      name: datedName('offers', call),
      language,
      header: CATALOG_TEXTS[language].offerColumns,
      lots: [items],
      cells: (one) => offerCells(one, wording),
    });
    return accepted({ items: [] });
  });
}

function mapRoutes(mount: Mount): void {
  mount.signedIn('showUpgradeMap', async ({ call, query, wording }) => {
    const shown = await showMap(call);
    return shown.ok ? accepted(presentMap(shown.value, query.platform, call.actor.partner.market, wording)) : shown;
  });
  mount.signedIn('findUpgradeWay', async ({ call, query, wording }) => {
    const found = await findWay(call, query);
    return found.ok ? accepted(presentWay(found.value, query, wording)) : found;
  });
  mount.signedIn('countUpgradable', async ({ call, query }) => {
    const counted = await countUpgradable(call, query.offerId);
    if (!counted.ok) return counted;
    const { targets, ...rest } = counted.value;
    return accepted({ ...rest, targets: [...targets].map(([offerId, count]) => ({ offerId, count })) });
  });
}

function priceRoutes(mount: Mount): void {
  mount.signedIn('listPriceLists', async ({ call }) => {
    const found = await listPriceLists(call);
    return found.ok ? accepted({ items: found.value.map(presentPriceList) }) : found;
  });
  mount.signedIn('listPrices', async ({ call, query, wording, request, reply }) => {
    const found = await listPrices(call, query, wording);
    if (!found.ok) return found;
    const { list, prices } = found.value;
    const items = prices.map((row) => presentPrice(row, list?.currency ?? '', wording));
    if (!wantsCsv(request.headers.accept)) return accepted({ items });
    const { language } = wording;
    await sendCsv(reply, {
      name: datedName('prices', call),
      language,
      header: CATALOG_TEXTS[language].priceColumns,
      lots: [items],
      cells: (one) => priceCells(one, wording),
    });
    return accepted({ items: [] });
  });
}

function pathRoutes(mount: Mount): void {
  mount.signedIn('listPaths', async ({ call, wording }) => {
    const listed = await listPaths(call);
    return listed.ok ? accepted({ items: listed.value.map((one) => presentPath(one, call, wording)) }) : listed;
  });
  mount.signedIn('switchPath', async ({ call, params, body, wording }) => {
    const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
    const wanted = { ...params, ...body, validFrom: day(body.validFrom), validUntil: day(body.validUntil) };
    const done = await switchPath(call, wanted);
    return done.ok ? accepted(presentPath(done.value, call, wording)) : done;
  });
  mount.signedIn('removePathSwitch', async ({ call, params, wording }) => {
    const done = await removePathSwitch(call, params.pathId);
    return done.ok ? accepted(presentPath(done.value, call, wording)) : done;
  });
}

function presentOffer({ offer: whole, price }: PricedOffer, wording: Wording): OfferOnWire {
  const { key: _, prohibitedUsageLocations: _locations, product, ...offer } = whole;
  return {
    ...offer,
    name: offerName(offer.offerId, wording),
    billingCycles: [...offer.billingCycles],
    terms: product ? product.terms.map(presentTerm) : offer.billingCycles.map(legacyTerm),
    trial: Boolean(product?.trial),
    markets: offer.markets && [...offer.markets],
    segment: product?.segment ?? null,
    endOfSaleOn: product?.endOfSaleOn?.toString() ?? null,
    monthlyPrice: price ? presentUnitPrice(price) : null,
    servicePlans: offer.servicePlans.map(({ planName, family, tier, role }) => ({
      planName,
      name: nameOfPlan(planName, wording),
      family,
      tier,
      role,
    })),
  };
}

function presentTerm({ duration: termDuration, billingCycle }: ProductTerm) {
  return { termDuration, billingCycle };
}

/** The legacy platform sells years alone. */
function legacyTerm(billingCycle: BillingCycle) {
  return { termDuration: 'P1Y' as const, billingCycle };
}
