import { createClient } from '../contract/client.ts';
import type { UpgradeOnWire } from '../contract/upgrades.ts';
import { countApplied, findChanged, inspectDatabase } from './crash-checks.ts';
import { type Desk, type Job, post, quote, recover, seedJobs, share } from './crash-rounds.ts';
import { until } from './server-process.ts';

const DELAY_MINUTES = 1;
const PATIENCE_MS = 60_000;

/** What sets upgrades going that wait: the clock, by the server itself, or a second agent who approves one after the other. */
export type Cause = 'clock' | 'approval';

export type WaitingPlan = {
  readonly cause: Cause;
  readonly customers: number;
  /** The strike comes this long after so many of them were applied. */
  readonly afterApplied: number;
  readonly delayMs: number;
};

export type WaitingResult = {
  readonly applied: number;
  /** Of these, how many were so when it had struck; the others waited. */
  readonly appliedBefore: number;
  readonly halfDone: readonly string[];
  /** Upgrades that are gone, or were not applied in the end. */
  readonly lost: readonly string[];
};

/**
 * Upgrades of new customers wait and become due, or are approved, while the server is killed. What is in the database then is looked through at once:
 * each is applied as a whole or waits untouched. Afterwards each must be applied, once.
 */
export async function playWaitingRound(desk: Desk, plan: WaitingPlan): Promise<WaitingResult> {
  const second = await signInSecond(desk);
  const jobs = await seedJobs(desk, plan.customers);
  await setPolicy(desk, second, plan.cause);
  try {
    const waiting = await submitAll(desk, jobs);
    const going = setGoing(desk, second, plan.cause, waiting);
    await strikeAmid(desk, plan, waiting);
    await going;
    const amid = await inspectDatabase(desk.dataDirectory);
    const appliedBefore = await countApplied(desk.dataDirectory, waiting);
    await recover(desk, 'server');
    if (plan.cause === 'approval') await approveAll(desk, second, waiting);
    const done = await waitUntilApplied(desk, waiting);
    const after = await inspectDatabase(desk.dataDirectory);
    const lost = await findChanged(desk.server.address, desk.token, done);
    return { applied: done.length, appliedBefore, halfDone: [...amid.halfDone, ...after.halfDone], lost };
  } finally {
    await setPolicy(desk, second, 'none');
  }
}

/** The token of an agent who may approve and set the rules. */
async function signInSecond({ server }: Desk): Promise<string> {
  const api = createClient({ baseUrl: server.address });
  const signedIn = await api('signIn', { body: { agent: 'gulay@kuzey.example' } });
  if (!signedIn.ok) throw new Error(signedIn.problem.detail);
  return signedIn.value.token;
}

async function setPolicy({ server }: Desk, token: string, cause: Cause | 'none'): Promise<void> {
  const api = createClient({ baseUrl: server.address, token });
  const body = {
    always: cause === 'approval',
    netAbove: null,
    usersAbove: null,
    workAbove: null,
    officeHours: null,
    delayMinutes: cause === 'clock' ? DELAY_MINUTES : 0,
  };
  const changed = await api('changeApprovalPolicy', { body });
  if (!changed.ok) throw new Error(changed.problem.detail);
}

async function submitAll(desk: Desk, jobs: readonly Job[]): Promise<UpgradeOnWire[]> {
  const waiting: UpgradeOnWire[] = [];
  await share(jobs, async (job) => {
    const quoted = await quote(desk, job);
    if (quoted !== 'done') throw new Error(`${job.customerId}: ${JSON.stringify(quoted)}`);
    const answer = await post<UpgradeOnWire>(desk, `/api/customers/${job.customerId}/quotes/${job.quoteId}/submit`);
    if (!('value' in answer)) throw new Error(`${job.customerId}: ${JSON.stringify(answer)}`);
    desk.acknowledged.set(job.quoteId ?? '', answer.value);
    waiting.push(answer.value);
  });
  return waiting;
}

/** By the clock, all are due at once; by approval, four clients approve them until their server is gone. */
async function setGoing(desk: Desk, token: string, cause: Cause, waiting: readonly UpgradeOnWire[]): Promise<void> {
  if (cause === 'approval') return approveAll(desk, token, waiting);
  const api = createClient({ baseUrl: desk.server.address });
  await api('moveClock', { body: { advance: `PT${DELAY_MINUTES * 2}M` } });
}

/** A repeat returns what became of it; one whose server or database is gone is asked for again by the caller. */
async function approveAll(desk: Desk, token: string, waiting: readonly UpgradeOnWire[]): Promise<void> {
  await share(waiting, async ({ customerId, upgradeId }) => {
    const answer = await post<UpgradeOnWire>(
      { ...desk, token },
      `/api/customers/${customerId}/upgrades/${upgradeId}/approve`,
    );
    if ('failure' in answer && typeof answer.failure === 'object') throw new Error(answer.failure.surprise);
  });
}

async function strikeAmid(desk: Desk, plan: WaitingPlan, waiting: readonly UpgradeOnWire[]): Promise<void> {
  await until(
    'enough upgrades are applied',
    async () => (await countApplied(desk.dataDirectory, waiting)) >= plan.afterApplied || undefined,
    PATIENCE_MS,
  );
  const { promise, resolve } = Promise.withResolvers<void>();
  // The moment of the strike, not a wait for something to happen.
  setTimeout(resolve, plan.delayMs);
  await promise;
  desk.server.kill('SIGKILL');
  await desk.server.ended;
}

async function waitUntilApplied(desk: Desk, waiting: readonly UpgradeOnWire[]): Promise<UpgradeOnWire[]> {
  const api = createClient({ baseUrl: desk.server.address, token: desk.token });
  const done: UpgradeOnWire[] = [];
  await share(waiting, async ({ customerId, upgradeId }) => {
    const applied = await until(
      `upgrade ${upgradeId} is applied`,
      async () => {
        const shown = await api('showUpgrade', { params: { customerId, upgradeId } });
        return shown.ok && shown.value.state === 'applied' ? shown.value : undefined;
      },
      PATIENCE_MS,
    );
    done.push(applied);
  });
  return done;
}
