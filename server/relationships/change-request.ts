import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { type Mailing, saveMail } from '../mail/mail.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { composeEmail } from './compose-email.ts';
import { checkLinks, checkSending } from './email-limits.ts';
import { acceptanceLink, makeToken } from './link-token.ts';
import { answerRequest, findRequests, lockRequest, type RequestRow, saveLink } from './request.store.ts';

/** The email of an open request again. Its earlier links go on working; this one is new, because of those only hashes are kept. Refused: role, unknown or closed request, too many links in a day. */
export async function composeAgain(
  call: Call,
  requestId: string,
  publicUrl: string,
): Promise<Outcome<ReturnType<typeof composeEmail>>> {
  return changeOpen(call, requestId, async (tx, request) => {
    const now = call.clock.now();
    const allowed = await checkLinks(tx, request, 'answer', now);
    if (!allowed.ok) return allowed;
    const { token, hash } = makeToken();
    await saveLink(tx, request, { hash, kind: 'answer', at: now.toString() });
    return accepted(composeEmail(request, acceptanceLink(publicUrl, token)));
  });
}

/** Sends the email of an open request to the address it names. Refused: role, unknown or closed request, no mail server, no address, too many mails in a day. */
export async function sendRequest(
  call: Call,
  requestId: string,
  { publicUrl, mailing }: { readonly publicUrl: string; readonly mailing: Mailing },
): Promise<Outcome<RequestRow>> {
  const { actor, clock, newId } = call;
  return changeOpen(call, requestId, async (tx, request): Promise<Outcome<RequestRow>> => {
    if (mailing === 'none' || request.recipient === null) return refused({ code: 'mail-not-set-up' });
    const now = clock.now();
    const allowed = await checkSending(tx, request, now);
    if (!allowed.ok) return allowed;
    const { token, hash } = makeToken();
    const at = now.toString();
    await saveLink(tx, request, { hash, kind: 'answer', at });
    const { subject, text } = composeEmail(request, acceptanceLink(publicUrl, token));
    const { partnerId } = request;
    const mail = {
      partnerId,
      mailId: newId(),
      requestId,
      kind: 'request',
      replyTo: actor.email,
      subject,
      text,
      at,
    } as const;
    await saveMail(tx, { ...mail, to: request.recipient }, mailing);
    await saveAudit(tx, [
      toAuditRow(call, {
        customerId: request.customerId ?? partnerId,
        action: 'relationship.email-sent',
        subjectId: requestId,
        // To whom stands in the mail, which can be erased.
        details: { mailId: mail.mailId },
      }),
    ]);
    return again(tx, call, requestId);
  });
}

/** Withdraws an open request. Refused: role, unknown or closed request. */
export async function withdrawRequest(call: Call, requestId: string): Promise<Outcome<RequestRow>> {
  return changeOpen(call, requestId, async (tx, request) => {
    await answerRequest(tx, request, { state: 'withdrawn', customerId: null, at: call.clock.now().toString() });
    const entry = { action: 'relationship.withdrawn' as const, subjectId: requestId, details: {} };
    await saveAudit(tx, [toAuditRow(call, { ...entry, customerId: request.customerId ?? request.partnerId })]);
    return again(tx, call, requestId);
  });
}

/** Does something to a request that is open and stays locked meanwhile. */
async function changeOpen<Value>(
  call: Call,
  requestId: string,
  work: (tx: Transaction, request: RequestRow) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'requestRelationship');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<Value>> => {
    await lockRequest(tx, partnerId, requestId);
    const [request] = await findRequests(tx, partnerId, clock.now(), { requestId });
    if (!request) return notFound('relationshipRequest', requestId);
    if (request.state !== 'open') return refused({ code: 'request-not-open', state: request.state });
    return work(tx, request);
  });
}

async function again(tx: Transaction, call: Call, requestId: string): Promise<Outcome<RequestRow>> {
  const [request] = await findRequests(tx, call.actor.partner.partnerId, call.clock.now(), { requestId });
  return request ? accepted(request) : notFound('relationshipRequest', requestId);
}
