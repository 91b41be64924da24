import type { Role } from '../../core/access/may.ts';
import type { Language } from '../../contract/values.ts';
import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';

/** An agent with the partner it belongs to. */
export type AgentRow = {
  agent_id: string;
  email: string;
  display_name: string;
  roles: Role[];
  partner_id: string;
  partner_name: string;
  market: string;
  currency: string;
  language: Language;
  /** Where a session was asked for. */
  session_id?: string;
};

const AGENTS = `select a.agent_id, a.email, a.display_name, a.roles, a.password_hash, p.partner_id, p.name as partner_name,
  p.market, p.currency, p.language from agents a join partners p on p.partner_id = a.partner_id`;

type AgentWithHash = AgentRow & { password_hash: string | null };

export type AgentWithPassword = { readonly actor: Actor; readonly passwordHash: string | null };

/** An agent of any partner by e-mail address, for sign-in: who has accepted goes before who is only invited, and who was removed is not there. */
export async function findAgentByEmail(tx: Transaction, email: string): Promise<AgentWithPassword | undefined> {
  const [row] = await tx.query<AgentWithHash>(
    `${AGENTS} where lower(a.email) = lower($1) and a.removed_at is null and not a.application order by a.invited limit 1`,
    [email],
  );
  return row && { actor: toActor(row), passwordHash: row.password_hash };
}

/** An agent that has done something. @throws RangeError when it is not there: agents are never deleted. */
export async function getAgent(tx: Transaction, partnerId: string, agentId: string): Promise<Actor> {
  const [row] = await tx.query<AgentRow>(`${AGENTS} where a.partner_id = $1 and a.agent_id = $2`, [partnerId, agentId]);
  if (!row) throw new RangeError(`no agent ${agentId}`);
  return toActor(row);
}

/** All persons at work, in the order of the demo's list. */
export async function findAgents(tx: Transaction): Promise<Actor[]> {
  return (
    await tx.query<AgentRow>(
      `${AGENTS} where not a.application and not a.invited and a.removed_at is null order by p.partner_id, a.agent_id`,
    )
  ).map(toActor);
}

export async function countAgents(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ count: bigint }>('select count(*) as count from agents');
  return Number(row?.count ?? 0);
}

/** @throws RangeError for a partner that is not there: whoever asks is signed in for it. */
export async function getPartner(tx: Transaction, partnerId: string): Promise<{ domain: string }> {
  const [row] = await tx.query<{ domain: string }>('select domain from partners where partner_id = $1', [partnerId]);
  if (!row) throw new RangeError(`no partner ${partnerId}`);
  return row;
}

export function toActor(row: AgentRow): Actor {
  return {
    agentId: row.agent_id,
    email: row.email,
    displayName: row.display_name,
    roles: row.roles,
    partner: {
      partnerId: row.partner_id,
      name: row.partner_name,
      market: row.market,
      currency: row.currency,
      language: row.language,
    },
    userContext: true,
    ...(row.session_id !== undefined && { sessionId: row.session_id }),
  };
}
