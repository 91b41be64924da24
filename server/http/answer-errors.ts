import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemCode } from '../../contract/problems.ts';
import type { FieldRule } from '../../contract/words.ts';
import type { Context } from '../context.ts';
import { isUnavailable, refusesValue } from '../postgres/database.ts';
import { languageOf } from './language.ts';
import { send } from './mount.ts';
import { asksForPage, type SendPortal } from './portal.ts';
import { presentBrokenRule, presentNotFound, presentProblem } from './problem.presenter.ts';

type HandledError = FastifyError & { readonly limit?: number; readonly seconds?: number };
export type ErrorHandler = (error: HandledError, request: FastifyRequest, reply: FastifyReply) => void;

/** One handler for every error, also those that the framework finds before there is a route. */
export function createErrorHandler({ log }: Pick<Context, 'log'>, bodyLimitBytes: number): ErrorHandler {
  return (error, request, reply) => {
    const correlationId = request.id;
    const code = codeOf(error);
    if (code === 'internal-error') log.error({ err: error, correlationId }, 'request failed');
    // A schema should have named the field.
    if (refusesValue(error)) log.warn({ err: error, correlationId }, 'the database refused a value');
    if (code === 'database-unavailable' || code === 'server-busy') void reply.header('retry-after', '2');
    void reply.header('x-correlation-id', correlationId);
    const language = languageOf(request.headers['accept-language']);
    const present = () => {
      if (code === 'not-found') return presentNotFound('page', pageOf(request), language, correlationId);
      if (code === 'invalid-request') return presentBrokenRule(...brokenRuleOf(error), language, correlationId);
      const values = { limit: error.limit ?? bodyLimitBytes, seconds: error.seconds ?? 60 };
      return presentProblem(code, language, correlationId, values);
    };
    void send(reply, present());
  };
}

/** Answers errors and unknown addresses with problem documents; a person's browser gets the portal, which knows its own addresses. */
export function answerErrors(
  app: FastifyInstance,
  handleError: ErrorHandler,
  sendPortal: SendPortal | undefined,
): void {
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request, reply) => {
    if (sendPortal && asksForPage(request)) return sendPortal(request, reply);
    const language = languageOf(request.headers['accept-language']);
    return send(reply, presentNotFound('page', pageOf(request), language, request.id));
  });
}

function pageOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '';
}

function codeOf(error: HandledError): ProblemCode {
  if (isUnavailable(error)) return 'database-unavailable';
  if (refusesValue(error)) return 'invalid-request';
  if (error.code === 'BUSY') return 'server-busy';
  switch (error.statusCode) {
    case 413:
      return 'too-large';
    case 415:
      return 'unsupported-media-type';
    case 429:
      return 'too-many-requests';
    case 400:
      return 'invalid-request';
    // Nothing has an id that long.
    case 414:
      return 'not-found';
    // From here on only a sandbox's faults: what comes from a proxy otherwise.
    case 502:
      return 'bad-gateway';
    case 503:
      return 'database-unavailable';
    case 504:
      return 'gateway-timeout';
    default:
      return 'internal-error';
  }
}

/** What of the request is malformed, and how. */
function brokenRuleOf(error: HandledError): [field: string, broken: FieldRule] {
  if (refusesValue(error)) return ['request', 'accepted'];
  return error.code === 'FST_ERR_BAD_URL' ? ['url', 'url'] : ['body', 'json'];
}
