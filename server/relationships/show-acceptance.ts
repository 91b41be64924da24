import { createHash } from 'node:crypto';
import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findByLink, type LinkFacts } from './acceptance.store.ts';
import { findSignInProof, type SignInProof } from './customer-sign-in.store.ts';
import { hashOf } from './link-token.ts';
import { lockRequest } from './request.store.ts';

/** What a link leads to now: a request that may be answered, or a relationship that stands. */
export type Acceptance = LinkFacts & {
  readonly standing: LinkFacts['state'] | 'standing' | 'ended';
  readonly isNew: boolean;
  readonly agreementNeeded: boolean;
  readonly digest: string;
};

/** What is shown, and what the browser proved for it already. */
export type Shown = { readonly acceptance: Acceptance; readonly proved: SignInProof | undefined };

/** Shows whoever has the link what it is about; `signIn` is what the browser holds. Refused: a link that was never given out. */
export async function showAcceptance(
  { clock, database }: Context,
  token: string,
  signIn: string | undefined,
): Promise<Outcome<Shown>> {
  const now = clock.now();
  return database.asSystem(async (tx): Promise<Outcome<Shown>> => {
    const found = await findAcceptance(tx, token, now);
    if (!found.ok) return found;
    const by = { linkHash: hashOf(token), proofHash: hashOf(signIn ?? ''), now: now.toString() };
    const proved = signIn === undefined ? undefined : await findSignInProof(tx, by);
    return accepted({ acceptance: found.value, proved });
  });
}

export async function findAcceptance(
  tx: Transaction,
  token: string,
  now: Temporal.Instant,
): Promise<Outcome<Acceptance>> {
  return findAcceptanceOf(tx, hashOf(token), now);
}

/** As it is shown, with its request held until the end of the transaction: whoever held it before may have answered it. */
export async function holdAcceptance(
  tx: Transaction,
  token: string,
  now: Temporal.Instant,
): Promise<Outcome<Acceptance>> {
  const first = await findAcceptance(tx, token, now);
  if (!first.ok) return first;
  await lockRequest(tx, first.value.partnerId, first.value.requestId);
  return findAcceptance(tx, token, now);
}

/** By the hash of the link’s secret, for what knows no more. */
export async function findAcceptanceOf(
  tx: Transaction,
  linkHash: Buffer,
  now: Temporal.Instant,
): Promise<Outcome<Acceptance>> {
  const found = await findByLink(tx, linkHash, now);
  if (!found) return refused({ code: 'link-unknown' });
  const isNew = found.relation === null;
  const agreementNeeded = !found.relation?.agreed;
  const standing = found.kind === 'answer' ? found.state : found.relation === null ? 'ended' : 'standing';
  return accepted({ ...found, standing, isNew, agreementNeeded, digest: digestOf(found, standing, agreementNeeded) });
}

/** Stands for all that the page shows, and so for what an answer grants or takes back; a grant that ended by itself changes it, too. */
function digestOf(found: LinkFacts, standing: string, agreementNeeded: boolean): string {
  const { kind, partnerId, partner, partnerDomain, requestId, customerName, domain, indirectReseller } = found;
  const { privileges, roles, days, families, relation } = found;
  const parties = [
    kind,
    standing,
    partnerId,
    partner,
    partnerDomain,
    requestId,
    customerName,
    domain,
    indirectReseller,
  ];
  const terms = [privileges, roles, days, families, agreementNeeded, kind === 'manage' ? relation?.grants : null];
  return createHash('sha256')
    .update(JSON.stringify([parties, terms]))
    .digest('base64url');
}
