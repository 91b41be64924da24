import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { Language } from '../../contract/values.ts';
import type { Catalog } from '../../core/catalog/offer.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';

/** What selling, seats, terms and their ends are refused for. */
type CommerceRefusal = Extract<
  Refusal,
  {
    name:
      | 'licenses-still-assigned'
      | 'segment-not-qualified'
      | 'offer-end-of-sale'
      | 'teams-suite-closed'
      | 'specialized-at-renewal'
      | 'renewal-running'
      | 'term-not-offered'
      | 'term-shorter'
      | 'tenant-maximum-exceeded'
      | 'seats-not-removable'
      | 'too-many-updates'
      | 'trial-not-changeable'
      | 'trial-term-fixed'
      | 'trial-had-before'
      | 'too-many-subscriptions'
      | 'not-suspended'
      | 'base-not-active'
      | 'auto-renew-off'
      | 'renewal-not-changeable'
      | 'end-date-not-supported'
      | 'end-date-outside-term'
      | 'end-date-matches-nothing'
      | 'cancellation-window-passed'
      | 'billing-cycle-not-supported'
      | 'billing-cycle-not-changeable';
  }
>;

type Given = { readonly catalog: Catalog; readonly language: Language };

/** The evidence of a refusal and what its words are filled with. */
export function describeCommerce(
  refusal: CommerceRefusal,
  { catalog, language }: Given,
  dayText: (day: Temporal.PlainDate) => string,
) {
  const { name: _, ...facts } = refusal;
  const evidence = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, plain(value)]));
  const offer = 'offerId' in refusal ? (catalog.offers.get(refusal.offerId)?.name[language] ?? refusal.offerId) : '';
  return { evidence, values: { offer, ...valuesOf(refusal, language, dayText) } };
}

function valuesOf(
  refusal: CommerceRefusal,
  language: Language,
  day: (day: Temporal.PlainDate) => string,
): Readonly<Record<string, string | number>> {
  switch (refusal.name) {
    case 'licenses-still-assigned':
      return { assigned: refusal.assigned, requested: refusal.requested };
    case 'segment-not-qualified':
      return { segment: REASON_TEXTS[language].segments[refusal.segment] };
    case 'offer-end-of-sale':
      return { endedOn: day(refusal.endedOn) };
    case 'renewal-running':
      return { termEndsOn: day(refusal.termEndsOn) };
    case 'term-not-offered':
      return { term: REASON_TEXTS[language].termDurations[refusal.termDuration] };
    case 'term-shorter': {
      const { termDurations } = REASON_TEXTS[language];
      return {
        term: termDurations[refusal.termDuration],
        sourceTerm: termDurations[refusal.sourceTermDuration],
      };
    }
    case 'billing-cycle-not-supported':
      return { billingCycle: REASON_TEXTS[language].billingCycles[refusal.billingCycle] };
    case 'not-suspended':
      return { status: REASON_TEXTS[language].statuses[refusal.status] };
    case 'end-date-matches-nothing':
      return { endsOn: day(refusal.endsOn) };
    case 'tenant-maximum-exceeded': {
      const { max, held, requested } = refusal;
      return { max, held, requested, left: Math.max(0, max - held) };
    }
    case 'seats-not-removable': {
      const { removable, requested, renewsOn } = refusal;
      return { removable, requested, renewsOn: day(renewsOn) };
    }
    case 'too-many-updates':
    case 'too-many-subscriptions':
      return { most: refusal.most };
    case 'end-date-outside-term':
      return { endsOn: day(refusal.endsOn), from: day(refusal.from), until: day(refusal.until) };
    case 'cancellation-window-passed':
    case 'specialized-at-renewal':
      return { renewsOn: day(refusal.renewsOn) };
    default:
      return {};
  }
}

/** Days and moments as text; whatever else there is stays. */
function plain(value: unknown): unknown {
  return value instanceof Temporal.PlainDate || value instanceof Temporal.Instant ? value.toString() : value;
}
