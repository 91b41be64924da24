import type { Client } from '../contract/client.ts';
import { runCampaigns } from '../server/campaigns/run-campaigns.ts';
import type { Context } from '../server/context.ts';
import type { Database, Transaction } from '../server/postgres/database.ts';
import { isOver, planned, seedCustomers, submit, workUntil } from './campaign-steps.ts';
import { type TestDeployment, valueOf } from './deployment.ts';
import { drawFrom } from './draw.ts';
import { AYLIN } from './waiting.ts';

const SERVERS = 2;
/** Among so many statements a server dies at one: a row takes about a dozen, and four are under way. */
const STATEMENTS = 60;

/** What rounds of kills came to. */
export type CampaignKills = {
  readonly rows: number;
  /** Servers that died at work. */
  readonly killed: number;
  /** Rows that were under way when their servers were gone. */
  readonly left: number;
  /** Rows that are neither not started, done once, nor to be looked into; and those that were not done in the end. */
  readonly wrong: readonly string[];
};

/**
 * Runs a campaign by servers that die at statements drawn from a seed, until so many were killed or nothing is left; after each round every row must be
 * not started, done once or under way. Then a server that lives ends it, and every row must be done once.
 */
export async function playCampaignKills(
  deployment: TestDeployment,
  { customers, kills, seed }: { readonly customers: number; readonly kills: number; readonly seed: number },
): Promise<CampaignKills> {
  const draw = drawFrom(seed);
  const aylin = await deployment.signIn(AYLIN);
  await seedCustomers(deployment, customers, 1);
  const plan = await planned(deployment);
  const { campaignId } = valueOf(await submit(aylin, plan));
  const wrong: string[] = [];
  let [killed, left] = [0, 0];
  while (killed < kills && !isOver(valueOf(await aylin('showCampaign', { params: { campaignId } })))) {
    killed += await strike(deployment.context, draw);
    const rows = await inspect(deployment, campaignId);
    left += rows.underWay;
    wrong.push(...rows.wrong);
    await letLeasesEnd(deployment);
    await retryFailed(aylin, campaignId);
  }
  await workUntil(deployment, aylin, campaignId, isOver);
  while (await retryFailed(aylin, campaignId)) await workUntil(deployment, aylin, campaignId, isOver);
  const { done, wrong: after } = await inspect(deployment, campaignId);
  if (done !== customers) wrong.push(`${customers - done} rows were not done in the end`);
  return { rows: customers, killed, left, wrong: [...wrong, ...after] };
}

/** Lets servers work, each until it dies at a statement of its own or its turn is over; how many died. */
async function strike(context: Context, draw: (limit: number) => number): Promise<number> {
  const servers = Array.from({ length: SERVERS }, () => {
    // Looked at before each statement and after it.
    let left = 1 + draw(2 * STATEMENTS);
    const database = dying(context.database, () => (left -= 1) < 0);
    const log = { ...context.log, error: () => undefined };
    return { routine: runCampaigns({ ...context, log, database }), isKilled: () => left < 0 };
  });
  await Promise.all(servers.map(({ routine }) => routine.run().catch(() => false)));
  return servers.filter(({ isKilled }) => isKilled()).length;
}

/** A database of which a server that is dead reaches nothing. */
function dying(database: Database, dies: () => boolean): Database {
  const fragile = (tx: Transaction): Transaction => ({
    async query(text, values, name) {
      if (dies()) throw new Error('killed');
      const rows = await tx.query<never>(text, values, name);
      if (dies()) throw new Error('killed');
      return rows;
    },
  });
  return {
    ...database,
    read: (partnerId, work) => database.read(partnerId, (tx) => work(fragile(tx))),
    readOf: (partnerId, customerId, work) => database.readOf(partnerId, customerId, (tx) => work(fragile(tx))),
    change: (partnerId, customerId, work) => database.change(partnerId, customerId, (tx) => work(fragile(tx))),
    write: (partnerId, work) => database.write(partnerId, (tx) => work(fragile(tx))),
    writeOf: (partnerId, customerId, work) => database.writeOf(partnerId, customerId, (tx) => work(fragile(tx))),
    asSystem: (work) => database.asSystem((tx) => work(fragile(tx))),
  };
}

/** As if the servers had been silent for longer than they may. */
export async function letLeasesEnd({ context }: TestDeployment): Promise<void> {
  await context.database.asSystem((tx) =>
    tx.query(`update campaign_rows set lease_until = now() - interval '1 second' where state = 'running'`),
  );
}

async function retryFailed(api: Client, campaignId: string): Promise<boolean> {
  const { acts } = valueOf(await api('showCampaign', { params: { campaignId } }));
  if (!acts.includes('retry')) return false;
  valueOf(await api('retryCampaign', { params: { campaignId } }));
  return true;
}

/** Compares what the rows say with the upgrades that are there. */
export async function inspect({ context }: TestDeployment, campaignId: string) {
  const rows = await context.database.asSystem((tx) =>
    tx.query<{ place: number; state: string; upgrade_id: string | null; upgrades: string[] }>(
      `select r.place, r.state, r.upgrade_id, array(
         select u.upgrade_id::text from upgrades u
         where u.customer_id = r.customer_id and u.source_subscription_id = r.subscription_id) as upgrades
       from campaign_rows r where r.campaign_id = $1 order by r.place`,
      [campaignId],
    ),
  );
  const isSound = ({ state, upgrade_id, upgrades }: (typeof rows)[number]) => {
    if (state === 'done') return upgrades.length === 1 && upgrades[0] === upgrade_id;
    return state === 'running' || state === 'unknown' ? upgrades.length <= 1 : upgrades.length === 0;
  };
  const count = (...states: string[]) => rows.filter(({ state }) => states.includes(state)).length;
  return {
    done: count('done'),
    underWay: count('running', 'unknown'),
    wrong: rows
      .filter((row) => !isSound(row))
      .map((row) => `row ${row.place}: ${row.state}, ${row.upgrades.length} upgrades`),
  };
}
