import { accepted, refused } from '../../core/values/result.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { holdEmailsOf, nthNewestLink, nthNewestRequestMail, type Request } from './request.store.ts';

/** Within a day. One asks again because an email was lost, not because nobody answers; and nobody can send mail in bulk from here. */
const MOST_A_DAY = { sentOfRequest: 3, sentOfPartner: 200, shown: 20, confirmations: 5 };

type OfRequest = Pick<Request, 'partnerId' | 'requestId'>;

/** Whether the email of a request may be sent once more; the request must be locked. Refused: enough of this request, or of the partner, for a day. */
export async function checkSending(tx: Transaction, of: OfRequest, now: Temporal.Instant): Promise<Outcome<undefined>> {
  await holdEmailsOf(tx, of.partnerId);
  const since = dayBefore(now);
  const { sentOfRequest, sentOfPartner } = MOST_A_DAY;
  const own = await nthNewestRequestMail(tx, of, { requestId: of.requestId, nth: sentOfRequest, since });
  if (own) return refused({ code: 'too-many-emails', limit: sentOfRequest, until: dayAfter(own) });
  const any = await nthNewestRequestMail(tx, of, { requestId: null, nth: sentOfPartner, since });
  return any
    ? refused({ code: 'too-many-emails-of-partner', limit: sentOfPartner, until: dayAfter(any) })
    : accepted(undefined);
}

/** Whether another link may be made for a request, which must be locked. Refused: enough for a day. */
export async function checkLinks(
  tx: Transaction,
  of: OfRequest,
  kind: 'answer' | 'manage',
  now: Temporal.Instant,
): Promise<Outcome<undefined>> {
  const limit = kind === 'answer' ? MOST_A_DAY.shown : MOST_A_DAY.confirmations;
  const made = await nthNewestLink(tx, of, { kind, nth: limit, since: dayBefore(now) });
  const code = kind === 'answer' ? 'email-shown-too-often' : 'too-many-confirmations';
  return made ? refused({ code, limit, until: dayAfter(made) }) : accepted(undefined);
}

const dayBefore = (now: Temporal.Instant) => now.subtract({ hours: 24 }).toString();
const dayAfter = (at: string) => Temporal.Instant.from(at).add({ hours: 24 });
