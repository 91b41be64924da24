import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { TokenIssuer } from '../identity/access-token.ts';
import { customerResources } from './customers.ts';
import { mountDialect } from './dialect.ts';
import { profileResources } from './profiles.ts';
import { subscriptionResources } from './subscriptions.ts';
import { upgradeResources } from './upgrades.ts';

/** The Partner Center API: every resource of `/v1`, each a translation of what our own use cases answer. */
export async function partnerCenterRoutes(app: FastifyInstance, context: Context, issuer: TokenIssuer): Promise<void> {
  await mountDialect(app, { context, issuer, prefix: '/v1' }, (dialect) => {
    profileResources(dialect);
    customerResources(dialect);
    subscriptionResources(dialect);
    upgradeResources(dialect);
  });
}
