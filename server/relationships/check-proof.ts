import { timingSafeEqual } from 'node:crypto';
import { GLOBAL_ADMINISTRATOR } from '../../core/customers/customer-administrator.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import type { Organization } from './accept-request.ts';
import { giveTryBack, mayProve, tryCode, useCode } from './acceptance.store.ts';
import { findSignInProof, useSignInProof } from './customer-sign-in.store.ts';
import { hashOf } from './link-token.ts';
import type { Acceptance } from './show-acceptance.ts';

const MOST_TRIES = 5;

/** By a code, which came by mail, and the secret of the browser it was sent for; or by a sign-in, whose secret the browser holds. */
export type Given = {
  readonly token: string;
  readonly decision: string;
  readonly code?: { readonly proof: string; readonly code: string } | undefined;
  readonly signIn: string | undefined;
  readonly organization?: Organization | undefined;
};

/** Somebody who proved to be an administrator of the customer. */
export type Proof = {
  readonly email: string;
  /** For the audit log, which way it was, without who: an address or a subject is nobody’s id. */
  readonly told: Readonly<Record<string, string>>;
  /** Uses it up, or where nothing was done leaves it as it was. */
  readonly settle: (isDone: boolean) => Promise<void>;
};

/** The request must be locked; `areGuessed`: too many wrong codes came for this customer. Refused: a code or a sign-in that does not hold, or is of another tenant than the one that accepts. */
export async function checkProof(
  tx: Transaction,
  shown: Acceptance,
  given: Given,
  { now, areGuessed }: { readonly now: string; readonly areGuessed: boolean },
): Promise<Outcome<Proof>> {
  if (!given.code) return proveBySignIn(tx, shown, given, now);
  return areGuessed ? refused({ code: 'code-refused' }) : proveByCode(tx, shown, given.code, now);
}

/** One try of a code, counted; the request must be locked. Refused: one that does not hold. */
export async function proveByCode(
  tx: Transaction,
  shown: Acceptance,
  { proof, code }: { readonly proof: string; readonly code: string },
  now: string,
): Promise<Outcome<Proof>> {
  const proofHash = hashOf(proof);
  const tried = await tryCode(tx, shown, { proofHash, most: MOST_TRIES, now });
  const isRight = tried && timingSafeEqual(tried.code_hash, hashOf(code, proof));
  // Asked again: the tenant or its administrators may have become known since the code was sent.
  if (!isRight || !(await mayProve(tx, shown, GLOBAL_ADMINISTRATOR, tried.email))) {
    return refused({ code: 'code-refused' });
  }
  return accepted({
    email: tried.email,
    told: { way: 'code', address: hashOf(tried.email).toString('hex') },
    settle: (isDone) => (isDone ? useCode(tx, shown, proofHash, now) : giveTryBack(tx, shown, proofHash)),
  });
}

async function proveBySignIn(
  tx: Transaction,
  shown: Acceptance,
  { token, decision, signIn, organization }: Given,
  now: string,
): Promise<Outcome<Proof>> {
  if (signIn === undefined) return refused({ code: 'proof-refused' });
  const by = { linkHash: hashOf(token), proofHash: hashOf(signIn), now };
  const proved = await findSignInProof(tx, by);
  if (!proved) return refused({ code: 'proof-refused' });
  const { tenantId, email, accountHash } = proved;
  if (shown.customerId !== null && shown.customerId !== tenantId) return refused({ code: 'proof-refused' });
  if (decision === 'accept' && shown.isNew && organization && organization.tenantId !== tenantId) {
    return refused({ code: 'invalid-field', field: 'organization.tenantId', expected: 'signedInTenant' });
  }
  return accepted({
    email,
    told: { way: 'sign-in', account: accountHash.toString('hex') },
    settle: async (isDone) => {
      if (isDone) await useSignInProof(tx, by);
    },
  });
}
