import type { Colleague } from '../../core/access/agent-rules.ts';
import type { Role } from '../../core/access/may.ts';
import type { Transaction } from '../postgres/database.ts';

/** A person of a partner, as its administrators see it. */
export type AgentRecord = Colleague & {
  readonly email: string;
  readonly displayName: string;
  readonly state: 'invited' | 'active' | 'removed';
  readonly secondFactor: boolean;
  readonly lastSeenAt: string | null;
  readonly linkUntil: string | null;
  /** The names of the API clients whose present secret the agent made. */
  readonly secretsKnown: readonly string[];
};

type AgentListRow = {
  agent_id: string;
  email: string;
  display_name: string;
  roles: Role[];
  invited: boolean;
  removed_at: string | null;
  second_factor: boolean;
  last_seen_at: string | null;
  expires_at: string | null;
  secrets_known: string[];
};

/** Lets the acts on a partner's people happen one after the other; the order is fixed, so that two of them cannot wait for each other. */
export async function lockAgents(tx: Transaction, partnerId: string): Promise<void> {
  await tx.query('select 1 from agents where partner_id = $1 order by agent_id for no key update', [partnerId]);
}

/** The people of a partner, programs left out: by name, those removed last. */
export async function findColleagues(tx: Transaction, partnerId: string): Promise<AgentRecord[]> {
  const rows = await tx.query<AgentListRow>(
    `select a.agent_id, a.email, a.display_name, a.roles, a.invited, a.removed_at,
       a.totp_confirmed_at is not null as second_factor, l.expires_at,
       array(select c.name from api_clients c where c.partner_id = a.partner_id and c.secret_by = a.agent_id
         and c.revoked_at is null order by c.name) as secrets_known,
       greatest(a.last_seen_at, (select max(s.last_seen_at) from sessions s
         where s.partner_id = a.partner_id and s.agent_id = a.agent_id)) as last_seen_at
     from agents a left join join_links l on l.partner_id = a.partner_id and l.agent_id = a.agent_id
     where a.partner_id = $1 and not a.application
     order by a.removed_at is not null, a.display_name, a.agent_id`,
    [partnerId],
  );
  return rows.map(toRecord);
}

/** False: the partner has an agent with this address already. */
export async function saveAgent(
  tx: Transaction,
  agent: { partnerId: string; agentId: string; email: string; displayName: string; roles: readonly Role[] },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into agents (partner_id, agent_id, email, display_name, roles, invited) values ($1, $2, $3, $4, $5, true)
     on conflict do nothing returning agent_id`,
    [agent.partnerId, agent.agentId, agent.email, agent.displayName, agent.roles],
  );
  return rows.length > 0;
}

/** Writes an invitation anew, for who has not accepted the one before. */
export async function renewInvitation(
  tx: Transaction,
  agent: { partnerId: string; agentId: string; email: string; displayName: string; roles: readonly Role[] },
): Promise<void> {
  await tx.query(
    'update agents set email = $3, display_name = $4, roles = $5 where partner_id = $1 and agent_id = $2 and invited',
    [agent.partnerId, agent.agentId, agent.email, agent.displayName, agent.roles],
  );
}

export async function saveRoles(
  tx: Transaction,
  partnerId: string,
  agentId: string,
  roles: readonly Role[],
): Promise<void> {
  await tx.query('update agents set roles = $3 where partner_id = $1 and agent_id = $2', [partnerId, agentId, roles]);
}

/** Null takes the agent back. */
export async function saveRemoval(
  tx: Transaction,
  partnerId: string,
  agentId: string,
  at: Temporal.Instant | null,
): Promise<void> {
  await tx.query('update agents set removed_at = $3 where partner_id = $1 and agent_id = $2', [
    partnerId,
    agentId,
    at?.toString() ?? null,
  ]);
}

export async function clearPassword(tx: Transaction, partnerId: string, agentId: string): Promise<void> {
  await tx.query('update agents set password_hash = null where partner_id = $1 and agent_id = $2', [
    partnerId,
    agentId,
  ]);
}

export async function clearSecondFactor(tx: Transaction, partnerId: string, agentId: string): Promise<void> {
  await tx.query(
    `with codes as (delete from recovery_codes where partner_id = $1 and agent_id = $2)
     update agents set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
     where partner_id = $1 and agent_id = $2`,
    [partnerId, agentId],
  );
}

/** At most this many names of those who hold one of the roles and can sign in, and how many they are. */
export async function findHolders(
  tx: Transaction,
  partnerId: string,
  roles: readonly Role[],
  limit: number,
): Promise<{ names: string[]; count: number }> {
  const rows = await tx.query<{ display_name: string; count: bigint }>(
    `select a.display_name, count(*) over () as count from agents a
     where a.partner_id = $1 and not a.application and not a.invited and a.removed_at is null and a.roles && $2::text[]
     order by a.display_name, a.agent_id limit $3`,
    [partnerId, roles, limit],
  );
  return { names: rows.map((row) => row.display_name), count: Number(rows[0]?.count ?? 0) };
}

function toRecord(row: AgentListRow): AgentRecord {
  const state = row.removed_at !== null ? 'removed' : row.invited ? 'invited' : 'active';
  return {
    agentId: row.agent_id,
    email: row.email,
    displayName: row.display_name,
    roles: row.roles,
    state,
    canSignIn: state === 'active' && row.expires_at === null,
    secondFactor: row.second_factor,
    lastSeenAt: row.last_seen_at,
    linkUntil: row.expires_at,
    secretsKnown: row.secrets_known,
  };
}
