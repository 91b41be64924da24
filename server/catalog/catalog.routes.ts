import type { OfferOnWire, PathOnWire } from '../../contract/catalog.ts';
import type { Offer } from '../../core/catalog/offer.ts';
import type { ProductTerm } from '../../core/catalog/product.ts';
import { isPathOpen } from '../../core/catalog/upgrade-path.ts';
import { type BillingCycle, utcDay } from '../../core/values/period.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole } from '../failure.ts';
import type { Mount } from '../http/mount.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { listPaths, removePathSwitch, type SwitchedPath, switchPath } from './switch-path.ts';

export function catalogRoutes(mount: Mount): void {
  mount.signedIn('listOffers', async ({ call, wording }) => {
    const allowed = checkRole(call.actor.roles, 'view');
    if (!allowed.ok) return allowed;
    return accepted({ items: [...call.catalog.offers.values()].map((offer) => presentOffer(offer, wording)) });
  });
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

function presentOffer(
  { key: _, prohibitedUsageLocations: _locations, product, ...offer }: Offer,
  wording: Wording,
): OfferOnWire {
  return {
    ...offer,
    name: offerName(offer.offerId, wording),
    billingCycles: [...offer.billingCycles],
    terms: product ? product.terms.map(presentTerm) : offer.billingCycles.map(legacyTerm),
    trial: Boolean(product?.trial),
    markets: offer.markets && [...offer.markets],
    servicePlans: offer.servicePlans.map(({ planName, name, family, tier, role }) => ({
      planName,
      name,
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

function presentPath({ path, switched }: SwitchedPath, { actor, clock }: Call, wording: Wording): PathOnWire {
  const end = (offerId: string) => ({ offerId, name: offerName(offerId, wording) });
  return {
    pathId: path.pathId,
    from: end(path.fromOfferId),
    to: end(path.toOfferId),
    standing: path.standing,
    open: isPathOpen(path, switched, actor.partner.market, utcDay(clock.now())),
    switched: switched
      ? {
          enabled: switched.enabled,
          markets: switched.markets && [...switched.markets],
          validFrom: switched.validFrom?.toString() ?? null,
          validUntil: switched.validUntil?.toString() ?? null,
        }
      : null,
    markets: path.markets && [...path.markets],
    sources: [...path.sources],
    note: path.note,
  };
}
