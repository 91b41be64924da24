import { getOffer, type Offer } from '../../core/catalog/offer.ts';
import { monthlyPrice } from '../../core/catalog/monthly-price.ts';
import { type PathState, pathState } from '../../core/catalog/path-state.ts';
import type { PathMap } from '../../core/catalog/upgrade-way.ts';
import type { PathSwitch, UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { withMatrices } from '../../core/imports/offer-matrix.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { findPartnerFacts, legacyPrices, productPrices, toPathSwitch } from '../subscriptions/customer-facts.store.ts';

export type PathOnMap = {
  readonly path: UpgradePath;
  readonly standing: PathState;
  readonly switched: PathSwitch | undefined;
};

/** The paths as they stand for the partner in its own market today, and what offers cost by its lists there. */
export type PartnerMap = Omit<PathMap, 'paths'> & {
  readonly paths: readonly PathOnMap[];
  readonly day: Temporal.PlainDate;
};

export async function readPartnerMap(
  tx: Transaction,
  { actor, catalog, clock }: Pick<Call, 'actor' | 'catalog' | 'clock'>,
): Promise<PartnerMap> {
  const { partnerId, market } = actor.partner;
  const now = clock.now();
  const found = await findPartnerFacts(tx, partnerId, now);
  const switches = new Map(found.switches.map((one) => [one.pathId, toPathSwitch(one)]));
  const lists = { prices: legacyPrices(found, catalog), productPrices: productPrices(found, catalog, market) };
  const offerOf = (offerId: string): Offer => getOffer(catalog, offerId);
  const day = utcDay(now);
  return {
    day,
    offerOf,
    priceOf: (offerId) => monthlyPrice(offerOf(offerId), lists),
    paths: withMatrices(catalog, found.matrices).paths.map((path) => {
      const switched = switches.get(path.pathId);
      return { path, switched, standing: pathState(path, { target: offerOf(path.toOfferId), switched, market, day }) };
    }),
  };
}
