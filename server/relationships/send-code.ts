import { randomInt } from 'node:crypto';
import type { Language } from '../../contract/values.ts';
import { fill } from '../../contract/words.ts';
import { GLOBAL_ADMINISTRATOR } from '../../core/customers/customer-administrator.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { MOST_CODES_AN_HOUR } from '../http/problem.presenter.ts';
import { type Mailing, saveMail } from '../mail/mail.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { countCodes, countProofs, holdProofs, mayProve, saveCode } from './acceptance.store.ts';
import { EMAIL_TEXTS } from './email-texts.ts';
import { hashOf, makeToken } from './link-token.ts';
import { type Acceptance, holdAcceptance } from './show-acceptance.ts';

export const CODE_MINUTES = 10;
/** Whoever makes many requests must not get as many tries at guessing, nor send as many mails. */
const MOST_OF_CUSTOMER = { sentAnHour: 20, wrongADay: 20 };

type Asked = {
  readonly token: string;
  readonly email: string;
  readonly language: Language;
  readonly mailing: Mailing;
};

/**
 * Sends a code to an address at the customer’s domain. The answer is the same whether it went out or not: where the customer’s Global
 * Administrators are known, only they get one, and nobody learns who they are. Refused: unknown link, nothing to answer, an address
 * elsewhere, no mail server, too many codes.
 */
export async function sendCode(
  { clock, database, newId }: Context,
  { token, email, language, mailing }: Asked,
): Promise<Outcome<{ proof: string; expiresAt: Temporal.Instant }>> {
  if (mailing === 'none') return refused({ code: 'mail-not-set-up' });
  const now = clock.now();
  return database.asSystem(async (tx): Promise<Outcome<{ proof: string; expiresAt: Temporal.Instant }>> => {
    const found = await holdAcceptance(tx, token, now);
    if (!found.ok) return found;
    const shown = found.value;
    if (!isAnswerable(shown)) return refused({ code: 'request-not-open', state: shown.standing });
    const address = email.toLowerCase();
    if (address.split('@').at(-1) !== shown.domain.toLowerCase()) {
      return refused({ code: 'invalid-field', field: 'email', expected: 'customerDomain' });
    }
    const isTooOften = (await countCodes(tx, shown, now.subtract({ hours: 1 }).toString())) >= MOST_CODES_AN_HOUR;
    const proofs = await proofsOf(tx, shown, now);
    if (isTooOften || proofs.areTooMany || proofs.areGuessed) return refused({ code: 'too-many-codes' });
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const { token: proof, hash } = makeToken();
    const expiresAt = now.add({ minutes: CODE_MINUTES });
    const at = now.toString();
    const times = { at, expiresAt: expiresAt.toString() };
    await saveCode(tx, shown, { proofHash: hash, codeHash: hashOf(code, proof), email: address, ...times });
    if (await mayProve(tx, shown, GLOBAL_ADMINISTRATOR, address)) {
      const { partnerId, requestId } = shown;
      const mail = { partnerId, mailId: newId(), requestId, kind: 'code', to: address, replyTo: null, at } as const;
      await saveMail(tx, { ...mail, ...codeMail(shown, code, language) }, mailing);
    }
    return accepted({ proof, expiresAt });
  });
}

/** Whether a partner's requests to one customer have led to too many codes, or too many wrong ones; held until the end of the transaction. */
export async function proofsOf(
  tx: Transaction,
  shown: Acceptance,
  now: Temporal.Instant,
): Promise<{ readonly areTooMany: boolean; readonly areGuessed: boolean }> {
  await holdProofs(tx, shown);
  const { sent, wrong } = await countProofs(tx, shown, {
    sentSince: now.subtract({ hours: 1 }).toString(),
    wrongSince: now.subtract({ hours: 24 }).toString(),
  });
  return { areTooMany: sent >= MOST_OF_CUSTOMER.sentAnHour, areGuessed: wrong >= MOST_OF_CUSTOMER.wrongADay };
}

/** An open request, or a relationship that stands. */
export function isAnswerable({ standing }: Acceptance): boolean {
  return standing === 'open' || standing === 'standing';
}

function codeMail({ partner, partnerDomain }: Acceptance, code: string, language: Language) {
  const words = EMAIL_TEXTS[language];
  const values = { code, company: partner, domain: partnerDomain };
  return { subject: fill(words.codeSubject, values), text: fill(words.code, values) };
}
