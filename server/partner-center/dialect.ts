import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import type { Call, Context } from '../context.ts';
import type { TokenIssuer } from '../identity/access-token.ts';
import { findClient } from '../identity/api-client.store.ts';
import { recordRefusal } from '../audit/record-refusal.ts';
import { bearerOf } from '../http/bearer.ts';
import { addressOf } from '../http/client-address.ts';
import { languageOf } from '../http/language.ts';
import type { Wording } from '../http/reason.presenter.ts';
import { isUnavailable, refusesValue } from '../postgres/database.ts';
import { Fault, faultBody, gatewayBody } from './fault.ts';
import { GUID, guidOf, Input } from './input.ts';
import type { Method, MountedOperation, Operation, WriteOperation } from './operation.ts';
import { replayed } from './replay.ts';

/** Which client is asking, as far as answers depend on it: the Java SDK and the old .NET one know fewer values. */
export type ClientKind = 'dotnet' | 'java' | 'other';

/** One request of the dialect, read. */
export type Given = {
  readonly call: Call;
  /** The path's parameters, in lower case as the routes write them. */
  readonly id: (name: 'customer' | 'subscription' | 'user') => string;
  readonly param: (name: string) => string;
  readonly query: Input;
  readonly body: Input;
  readonly client: ClientKind;
  readonly wording: Wording;
  readonly header: (name: string) => string | undefined;
  /** The key under which a repeat of this request gets the first answer; absent for reads and where the client sent none. */
  readonly requestId: string | undefined;
};

type Handle<Answer extends z.ZodType> = (given: Given) => Promise<z.output<Answer>>;
type MountRead = <Answer extends z.ZodType>(path: string, operation: Operation<Answer>, handle: Handle<Answer>) => void;
type Mount = <Answer extends z.ZodType>(
  path: string,
  operation: WriteOperation<Answer>,
  handle: Handle<Answer>,
) => void;

/** Where the resources put their routes; paths are lower case and without the prefix. */
export type Dialect = { readonly get: MountRead; post: Mount; patch: Mount; put: Mount; delete: Mount };
/** Mounts the routes of some resources. */
export type Resources = (dialect: Dialect) => void;

type Parts = { readonly context: Context; readonly issuer: TokenIssuer; readonly prefix: string };

/**
 * Mounts a part of the dialect below its prefix: who is asking, headers, errors and repeats, one place for each.
 * Resources come by the name under which they are described; what is mounted is returned.
 */
export async function mountDialect(
  app: FastifyInstance,
  { context, issuer, prefix }: Parts,
  resources: Readonly<Record<string, Resources>>,
): Promise<MountedOperation[]> {
  const mounted: MountedOperation[] = [];
  await app.register(
    async (plugin) => {
      plugin.addHook('onRequest', async (request, reply) => echo(request, reply, context));
      plugin.setErrorHandler(createFaultHandler(context));
      parseAnyJson(plugin);
      plugin.setNotFoundHandler((_request, reply) => reply.status(404).send(gatewayBody(404, 'Resource not found')));
      for (const [tag, mount] of Object.entries(resources)) {
        const of =
          (method: Method): MountRead =>
          (path, operation, handle) => {
            const { status = 200 } = operation;
            mounted.push({ ...operation, tag, method, path: prefix + path });
            plugin.route({
              method,
              url: path,
              handler: async (request, reply) => {
                const given = await read(request, context, issuer);
                tellMfa(given, reply);
                const operation = `${method} ${prefix}${path}`;
                const answer = await replayed(given, request, async () => ({
                  status,
                  body: await handle(given).catch((error: unknown) => noteRefusal(error, given, request, operation)),
                }));
                return answer.status === 204
                  ? reply.status(204).send()
                  : reply.status(answer.status).type('application/json; charset=utf-8').send(serialize(answer.body));
              },
            });
          };
        mount({ get: of('GET'), post: of('POST'), patch: of('PATCH'), put: of('PUT'), delete: of('DELETE') });
      }
    },
    { prefix },
  );
  return mounted;
}

/** Writes down what a use case refused, and goes on failing. */
async function noteRefusal(
  error: unknown,
  { call }: Given,
  request: FastifyRequest,
  operation: string,
): Promise<never> {
  if (error instanceof Fault && error.refusal) {
    const { customerid, ...ids } = request.params as Readonly<Record<string, string>>;
    const customerId = customerid !== undefined && GUID.test(customerid) ? customerid : undefined;
    const subjectId = Object.values(ids).at(-1) ?? customerid;
    await recordRefusal(call, { ...error.refusal, operation, customerId, subjectId });
  }
  throw error;
}

/** A bare text is JSON in its quotes; left alone, it would be sent without. */
function serialize(body: unknown): unknown {
  return typeof body === 'string' ? JSON.stringify(body) : body;
}

async function read(request: FastifyRequest, context: Context, issuer: TokenIssuer): Promise<Given> {
  const language = languageOfRequest(request);
  const { actor, clientId } = await findApiClient(request, context, issuer);
  const params = request.params as Readonly<Record<string, string>>;
  const param = (name: string) => params[name] ?? '';
  return {
    call: { ...context, actor, correlationId: request.id, origin: { address: addressOf(request), clientId } },
    param,
    id: (name) => guidOf(param(`${name}id`), name),
    query: new Input(request.query, 'query'),
    body: new Input(request.body),
    client: CLIENTS.get(header(request, 'ms-partnercenter-client') ?? '') ?? 'other',
    wording: { catalog: context.catalog, language },
    header: (name) => header(request, name),
    requestId: request.method === 'GET' ? undefined : header(request, 'ms-requestid'),
  };
}

const CLIENTS: ReadonlyMap<string, ClientKind> = new Map([
  ['Partner Center .NET SDK', 'dotnet'],
  ['Partner Center Java SDK', 'java'],
]);

async function findApiClient(request: FastifyRequest, { database }: Context, issuer: TokenIssuer) {
  const token = bearerOf(request);
  if (token === undefined) throw new Fault(401, 800001, 'The Authorization header with a bearer token is missing.');
  const verified = await issuer.verify(token);
  if (verified === 'audience') throw new Fault(401, 900420, 'The token was issued for another audience.');
  const { partnerId, clientId } = verified ?? { partnerId: '', clientId: '' };
  const client = verified && (await database.asSystem((tx) => findClient(tx, partnerId, clientId)));
  if (!client) throw new Fault(401, 400, 'Access denied: the token is expired, forged, or its client was revoked.');
  return client;
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function languageOfRequest(request: FastifyRequest): Language {
  return languageOf(header(request, 'x-locale') ?? request.headers['accept-language']);
}

/** Who asks for it is told whether a person with a second factor stands behind the token. */
function tellMfa({ call, header }: Given, reply: FastifyReply): void {
  if (header('validatemfa')?.toLowerCase() === 'true')
    void reply.header('isMfaCompliant', String(call.actor.userContext));
}

/** What the service puts on every answer; ids of the client come back as they were sent. */
async function echo(request: FastifyRequest, reply: FastifyReply, { newId }: Context): Promise<void> {
  const given = (name: string) => (GUID.test(header(request, name) ?? '') ? header(request, name) : newId());
  void reply.headers({
    'MS-RequestId': given('ms-requestid'),
    'MS-CorrelationId': given('ms-correlationid'),
    'MS-CV': `${request.id.replaceAll('-', '').slice(0, 16)}.0`,
    'MS-ServerId': '00000001',
    'Request-Context': 'appId=cid-v1:00000000-0000-0000-0000-000000000000',
  });
}

/** Every body is JSON whatever it says it is, also behind a byte order mark; an empty one is absent. */
function parseAnyJson(plugin: FastifyInstance): void {
  plugin.addHook('onRequest', async ({ headers }) => {
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/json';
  });
  const parse = plugin.getDefaultJsonParser('error', 'ignore');
  plugin.removeAllContentTypeParsers();
  plugin.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString().replace(/^\uFEFF/, '');
    if (text.trim() === '') done(null, undefined);
    else void parse(request, text, done);
  });
}

type FaultHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** Answers errors in the dialect's shapes. */
export function createFaultHandler({ log }: Pick<Context, 'log'>): FaultHandler {
  return (error, request, reply) => {
    const { statusCode, seconds = 60 } = error as { statusCode?: number; seconds?: number };
    if (statusCode === 429) {
      void reply.header('retry-after', seconds);
      void reply.status(429).send(gatewayBody(429, `Rate limit is exceeded. Try again in ${seconds} seconds.`));
      return;
    }
    const fault = toFault(error, statusCode);
    if (fault.status >= 500 && fault.status !== 501)
      log.error({ err: error, correlationId: request.id }, 'request failed');
    if (fault.status === 503) void reply.header('retry-after', '2');
    if (fault.status === 401) void reply.header('www-authenticate', `OAuth realm=urn:cpsvc:cpid:${request.id}`);
    void reply.status(fault.status).type('application/json; charset=utf-8').send(faultBody(fault));
  };
}

function toFault(error: unknown, statusCode: number | undefined): Fault {
  const { code } = error as { code?: string };
  if (error instanceof Fault) return error;
  if (isUnavailable(error)) return new Fault(503, 800003, 'The service is not available. Try again in a moment.');
  if (refusesValue(error)) return new Fault(400, 3000, 'A value of the request cannot be stored.');
  // Always 400: a status that the Java SDK does not know to be final makes it repeat the request without end.
  if (statusCode === 413) return new Fault(400, 800002, 'The body of the request is too large.');
  if (code === 'FST_ERR_BAD_URL') return new Fault(400, 800002, 'The address of the request cannot be decoded.');
  if (statusCode !== undefined && statusCode < 500)
    return new Fault(400, 800002, 'The body of the request is not valid JSON.');
  return new Fault(statusCode ?? 500, 800003, 'Something unexpected happened. Repeat the request.');
}
