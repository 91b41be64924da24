import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { TokenIssuer } from '../identity/access-token.ts';
import { auditRecordResource, auditResources } from './audit-records.ts';
import { customerResources } from './customers.ts';
import { licenseResources } from './licenses.ts';
import { mountDialect, type Resources } from './dialect.ts';
import { describeDialect } from './operation.ts';
import { profileResources } from './profiles.ts';
import { subscriptionResources } from './subscriptions.ts';
import { upgradeResources } from './upgrades.ts';

type Parts = { readonly context: Context; readonly issuer: TokenIssuer; readonly version: string };

/** The Partner Center API: every resource of `/v1`, each a translation of what our own use cases answer, and its description. */
export async function partnerCenterRoutes(app: FastifyInstance, { context, issuer, version }: Parts): Promise<void> {
  const mount = (prefix: string, resources: Readonly<Record<string, Resources>>) =>
    mountDialect(app, { context, issuer, prefix }, resources);
  const mounted = [
    ...(await mount('/v1', {
      Profiles: profileResources,
      Customers: customerResources,
      Subscriptions: subscriptionResources,
      Upgrades: upgradeResources,
      Licenses: licenseResources,
      Audit: auditResources,
    })),
    ...(await mount('/auditactivity/v1', { Audit: auditRecordResource })),
  ];
  const document = describeDialect(version, mounted);
  app.get('/v1/openapi.json', () => document);
}
