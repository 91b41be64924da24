import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { Deployment } from '../deployment.ts';
import type { TokenIssuer } from '../identity/access-token.ts';
import { agreementResources } from './agreements.ts';
import { conversionResources } from './conversions.ts';
import { customerProfileResources } from './customer-profiles.ts';
import { customerResources } from './customers.ts';
import { mountDialect } from './dialect.ts';
import { managedServiceResources } from './managed-services.ts';
import { notOfferedResources } from './not-offered.ts';
import { describeDialect } from './operation.ts';
import { profileResources } from './profiles.ts';
import { qualificationResources } from './qualifications.ts';
import { relationshipResources } from './relationships.ts';
import { subscriptionResources } from './subscriptions.ts';
import { transitionResources } from './transitions.ts';
import { upgradeResources } from './upgrades.ts';

type Parts = {
  readonly context: Context;
  readonly deployment: Deployment;
  readonly issuer: TokenIssuer;
  readonly version: string;
};

/** The Partner Center API: every resource of `/v1`, each a translation of what our own use cases answer, and its description. */
export async function partnerCenterRoutes(
  app: FastifyInstance,
  { context, deployment, issuer, version }: Parts,
): Promise<void> {
  const mounted = await mountDialect(
    app,
    { context, issuer, prefix: '/v1' },
    {
      Profiles: profileResources,
      Customers: customerResources(deployment),
      'Customer profiles': customerProfileResources,
      Qualifications: qualificationResources,
      Relationships: relationshipResources,
      Agreements: agreementResources,
      'Managed services': managedServiceResources,
      Subscriptions: subscriptionResources,
      Upgrades: upgradeResources,
      Conversions: conversionResources,
      Transitions: transitionResources,
      'Not offered': notOfferedResources,
    },
  );
  const document = describeDialect(version, mounted);
  app.get('/v1/openapi.json', () => document);
}
