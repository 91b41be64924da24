import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { openApiDocument } from '../contract/openapi.ts';
import { approvalPolicyRoutes } from './approvals/approval-policy.routes.ts';
import { auditRoutes } from './audit/audit.routes.ts';
import { recordRefusal } from './audit/record-refusal.ts';
import { campaignRoutes } from './campaigns/campaign.routes.ts';
import { catalogRoutes } from './catalog/catalog.routes.ts';
import { changeRoutes } from './changes/change.routes.ts';
import { type Config, DEFAULT_RATE_LIMIT } from './config.ts';
import type { Actor, Context } from './context.ts';
import { customerRoutes } from './customers/customer.routes.ts';
import { deadlineRoutes, FEED_ROUTE } from './deadlines/deadline.routes.ts';
import { type Deployment, readDeployment } from './deployment.ts';
import { refuseOtherSites } from './http/same-origin.ts';
import { answerErrors, createErrorHandler } from './http/answer-errors.ts';
import { createMount, type NoteRefusal } from './http/mount.ts';
import { mountPortal } from './http/portal.ts';
import { agentRoutes, roleRoutes } from './identity/agent.routes.ts';
import { apiClientRoutes } from './identity/api-client.routes.ts';
import { accountRoutes } from './identity/account.routes.ts';
import { deviceCodeRoutes } from './identity/device-code.routes.ts';
import { networkOf } from './identity/attempts.ts';
import { createSessionCookie, speaksHttps } from './identity/session-cookie.ts';
import { sessionRoutes } from './identity/session.routes.ts';
import { createTokenIssuer, type TokenIssuer } from './identity/access-token.ts';
import { findActor } from './identity/sign-in.ts';
import { tokenRoutes } from './identity/token.routes.ts';
import { CALLBACK } from './identity/work-account.ts';
import { workAccountRoutes } from './identity/work-account.routes.ts';
import { chargeRoutes } from './ledger/charge.routes.ts';
import { customerBillingRoutes } from './ledger/customer-billing.routes.ts';
import { invoiceRoutes } from './ledger/invoice.routes.ts';
import { importRoutes } from './imports/import.routes.ts';
import { issueRoutes } from './licenses/issue.routes.ts';
import { licenseListRoutes } from './licenses/license-list.routes.ts';
import { overlapRoutes } from './licenses/overlap.routes.ts';
import { licenseRoutes } from './licenses/license.routes.ts';
import { userRoutes } from './users/user.routes.ts';
import type { Mailing } from './mail/mail.store.ts';
import { mailboxRoutes } from './mail/mailbox.routes.ts';
import { isDialect, normalizeAddress } from './partner-center/address.ts';
import { createFaultHandler } from './partner-center/dialect.ts';
import { partnerCenterRoutes } from './partner-center/partner-center.routes.ts';
import { acceptanceRoutes } from './relationships/acceptance.routes.ts';
import { createCustomerCookies, customerSignInRoutes } from './relationships/customer-sign-in.routes.ts';
import { relationshipRoutes } from './relationships/relationship.routes.ts';
import { deadLetterRoutes } from './dead-letters/dead-letter.routes.ts';
import { exportRoutes } from './exports/export.routes.ts';
import { reportRoutes } from './reports/report.routes.ts';
import { createFaults } from './sandbox/faults.ts';
import { injectFaults } from './sandbox/inject-faults.ts';
import type { Scenarios } from './sandbox/sandbox.ts';
import { sandboxRoutes } from './sandbox/sandbox.routes.ts';
import { searchRoutes } from './search/search.routes.ts';
import { settingsRoutes } from './settings/settings.routes.ts';
import { subscriptionRoutes } from './subscriptions/subscription.routes.ts';
import { upgradeListRoutes } from './upgrades/upgrade-list.routes.ts';
import { upgradeRoutes } from './upgrades/upgrade.routes.ts';
import { visitRoutes } from './visits/visit.routes.ts';
import { watchRoutes } from './watches/watch.routes.ts';
import { certificateRoutes } from './webhooks/certificate.routes.ts';
import { reachOf, reachOfWebhooks } from './http/outbound-address.ts';
import { createSigner } from './webhooks/signer.ts';
import { webhookRoutes } from './webhooks/webhook.routes.ts';

const VERSION = '0.1.0';
const BODY_LIMIT_BYTES = 1_000_000;

export type AppParts = {
  readonly config: Pick<Config, 'sandbox' | 'rateLimit'> &
    Partial<
      Pick<
        Config,
        | 'publicUrl'
        | 'tls'
        | 'trustedProxies'
        | 'webhookAllow'
        | 'mail'
        | 'customerSignIn'
        | 'dnsServers'
        | 'provedDomains'
      >
    >;
  readonly context: Context;
  readonly deployment: Deployment;
  readonly scenarios: Scenarios;
  /** The directory of the built portal; without it there is the API alone. */
  readonly portal?: string;
  /** How often sessions are looked at whose changes are followed; absent: as often as a proxy has to see signs of life. */
  readonly beatMs?: number | undefined;
  /** Certificate and key in PEM; without them plain HTTP is spoken. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
};

/** Of nouns that need nothing but the call. */
const ROUTES = [
  accountRoutes,
  roleRoutes,
  apiClientRoutes,
  searchRoutes,
  customerRoutes,
  subscriptionRoutes,
  watchRoutes,
  upgradeRoutes,
  upgradeListRoutes,
  visitRoutes,
  approvalPolicyRoutes,
  campaignRoutes,
  licenseRoutes,
  licenseListRoutes,
  overlapRoutes,
  userRoutes,
  issueRoutes,
  chargeRoutes,
  customerBillingRoutes,
  invoiceRoutes,
  catalogRoutes,
  importRoutes,
  reportRoutes,
  auditRoutes,
  settingsRoutes,
  deadLetterRoutes,
  exportRoutes,
];

/** Mounts every route, with one error handler for all. */
export async function createApp({
  config,
  context,
  deployment,
  scenarios,
  portal,
  beatMs,
  tls,
}: AppParts): Promise<FastifyInstance> {
  const handleError = createErrorHandler(context, BODY_LIMIT_BYTES);
  const answerFault = createFaultHandler(context);
  const app: FastifyInstance = Fastify({
    https: tls ?? null,
    trustProxy: config.trustedProxies?.length ? [...config.trustedProxies] : false,
    bodyLimit: BODY_LIMIT_BYTES,
    rewriteUrl: ({ url = '/' }) => normalizeAddress(url),
    // For addresses that cannot even be decoded, before any route is found.
    frameworkErrors: (error, request, reply) =>
      (isDialect(request.url) ? answerFault : handleError)(error, request, reply),
    routerOptions: { maxParamLength: 500 },
    requestIdHeader: false,
    genReqId: (request) => correlationIdOf(request.headers['x-correlation-id'], context.newId),
  });
  await app.register(cookie);
  await app.register(helmet, { contentSecurityPolicy: false, hsts: false });
  await limitRate(app, config.rateLimit);
  nameRequests(app, context);
  const sessionCookie = createSessionCookie(config);
  const publicUrl = () => config.publicUrl ?? app.listeningOrigin;
  const reach = () => reachOf(config, deployment);
  const issuer = createTokenIssuer(context, publicUrl);
  if (config.sandbox) {
    // Clock and faults of a sandbox are the deployment's, whichever server set them.
    app.addHook('onRequest', async (request) => {
      if (!/^\/(assets|health)\//.test(request.url)) Object.assign(deployment, await readDeployment(context.database));
    });
    const clientOf = (request: FastifyRequest) => clientOfToken(issuer, sessionCookie.tokenOf(request));
    injectFaults(app, createFaults(context, deployment), { clientOf, limit: DEFAULT_RATE_LIMIT });
  }
  refuseOtherSites(app, { publicUrl: config.publicUrl, usesCookie: (request) => sessionCookie.isUsedBy(request) });
  readBodies(app);
  answerErrors(app, handleError, portal === undefined ? undefined : await mountPortal(app, portal));
  await mountReference(app, config.sandbox);
  mountHealth(app, context);

  const mount = createMount(app, context, (request) => actorOf(context, sessionCookie.tokenOf(request)), noteRefusal);
  sessionRoutes(mount, { context, deployment, cookie: sessionCookie, sandbox: config.sandbox });
  deviceCodeRoutes(mount, context, publicUrl);
  for (const addRoutes of ROUTES) addRoutes(mount);
  const outside = {
    publicUrl: () => config.publicUrl ?? app.listeningOrigin,
    mailing: (): Mailing => (config.mail ? 'smtp' : config.sandbox || deployment.demo ? 'kept' : 'none'),
  };
  changeRoutes(app, mount, context, beatMs);
  deadlineRoutes(app, mount, context, publicUrl);
  relationshipRoutes(mount, outside);
  const customers = { settings: config.customerSignIn ?? null, cookies: createCustomerCookies(speaksHttps(config)) };
  acceptanceRoutes(mount, context, { ...outside, ...customers, signsIn: customers.settings !== null });
  customerSignInRoutes(app, mount, { ...customers, context, publicUrl, reach });
  mailboxRoutes(mount, outside.mailing);
  agentRoutes(mount, context, sessionCookie);
  await workAccountRoutes(app, mount, { context, cookie: sessionCookie, config, publicUrl, reach });
  const webhookReach = () => reachOfWebhooks(config, deployment);
  webhookRoutes(mount, webhookReach);
  if (config.sandbox) sandboxRoutes(mount, context, deployment, scenarios);
  await tokenRoutes(app, context, issuer);
  await partnerCenterRoutes(app, { context, deployment, issuer, version: VERSION, reach: webhookReach });
  certificateRoutes(app, createSigner(context));
  return app;
}

/** So many requests a minute and address; 0: no limit. */
async function limitRate(app: FastifyInstance, most: number): Promise<void> {
  if (most === 0) return;
  await app.register(rateLimit, {
    max: most,
    timeWindow: '1 minute',
    // Whoever has one address of IPv6 has a whole network of them.
    keyGenerator: (request) => networkOf(request.ip),
    errorResponseBuilder: (_request, { max, ttl }) =>
      Object.assign(new Error('too many requests'), { statusCode: 429, limit: max, seconds: Math.ceil(ttl / 1000) }),
  });
}

/** Gives each answer its correlation id, and the log a line. */
function nameRequests(app: FastifyInstance, { log }: Context): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-correlation-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, id: correlationId } = request;
    const url = addressToLog(request);
    log.info({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime), correlationId }, 'request');
  });
}

/** The way back from an identity provider has a code in its query, the address of a calendar a token. */
function addressToLog({ url, routeOptions: { url: route } }: FastifyRequest): string {
  return route === CALLBACK || route === FEED_ROUTE ? route : url;
}

/** JSON, where a call without a body may say that it is JSON all the same, as many clients do; and CSV for the endpoints that take it. */
function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, body.toString(), done);
  });
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (request, body, done) => {
    const { takes } = request.routeOptions.config as { takes?: string };
    if (takes === 'text/csv') done(null, body);
    else done(Object.assign(new Error('not JSON'), { statusCode: 415 }));
  });
}

const noteRefusal: NoteRefusal = (call, { method, path }, { customerId, ...ids }, failure) =>
  recordRefusal(call, {
    operation: `${method} ${path}`,
    customerId,
    subjectId: Object.values(ids).at(-1) ?? customerId,
    code: failure.code,
    reasons: 'refusals' in failure ? failure.refusals.map(({ name }) => name) : [],
  });

async function actorOf(context: Context, token: string | undefined): Promise<Actor | undefined> {
  return token === undefined ? undefined : findActor(context, token);
}

async function clientOfToken(issuer: TokenIssuer, token: string | undefined): Promise<string | undefined> {
  const verified = token === undefined ? undefined : await issuer.verify(token);
  return typeof verified === 'object' ? verified.clientId : undefined;
}

async function mountReference(app: FastifyInstance, sandbox: boolean): Promise<void> {
  const document = openApiDocument(VERSION, sandbox);
  app.get('/api/openapi.json', () => document);
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  const css = [{ filename: 'yukselt.css', content: '.swagger-ui .topbar { display: none }' }];
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    // Over plain HTTP on another host than this one, a browser would ask for the page's own files by HTTPS.
    transformStaticCSP: (policy) => policy.replace(/upgrade-insecure-requests;?/, ''),
    theme: { title: 'Yükselt API', css },
  });
}

/** Live: the process answers. Ready: it can do its work. */
function mountHealth(app: FastifyInstance, { database }: Context): void {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    try {
      await database.ask('select 1', [], 'ready');
      return { status: 'ready' };
    } catch {
      return reply.status(503).send({ status: 'database unavailable' });
    }
  });
}

function correlationIdOf(given: string | string[] | undefined, newId: () => string): string {
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : newId();
}
