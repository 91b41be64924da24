import { type Catalog, getOffer, principalFamilies } from '../catalog/offer.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type DelegatedPrivileges, findPrivilegeGaps } from './relationship.ts';

/** The principal service families of a customer's active subscriptions that the partner's privileges let it look into, each once. */
export function managedFamilies(
  catalog: Catalog,
  subscriptions: readonly Subscription[],
  privileges: readonly DelegatedPrivileges[],
  now: Temporal.Instant,
): string[] {
  const active = subscriptions.filter(({ status }) => status === 'active');
  const families = new Set(active.flatMap(({ offerId }) => [...principalFamilies(getOffer(catalog, offerId))]));
  return [...families].filter((family) => findPrivilegeGaps(privileges, [family], 'upgrade_only', now).length === 0);
}
