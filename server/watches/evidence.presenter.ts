import { CHANNEL_TEXTS } from '../../contract/channel-texts.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { fill } from '../../contract/words.ts';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { watchEndpoints } from '../../contract/watches.ts';
import type { Blocking } from '../../core/upgrades/blocking.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { channelName, familyName, offerName, presentRefusal, type Wording } from '../http/reason.presenter.ts';
import type { Evidence } from './show-evidence.ts';
import { dayName, presentWatch } from './watch.presenter.ts';

type EvidenceOnWire = AnswerOf<(typeof watchEndpoints)['showEvidence']>;

/** Evidence in the caller's language. Of what another partner sold it tells offer, channel, state and the end of the term alone. */
export function presentEvidence(evidence: Evidence, wording: Wording): EvidenceOnWire {
  const { subscription, targetOfferId, blocking, refusals, watch } = evidence;
  return {
    subscriptionId: subscription.subscriptionId,
    offerName: offerName(subscription.offerId, wording),
    targetOfferId,
    targetName: offerName(targetOfferId, wording),
    adds: namesOf(evidence.adds, wording),
    checkedAt: evidence.checkedAt.toString(),
    clear: refusals.length === 0,
    blocking: blocking.map((one) => presentBlocking(one, wording)),
    consequences: consequencesOf(evidence, wording),
    others: othersOf(refusals).map((refusal) => presentRefusal(refusal, wording)),
    letter: blocking.some(({ holding }) => !holding.ours),
    nextCheckOn: evidence.nextCheckOn?.toString() ?? null,
    watch: watch ? presentWatch(watch, wording) : null,
  };
}

function presentBlocking({ holding, families, isTarget }: Blocking, wording: Wording) {
  const { subscriptionId, offerId, channel, ours, status, endsOn } = holding;
  return {
    offerId,
    offerName: offerName(offerId, wording),
    channel,
    channelName: channelName(holding, wording),
    ours,
    subscriptionId: ours ? subscriptionId : null,
    recordedSubscriptionId: ours ? null : subscriptionId,
    status,
    statusName: REASON_TEXTS[wording.language].statuses[status],
    endsOn: endsOn?.toString() ?? null,
    services: namesOf(families, wording),
    isTarget,
  };
}

/** What follows for the target, in sentences; the same on API and portal. */
function consequencesOf({ blocking, refusals, targetOfferId, nextCheckOn }: Evidence, wording: Wording): string[] {
  const texts = CHANNEL_TEXTS[wording.language].evidence;
  const target = offerName(targetOfferId, wording);
  if (refusals.length === 0) return [fill(texts.clear, { target })];
  if (blocking.length === 0) return [texts.notElsewhere];
  const services = namesOf([...new Set(blocking.flatMap(({ families }) => families))], wording).join(', ');
  const isElsewhere = blocking.some(({ holding }) => !holding.ours);
  // The last day of the term; the day after it is when to look.
  const lastDay = nextCheckOn?.subtract({ days: 1 }).toString();
  const lapse = lastDay ? fill(texts.lapse, { day: dayName(lastDay, wording) }) : texts.lapseUnknown;
  return [
    ...(services ? [fill(texts.overlap, { target, services })] : []),
    ...(blocking.some(({ isTarget }) => isTarget) ? [fill(texts.target, { target })] : []),
    ...(isElsewhere ? [texts.elsewhere] : []),
    ...(blocking.some(({ holding }) => holding.ours) ? [texts.ours] : []),
    texts.expired,
    ...(isElsewhere ? [lapse] : []),
    ...(othersOf(refusals).length > 0 ? [texts.others] : []),
  ];
}

function othersOf(refusals: readonly Refusal[]): Refusal[] {
  return refusals.filter(({ name }) => name !== 'services-already-owned' && name !== 'target-already-owned');
}

function namesOf(families: readonly string[], wording: Wording): string[] {
  return families.map((family) => familyName(family, wording));
}
