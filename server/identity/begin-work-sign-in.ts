import { createHash, randomBytes } from 'node:crypto';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { OpenId } from '../http/open-id.ts';
import { findProvidersToSignIn } from './provider.store.ts';
import { PROBLEM_OF_FAULT } from '../http/open-id-problem.ts';
import type { WorkAccountRefusal } from './work-account.ts';
import { savePending } from './work-account.store.ts';

/** How long somebody may take at the provider. */
export const MINUTES_AT_PROVIDER = 10;

export type Begun = {
  /** Where the browser goes. */
  readonly url: string;
  /** What tells this browser from others when it comes back: the state names it. */
  readonly state: string;
  readonly browserKey: string;
};

/**
 * Begins a sign-in with a work account: at the deployment’s one provider, or at the one that a domain leads to. Refused: none there,
 * several and no domain, a domain that leads nowhere, a provider that does not answer or is set up wrongly.
 */
export async function beginWorkSignIn(
  { database, clock }: Context,
  openId: OpenId,
  { domain, next, callback }: { domain: string | undefined; next: string; callback: string },
): Promise<Result<Begun, WorkAccountRefusal>> {
  const [provider, another] = await database.asSystem((tx) => findProvidersToSignIn(tx, domain));
  if (!provider) {
    const problem = domain === undefined ? 'no-provider' : 'unknown-domain';
    return refused({ problem, reason: 'no provider' });
  }
  if (another) return refused({ problem: 'unknown-domain', reason: 'several providers and no domain' });
  const begun = await openId.begin(provider, callback);
  if (!begun.ok) {
    const { fault, reason } = begun.refused;
    return refused({ problem: PROBLEM_OF_FAULT[fault], reason: `${provider.providerId}: ${fault}: ${reason}` });
  }
  const { url, pending } = begun.value;
  const browserKey = randomBytes(32).toString('base64url');
  const now = clock.now();
  const sign = {
    partnerId: provider.partnerId,
    providerId: provider.providerId,
    stateHash: hashOfKey(pending.state),
    browserHash: hashOfKey(browserKey),
    pending,
    next,
    expiresAt: now.add({ minutes: MINUTES_AT_PROVIDER }).toString(),
  };
  await database.asSystem((tx) => savePending(tx, sign, now.toString()));
  return accepted({ url, state: pending.state, browserKey });
}

/** Only hashes of what names a pending sign-in are kept. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
