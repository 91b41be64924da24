import type { Role } from '../../core/access/may.ts';
import type { Actor } from '../context.ts';
import type { Pending } from '../http/open-id.ts';
import type { Transaction } from '../postgres/database.ts';
import { type AgentRow, toActor } from './agent.store.ts';

/** A sign-in that went to a provider; `state_hash` names it, `browser_hash` is of what the browser's cookie holds. */
export type PendingSignIn = {
  readonly partnerId: string;
  readonly stateHash: Buffer;
  readonly browserHash: Buffer;
  readonly providerId: string;
  readonly pending: Pending;
  readonly next: string;
  readonly expiresAt: string;
};

/** Saves it, and forgets those that are too old. */
export async function savePending(tx: Transaction, sign: PendingSignIn, now: string): Promise<void> {
  await tx.query('delete from pending_sign_ins where expires_at < $1', [now]);
  await tx.query(
    `insert into pending_sign_ins (partner_id, state_hash, browser_hash, provider_id, pending, next, expires_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
    [
      sign.partnerId,
      sign.stateHash,
      sign.browserHash,
      sign.providerId,
      JSON.stringify(sign.pending),
      sign.next,
      sign.expiresAt,
    ],
  );
}

type PendingRow = { partner_id: string; provider_id: string; pending: Pending; next: string };

/** Takes what this browser began, which nobody can do twice; undefined: it did not, or too long ago. */
export async function takePending(
  tx: Transaction,
  stateHash: Buffer,
  browserHash: Buffer,
  now: string,
): Promise<Pick<PendingSignIn, 'partnerId' | 'providerId' | 'pending' | 'next'> | undefined> {
  const [row] = await tx.query<PendingRow>(
    `delete from pending_sign_ins where state_hash = $1 and browser_hash = $2 and expires_at >= $3
     returning partner_id, provider_id, pending, next`,
    [stateHash, browserHash, now],
  );
  return row && { partnerId: row.partner_id, providerId: row.provider_id, pending: row.pending, next: row.next };
}

const AGENTS = `select a.agent_id, a.email, a.display_name, a.roles, p.partner_id, p.name as partner_name, p.market, p.currency, p.language
  from agents a join partners p on p.partner_id = a.partner_id where a.partner_id = $1 and not a.application`;

type AtProvider = { readonly partnerId: string; readonly providerId: string };

/** The agent that a subject of a provider is; locked, so that two sign-ins of one come one after the other. */
export async function lockAgentOfSubject(
  tx: Transaction,
  { partnerId, providerId }: AtProvider,
  subject: string,
): Promise<Actor | undefined> {
  const [row] = await tx.query<AgentRow>(
    `${AGENTS} and a.agent_id = (select i.agent_id from agent_identities i
       where i.partner_id = $1 and i.provider_id = $2 and i.subject = $3) for update of a`,
    [partnerId, providerId, subject],
  );
  return row && toActor(row);
}

/** The agent of the partner with this address, of whatever case; locked as well. */
export async function lockAgentOfAddress(
  tx: Transaction,
  partnerId: string,
  address: string,
): Promise<Actor | undefined> {
  const [row] = await tx.query<AgentRow>(`${AGENTS} and lower(a.email) = lower($2) for update of a`, [
    partnerId,
    address,
  ]);
  return row && toActor(row);
}

/** Whether an agent was removed, and is not to get in this way either. */
export async function isRemoved(tx: Transaction, { agentId, partner }: Actor): Promise<boolean> {
  const removed = 'select 1 from agents where partner_id = $1 and agent_id = $2 and removed_at is not null';
  return (await tx.query(removed, [partner.partnerId, agentId])).length > 0;
}

export async function findAgentOfId(tx: Transaction, partnerId: string, agentId: string): Promise<Actor | undefined> {
  const [row] = await tx.query<AgentRow>(`${AGENTS} and a.agent_id = $2`, [partnerId, agentId]);
  return row && toActor(row);
}

/** Links an agent to a subject. False: one of them is linked to another already. */
export async function linkAgent(
  tx: Transaction,
  { partnerId, providerId }: AtProvider,
  link: { subject: string; agentId: string; at: string },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into agent_identities (partner_id, provider_id, subject, agent_id, linked_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning agent_id`,
    [partnerId, providerId, link.subject, link.agentId, link.at],
  );
  return rows.length > 0;
}

/** False: somebody of the deployment has this address already. */
export async function insertAgent(
  tx: Transaction,
  partnerId: string,
  agent: { agentId: string; email: string; displayName: string },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into agents (partner_id, agent_id, email, display_name, roles) values ($1, $2, $3, $4, '{}')
     on conflict do nothing returning agent_id`,
    [partnerId, agent.agentId, agent.email, agent.displayName],
  );
  return rows.length > 0;
}

export async function saveRoles(
  tx: Transaction,
  { agentId, partner }: Pick<Actor, 'agentId' | 'partner'>,
  roles: readonly Role[],
): Promise<void> {
  await tx.query('update agents set roles = $3 where partner_id = $1 and agent_id = $2', [
    partner.partnerId,
    agentId,
    roles,
  ]);
}

/** Forgets who agents are for a provider, which names them anew for another client. */
export async function unlinkAgents(tx: Transaction, { partnerId, providerId }: AtProvider): Promise<void> {
  for (const table of ['agent_identities', 'pending_sign_ins'])
    await tx.query(`delete from ${table} where partner_id = $1 and provider_id = $2`, [partnerId, providerId]);
}
