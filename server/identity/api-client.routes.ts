import type { FastifyReply } from 'fastify';
import type { ApiClientOnWire, SecretOnWire } from '../../contract/api-clients.ts';
import { rolesToGive } from '../../core/access/may.ts';
import { accepted } from '../../core/values/result.ts';
import type { Outcome } from '../failure.ts';
import type { Mount } from '../http/mount.ts';
import type { ApiClient } from './api-client.store.ts';
import {
  type ClientWithSecret,
  createApiClient,
  listApiClients,
  revokeApiClient,
  rotateSecret,
} from './manage-api-clients.ts';

export function apiClientRoutes(mount: Mount): void {
  mount.signedIn('listApiClients', async ({ call }) => {
    const listed = await listApiClients(call);
    if (!listed.ok) return listed;
    return accepted({ items: listed.value.map(present), rolesToGive: [...rolesToGive(call.actor.roles)] });
  });
  mount.signedIn('createApiClient', async ({ call, body, reply }) =>
    presentSecret(await createApiClient(call, body), reply),
  );
  mount.signedIn('rotateSecret', async ({ call, params, reply }) =>
    presentSecret(await rotateSecret(call, params.clientId), reply),
  );
  mount.signedIn('revokeApiClient', ({ call, params }) => revokeApiClient(call, params.clientId));
}

function present({ clientId, name, actor, createdAt, secretKnownTo, lastUsedAt }: ApiClient): ApiClientOnWire {
  return {
    clientId,
    name,
    roles: [...actor.roles],
    inNameOf: actor.userContext ? actor.displayName : null,
    createdAt: createdAt.toString(),
    secretKnownTo: secretKnownTo ?? null,
    lastUsedAt: lastUsedAt?.toString() ?? null,
  };
}

/** No cache on the way may keep the answer. */
function presentSecret(done: Outcome<ClientWithSecret>, reply: FastifyReply): Outcome<SecretOnWire> {
  if (!done.ok) return done;
  void reply.header('cache-control', 'no-store');
  const { client, secret } = done.value;
  return accepted({ ...present(client), tenantId: client.actor.partner.partnerId, secret });
}
