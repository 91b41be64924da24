import { administratorOf, lacksName } from '../../core/customers/customer-administrator.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { OpenId } from '../http/open-id.ts';
import { PROBLEM_OF_FAULT } from '../http/open-id-problem.ts';
import { clientOf, type CustomerSignIn, SIGN_IN_MINUTES, type SignInRefusal } from './customer-sign-in.ts';
import { isTenantOfDomain, saveSignInProof, takeSignIn } from './customer-sign-in.store.ts';
import { hashOf, makeToken } from './link-token.ts';
import { findAcceptanceOf } from './show-acceptance.ts';

export type CameBack = {
  readonly state: string | undefined;
  /** What the browser's cookie holds. */
  readonly browserKey: string | undefined;
  /** The query that the provider sent it back with. */
  readonly search: string;
};

/** What the browser is to hold: `proof` belongs to it, for the link alone. */
export type Proved = { readonly proof: string; readonly linkHash: Buffer };

/**
 * Ends a sign-in that this browser began: verifies what the provider says, and that it is of a Global Administrator of the tenant. A tenant
 * that nobody knows here must show by the account's name, too, that the domain of the request is its own. Each begun sign-in is good once,
 * also where it fails. Refused: not begun here, used or too old; canceled; a provider that does not answer or is set up wrongly; what cannot
 * be verified; another tenant, role or domain.
 */
export async function finishCustomerSignIn(
  { clock, database }: Context,
  openId: OpenId,
  settings: CustomerSignIn,
  { state, browserKey, search }: CameBack,
): Promise<Result<Proved, SignInRefusal>> {
  if (state === undefined || browserKey === undefined) {
    return refused({ problem: 'not-begun', reason: 'no state, or no cookie for it' });
  }
  const stateHash = hashOf(state);
  const begun = await database.asSystem(async (tx) => {
    const now = clock.now();
    const taken = await takeSignIn(tx, { stateHash, browserHash: hashOf(browserKey), now: now.toString() });
    const found = taken && (await findAcceptanceOf(tx, taken.linkHash, now));
    if (!taken || !found?.ok) return undefined;
    const { customerId, domain } = found.value;
    const isKnown = customerId !== null || (await isTenantOfDomain(tx, taken.tenantId, domain));
    return { ...taken, domain: isKnown ? undefined : domain };
  });
  if (!begun) return refused({ problem: 'not-begun', reason: 'unknown, used or too old' });
  const { pending, tenantId, domain, linkHash } = begun;
  const signedIn = await openId.finish(clientOf(settings, tenantId), pending, search, lacksName);
  if (!signedIn.ok) {
    const { fault, reason } = signedIn.refused;
    return refused({ problem: PROBLEM_OF_FAULT[fault], reason: `${tenantId}: ${fault}: ${reason}` });
  }
  const { issuer, subject, claims } = signedIn.value;
  const who = administratorOf(claims, { tenantId, domain });
  if (typeof who === 'string') {
    return refused({ problem: who === 'no-address' ? 'not-verified' : who, reason: `${tenantId}: ${who}` });
  }
  const { token: proof, hash: proofHash } = makeToken();
  const expiresAt = clock.now().add({ minutes: SIGN_IN_MINUTES }).toString();
  const proved = { proofHash, email: who.email, accountHash: hashOf(issuer, subject), expiresAt };
  await database.asSystem((tx) => saveSignInProof(tx, stateHash, proved));
  return accepted({ proof, linkHash });
}
