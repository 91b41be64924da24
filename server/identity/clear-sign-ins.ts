import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import {
  clearDeviceCodes,
  clearFailures,
  clearKnownSources,
  clearLogoutTokens,
  clearSessions,
} from './clearing.store.ts';

const EVERY_MS = 600_000;
/** A browser that was not used for so long is a stranger again. */
const KNOWN_FOR_HOURS = 90 * 24;
const FAILURES_KEPT_HOURS = 24;

/** Throws away sessions that are over, failures that count no more, logout tokens and codes of programs that nobody would take any more, and browsers that nobody uses. */
export function clearSignIns({ database, clock, sessionLimits }: Context): Routine {
  return {
    name: 'clear-sign-ins',
    everyMs: EVERY_MS,
    run: () =>
      database.asSystem(async (tx) => {
        const now = clock.now();
        const cleared = [
          await clearSessions(tx, now.toString(), sessionLimits.idleMinutes),
          await clearFailures(tx, now.subtract({ hours: FAILURES_KEPT_HOURS }).toString()),
          await clearDeviceCodes(tx, now.toString()),
          await clearLogoutTokens(tx, now.toString()),
          await clearKnownSources(tx, now.subtract({ hours: KNOWN_FOR_HOURS }).toString()),
        ];
        return cleared.some(Boolean);
      }),
  };
}
