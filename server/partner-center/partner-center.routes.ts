import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { TokenIssuer } from '../identity/access-token.ts';
import { cartResources } from './carts.ts';
import { customerResources } from './customers.ts';
import { mountDialect } from './dialect.ts';
import { describeDialect } from './operation.ts';
import { offerResources } from './offer-catalog.ts';
import { orderResources } from './orders.ts';
import { productResources } from './products.ts';
import { profileResources } from './profiles.ts';
import { subscriptionResources } from './subscriptions.ts';
import { upgradeResources } from './upgrades.ts';

type Parts = { readonly context: Context; readonly issuer: TokenIssuer; readonly version: string };

/** The Partner Center API: every resource of `/v1`, each a translation of what our own use cases answer, and its description. */
export async function partnerCenterRoutes(app: FastifyInstance, { context, issuer, version }: Parts): Promise<void> {
  const mounted = await mountDialect(
    app,
    { context, issuer, prefix: '/v1' },
    {
      Profiles: profileResources,
      Customers: customerResources,
      Subscriptions: subscriptionResources,
      Upgrades: upgradeResources,
      Offers: offerResources,
      Products: productResources,
      Orders: orderResources,
      Carts: cartResources,
    },
  );
  const document = describeDialect(version, mounted);
  app.get('/v1/openapi.json', () => document);
}
