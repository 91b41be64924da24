import type { FastifyInstance } from 'fastify';
import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { followChanges } from './follow-changes.ts';
import { createFollowers } from './followers.ts';

/** Streams end before the server waits for what is under way. */
export function changeRoutes(app: FastifyInstance, mount: Mount, context: Context, beatMs?: number): void {
  const followers = createFollowers(context, beatMs);
  app.addHook('preClose', () => followers.close());
  mount.signedIn('followChanges', async ({ call, reply }) => {
    const followed = await followChanges(call, followers);
    if (!followed.ok) return followed;
    await reply
      .type('text/event-stream; charset=utf-8')
      .headers({
        'cache-control': 'no-store, no-transform',
        // nginx would keep it back until a buffer is full.
        'x-accel-buffering': 'no',
        // Nothing else comes on this connection, so that a server that stops need not wait for it.
        connection: 'close',
      })
      .send(followed.value);
    return accepted(undefined);
  });
}
