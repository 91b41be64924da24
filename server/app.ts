import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { openApiDocument } from '../contract/openapi.ts';
import { catalogRoutes } from './catalog/catalog.routes.ts';
import { type Config, DEFAULT_RATE_LIMIT } from './config.ts';
import type { Actor, Context } from './context.ts';
import { customerRoutes } from './customers/customer.routes.ts';
import { type Deployment, readDeployment } from './deployment.ts';
import { answerErrors, createErrorHandler } from './http/answer-errors.ts';
import { createMount } from './http/mount.ts';
import { mountPortal } from './http/portal.ts';
import { apiClientRoutes } from './identity/api-client.routes.ts';
import { sessionRoutes, tokenOf } from './identity/session.routes.ts';
import { createTokenIssuer, type TokenIssuer } from './identity/access-token.ts';
import { findActor } from './identity/sign-in.ts';
import { tokenRoutes } from './identity/token.routes.ts';
import { chargeRoutes } from './ledger/charge.routes.ts';
import { issueRoutes } from './licenses/issue.routes.ts';
import { isDialect, normalizeAddress } from './partner-center/address.ts';
import { createFaultHandler } from './partner-center/dialect.ts';
import { partnerCenterRoutes } from './partner-center/partner-center.routes.ts';
import { createFaults } from './sandbox/faults.ts';
import { injectFaults } from './sandbox/inject-faults.ts';
import type { Scenarios } from './sandbox/sandbox.ts';
import { sandboxRoutes } from './sandbox/sandbox.routes.ts';
import { subscriptionRoutes } from './subscriptions/subscription.routes.ts';
import { upgradeRoutes } from './upgrades/upgrade.routes.ts';
import { certificateRoutes } from './webhooks/certificate.routes.ts';
import { reachOf } from './webhooks/receiver-address.ts';
import { createSigner } from './webhooks/signer.ts';

const VERSION = '0.1.0';
const BODY_LIMIT_BYTES = 1_000_000;

export type AppParts = {
  readonly config: Pick<Config, 'sandbox' | 'rateLimit'> & Partial<Pick<Config, 'publicUrl'>>;
  readonly context: Context;
  readonly deployment: Deployment;
  readonly scenarios: Scenarios;
  /** The directory of the built portal; without it there is the API alone. */
  readonly portal?: string;
  /** Certificate and key in PEM; without them plain HTTP is spoken. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
};

/** Mounts every route, with one error handler for all. */
export async function createApp({
  config,
  context,
  deployment,
  scenarios,
  portal,
  tls,
}: AppParts): Promise<FastifyInstance> {
  const handleError = createErrorHandler(context, BODY_LIMIT_BYTES);
  const answerFault = createFaultHandler(context);
  const app: FastifyInstance = Fastify({
    https: tls ?? null,
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
  if (config.rateLimit > 0) {
    await app.register(rateLimit, {
      max: config.rateLimit,
      timeWindow: '1 minute',
      errorResponseBuilder: (_request, { max, ttl }) =>
        Object.assign(new Error('too many requests'), { statusCode: 429, limit: max, seconds: Math.ceil(ttl / 1000) }),
    });
  }
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-correlation-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url, id: correlationId } = request;
    context.log.info(
      { method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime), correlationId },
      'request',
    );
  });
  const issuer = createTokenIssuer(context, () => config.publicUrl ?? app.listeningOrigin);
  if (config.sandbox) {
    // Clock and faults of a sandbox are the deployment's, whichever server set them.
    app.addHook('onRequest', async (request) => {
      if (!/^\/(assets|health)\//.test(request.url)) Object.assign(deployment, await readDeployment(context.database));
    });
    const clientOf = (request: FastifyRequest) => clientOfToken(issuer, request);
    injectFaults(app, createFaults(context, deployment), { clientOf, limit: DEFAULT_RATE_LIMIT });
  }
  allowEmptyBodies(app);
  answerErrors(app, handleError, portal === undefined ? undefined : await mountPortal(app, portal));
  await mountReference(app, config.sandbox);
  mountHealth(app, context);

  const mount = createMount(app, context, (request) => actorOf(context, request));
  sessionRoutes(mount, context, deployment, config.sandbox);
  customerRoutes(mount);
  subscriptionRoutes(mount);
  upgradeRoutes(mount);
  issueRoutes(mount);
  chargeRoutes(mount);
  catalogRoutes(mount);
  apiClientRoutes(mount);
  if (config.sandbox) sandboxRoutes(mount, context, deployment, scenarios);
  await tokenRoutes(app, context, issuer);
  const reach = () => reachOf(config, deployment);
  await partnerCenterRoutes(app, { context, deployment, issuer, version: VERSION, reach });
  certificateRoutes(app, createSigner(context));
  return app;
}

/** A call without a body may say that it is JSON all the same, as many clients do. */
function allowEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, body.toString(), done);
  });
}

async function actorOf(context: Context, request: FastifyRequest): Promise<Actor | undefined> {
  const token = tokenOf(request);
  return token === undefined ? undefined : findActor(context, token);
}

async function clientOfToken(issuer: TokenIssuer, request: FastifyRequest): Promise<string | undefined> {
  const token = tokenOf(request);
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
