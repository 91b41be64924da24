import { setTimeout as pause } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import type { Log } from '../context.ts';
import { isUnavailable, type Transaction } from '../postgres/database.ts';

/** A kind of job: how often it is tried, and how many of it run at a time. */
export type Line = {
  readonly name: string;
  readonly attempts: number;
  /** The pause after the first attempt; it doubles with each, spread by up to half, up to the longest. */
  readonly pauseSeconds: number;
  readonly longestPauseSeconds: number;
  /** How long an attempt may take before it counts as lost with its server. */
  readonly attemptSeconds: number;
  readonly atATime: number;
  /** Of one group, so that a slow one leaves room for the others. */
  readonly atATimeOfGroup: number;
};

export type Job = {
  readonly data: object;
  readonly group: string;
  /** Not before so much time has passed. */
  readonly delaySeconds?: number;
  /** Before those with a lower one, whenever they were put down; absent: 0. */
  readonly priority?: number;
};

export type Attempt = {
  readonly isLast: boolean;
  /** Aborted when the attempt takes too long or the server stops. */
  readonly signal: AbortSignal;
};

/** Work that goes on after the answer: kept in PostgreSQL, done by whichever server comes to it, tried again when it fails. */
export type Queue = {
  /**
   * Does the jobs of a line. An attempt that throws is made again; one whose server was killed, too: at least once each. `giveUp` is called
   * for a job whose last attempt failed, also where its server was killed and could not say so.
   */
  work(
    line: Line,
    attempt: (data: unknown, attempt: Attempt) => Promise<void>,
    giveUp: (data: unknown) => Promise<void>,
  ): Promise<void>;
  /** Puts jobs down in a transaction: they are there when it commits. The line must be worked on somewhere. */
  put(tx: Transaction, line: string, jobs: readonly Job[]): Promise<void>;
  /** Lets running attempts finish for a moment; what does not finish is tried again later. */
  stop(): Promise<void>;
};

const CONNECTIONS = 3;
/** The least that the library allows. New jobs are announced at once; this finds the repeated and the delayed ones. */
const LOOKS_EVERY_SECONDS = 0.5;
const LOOKS_FOR_GIVEN_UP_EVERY_SECONDS = 2;
const KEPT_SECONDS = 86_400;
const PATIENCE_MS = 3_000;
/** A database that hangs keeps its connections from being closed. */
const GIVEN_UP_AFTER_MS = 5_000;

/** How often the library looks for attempts that took too long, unless told otherwise. */
const LOOKS_FOR_LOST_EVERY_SECONDS = 60;

/** Opens the queue on a pool of its own; its tables are in the schema `pgboss`, which the library keeps up to date itself. */
export async function openQueue(
  connectionString: string,
  log: Log,
  { looksForLostEverySeconds = LOOKS_FOR_LOST_EVERY_SECONDS } = {},
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString,
    application_name: 'yukselt-queue',
    max: CONNECTIONS,
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: looksForLostEverySeconds,
    monitorIntervalSeconds: looksForLostEverySeconds,
    registerInstance: false,
  });
  boss.on('error', (error) => {
    // Some come as bare objects. While there is no database, requests say so already.
    if (!isUnavailable(Object.assign(new Error(error.message), error))) log.error({ err: error }, 'queue');
  });
  boss.on('warning', (warning) => log.info(warning, 'queue'));
  await boss.start();
  return {
    async work(line, attempt, giveUp) {
      const lost = `${line.name}-given-up`;
      await boss.createQueue(lost);
      await boss.createQueue(line.name);
      await boss.updateQueue(line.name, { ...optionsOf(line), deadLetter: lost });
      await boss.work<object>(lost, { pollingIntervalSeconds: LOOKS_FOR_GIVEN_UP_EVERY_SECONDS }, async ([job]) => {
        if (job) await giveUp(job.data);
      });
      await boss.work<object, void, Working>(line.name, workingOf(line), async ([job]) => {
        if (job) await attempt(job.data, { isLast: job.retryCount >= job.retryLimit, signal: job.signal });
      });
    },
    async put(tx, line, jobs) {
      const inserts = jobs.map(({ data, group, delaySeconds = 0, priority = 0 }) => ({
        data,
        group: { id: group },
        startAfter: delaySeconds,
        priority,
      }));
      const db = { executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.query(text, values) }) };
      await boss.insert(line, inserts, { db });
    },
    async stop() {
      await Promise.race([boss.stop({ timeout: PATIENCE_MS }), pause(GIVEN_UP_AFTER_MS, undefined, { ref: false })]);
    },
  };
}

function optionsOf(line: Line) {
  return {
    notify: true,
    retryLimit: line.attempts - 1,
    retryDelay: line.pauseSeconds,
    retryBackoff: line.pauseSeconds > 0,
    ...(line.pauseSeconds > 0 && { retryDelayMax: line.longestPauseSeconds }),
    expireInSeconds: line.attemptSeconds,
    deleteAfterSeconds: KEPT_SECONDS,
  };
}

type Working = ReturnType<typeof workingOf>;

function workingOf({ atATime, atATimeOfGroup }: Line) {
  return {
    includeMetadata: true,
    pollingIntervalSeconds: LOOKS_EVERY_SECONDS,
    notifyPollingIntervalSeconds: LOOKS_EVERY_SECONDS,
    localConcurrency: atATime,
    localGroupConcurrency: atATimeOfGroup,
  } as const;
}
