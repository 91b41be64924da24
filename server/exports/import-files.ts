import { type OfferMatrix, withMatrices } from '../../core/imports/offer-matrix.ts';
import {
  printLegacyPrices,
  printMatrix,
  printNewCommercePrices,
  type PrintedFile,
} from '../../core/imports/print-file.ts';
import type { PriceFact } from '../../core/imports/row-reading.ts';
import type { Platform } from '../../core/catalog/offer.ts';
import { utcDay } from '../../core/values/period.ts';
import { findPrices } from '../catalog/price.store.ts';
import type { Call } from '../context.ts';
import { findPartnerFacts } from '../subscriptions/customer-facts.store.ts';
import { findListsInForce } from './sold-by.store.ts';

const NO_END = '9999-12-31';
/** The partner's own list, for all markets that have none. */
const EVERYWHERE = '*';

/** The partner's own market, and those that it has a new commerce list for. */
export async function marketsOf({ actor, database }: Call): Promise<string[]> {
  const { partnerId } = actor.partner;
  const lists = await database.read(partnerId, (tx) => findListsInForce(tx, partnerId));
  const markets = new Set([actor.partner.market, ...lists.keys()]);
  return [...markets].filter((market) => market !== EVERYWHERE).toSorted();
}

/** The prices of a market that hold today or later; undefined: there is no list for it, and none for all. */
export async function newCommercePrices(call: Call, market: string): Promise<PrintedFile | undefined> {
  const prices = await pricesOf(call, market);
  const { currency } = call.actor.partner;
  return prices && printNewCommercePrices(prices, { catalog: call.catalog, market, currency });
}

/** The license-based prices that hold today or later; undefined: the partner has none. */
export async function legacyPrices(call: Call): Promise<PrintedFile | undefined> {
  const prices = await pricesOf(call, EVERYWHERE);
  return prices && printLegacyPrices(prices, { catalog: call.catalog, currency: call.actor.partner.currency });
}

/** The upgrade paths that are on, by the catalog or the partner's own matrix; its switches are not in it. */
export async function offerMatrix({ actor, catalog, clock, database }: Call, platform: Platform): Promise<PrintedFile> {
  const { partnerId } = actor.partner;
  const { matrices } = await database.read(partnerId, (tx) => findPartnerFacts(tx, partnerId, clock.now()));
  const own = matrices.filter((matrix: OfferMatrix) => matrix.platform === platform);
  const { paths } = withMatrices(catalog, own);
  return printMatrix(paths, { catalog, platform, named: own.flatMap(({ offers }) => offers) });
}

async function pricesOf({ actor, clock, database }: Call, market: string): Promise<PriceFact[] | undefined> {
  const { partnerId } = actor.partner;
  const today = utcDay(clock.now()).toString();
  const rows = await database.read(partnerId, async (tx) => {
    const lists = await findListsInForce(tx, partnerId);
    const listId = lists.get(market) ?? lists.get(EVERYWHERE);
    return listId === undefined ? undefined : findPrices(tx, listId, { on: undefined });
  });
  return rows
    ?.map((row) => ({
      offerId: row.offer_id,
      termDuration: row.term_duration,
      billingCycle: row.billing_cycle,
      unitPrice: row.unit_price,
      validFrom: row.valid_from,
      validUntil: row.valid_until ?? NO_END,
    }))
    .filter(({ validUntil }) => validUntil >= today);
}
