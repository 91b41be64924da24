import type { FastifyReply } from 'fastify';
import type { Outcome } from '../failure.ts';

/** Says in a header, too, when another attempt is taken (RFC 9110 section 10.2.3: in seconds). */
export function tellWhen<Value>(done: Outcome<Value>, reply: FastifyReply, now: Temporal.Instant): Outcome<Value> {
  if (!done.ok && done.refused.code === 'sign-in-locked') {
    const seconds = done.refused.until.since(now).total('seconds');
    void reply.header('retry-after', String(Math.max(Math.ceil(seconds), 1)));
  }
  return done;
}
