import type { PathOnWire } from '../../contract/catalog.ts';
import { isPathOpen, type PathSwitch } from '../../core/catalog/upgrade-path.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Call } from '../context.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import type { SwitchedPath } from './switch-path.ts';

export function presentPath({ path, switched }: SwitchedPath, { actor, clock }: Call, wording: Wording): PathOnWire {
  const end = (offerId: string) => ({ offerId, name: offerName(offerId, wording) });
  return {
    pathId: path.pathId,
    from: end(path.fromOfferId),
    to: end(path.toOfferId),
    standing: path.standing,
    open: isPathOpen(path, switched, actor.partner.market, utcDay(clock.now())),
    switched: switched ? presentSwitch(switched) : null,
    markets: path.markets && [...path.markets],
    sources: [...path.sources],
    note: path.note?.[wording.language] ?? '',
  };
}

/** The partner's own word on a path. */
export function presentSwitch({ enabled, markets, validFrom, validUntil }: PathSwitch) {
  return {
    enabled,
    markets: markets && [...markets],
    validFrom: validFrom?.toString() ?? null,
    validUntil: validUntil?.toString() ?? null,
  };
}
