import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from '../../contract/endpoint.ts';
import { type Endpoints, endpoints } from '../../contract/endpoints.ts';
import type { Problem } from '../../contract/problems.ts';
import type { Language } from '../../contract/values.ts';
import { issueWords } from '../../contract/words.ts';
import type { Actor, Call, Context } from '../context.ts';
import type { Failure, Outcome } from '../failure.ts';
import { addressOf } from './client-address.ts';
import type { Wording } from './reason.presenter.ts';
import { languageOf } from './language.ts';
import { presentFailure, presentInvalid, presentProblem } from './problem.presenter.ts';

/** One request, parsed: what every handler gets. */
export type Given<E extends Endpoint> = {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly language: Language;
  readonly wording: Wording;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

export type SignedIn<E extends Endpoint> = Given<E> & { readonly call: Call };

/** The table of handlers that a routes file adds; each returns the answer or the failure. */
export type Mount = {
  /** For endpoints behind sign-in. */
  signedIn<Name extends keyof Endpoints>(
    name: Name,
    handle: (given: SignedIn<Endpoints[Name]>) => Promise<Outcome<AnswerOf<Endpoints[Name]>>>,
  ): void;
  /** For endpoints that say `open`. */
  open<Name extends keyof Endpoints>(
    name: Name,
    handle: (given: Given<Endpoints[Name]>) => Promise<Outcome<AnswerOf<Endpoints[Name]>>>,
  ): void;
};

/** Told of what was refused to somebody who is signed in. */
export type NoteRefusal = (
  call: Call,
  endpoint: Endpoint,
  params: Readonly<Record<string, string>>,
  failure: Failure,
) => Promise<void>;

/** Mounts endpoints of the contract: finds the actor, parses what comes in, writes the answer or the problem. */
export function createMount(
  app: FastifyInstance,
  context: Context,
  findActor: (request: FastifyRequest) => Promise<Actor | undefined>,
  noteRefusal: NoteRefusal,
): Mount {
  const mount = (endpoint: Endpoint, handle: (given: SignedIn<Endpoint>) => Promise<Outcome<unknown>>) =>
    within(app, endpoint, (scope) =>
      scope.route({
        method: endpoint.method,
        url: endpoint.path,
        ...configOf(endpoint),
        handler: async (request, reply) => {
          const language = languageOf(request.headers['accept-language']);
          // Before anything is read: nobody learns the form of what is not theirs to ask.
          const actor = endpoint.open ? undefined : await findActor(request);
          if (!endpoint.open && !actor) return send(reply, presentProblem('not-signed-in', language, request.id));
          const parsed = parse(endpoint, request, language);
          if ('problem' in parsed) return send(reply, parsed.problem);
          const wording = { catalog: context.catalog, language };
          const origin = { address: addressOf(request), clientId: null };
          const call = { ...context, actor, correlationId: request.id, origin };
          const outcome = await handle({ ...parsed, language, wording, request, reply, call } as SignedIn<Endpoint>);
          if (!outcome.ok) {
            if (actor) await noteRefusal({ ...call, actor }, endpoint, parsed.params, outcome.refused);
            return send(reply, presentFailure(outcome.refused, wording, request.id));
          }
          // Of a file or a stream the head has gone out, whether its reader took the rest or not.
          if (reply.sent || reply.raw.headersSent) return reply;
          return reply.status(endpoint.status).send(outcome.value);
        },
      }),
    );
  return {
    open: (name, handle) => mount(endpoints[name], handle),
    signedIn: (name, handle) => mount(endpoints[name], handle as never),
  };
}

/** A file is handed on as it arrives, whatever it says that it is: its reader has limits of its own. */
function within(app: FastifyInstance, { takes }: Endpoint, add: (scope: FastifyInstance) => void): void {
  if (takes !== 'application/octet-stream') return add(app);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    add(scope);
  });
}

export function send(reply: FastifyReply, problem: Problem) {
  return reply.status(problem.status).type('application/problem+json').send(problem);
}

/** Signing in, and proving an address, is slower to repeat than the rest; and what a body has to be is asked by its parser. */
function configOf({ path, method, takes, file }: Endpoint) {
  const isProof =
    method === 'POST' && /^\/api\/(sessions|setup|join|acceptance)(\/|$)|^\/api\/device-codes$/.test(path);
  return {
    // The head alone of what has no end would be a stream that nobody reads.
    exposeHeadRoute: file !== 'text/event-stream',
    config: { ...(isProof && { rateLimit: { max: 120 } }), ...(takes && { takes }) },
  };
}

function parse(endpoint: Endpoint, request: FastifyRequest, language: Language) {
  const given = { params: {}, query: {}, body: undefined as unknown };
  // A misspelled filter must not answer with everything.
  const schemas = { ...endpoint, query: (endpoint.query ?? NO_QUERY).strict() };
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = schemas[part];
    if (!schema) continue;
    const parsed = schema.safeParse(request[part] ?? {}, { error: issueWords(language) });
    if (!parsed.success) return { problem: presentInvalid(parsed.error, language, request.id) };
    given[part] = parsed.data as object;
  }
  return given;
}

const NO_QUERY = z.object({});
