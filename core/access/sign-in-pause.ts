const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 900;

/** How long to wait after so many failures in a row, in seconds: nothing up to the limit, then twice as long each time, 15 minutes at most. */
export function pauseAfter(failures: number, limit: number): number {
  if (failures < limit) return 0;
  return Math.min(FIRST_PAUSE_SECONDS * 2 ** (failures - limit), LONGEST_PAUSE_SECONDS);
}
