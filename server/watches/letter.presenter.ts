import { CHANNEL_TEXTS } from '../../contract/channel-texts.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { fill } from '../../contract/words.ts';
import type { Blocking } from '../../core/upgrades/blocking.ts';
import { familyName, offerName, type Wording } from '../http/reason.presenter.ts';
import type { Letter } from './show-evidence.ts';
import { dayName } from './watch.presenter.ts';

/**
 * The letter to the customer in the language of `wording`: what overlaps, how to clear it by canceling or by letting it lapse (T3), and when
 * we look again. It says of another partner only what may be told: offer, channel, state, and the end of the term.
 */
export function presentLetter(
  { evidence, customerName, watch }: Letter,
  sender: { readonly displayName: string; readonly partnerName: string },
  wording: Wording,
): { subject: string; text: string } {
  const texts = CHANNEL_TEXTS[wording.language].letter;
  const { subscription, targetOfferId, blocking, nextCheckOn } = evidence;
  const target = offerName(targetOfferId, wording);
  const elsewhere = blocking.filter(({ holding }) => !holding.ours);
  const lastDay = nextCheckOn?.subtract({ days: 1 }).toString();
  const onDay = lastDay ? fill(texts.onDay, { day: dayName(lastDay, wording) }) : '';
  const paragraphs = [
    fill(texts.greeting, { customer: customerName }),
    fill(texts.body, { source: subscription.friendlyName ?? offerName(subscription.offerId, wording), target }),
    [texts.list, ...elsewhere.map((one) => lineOf(one, wording))].join('\n'),
    [texts.ask, texts.cancel, fill(texts.lapse, { onDay })].join('\n'),
    texts.safe,
    ...(watch?.checkOn ? [fill(texts.again, { day: dayName(watch.checkOn, wording) })] : []),
    [texts.closing, sender.displayName, sender.partnerName].join('\n'),
  ];
  return { subject: fill(texts.subject, { target }), text: paragraphs.join('\n\n') };
}

function lineOf({ holding, families, isTarget }: Blocking, wording: Wording): string {
  const { letter, channelsBought } = CHANNEL_TEXTS[wording.language];
  const names = families.map((family) => familyName(family, wording)).join(', ');
  const until = holding.endsOn ? fill(letter.until, { day: dayName(holding.endsOn.toString(), wording) }) : '';
  return fill(letter.line, {
    offer: offerName(holding.offerId, wording),
    channel: channelsBought[holding.channel],
    status: REASON_TEXTS[wording.language].statuses[holding.status],
    until,
    services: (names ? fill(letter.services, { services: names }) : '') + (isTarget ? letter.isTarget : ''),
  });
}
