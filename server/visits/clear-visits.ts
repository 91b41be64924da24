import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { clearVisits } from './visit.store.ts';

const EVERY_MS = 600_000;

/** Throws away visits whose page went without a word. */
export function clearVisitsRoutine({ database, clock }: Context): Routine {
  return {
    name: 'clear-visits',
    everyMs: EVERY_MS,
    run: () => database.asSystem((tx) => clearVisits(tx, clock.now().toString())),
  };
}
