/** Times of repeated runs, in milliseconds. */
export type Times = { readonly p50: number; readonly p95: number; readonly runs: number };

/** Runs a thing again and again, one after the other, and sorts the times; the first few warm up and do not count. */
export async function measure(runs: number, run: (index: number) => Promise<unknown>, warmUps = 3): Promise<Times> {
  const times: number[] = [];
  for (let index = 0; index < runs + warmUps; index++) {
    const begun = performance.now();
    await run(index);
    if (index >= warmUps) times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), runs };
}
