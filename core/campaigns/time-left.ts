const MINUTE = 60;

/**
 * How long the rows that are left take, in whole seconds: by what was done in the last minute, and not faster than the pace allows. Null: nothing is
 * left, or nothing runs.
 */
export function secondsLeft(asked: {
  readonly left: number;
  readonly rowsPerMinute: number;
  /** Rows that ended within the last minute, and for how many seconds it has run. */
  readonly lastMinute: number;
  readonly seconds: number;
}): number | null {
  const { left, rowsPerMinute, lastMinute, seconds } = asked;
  if (left === 0) return null;
  const measured = lastMinute > 0 && seconds > 0 ? (lastMinute * MINUTE) / Math.min(MINUTE, seconds) : rowsPerMinute;
  return Math.ceil((left * MINUTE) / Math.min(measured, rowsPerMinute));
}
