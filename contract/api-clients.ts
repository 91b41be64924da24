import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { id, moment, role, text } from './values.ts';
import { rule } from './words.ts';

const apiClient = z.object({
  clientId: z.string(),
  name: z.string(),
  roles: z.array(role),
  /** The agent in whose name it comes; null: it has an identity of its own. */
  inNameOf: z.string().nullable(),
  createdAt: moment,
  /** Who made the present secret, where that agent was removed or may not manage clients any more: rotate it. Null: nobody such. */
  secretKnownTo: z.string().nullable(),
  /** When it last got a token, to the minute; null: never. */
  lastUsedAt: moment.nullable(),
});
export type ApiClientOnWire = z.infer<typeof apiClient>;

const withSecret = apiClient.extend({
  /** The tenant that the client asks for a token at. */
  tenantId: id,
  /** Shown in this answer alone. */
  secret: z.string(),
});
export type SecretOnWire = z.infer<typeof withSecret>;

const params = z.object({ clientId: text(100).toLowerCase() });

export const apiClientEndpoints = {
  listApiClients: {
    ...routes.listApiClients,
    asks: 'manageApiClients',
    tag: 'API clients',
    summary:
      'The programs that may act for the partner below /v1, newest first, and the roles that the caller may give one',
    status: 200,
    answer: z.object({ items: z.array(apiClient), rolesToGive: z.array(role) }),
    problems: ['role-not-allowed'],
  },
  createApiClient: {
    ...routes.createApiClient,
    asks: 'manageApiClients',
    tag: 'API clients',
    summary: 'Create a client with an identity of its own; the answer shows its secret, once',
    body: z.strictObject({
      name: text(100),
      roles: z
        .array(role)
        .min(1)
        .refine((given) => new Set(given).size === given.length, rule('eachOnce'))
        .meta({ uniqueItems: true })
        .default(['adminAgent']),
    }),
    status: 201,
    answer: withSecret,
    problems: ['role-not-allowed'],
  },
  rotateSecret: {
    ...routes.rotateSecret,
    asks: 'manageApiClients',
    tag: 'API clients',
    summary:
      'Give a client a new secret; the old one and its refresh tokens stop at once, access tokens end by themselves within an hour',
    params,
    status: 200,
    answer: withSecret,
    problems: ['role-not-allowed', 'not-found'],
  },
  revokeApiClient: {
    ...routes.revokeApiClient,
    asks: 'manageApiClients',
    tag: 'API clients',
    summary: 'Take all access away from a client, for good and at once; a repeat changes nothing',
    params,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
