import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../../contract/faults.ts';
import type { Faults } from './faults.ts';

/** Faults that are an answer. */
type Answered = Extract<Fault, { kind: 'too-many-requests' | 'server-error' }>;

type Options = {
  /** The client id of a request's access token. */
  readonly clientOf: (request: FastifyRequest) => Promise<string | undefined>;
  /** The limit that a refusal for too many requests tells. */
  readonly limit: number;
};

/** Lets rules strike requests of every route: before the body is read, or in place of the answer. */
export function injectFaults(app: FastifyInstance, faults: Faults, { clientOf, limit }: Options): void {
  const closing = new AbortController();
  const answerless = new WeakSet<FastifyRequest>();
  app.addHook('preClose', async () => closing.abort());
  app.addHook('preParsing', async (request, reply) => {
    const [path = ''] = request.url.split('?');
    const strike = await faults.strikeRequest({ method: request.method, path, client: () => clientOf(request) });
    if (!strike) return;
    const { fault, rule } = strike;
    switch (fault.kind) {
      case 'latency':
        return waitFor(fault.ms, closing.signal, reply);
      case 'cut-before-commit':
        void reply.hijack();
        request.raw.socket.destroy();
        return;
      case 'cut-after-commit':
        answerless.add(request);
        return;
      case 'too-many-requests':
      case 'server-error':
        throw errorOf(fault, rule, reply, limit);
      default:
      // Those of webhooks strike no request.
    }
  });
  app.addHook('onSend', async (request) => {
    if (answerless.has(request)) request.raw.socket.destroy();
  });
}

/** A server that stops lets no one wait to the end, and no connection stay open for more. */
async function waitFor(ms: number, signal: AbortSignal, reply: FastifyReply): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {
    void reply.header('connection', 'close');
  });
}

/** What the error handlers answer in the shape of the address. */
function errorOf(fault: Answered, rule: string, reply: FastifyReply, limit: number): Error {
  const error = new Error(`The fault rule ${rule} of the sandbox struck.`);
  if (fault.kind === 'server-error') return Object.assign(error, { statusCode: fault.status });
  const seconds = fault.retryAfterSeconds;
  void reply.header('retry-after', String(seconds));
  return Object.assign(error, { statusCode: 429, limit, seconds });
}
