import { may, type Role } from '../../core/access/may.ts';
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
  /** Who made the secret that it has now, where that agent was removed or may not manage clients any more. */
  readonly secretKnownTo: string | undefined;
  /** When it last got a token, to the minute. */
  readonly lastUsedAt: Temporal.Instant | undefined;
};

type ClientRow = AgentRow & {
  client_id: string;
  name: string;
  secret_hash: string;
  user_context: boolean;
  created_at: string;
  maker: string | null;
  maker_roles: Role[] | null;
  maker_removed: boolean | null;
  last_used_at: string | null;
};

/** Every client that is not revoked. */
const CLIENTS = `
  select c.client_id, c.name, c.secret_hash, c.user_context, c.created_at, c.last_used_at, m.display_name as maker,
    m.roles as maker_roles, m.removed_at is not null as maker_removed, a.agent_id, a.email, a.display_name, a.roles, p.partner_id,
    p.name as partner_name, p.market, p.currency, p.language
  from api_clients c
  join agents a on a.partner_id = c.partner_id and a.agent_id = c.agent_id
  join partners p on p.partner_id = c.partner_id
  left join agents m on m.partner_id = c.partner_id and m.agent_id = c.secret_by
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
  { secretHash, madeBy }: { readonly secretHash: string; readonly madeBy: string },
): Promise<boolean> {
  const rows = await tx.query(
    `update api_clients set secret_hash = $3, secret_by = $4 where partner_id = $1 and client_id = $2 and revoked_at is null
     returning client_id`,
    [partnerId, clientId, secretHash, madeBy],
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

/** Revokes every client in the name of a person; tells which. */
export async function revokeClientsOf(
  tx: Transaction,
  partnerId: string,
  agentId: string,
  at: Temporal.Instant,
): Promise<string[]> {
  const rows = await tx.query<{ client_id: string }>(
    `with revoked as (
       update api_clients set revoked_at = $3
       where partner_id = $1 and agent_id = $2 and user_context and revoked_at is null returning client_id),
     dropped as (delete from refresh_tokens where partner_id = $1 and client_id in (select client_id from revoked))
     select client_id from revoked order by client_id`,
    [partnerId, agentId, at.toString()],
  );
  return rows.map((row) => row.client_id);
}

export type NewClient = {
  readonly partnerId: string;
  readonly clientId: string;
  readonly name: string;
  readonly secretHash: string;
  /** Who sees the secret; absent: nobody of the partner's people. */
  readonly madeBy?: string;
  /** Whom its acts are recorded as. */
  readonly agentId: string;
  /** Present: the client has an identity of its own with these roles. Absent: it comes in the name of an agent who is there. */
  readonly ownRoles?: readonly Role[];
};

export async function saveClient(tx: Transaction, client: NewClient, at: Temporal.Instant): Promise<void> {
  const { partnerId, clientId, name, secretHash, madeBy, agentId, ownRoles } = client;
  if (ownRoles) {
    await tx.query(
      `insert into agents (partner_id, agent_id, email, display_name, roles, application) values ($1, $2, $3, $4, $5, true)`,
      [partnerId, agentId, `${clientId}@application`, name, ownRoles],
    );
  }
  await tx.query(
    `insert into api_clients (partner_id, client_id, name, secret_hash, agent_id, user_context, created_at, secret_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [partnerId, clientId, name, secretHash, agentId, !ownRoles, at.toString(), madeBy ?? null],
  );
}

/** The clients whose present secret an agent made, and so may know; by id. */
export async function findClientsKnownTo(tx: Transaction, partnerId: string, agentId: string): Promise<string[]> {
  const rows = await tx.query<{ client_id: string }>(
    `select client_id from api_clients where partner_id = $1 and secret_by = $2 and revoked_at is null order by client_id`,
    [partnerId, agentId],
  );
  return rows.map((row) => row.client_id);
}

function toClient(row: ClientRow): ApiClient {
  const isTrusted = row.maker_removed !== true && may(row.maker_roles ?? [], 'manageApiClients');
  const actor = { ...toActor(row), userContext: row.user_context };
  return {
    clientId: row.client_id,
    name: row.name,
    secretHash: row.secret_hash,
    actor,
    createdAt: Temporal.Instant.from(row.created_at),
    secretKnownTo: row.maker === null || isTrusted ? undefined : row.maker,
    lastUsedAt: row.last_used_at === null ? undefined : Temporal.Instant.from(row.last_used_at),
  };
}
