import type { Role } from '../../core/access/may.ts';
import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type AgentRow, toActor } from './agent.store.ts';

/** A program that acts for a partner, with the actor that its acts are recorded as. */
export type ApiClient = {
  readonly clientId: string;
  readonly secretHash: string;
  readonly actor: Actor;
};

type ClientRow = AgentRow & { client_id: string; secret_hash: string; user_context: boolean };

const CLIENTS = `
  select c.client_id, c.secret_hash, c.user_context, a.agent_id, a.email, a.display_name, a.roles, p.partner_id,
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
  return { clientId: row.client_id, secretHash: row.secret_hash, actor };
}
