import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';

/** What a session here is at the provider. */
export type ProviderSession = {
  readonly providerId: string;
  readonly subject: string;
  readonly sid: string | undefined;
  readonly idToken: string;
};

export async function saveProviderSession(
  tx: Transaction,
  { agentId, partner }: Pick<Actor, 'agentId' | 'partner'>,
  sessionId: string,
  { providerId, subject, sid, idToken }: ProviderSession,
): Promise<void> {
  await tx.query(
    `insert into provider_sessions (partner_id, agent_id, session_id, provider_id, subject, sid, id_token)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [partner.partnerId, agentId, sessionId, providerId, subject, sid ?? null, idToken],
  );
}

export async function findProviderSession(
  tx: Transaction,
  partnerId: string,
  sessionId: string,
): Promise<{ providerId: string; idToken: string } | undefined> {
  const [row] = await tx.query<{ provider_id: string; id_token: string }>(
    'select provider_id, id_token from provider_sessions where partner_id = $1 and session_id = $2',
    [partnerId, sessionId],
  );
  return row && { providerId: row.provider_id, idToken: row.id_token };
}

export type EndedSession = { readonly agentId: string; readonly sessionId: string };

/** Ends every session here that is one of a provider's, or of those the ones of a person or of one session there. */
export async function endSessionsOfProvider(
  tx: Transaction,
  { partnerId, providerId }: { readonly partnerId: string; readonly providerId: string },
  { subject, sid }: { readonly subject?: string | undefined; readonly sid?: string | undefined } = {},
): Promise<readonly EndedSession[]> {
  const rows = await tx.query<{ agent_id: string; session_id: string }>(
    `delete from sessions s using provider_sessions o
     where o.partner_id = $1 and o.provider_id = $2 and o.subject = coalesce($3, o.subject)
       and ($4::text is null or o.sid = $4)
       and s.partner_id = o.partner_id and s.agent_id = o.agent_id and s.session_id = o.session_id
     returning s.agent_id, s.session_id`,
    [partnerId, providerId, subject ?? null, sid ?? null],
  );
  return rows.map((row) => ({ agentId: row.agent_id, sessionId: row.session_id }));
}

/** Remembers a logout token until its time is over. False: it was taken before. */
export async function useLogoutToken(
  tx: Transaction,
  { partnerId, providerId }: { readonly partnerId: string; readonly providerId: string },
  { tokenHash, until }: { readonly tokenHash: Buffer; readonly until: string },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into used_logout_tokens (partner_id, provider_id, jti_hash, expires_at) values ($1, $2, $3, $4)
     on conflict do nothing returning 1`,
    [partnerId, providerId, tokenHash, until],
  );
  return rows.length > 0;
}
