import { accepted, refused, type Result } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call, Context } from '../context.ts';
import { claimedBy, type OpenId, type OpenIdRefusal } from '../http/open-id.ts';
import type { Transaction } from '../postgres/database.ts';
import { hashOfKey } from './begin-work-sign-in.ts';
import { findAgentOfId } from './work-account.store.ts';
import { findProvider, findProvidersOfClient, type Provider } from './provider.store.ts';
import { endSessionsOfProvider, findProviderSession, useLogoutToken } from './provider-session.store.ts';
import { signOut } from './sign-in.ts';

/** Ends the caller’s session; the answer is where to sign out at the provider too, if it was opened by one that has such an address. */
export async function endWorkSession(call: Call, openId: OpenId, backTo: string): Promise<string | undefined> {
  const { partnerId } = call.actor.partner;
  const { sessionId } = call.actor;
  const opened = await call.database.read(partnerId, async (tx) => {
    const session = sessionId === undefined ? undefined : await findProviderSession(tx, partnerId, sessionId);
    const provider = session && (await findProvider(tx, partnerId, session.providerId));
    return session && provider && { provider, idToken: session.idToken };
  });
  await signOut(call);
  return opened && openId.signOutUrl(opened.provider, opened.idToken, backTo);
}

/**
 * Ends the sessions of a person or of one session at a provider, by its word alone (OpenID Connect Back-Channel Logout 1.0). The answer is
 * how many. Refused: a token that is not one of a provider that is known here, made for a client of this deployment, and one that was taken
 * before.
 */
export async function endSessionsByProvider(
  context: Context,
  openId: OpenId,
  token: string,
  correlationId: string,
): Promise<Result<number, OpenIdRefusal>> {
  const claimed = claimedBy(token);
  if (!claimed) return refused({ fault: 'forged', reason: 'no token' });
  const providers = await context.database.asSystem((tx) =>
    findProvidersOfClient(tx, claimed.issuer, claimed.audience),
  );
  const [first] = providers;
  if (!first) return refused({ fault: 'forged', reason: 'no provider of this issuer and audience' });
  const verified = await openId.verifyLogout(first, token);
  if (!verified.ok) return verified;
  const { subject, providerSession: sid, audience, tokenId, takenUntil } = verified.value;
  return context.database.asSystem(async (tx): Promise<Result<number, OpenIdRefusal>> => {
    let count = 0;
    for (const provider of providers.filter(({ clientId }) => audience.includes(clientId))) {
      if (!(await useLogoutToken(tx, provider, { tokenHash: hashOfKey(tokenId), until: takenUntil.toString() })))
        return refused({ fault: 'forged', reason: 'a logout token that was taken before' });
      count += await end(context, tx, { provider, subject, sid, correlationId });
    }
    return accepted(count);
  });
}

type Ended = {
  readonly provider: Provider;
  readonly subject: string | undefined;
  readonly sid: string | undefined;
  readonly correlationId: string;
};

async function end(context: Context, tx: Transaction, { provider, subject, sid, correlationId }: Ended) {
  const ended = await endSessionsOfProvider(tx, provider, { subject, sid });
  for (const { agentId, sessionId } of ended) {
    const actor = await findAgentOfId(tx, provider.partnerId, agentId);
    if (!actor) continue;
    const details = { sessionId, providerId: provider.providerId };
    const entry = { customerId: provider.partnerId, action: 'agent.signed-out', subjectId: agentId, details } as const;
    await saveAudit(tx, [toAuditRow({ ...context, actor, correlationId }, entry)]);
  }
  return ended.length;
}
