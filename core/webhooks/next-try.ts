/** How long an event is tried; one that waited longer for the one before it is tried once all the same. */
const TRIED_FOR = { hours: 24 };
const FIRST_PAUSE_MINUTES = 1;
const LONGEST_PAUSE_MINUTES = 240;

type Tried = {
  /** When it happened, or was asked for again. */
  readonly askedAt: Temporal.Instant;
  /** Failed attempts since, one at least. */
  readonly failures: number;
  readonly now: Temporal.Instant;
};

/** When an event that could not be delivered is tried again: after a minute, two, four, up to four hours. Undefined: it is given up. */
export function nextTry({ askedAt, failures, now }: Tried): Temporal.Instant | undefined {
  if (Temporal.Instant.compare(now, askedAt.add(TRIED_FOR)) >= 0) return undefined;
  const doubled = FIRST_PAUSE_MINUTES * 2 ** Math.min(failures - 1, 30);
  return now.add({ minutes: Math.min(LONGEST_PAUSE_MINUTES, doubled) });
}
