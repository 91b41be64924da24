import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { OpenId } from '../http/open-id.ts';
import { type CustomerSignIn, clientOf, SIGN_IN_MINUTES } from './customer-sign-in.ts';
import { countSignIns, saveSignIn } from './customer-sign-in.store.ts';
import { hashOf, makeToken } from './link-token.ts';
import { lockRequest } from './request.store.ts';
import { isAnswerable } from './send-code.ts';
import { type Acceptance, findAcceptance } from './show-acceptance.ts';

/** Not over yet, for one request; whoever has the link begins no more. */
const MOST_SIGN_INS = 20;

export type Begun = {
  /** Where the browser goes. */
  readonly url: string;
  /** What tells this browser from others when it comes back: the state names it. */
  readonly state: string;
  readonly browserKey: string;
};

type Asked = { readonly token: string; readonly tenantId: string | undefined; readonly callback: string };

/**
 * Begins a sign-in to the tenant of the customer: the one that is known, or of a new customer the one that it states. Refused: unknown
 * link, nothing to answer, no tenant, too many at once, a provider that does not answer or does not know the tenant.
 */
export async function beginCustomerSignIn(
  { clock, database, log }: Context,
  openId: OpenId,
  settings: CustomerSignIn | null,
  { token, tenantId, callback }: Asked,
): Promise<Outcome<Begun>> {
  if (settings === null) return refused({ code: 'sign-in-not-set-up' });
  const now = clock.now();
  const found = await database.asSystem((tx) => findAcceptance(tx, token, now));
  if (!found.ok) return found;
  const tenant = tenantOf(found.value, tenantId);
  if (!tenant.ok) return tenant;
  const begun = await openId.begin({ ...clientOf(settings, tenant.value), scopes: ['profile', 'email'] }, callback, {
    // Nobody grants rights by a session that somebody left open; and whoever took the wrong account can take another.
    prompt: 'login',
  });
  if (!begun.ok) {
    const { fault, reason } = begun.refused;
    log.warn({ tenantId: tenant.value, fault, reason }, 'the sign-in of a customer could not begin');
    return refused({ code: fault === 'unreachable' ? 'tenant-sign-in-down' : 'tenant-sign-in-unknown' });
  }
  const { url, pending } = begun.value;
  const { token: browserKey, hash: browserHash } = makeToken();
  return database.asSystem(async (tx): Promise<Outcome<Begun>> => {
    const { value: shown } = found;
    await lockRequest(tx, shown.partnerId, shown.requestId);
    if ((await countSignIns(tx, shown, now.toString())) >= MOST_SIGN_INS) return refused({ code: 'too-many-sign-ins' });
    const signIn = {
      stateHash: hashOf(pending.state),
      browserHash,
      linkHash: hashOf(token),
      tenantId: tenant.value,
      pending,
      expiresAt: now.add({ minutes: SIGN_IN_MINUTES }).toString(),
    };
    await saveSignIn(tx, shown, signIn, now.toString());
    return accepted({ url, state: pending.state, browserKey });
  });
}

function tenantOf(shown: Acceptance, stated: string | undefined): Outcome<string> {
  if (!isAnswerable(shown)) return refused({ code: 'request-not-open', state: shown.standing });
  const tenantId = shown.customerId ?? stated;
  if (tenantId === undefined) return refused({ code: 'invalid-field', field: 'tenantId', expected: 'ownTenant' });
  return tenantId === shown.partnerId
    ? refused({ code: 'invalid-field', field: 'tenantId', expected: 'tenantOfDomain' })
    : accepted(tenantId);
}
