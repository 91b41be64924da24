import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '../contract/client.ts';
import type { Problem } from '../contract/problems.ts';
import type { QuoteOnWire, UpgradeOnWire } from '../contract/upgrades.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { findChanged, inspectDatabase } from './crash-checks.ts';
import { readPostmasterPid, type ServerProcess, startServer, until } from './server-process.ts';

const CLIENTS = 4;
const USERS = 5;
const SETTINGS = { YUKSELT_SANDBOX: '1', YUKSELT_RATE_LIMIT: '0' };
/** How long a client goes on asking a service that says it is unavailable. */
const PATIENCE_MS = 60_000;

/** A deployment that survives its rounds; the server is another process after it was killed. */
export type Desk = {
  readonly dataDirectory: string;
  server: ServerProcess;
  /** Of an Admin agent; the session outlives the server. */
  readonly token: string;
  /** Every upgrade that was ever acknowledged, by its quote. */
  readonly acknowledged: Map<string, UpgradeOnWire>;
};

/** What is killed: the server (SIGKILL), or its database (SIGKILL, or SIGINT as an administrator would stop it). */
export type Strike = 'server' | 'database' | 'database in order';

export type RoundPlan = {
  readonly strike: Strike;
  readonly customers: number;
  /** The strike comes this long after so many submits have been sent. */
  readonly afterSubmits: number;
  readonly delayMs: number;
};

export type RoundResult = {
  readonly acknowledged: number;
  /** Acknowledged when it struck. */
  readonly acknowledgedBefore: number;
  /** Submits that were sent again because nobody knew whether they had been done. */
  readonly repeated: number;
  /** Answers 503 `database-unavailable`. */
  readonly unavailable: number;
  /** From the strike to the first upgrade after the last failed request. */
  readonly recoveryMs: number;
  /** Acknowledged upgrades that are gone, changed or doubled. */
  readonly lost: readonly string[];
  readonly halfDone: readonly string[];
  /** Answers that nobody may get. */
  readonly surprises: readonly string[];
};

/** A new server with partners and agents, and no customers. */
export async function openDesk(dataDirectory: string): Promise<Desk> {
  const server = await startServer(dataDirectory, SETTINGS);
  const api = createClient({ baseUrl: server.address });
  const reset = await api('resetSandbox', { body: { scenario: 'empty' } });
  if (!reset.ok) throw new Error(reset.problem.detail);
  const signedIn = await api('signIn', { body: { agent: 'aylin@kuzey.example' } });
  if (!signedIn.ok) throw new Error(signedIn.problem.detail);
  return { dataDirectory, server, token: signedIn.value.token, acknowledged: new Map() };
}

/** Four clients upgrade new customers while the strike comes; then everything is finished, sent again and looked through. */
export async function playRound(desk: Desk, plan: RoundPlan): Promise<RoundResult> {
  const jobs = await seedJobs(desk, plan.customers);
  const tally: Tally = {
    submits: 0,
    acknowledged: 0,
    unavailable: 0,
    lastFailureAt: 0,
    firstSuccessAt: 0,
    surprises: [],
  };
  const strike = planStrike(desk, plan, tally);
  const serverStayed = await workOff(desk, jobs, tally, strike.onSubmit);
  if (!serverStayed && plan.strike !== 'server') throw new Error(`The server went too: ${desk.server.output()}`);
  if (tally.submits < plan.afterSubmits) throw new Error(`It came to no strike: ${tally.surprises.join('\n')}`);
  const { at, acknowledged: acknowledgedBefore } = await strike.done;
  await recover(desk, plan.strike);
  const { halfDone, lost } = await lookThrough(desk, jobs);

  await workOff(desk, jobs, tally);
  for (const job of jobs.filter((one) => !one.upgrade)) tally.surprises.push(`${job.customerId} was never upgraded`);
  lost.push(...(await repeatAll(desk, jobs)));
  const after = await lookThrough(desk, jobs);
  const nobodyWasTold = after.stored.filter(({ quoteId }) => !desk.acknowledged.has(quoteId));
  return {
    acknowledged: tally.acknowledged,
    acknowledgedBefore,
    repeated: jobs.filter((job) => job.submits > 1).length,
    unavailable: tally.unavailable,
    recoveryMs: Math.max(0, tally.firstSuccessAt - at),
    lost: [...lost, ...after.lost],
    halfDone: [...halfDone, ...after.halfDone],
    surprises: [
      ...tally.surprises,
      ...nobodyWasTold.map(({ upgradeId }) => `upgrade ${upgradeId} is in the database, and nobody asked for it`),
    ],
  };
}

function planStrike(desk: Desk, plan: RoundPlan, tally: Tally) {
  const { promise: done, resolve } = Promise.withResolvers<{ at: number; acknowledged: number }>();
  const onSubmit = () => {
    if (tally.submits !== plan.afterSubmits) return;
    // The moment of the strike, not a wait for something to happen.
    setTimeout(() => {
      resolve({ at: performance.now(), acknowledged: tally.acknowledged });
      if (plan.strike === 'server') desk.server.kill('SIGKILL');
      else process.kill(readPostmasterPid(desk.dataDirectory), plan.strike === 'database' ? 'SIGKILL' : 'SIGINT');
    }, plan.delayMs);
  };
  return { done, onSubmit };
}

/** A killed server is started again, as an operator would; a database comes back by itself. */
export async function recover(desk: Desk, strike: Strike): Promise<void> {
  if (strike === 'server') {
    await desk.server.ended;
    desk.server = await startServer(desk.dataDirectory, SETTINGS);
    return;
  }
  const ready = new URL('/health/ready', desk.server.address);
  await until('the database answers', async () => (await fetch(ready)).ok || undefined);
}

/** Compares what was acknowledged with what the API and the database say, and the database with itself. */
export async function lookThrough(desk: Desk, jobs: readonly Job[]) {
  const changed = await findChanged(
    desk.server.address,
    desk.token,
    jobs.flatMap(({ upgrade }) => upgrade ?? []),
  );
  const { halfDone, stored } = await inspectDatabase(desk.dataDirectory);
  const upgradeOf = new Map(stored.map(({ quoteId, upgradeId }) => [quoteId, upgradeId]));
  const gone = [...desk.acknowledged].filter(([quoteId, { upgradeId }]) => upgradeOf.get(quoteId) !== upgradeId);
  const lost = [...changed, ...gone.map(([, { upgradeId }]) => `upgrade ${upgradeId} is not in the database`)];
  return { lost, halfDone, stored };
}

/** One customer on its way through an upgrade, as the client knows it. */
export type Job = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly upgradeType: UpgradeOnWire['upgradeType'];
  quoteId?: string;
  submits: number;
  upgrade?: UpgradeOnWire;
};

type Tally = {
  submits: number;
  acknowledged: number;
  unavailable: number;
  lastFailureAt: number;
  /** The first acknowledgement after the last failure. */
  firstSuccessAt: number;
  readonly surprises: string[];
};

/** Every second customer leaves its licenses behind, so that there are issues to account for. */
export async function seedJobs({ server }: Desk, count: number): Promise<Job[]> {
  const api = createClient({ baseUrl: server.address });
  const purchasedOn = Temporal.Now.plainDateISO('UTC').subtract({ days: 40 }).toString();
  const jobs: Job[] = Array.from({ length: count }, (_, index) => ({
    customerId: randomUUID(),
    subscriptionId: randomUUID(),
    upgradeType: index % 2 === 0 ? 'upgrade_with_license_transfer' : 'upgrade_only',
    submits: 0,
  }));
  await share(jobs, async ({ customerId, subscriptionId }) => {
    const seeded = await api('seedSubscription', {
      body: {
        partnerId: PARTNERS.kuzey,
        customerId,
        customerName: `Customer ${customerId.slice(0, 8)}`,
        subscriptionId,
        offerId: OFFERS.businessBasic,
        quantity: USERS,
        purchasedOn,
        users: USERS,
      },
    });
    if (!seeded.ok) throw new Error(seeded.problem.detail);
  });
  return jobs;
}

/**
 * Works on all that is unfinished. A client whose database is gone asks again; one whose server is gone leaves the rest: false.
 */
async function workOff(desk: Desk, jobs: readonly Job[], tally: Tally, onSubmit?: () => void): Promise<boolean> {
  const unfinished = jobs.filter((job) => !job.upgrade);
  let serverGone = false;
  await share(unfinished, async (job) => {
    const deadline = performance.now() + PATIENCE_MS;
    while (!job.upgrade && !serverGone && performance.now() < deadline) {
      const step = job.quoteId === undefined ? quote(desk, job) : submit(desk, job, tally);
      if (job.quoteId !== undefined) onSubmit?.();
      const outcome = await step;
      if (outcome === 'done') continue;
      tally.lastFailureAt = performance.now();
      if (outcome === 'gone') serverGone = true;
      else if (outcome === 'unavailable') tally.unavailable += 1;
      else return void tally.surprises.push(outcome.surprise);
      await pause(20);
    }
  });
  return !serverGone;
}

type StepOutcome = 'done' | 'unavailable' | 'gone' | { readonly surprise: string };

export async function quote(desk: Desk, job: Job): Promise<StepOutcome> {
  const { customerId, subscriptionId, upgradeType } = job;
  const path = `/api/customers/${customerId}/subscriptions/${subscriptionId}/quotes`;
  const answer = await post<QuoteOnWire>(desk, path, { targetOfferId: OFFERS.businessStandard, upgradeType });
  if (!('value' in answer)) return answer.failure;
  job.quoteId = answer.value.quoteId;
  return 'done';
}

async function submit(desk: Desk, job: Job, tally: Tally): Promise<StepOutcome> {
  job.submits += 1;
  tally.submits += 1;
  const answer = await post<UpgradeOnWire>(desk, `/api/customers/${job.customerId}/quotes/${job.quoteId}/submit`);
  if (!('value' in answer)) return answer.failure;
  job.upgrade = answer.value;
  desk.acknowledged.set(job.quoteId ?? '', answer.value);
  tally.acknowledged += 1;
  if (tally.firstSuccessAt < tally.lastFailureAt) tally.firstSuccessAt = performance.now();
  return 'done';
}

type Answer<Value> = { readonly value: Value } | { readonly failure: Exclude<StepOutcome, 'done'> };

/** Past the client of the contract, which hides the headers of a problem. */
export async function post<Value>({ server, token }: Desk, path: string, body?: object): Promise<Answer<Value>> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(new URL(path, server.address), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    answer = await response.json();
  } catch {
    return { failure: 'gone' };
  }
  if (response.ok) return { value: answer as Value };
  const { code, detail } = answer as Problem;
  const saysWhen = Number(response.headers.get('retry-after')) > 0;
  if (response.status === 503 && code === 'database-unavailable' && saysWhen) return { failure: 'unavailable' };
  return { failure: { surprise: `${path} answered ${response.status} ${code}: ${detail}` } };
}

/** A submit that is sent again returns the first result. */
export async function repeatAll(desk: Desk, jobs: readonly Job[]): Promise<string[]> {
  const lost: string[] = [];
  await share(jobs, async ({ upgrade }) => {
    if (!upgrade) return;
    const path = `/api/customers/${upgrade.customerId}/quotes/${upgrade.quoteId}/submit`;
    const again = await post<UpgradeOnWire>(desk, path);
    const same = 'value' in again && again.value.upgradeId === upgrade.upgradeId;
    if (!same) lost.push(`upgrade ${upgrade.upgradeId}: sent again it gave ${JSON.stringify(again)}`);
  });
  return lost;
}

/** Shares things out among the clients. */
export async function share<Thing>(things: readonly Thing[], work: (thing: Thing) => Promise<void>): Promise<void> {
  const queue = [...things];
  const client = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}
