/** Times of repeated runs, in milliseconds. */
export type Times = { readonly p50: number; readonly p95: number; readonly runs: number };

/** The first few runs warm up and do not count. */
export const WARM_UPS = 3;

/** Runs a thing again and again, one after the other, and sorts the times. */
export async function measure(runs: number, run: (index: number) => Promise<unknown>): Promise<Times> {
  return (await inTurns(runs, { run })).run;
}

/** Runs several things by turns, so that whatever else the machine does falls on all of them. */
export async function inTurns<Name extends string>(
  runs: number,
  things: Readonly<Record<Name, (index: number) => Promise<unknown>>>,
): Promise<Record<Name, Times>> {
  const names = Object.keys(things) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let index = 0; index < runs + WARM_UPS; index++) {
    for (const name of names) {
      const begun = performance.now();
      await things[name](index);
      if (index >= WARM_UPS) times[name].push(performance.now() - begun);
    }
  }
  return Object.fromEntries(names.map((name) => [name, timesOf(times[name])])) as Record<Name, Times>;
}

function timesOf(all: readonly number[]): Times {
  const sorted = all.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), runs: sorted.length };
}

/** A line of the report. */
export type Row = { readonly what: string; readonly goal: string; readonly measured: string; readonly limit: string };

export function times({ p50, p95 }: Times): string {
  return `${ms(p50)} (p95 ${ms(p95)})`;
}

export function ms(duration: number): string {
  return duration >= 1000 ? `${(duration / 1000).toFixed(1)} s` : `${duration.toFixed(duration < 10 ? 1 : 0)} ms`;
}
