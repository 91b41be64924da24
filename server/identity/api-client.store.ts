import type { Role } from '../../core/access/may.ts';
import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type AgentRow, toActor } from './agent.store.ts';

/** A program that acts for a partner, with the actor that its acts are recorded as. */
export type ApiClient = {
  readonly clientId: string;
  readonly name: string;
  readonly secretHash: string;
  readonly actor: Actor;
  readonly createdAt: Temporal.Instant;
  /** When it last got a token, to the minute. */
  readonly lastUsedAt: Temporal.Instant | undefined;
};

type ClientRow = AgentRow & {
  client_id: string;
  name: string;
  secret_hash: string;
  user_context: boolean;
  created_at: string;
  last_used_at: string | null;
};

/** Every client that is not revoked. */
const CLIENTS = `
  select c.client_id, c.name, c.secret_hash, c.user_context, c.created_at, c.last_used_at, a.agent_id, a.email, a.display_name, a.roles, p.partner_id,
    p.name as partner_name, p.market, p.currency, p.language
  from api_clients c
  join agents a on a.partner_id = c.partner_id and a.agent_id = c.agent_id
  join partners p on p.partner_id = c.partner_id
  where c.revoked_at is null`;

/** A client of the tenant that is named by its id or its domain, in any case. */
export async function findClientOfTenant(
  tx: Transaction,
  tenant: string,
  clientId: string,
): Promise<ApiClient | undefined> {
  const [row] = await tx.query<ClientRow>(
    `${CLIENTS} and lower($1) in (p.partner_id::text, lower(p.domain)) and lower(c.client_id) = lower($2)`,
    [tenant, clientId],
  );
  return row && toClient(row);
}

export async function findClient(tx: Transaction, partnerId: string, clientId: string): Promise<ApiClient | undefined> {
  const [row] = await tx.query<ClientRow>(`${CLIENTS} and c.partner_id = $1 and c.client_id = $2`, [
    partnerId,
    clientId,
  ]);
  return row && toClient(row);
}

/** The clients of a partner, the newest first. */
export async function findClients(tx: Transaction, partnerId: string): Promise<ApiClient[]> {
  const order = 'order by c.created_at desc, c.client_id';
  return (await tx.query<ClientRow>(`${CLIENTS} and c.partner_id = $1 ${order}`, [partnerId])).map(toClient);
}

/** Whether there is such a client, or was one before it was revoked. */
export async function existsClient(tx: Transaction, partnerId: string, clientId: string): Promise<boolean> {
  const rows = await tx.query('select 1 from api_clients where partner_id = $1 and client_id = $2', [
    partnerId,
    clientId,
  ]);
  return rows.length > 0;
}

/** Whether a client still has the secret that it was found with; if so, a rotation or revocation waits for this transaction. */
export async function holdClient(tx: Transaction, { actor, clientId, secretHash }: ApiClient): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from api_clients where partner_id = $1 and client_id = $2 and secret_hash = $3 and revoked_at is null
     for no key update`,
    [actor.partner.partnerId, clientId, secretHash],
  );
  return rows.length > 0;
}

/** Remembers that a client was used, once a minute at most. */
export async function saveUse(tx: Transaction, { actor, clientId }: ApiClient, at: Temporal.Instant): Promise<void> {
  // A sandbox clock that was moved back must not leave a use in the future.
  await tx.query(
    `update api_clients set last_used_at = $3 where partner_id = $1 and client_id = $2
       and (last_used_at between $3::timestamptz - interval '1 minute' and $3) is not true`,
    [actor.partner.partnerId, clientId, at.toString()],
  );
}

/** False: there is no such client, or it is revoked. */
export async function saveSecret(
  tx: Transaction,
  partnerId: string,
  clientId: string,
  secretHash: string,
): Promise<boolean> {
  const rows = await tx.query(
    `update api_clients set secret_hash = $3 where partner_id = $1 and client_id = $2 and revoked_at is null
     returning client_id`,
    [partnerId, clientId, secretHash],
  );
  return rows.length > 0;
}

/** False: there is no such client, or it was revoked before. */
export async function revokeClient(
  tx: Transaction,
  partnerId: string,
  clientId: string,
  at: Temporal.Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `update api_clients set revoked_at = $3 where partner_id = $1 and client_id = $2 and revoked_at is null
     returning client_id`,
    [partnerId, clientId, at.toString()],
  );
  return rows.length > 0;
}

export type NewClient = {
  readonly partnerId: string;
  readonly clientId: string;
  readonly name: string;
  readonly secretHash: string;
  /** Whom its acts are recorded as. */
  readonly agentId: string;
  /** Present: the client has an identity of its own with these roles. Absent: it comes in the name of an agent who is there. */
  readonly ownRoles?: readonly Role[];
};

export async function saveClient(tx: Transaction, client: NewClient, at: Temporal.Instant): Promise<void> {
  const { partnerId, clientId, name, secretHash, agentId, ownRoles } = client;
  if (ownRoles) {
    await tx.query(
      `insert into agents (partner_id, agent_id, email, display_name, roles, application) values ($1, $2, $3, $4, $5, true)`,
      [partnerId, agentId, `${clientId}@application`, name, ownRoles],
    );
  }
  await tx.query(
    `insert into api_clients (partner_id, client_id, name, secret_hash, agent_id, user_context, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [partnerId, clientId, name, secretHash, agentId, !ownRoles, at.toString()],
  );
}

function toClient(row: ClientRow): ApiClient {
  const actor = { ...toActor(row), userContext: row.user_context };
  return {
    clientId: row.client_id,
    name: row.name,
    secretHash: row.secret_hash,
    actor,
    createdAt: Temporal.Instant.from(row.created_at),
    lastUsedAt: row.last_used_at === null ? undefined : Temporal.Instant.from(row.last_used_at),
  };
}
