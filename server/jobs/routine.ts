import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../context.ts';
import { isUnavailable } from '../postgres/database.ts';

/** Work that the server finds by itself, by looking: what has become due by the clock, or was left for later. */
export type Routine = {
  readonly name: string;
  readonly everyMs: number;
  /**
   * Does a handful of what is due and tells whether there may be more. Safe beside the same routine of other servers, and when it is cut off:
   * what is due is found by a query that locks and skips what is locked.
   */
  run(): Promise<boolean>;
};

/** Looks again and again until it is stopped, and lets the last look finish. */
export function keepUp(routines: readonly Routine[], log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = routines.map(async (routine) => {
    const { name, everyMs } = routine;
    while (!stopping.signal.aborted) {
      const more = await routine.run().catch((error: unknown) => {
        // While there is no database, requests say so already.
        if (!isUnavailable(error)) log.error({ err: error }, name);
        return false;
      });
      if (!more) await pause(everyMs, undefined, stopping).catch(() => undefined);
    }
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
