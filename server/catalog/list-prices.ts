import { getOffer, type Platform } from '../../core/catalog/offer.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { findPriceLists, findPrices, type PriceListRow, type PriceRow } from './price.store.ts';

/** The price lists of the deployment. Refused: role. */
export async function listPriceLists({ actor, database }: Call): Promise<Outcome<PriceListRow[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findPriceLists(tx, partnerId)));
}

type Asked = {
  readonly priceListId?: string | undefined;
  readonly search?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly valid?: 'today' | undefined;
};

/** The prices of a list, the partner's own unless told otherwise, by the names of the offers. Refused: role, unknown list. */
export async function listPrices(
  { actor, catalog, clock, database }: Call,
  { priceListId, search, platform, valid }: Asked,
  wording: Wording,
): Promise<Outcome<{ readonly list: PriceListRow | undefined; readonly prices: readonly PriceRow[] }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const on = valid === 'today' ? utcDay(clock.now()) : undefined;
  return database.read(partnerId, async (tx) => {
    const lists = await findPriceLists(tx, partnerId);
    const list = lists.find((one) => (priceListId ? one.price_list_id === priceListId : one.use === 'own'));
    if (!list) return priceListId ? notFound('priceList', priceListId) : accepted({ list, prices: [] });
    const wanted = foldForSearch(search ?? '');
    const { compare } = new Intl.Collator(wording.language);
    const prices = (await findPrices(tx, list.price_list_id, { on }))
      // A list may know more offers than the catalog does today.
      .filter(({ offer_id: offerId }) => catalog.offers.has(offerId))
      .map((row) => ({ row, name: offerName(row.offer_id, wording), offer: getOffer(catalog, row.offer_id) }))
      .filter(({ offer }) => platform === undefined || offer.platform === platform)
      .filter(({ name, offer }) =>
        foldForSearch([name, offer.offerId, offer.skuPartNumber].join('\n')).includes(wanted),
      )
      .toSorted((one, other) => compare(one.name, other.name) || compare(keyOf(one.row), keyOf(other.row)))
      .map(({ row }) => row);
    return accepted({ list, prices });
  });
}

function keyOf({ offer_id: offerId, term_duration, billing_cycle, valid_from }: PriceRow): string {
  return [offerId, term_duration, billing_cycle, valid_from].join(' ');
}
