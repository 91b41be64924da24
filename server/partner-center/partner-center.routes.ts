import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { Deployment } from '../deployment.ts';
import type { TokenIssuer } from '../identity/access-token.ts';
import type { WebhookReach } from '../http/outbound-address.ts';
import { agreementResources } from './agreements.ts';
import { auditRecordResource, auditResources } from './audit-records.ts';
import { conversionResources } from './conversions.ts';
import { customerProfileResources } from './customer-profiles.ts';
import { cartResources } from './carts.ts';
import { customerResources } from './customers.ts';
import { mountDialect, type Resources } from './dialect.ts';
import { directoryRoleResources } from './directory-roles.ts';
import { invoiceResources } from './invoices.ts';
import { licenseResources } from './licenses.ts';
import { managedServiceResources } from './managed-services.ts';
import { notOfferedResources } from './not-offered.ts';
import { describeDialect } from './operation.ts';
import { offerResources } from './offer-catalog.ts';
import { orderResources } from './orders.ts';
import { productResources } from './products.ts';
import { profileResources } from './profiles.ts';
import { qualificationResources } from './qualifications.ts';
import { relationshipResources } from './relationships.ts';
import { readSubscription, subscriptionResources } from './subscriptions.ts';
import { transitionResources } from './transitions.ts';
import { upgradeResources } from './upgrades.ts';
import { userResources } from './users.ts';
import { webhookResources } from './webhooks.ts';

type Parts = {
  readonly context: Context;
  readonly deployment: Deployment;
  readonly issuer: TokenIssuer;
  readonly version: string;
  readonly reach: () => WebhookReach;
};

/** The Partner Center API: every resource of `/v1` and what belongs to it, each a translation of what our own use cases answer, and its description. */
export async function partnerCenterRoutes(
  app: FastifyInstance,
  { context, deployment, issuer, version, reach }: Parts,
): Promise<void> {
  const mount = (prefix: string, resources: Readonly<Record<string, Resources>>) =>
    mountDialect(app, { context, issuer, prefix }, resources);
  const mounted = [
    ...(await mount('/v1', {
      Profiles: profileResources,
      Customers: customerResources(deployment),
      'Customer profiles': customerProfileResources,
      Qualifications: qualificationResources,
      Relationships: relationshipResources,
      Agreements: agreementResources,
      'Managed services': managedServiceResources,
      Subscriptions: subscriptionResources,
      Upgrades: upgradeResources,
      Offers: offerResources,
      Products: productResources,
      Orders: orderResources,
      Carts: cartResources,
      Users: userResources,
      Licenses: licenseResources,
      'Directory roles': directoryRoleResources,
      Conversions: conversionResources,
      Transitions: transitionResources,
      Invoices: invoiceResources,
      Audit: auditResources,
      'Not offered': notOfferedResources,
    })),
    ...(await mount('/auditactivity/v1', { Audit: auditRecordResource })),
    ...(await mount('/webhooks/v1', { Webhooks: webhookResources(reach), Subscriptions: readSubscription })),
  ];
  // Made when somebody asks: it is large, and few do.
  app.get('/v1/openapi.json', () => describeDialect(version, mounted));
}
