import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { claimReply, dropReply, type ReplyKey, saveReply } from '../replies/reply.store.ts';
import type { Given } from './dialect.ts';
import { Fault, faultBody } from './fault.ts';
import { guidOf } from './input.ts';

/** The body is undefined where the status is 204. */
type Answer = { readonly status: 200 | 201 | 202 | 204; readonly body: unknown };

const ASKED_EVERY_MS = 50;
const LONGEST_WAIT_MS = 30_000;

/**
 * Does a write once for each `MS-RequestId`: a repeat gets the first final answer, a refusal too; one that comes while the first is running
 * waits for it. What was not final - no sign-in, too many requests, a failure of ours - is not kept.
 */
export async function replayed(given: Given, request: FastifyRequest, act: () => Promise<Answer>): Promise<Answer> {
  if (given.requestId === undefined) return act();
  const key = keyOf(given, request);
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest();
  const first = await firstAnswer(given, key, bodyHash);
  if (first) return first;
  const { database, actor } = given.call;
  const toReply = (status: number, body: unknown) => ({
    status,
    body: JSON.stringify(body ?? null, withoutSecrets),
    now: given.call.clock.now().toString(),
  });
  const write = (work: Parameters<typeof database.write<void>>[1]) => database.write(actor.partner.partnerId, work);
  try {
    const answer = await act();
    await write((tx) => saveReply(tx, key, toReply(answer.status, answer.body)));
    return answer;
  } catch (error) {
    const final = error instanceof Fault && error.status < 500 ? error : undefined;
    await write((tx) => (final ? saveReply(tx, key, toReply(final.status, faultBody(final))) : dropReply(tx, key)));
    throw error;
  }
}

const TOLD_ONCE = ['passwordProfile', 'userCredentials'];

/** A password is told once and never stored; a repeat does not get it. */
function withoutSecrets(key: string, value: unknown): unknown {
  return TOLD_ONCE.includes(key) ? undefined : value;
}

function keyOf({ call, requestId }: Given, { method, url }: FastifyRequest): ReplyKey {
  return {
    partnerId: call.actor.partner.partnerId,
    route: `${method} ${url.split('?')[0] ?? ''}`,
    requestId: guidOf(requestId, 'request'),
  };
}

/** The answer that is there already; undefined when the act is ours to do. */
async function firstAnswer({ call }: Given, key: ReplyKey, bodyHash: Buffer): Promise<Answer | undefined> {
  const begun = performance.now();
  for (;;) {
    const now = call.clock.now().toString();
    const stored = await call.database.write(key.partnerId, (tx) => claimReply(tx, key, { bodyHash, now }));
    if (!stored) return undefined;
    if (!stored.sameBody) throw new Fault(400, 3000, 'MS-RequestId was used before for another request.');
    if (stored.status !== null) return answerOf(stored.status, stored.body ?? 'null');
    if (performance.now() - begun > LONGEST_WAIT_MS) {
      throw new Fault(409, 900278, 'The first request with this MS-RequestId is still running.');
    }
    await pause(ASKED_EVERY_MS);
  }
}

function answerOf(status: number, body: string): Answer {
  const value: unknown = JSON.parse(body);
  if (status < 300) return { status: status as Answer['status'], body: value };
  const { code, description } = value as { code: number; description: string };
  throw new Fault(status, code, description);
}
