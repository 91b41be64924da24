import { CHANNEL_TEXTS } from '../../contract/channel-texts.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { fill } from '../../contract/words.ts';
import type { WatchOnWire } from '../../contract/watches.ts';
import type { TenantHolding } from '../../core/subscriptions/subscription.ts';
import { findBlocking } from '../../core/upgrades/blocking.ts';
import { dayText } from '../http/day-text.ts';
import { channelName, offerName, presentRefusal, type Wording } from '../http/reason.presenter.ts';
import type { Watch } from './watch.store.ts';

/** A watch, with one sentence that says what the last look found and when the next one is. */
export function presentWatch(watch: Watch, wording: Wording): WatchOnWire {
  const { friendlyName, offerId, found, ...rest } = watch;
  const momentOrNull = (text: string | null) => text && Temporal.Instant.from(text).toString();
  return {
    ...rest,
    subscriptionName: friendlyName ?? offerName(offerId, wording),
    targetName: offerName(watch.targetOfferId, wording),
    setAt: Temporal.Instant.from(watch.setAt).toString(),
    checkedAt: momentOrNull(watch.checkedAt),
    message: messageOf(watch, wording),
    reasons: found.map((refusal) => presentRefusal(refusal, wording)),
  };
}

/** A UTC day in the words of the language. */
export function dayName(day: string, { language }: Wording): string {
  return dayText(Temporal.Instant.from(`${day}T00:00:00Z`), language);
}

function messageOf(watch: Watch, wording: Wording): string {
  const texts = CHANNEL_TEXTS[wording.language].watch;
  const { checkOn, checkedAt, outcome, found } = watch;
  if (outcome === null || checkedAt === null) {
    return checkOn ? fill(texts.waiting, { day: dayName(checkOn, wording) }) : texts.noNext;
  }
  const values = {
    checked: dayText(Temporal.Instant.from(checkedAt), wording.language),
    subscription: watch.friendlyName ?? offerName(watch.offerId, wording),
    target: offerName(watch.targetOfferId, wording),
  };
  const next = checkOn && fill(texts.next, { day: dayName(checkOn, wording) });
  if (outcome === 'cleared') return [fill(texts.cleared, values), next].filter(Boolean).join(' ');
  const still = findBlocking(found).map(({ holding }) => stillText(holding, wording));
  const others = found
    .filter(({ name }) => name !== 'services-already-owned' && name !== 'target-already-owned')
    .map((refusal) => presentRefusal(refusal, wording).message);
  return [fill(texts.stillRefused, values), ...new Set([...still, ...others]), next ?? texts.noNext].join(' ');
}

function stillText(holding: TenantHolding, wording: Wording): string {
  return fill(CHANNEL_TEXTS[wording.language].watch.stillCounts, {
    offer: offerName(holding.offerId, wording),
    channel: channelName(holding, wording),
    status: REASON_TEXTS[wording.language].statuses[holding.status],
  });
}
