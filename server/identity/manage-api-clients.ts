import { type Role, rolesToGive } from '../../core/access/may.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { type AuditEntry, saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  type ApiClient,
  existsClient,
  findClient,
  findClients,
  revokeClient,
  saveClient,
  saveSecret,
} from './api-client.store.ts';
import { createSecret } from './client-secret.ts';
import { deleteRefreshTokens } from './token.store.ts';

export type ClientWithSecret = { readonly client: ApiClient; readonly secret: string };

/** The clients of the partner that are not revoked, newest first. Refused: role. */
export async function listApiClients({ actor, database }: Call): Promise<Outcome<ApiClient[]>> {
  const allowed = checkRole(actor.roles, 'manageApiClients');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findClients(tx, partnerId)));
}

/**
 * Creates a client with an identity of its own. Its roles may only be such as the caller holds, or Admin agent (`rolesToGive`). The secret
 * is in the answer alone; whoever loses that answer creates another client. Refused: role, a role that may not be given.
 */
export async function createApiClient(
  call: Call,
  { name, roles }: { readonly name: string; readonly roles: readonly Role[] },
): Promise<Outcome<ClientWithSecret>> {
  const { actor, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'manageApiClients');
  if (!allowed.ok) return allowed;
  const wrong = roles.findIndex((role) => !rolesToGive(actor.roles).includes(role));
  if (wrong >= 0) return refused({ code: 'invalid-field', field: `roles.${wrong}`, expected: 'roleToGive' });
  const { partnerId } = actor.partner;
  const { secret, secretHash } = createSecret();
  const clientId = newId();
  const client = { partnerId, clientId, name, secretHash, madeBy: actor.agentId, agentId: newId(), ownRoles: roles };
  return database.write(partnerId, async (tx) => {
    await saveClient(tx, client, clock.now());
    await record(tx, call, 'api-client.created', clientId, { after: { roles } });
    return shown(tx, partnerId, clientId, secret);
  });
}

/**
 * Gives a client another secret; the old one and its refresh tokens stop at once. Whoever has the secret has the client's roles. Refused: role,
 * an unknown or revoked client, one with roles that the caller may not give.
 */
export async function rotateSecret(call: Call, clientId: string): Promise<Outcome<ClientWithSecret>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'manageApiClients');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const { secret, secretHash } = createSecret();
  return database.write(partnerId, async (tx): Promise<Outcome<ClientWithSecret>> => {
    const client = await findClient(tx, partnerId, clientId);
    const above = client?.actor.roles.find((role) => !rolesToGive(actor.roles).includes(role));
    if (above) return refused({ code: 'role-not-allowed', held: actor.roles, roles: [above] });
    if (!(await saveSecret(tx, partnerId, clientId, { secretHash, madeBy: actor.agentId })))
      return notFound('apiClient', clientId);
    await deleteRefreshTokens(tx, partnerId, clientId);
    await record(tx, call, 'api-client.secret-rotated', clientId);
    return shown(tx, partnerId, clientId, secret);
  });
}

/** Takes all access away from a client, also by tokens that it has. A repeat does nothing. Refused: role, an unknown client. */
export async function revokeApiClient(call: Call, clientId: string): Promise<Outcome<undefined>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'manageApiClients');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<undefined>> => {
    if (await revokeClient(tx, partnerId, clientId, clock.now())) {
      await deleteRefreshTokens(tx, partnerId, clientId);
      await record(tx, call, 'api-client.revoked', clientId, { before: { revoked: false }, after: { revoked: true } });
    } else if (!(await existsClient(tx, partnerId, clientId))) {
      return notFound('apiClient', clientId);
    }
    return accepted(undefined);
  });
}

async function record(tx: Transaction, call: Call, action: AuditEntry['action'], subjectId: string, details = {}) {
  const customerId = call.actor.partner.partnerId;
  await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId, details })]);
}

async function shown(tx: Transaction, partnerId: string, clientId: string, secret: string) {
  const client = await findClient(tx, partnerId, clientId);
  if (!client) throw new RangeError(`no client ${clientId} although it was just saved`);
  return accepted({ client, secret });
}
