import type { Actor, Context } from '../context.ts';
import { getAgent } from '../identity/agent.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { planSomeRows } from './plan-rows.ts';
import { runRow } from './run-row.ts';
import { type EndedRow, endRows, type RowUnderWay, takeRow } from './run.store.ts';

/** So many things are under way in a server at a time, of all partners: rows that are sent, and lots of rows that are planned. */
const LANES = 4;

type Turn = {
  /** By `performance.now()`; what is under way by then is finished. */
  readonly until: number;
  /** Whether something is being planned. */
  readonly planning: boolean;
};

/**
 * Sends and plans rows until the turn is over or nothing can be begun. One transaction at a time puts down what has ended meanwhile and takes as much
 * as there is room for, so that the lanes of a server never stand in each other's way. True: something was done, and there may be more.
 */
export async function workATurn(context: Context, { until, planning }: Turn): Promise<boolean> {
  const busy = new Set<Promise<void>>();
  const agents: Agents = new Map();
  let [ended, isWorking, hasPlans, planners]: [EndedRow[], boolean, boolean, number] = [[], false, planning, 0];
  const begin = (work: Promise<void>) => {
    isWorking = true;
    const lane = work.finally(() => busy.delete(lane));
    busy.add(lane);
  };
  const send = async ({ row, actor }: Taken) => {
    const one = await runRow(context, row, actor);
    if (one) ended.push(one);
  };
  const plan = async () => {
    planners += 1;
    hasPlans = (await planSomeRows(context).finally(() => (planners -= 1))) && hasPlans;
  };
  try {
    do {
      const isOver = performance.now() >= until;
      const free = isOver ? 0 : LANES - busy.size - (hasPlans && planners === 0 ? 1 : 0);
      const over = ended;
      ended = [];
      const taken = free + over.length > 0 ? await exchange(context, { over, free, agents }) : [];
      for (const one of taken) begin(send(one));
      // One lane plans also while there is something to send.
      if (!isOver && hasPlans) while (planners === 0 || busy.size < LANES) begin(plan());
      if (ended.length === 0 && busy.size > 0) await Promise.race(busy);
    } while (busy.size + ended.length > 0);
  } finally {
    await Promise.allSettled(busy);
  }
  return isWorking;
}

type Taken = { readonly row: RowUnderWay; readonly actor: Actor };
/** Whoever has submitted something, as looked up once in a turn. */
type Agents = Map<string, Actor>;

/** Puts down how rows ended, and takes others. */
async function exchange(
  { clock, database, newId }: Context,
  { over, free, agents }: { readonly over: readonly EndedRow[]; readonly free: number; readonly agents: Agents },
): Promise<Taken[]> {
  return database.asSystem(async (tx) => {
    if (over.length > 0) await endRows(tx, over, clock.now());
    const taken: Taken[] = [];
    while (taken.length < free) {
      const row = await takeRow(tx, newId());
      if (!row) break;
      taken.push({ row, actor: await agentOf(tx, row, agents) });
    }
    return taken;
  });
}

async function agentOf(tx: Transaction, { partner_id, submitted_by }: RowUnderWay, agents: Agents): Promise<Actor> {
  const known = agents.get(submitted_by);
  if (known) return known;
  const actor = await getAgent(tx, partner_id, submitted_by);
  agents.set(submitted_by, actor);
  return actor;
}
