import { startOf } from '../core/values/period.ts';
import type { Context } from '../server/context.ts';
import { keepUpToDate } from '../server/subscriptions/keep-up-to-date.ts';
import { drawFrom } from './draw.ts';
import { type Modelled, modelOf } from './lifecycle-model.ts';
import { bringAllUpToDate, day, dying, linesOf, type Sold, sellProduct } from './lifecycle-steps.ts';

/** What rounds of kills came to. */
export type KillsResult = {
  readonly rounds: number;
  readonly servers: number;
  /** Servers that died before they had done all that was due. */
  readonly killed: number;
  /** Lines that the killed servers had left when the others were started. */
  readonly before: number;
  readonly lines: number;
  /** Subscriptions whose lines are not those of the model after a round, with what differs. */
  readonly wrong: readonly string[];
};

const SUBSCRIPTIONS = 12;
const SERVERS = 3;
/** About as many statements as one server needs for what falls due at once, so that some live. */
const STATEMENTS = 15;
const BEGINS = day('2027-01-01');

/**
 * Lets the calendar run through months, and kills the servers that drive it at statements drawn from a seed, before it or after: from then on
 * nothing of theirs reaches the database. Then others are started, and every line must stand once. The price list must have Business Basic at 6.00.
 */
export async function playCalendarKills(
  context: Context,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): Promise<KillsResult> {
  const draw = drawFrom(seed);
  const sold = await sellSome(context, draw);
  const wrong: string[] = [];
  let [killed, before, lines] = [0, 0, 0];
  let on = BEGINS;
  for (let round = 1; round <= rounds; round += 1) {
    on = on.add({ days: 1 + draw(40) });
    const now = startOf(on).add({ minutes: draw(1440) });
    const today: Context = { ...context, clock: { now: () => now } };
    killed += await strike(today, draw);
    before += (await linesOfAll(today, sold)).flat().length - lines;
    await Promise.all(Array.from({ length: SERVERS }, () => bringAllUpToDate(today)));
    const found = await linesOfAll(today, sold);
    lines = found.flat().length;
    for (const [index, { modelled }] of sold.entries()) {
      const [expected] = modelOf([modelled], [], on).subscriptions;
      const differs = differenceOf(found[index] ?? [], expected?.lines ?? []);
      if (differs.length > 0) wrong.push(`round ${round}, subscription ${index}: ${differs.join(', ')}`);
    }
  }
  return { rounds, servers: rounds * SERVERS, killed, before, lines, wrong };
}

type SoldAs = { readonly sold: Sold; readonly modelled: Modelled };

/** Two of each customer, for a month or a year, bought in the weeks before the first round. */
async function sellSome(context: Context, draw: (limit: number) => number): Promise<SoldAs[]> {
  const all: SoldAs[] = [];
  let customerId = context.newId();
  for (let index = 0; index < SUBSCRIPTIONS; index += 1) {
    if (index % 2 === 0) customerId = context.newId();
    const from = BEGINS.subtract({ days: draw(60) });
    const months = draw(2) === 0 ? 1 : 12;
    const quantity = 1 + draw(100);
    const termDuration = months === 1 ? 'P1M' : 'P1Y';
    const sold = await sellProduct({ context }, from.toString(), { termDuration, quantity, customerId });
    all.push({ sold, modelled: { from, months, quantity } });
  }
  return all;
}

/** Starts servers that each die at a statement of their own, and says how many did. */
async function strike(context: Context, draw: (limit: number) => number): Promise<number> {
  const servers = Array.from({ length: SERVERS }, () => {
    // Looked at before each statement and after it.
    let left = 1 + draw(2 * STATEMENTS);
    const isDead = () => (left -= 1) < 0;
    const log = { ...context.log, error: () => undefined };
    const database = dying(context.database, isDead);
    return { routine: keepUpToDate({ ...context, log, database }), isKilled: () => left < 0 };
  });
  await Promise.all(servers.map(({ routine }) => routine.run().catch(() => false)));
  return servers.filter(({ isKilled }) => isKilled()).length;
}

async function linesOfAll(context: Context, all: readonly SoldAs[]): Promise<string[][]> {
  return Promise.all(all.map(async ({ sold }) => (await linesOf({ context }, sold, sold.subscriptionId)).toSorted()));
}

/** Lines that are missing, and those that are there too often. */
function differenceOf(found: readonly string[], expected: readonly string[]): string[] {
  const left = [...found];
  const missing = expected.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((line) => `missing: ${line}`), ...left.map((line) => `too many: ${line}`)];
}
