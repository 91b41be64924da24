import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { TokenIssuer } from '../identity/access-token.ts';
import { customerResources } from './customers.ts';
import { mountDialect } from './dialect.ts';
import { describeDialect } from './operation.ts';
import { profileResources } from './profiles.ts';
import type { Reach } from '../webhooks/receiver-address.ts';
import { readSubscription, subscriptionResources } from './subscriptions.ts';
import { upgradeResources } from './upgrades.ts';
import { webhookResources } from './webhooks.ts';

type Parts = {
  readonly context: Context;
  readonly issuer: TokenIssuer;
  readonly version: string;
  readonly reach: () => Reach;
};

/** The Partner Center API: every resource of `/v1` and `/webhooks/v1`, each a translation of what our own use cases answer, and its description. */
export async function partnerCenterRoutes(
  app: FastifyInstance,
  { context, issuer, version, reach }: Parts,
): Promise<void> {
  const mounted = await mountDialect(
    app,
    { context, issuer, prefix: '/v1' },
    {
      Profiles: profileResources,
      Customers: customerResources,
      Subscriptions: subscriptionResources,
      Upgrades: upgradeResources,
    },
  );
  const webhooks = await mountDialect(
    app,
    { context, issuer, prefix: '/webhooks/v1' },
    { Webhooks: webhookResources(reach), Subscriptions: readSubscription },
  );
  const document = describeDialect(version, [...mounted, ...webhooks]);
  app.get('/v1/openapi.json', () => document);
}
