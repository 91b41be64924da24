import type { Language } from '../../contract/values.ts';
import type { Catalog, Offer } from '../../core/catalog/offer.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import {
  findCustomersBy,
  findSubscriptionsBy,
  findUpgradesBy,
  findUsersBy,
  type FoundCustomer,
  type FoundSubscription,
  type FoundUpgrade,
  type FoundUser,
  type Wanted,
} from './search.store.ts';

/** How many of each kind are shown. */
export const SHOWN = 8;
/** Fewer are the beginning of too many ids to be meant as one. */
const LEAST_OF_ID = 4;

export type Found = {
  readonly customers: readonly FoundCustomer[];
  readonly subscriptions: readonly FoundSubscription[];
  readonly users: readonly FoundUser[];
  readonly offers: readonly Offer[];
  readonly upgrades: readonly FoundUpgrade[];
};

/** Looks through all that the partner sees: of each kind one more than is shown, where there are as many. Refused: role. */
export async function searchEverything(
  { actor, catalog, database }: Call,
  q: string,
  language: Language,
): Promise<Outcome<Found>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const text = foldForSearch(q);
  const offers = offersBy(catalog, text);
  const wanted = { ...wantedFrom(text), offerIds: offers.map(({ offerId }) => offerId), language, most: SHOWN + 1 };
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) =>
    accepted({
      customers: await findCustomersBy(tx, partnerId, wanted),
      subscriptions: await findSubscriptionsBy(tx, partnerId, wanted),
      users: await findUsersBy(tx, wanted),
      offers: offers.slice(0, wanted.most),
      upgrades: await findUpgradesBy(tx, partnerId, wanted),
    }),
  );
}

function offersBy({ offers }: Catalog, text: string): Offer[] {
  return [...offers.values()].filter(({ name }) => [name.tr, name.en].some((one) => foldForSearch(one).includes(text)));
}

/** An id is written with or without its dashes, an upgrade's number with one in the middle. */
export function wantedFrom(text: string): Pick<Wanted, 'text' | 'ids' | 'number'> {
  const digits = text.replaceAll('-', '');
  const isHex = /^[0-9a-f]+$/.test(digits) && digits.length >= LEAST_OF_ID && digits.length <= 32;
  return {
    text,
    ids: isHex ? [toGuid(digits.padEnd(32, '0')), toGuid(digits.padEnd(32, 'f'))] : null,
    number: isHex && digits.length <= 8 ? digits : null,
  };
}

function toGuid(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
