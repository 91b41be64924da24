import { cheapestWay, type NoWay, type Way } from '../../core/catalog/upgrade-way.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { type PartnerMap, readPartnerMap } from './partner-map.ts';

/** The partner's upgrade map of today. Refused: role. */
export async function showMap(call: Call): Promise<Outcome<PartnerMap>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  return accepted(await database.read(actor.partner.partnerId, (tx) => readPartnerMap(tx, call)));
}

/** The cheapest way from one offer to another, or why there is none. Refused: role, unknown offer. */
export async function findWay(
  call: Call,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Outcome<{ readonly map: PartnerMap; readonly found: Way | NoWay }>> {
  const shown = await showMap(call);
  if (!shown.ok) return shown;
  const unknown = [from, to].find((offerId) => !call.catalog.offers.has(offerId));
  if (unknown !== undefined) return notFound('offer', unknown);
  return accepted({ map: shown.value, found: cheapestWay(shown.value, from, to) });
}
