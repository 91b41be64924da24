import type { Language } from '../../contract/values.ts';
import { fill } from '../../contract/words.ts';
import { GLOBAL_ADMINISTRATOR } from '../../core/customers/customer-administrator.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { type Mailing, saveMail } from '../mail/mail.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { mayProve } from './acceptance.store.ts';
import { checkLinks } from './email-limits.ts';
import { EMAIL_TEXTS } from './email-texts.ts';
import { acceptanceLink, makeToken } from './link-token.ts';
import { saveLink } from './request.store.ts';
import { type Acceptance, holdAcceptance } from './show-acceptance.ts';

type Desk = { readonly publicUrl: string; readonly mailing: Mailing; readonly language: Language };
type Sending = Desk & {
  /** Null: a link is made and told to nobody. */
  readonly to: string | null;
  readonly now: Temporal.Instant;
  readonly newId: Context['newId'];
};

/** Tells an administrator what was accepted, with a link by which it can be taken back. */
export async function sendConfirmation(
  tx: Transaction,
  { partnerId, requestId, partner, customerName }: Acceptance,
  { publicUrl, mailing, language, to, now, newId }: Sending,
): Promise<void> {
  if (mailing === 'none') return;
  const { token, hash } = makeToken();
  const at = now.toString();
  await saveLink(tx, { partnerId, requestId }, { hash, kind: 'manage', at });
  if (to === null) return;
  const words = EMAIL_TEXTS[language];
  const values = { company: partner, customer: customerName, link: acceptanceLink(publicUrl, token) };
  const content = { subject: fill(words.confirmedSubject, values), text: fill(words.confirmed, values) };
  const mail = {
    partnerId,
    mailId: newId(),
    requestId,
    kind: 'confirmation',
    to,
    replyTo: null,
    at,
    ...content,
  } as const;
  await saveMail(tx, mail, mailing);
}

/**
 * The same mail once more, for whoever lost it, by the link of the request that was accepted; the partner may have that link as well, but the
 * mail goes to whom a code would go, and nowhere else. The answer is the same whether it went out or not, and each time counts. Refused:
 * unknown link, nothing accepted or no longer, an address elsewhere, no mail server, too often in a day.
 */
export async function resendConfirmation(
  { clock, database, newId }: Context,
  { token, email, ...desk }: Desk & { readonly token: string; readonly email: string },
): Promise<Outcome<{ email: string }>> {
  if (desk.mailing === 'none') return refused({ code: 'mail-not-set-up' });
  const now = clock.now();
  return database.asSystem(async (tx): Promise<Outcome<{ email: string }>> => {
    const found = await holdAcceptance(tx, token, now);
    if (!found.ok) return found;
    const shown = found.value;
    if (shown.standing !== 'accepted' || shown.relation === null) {
      return refused({ code: 'request-not-open', state: shown.standing === 'accepted' ? 'ended' : shown.standing });
    }
    const address = email.toLowerCase();
    if (address.split('@').at(-1) !== shown.domain.toLowerCase()) {
      return refused({ code: 'invalid-field', field: 'email', expected: 'customerDomain' });
    }
    const allowed = await checkLinks(tx, shown, 'manage', now);
    if (!allowed.ok) return allowed;
    const may = await mayProve(tx, shown, GLOBAL_ADMINISTRATOR, address);
    await sendConfirmation(tx, shown, { ...desk, to: may ? address : null, now, newId });
    return accepted({ email });
  });
}
