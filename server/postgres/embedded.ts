import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, prepareCluster, readPostmaster } from './cluster.ts';

const LOCK_KEY = 7_283_518;
const START_TIMEOUT_MS = 60_000;
const LOG_LIMIT_BYTES = 10_000_000;

export type EmbeddedPostgres = {
  /** For the server: an ordinary role that owns its database and is held to row-level security. */
  readonly connectionString: string;
  stop(): Promise<void>;
};

type Log = { info(text: string): void; warn(text: string): void };

/** Another Yükselt server holds the data directory. */
export class DataDirectoryInUse extends Error {}

/**
 * Starts PostgreSQL on a data directory and keeps it running: a crashed one is started again, one left over by a killed server is stopped
 * first. Exactly one server owns a directory: it holds an advisory lock in the running database, which dies with the server.
 * @throws DataDirectoryInUse when another server owns the directory.
 */
export async function startEmbedded(dataDirectory: string, log: Log): Promise<EmbeddedPostgres> {
  // A warning, so that whoever starts it as root reads where the database lies.
  const cluster = await prepareCluster(dataDirectory, (text) => log.warn(text));
  const deadline = Date.now() + START_TIMEOUT_MS;
  let running = await launch(cluster, await freePort());
  while (!running) {
    if (Date.now() > deadline) {
      throw new Error(`PostgreSQL did not start; its last words are in ${logFile(cluster)}`);
    }
    await stopLeftover(cluster);
    running = await launch(cluster, await freePort());
  }
  await createServerRole(cluster, running.port);
  return supervise(cluster, running, log);
}

/**
 * The database of a data directory for a look into it: that of the server which owns the directory now, or one started for the while.
 * @throws Error when neither can be had.
 */
export async function reachEmbedded(dataDirectory: string, log: Log): Promise<EmbeddedPostgres> {
  try {
    return await startEmbedded(dataDirectory, log);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    const cluster = await prepareCluster(dataDirectory, (text) => log.warn(text));
    const postmaster = readPostmaster(cluster);
    if (!postmaster) throw error;
    return { connectionString: addressOf(cluster, postmaster.port), stop: async () => undefined };
  }
}

function addressOf({ password }: Cluster, port: number): string {
  return `postgres://yukselt:${password}@127.0.0.1:${port}/yukselt`;
}

type Running = { readonly child: ChildProcess; readonly port: number; readonly lock: pg.Client };

/**
 * One try to start; undefined when the directory is taken by a running PostgreSQL, which may be another server's or left over, or when it was
 * given up before it was ready.
 */
async function launch(cluster: Cluster, port: number, givenUp?: AbortSignal): Promise<Running | undefined> {
  const output = openLog(cluster);
  const child = spawn(
    join(cluster.binaries, 'postgres'),
    [
      '-D',
      cluster.directory,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=100',
      '-c',
      'timezone=UTC',
      '-c',
      'log_timezone=UTC',
    ],
    // Detached: a Ctrl-C in the terminal must reach the server only, which then stops the database in order.
    { ...cluster.owner, cwd: cluster.directory, detached: true, stdio: ['ignore', output, output] },
  );
  closeSync(output);
  const exited = once(child, 'exit').then(() => 'exited' as const);
  exited.catch(() => undefined);
  // At once: making good what a crash left takes seconds, and the next start does it anyway.
  const giveUp = () => child.kill('SIGQUIT');
  givenUp?.addEventListener('abort', giveUp);
  const ready = await Promise.race([exited, untilReady(cluster, port, () => hasEnded(child))]);
  givenUp?.removeEventListener('abort', giveUp);
  if (ready === 'exited' || ready === undefined) return undefined;
  if (await takeLock(ready)) return { child, port, lock: ready };
  // A second server took this one for left over; it has the directory now.
  await ready.end().catch(() => undefined);
  throw inUse(cluster);
}

/** A killed process has a signal instead of a code. */
function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function untilReady(cluster: Cluster, port: number, gone: () => boolean): Promise<pg.Client | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!gone() && Date.now() < deadline) {
    const client = await connect(cluster, port);
    if (client) return client;
    await pause(20);
  }
  return undefined;
}

/** Stops a PostgreSQL that a killed server left behind. @throws DataDirectoryInUse when its server lives. */
async function stopLeftover(cluster: Cluster): Promise<void> {
  const postmaster = readPostmaster(cluster);
  if (!postmaster || !isAlive(postmaster.pid)) return pause(100).then(() => undefined);
  const client = await connect(cluster, postmaster.port);
  // Still starting, or already stopping: look again.
  if (!client) return pause(100).then(() => undefined);
  try {
    if (!(await takeLock(client))) throw inUse(cluster);
    process.kill(postmaster.pid, 'SIGINT');
    while (isAlive(postmaster.pid)) await pause(20);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function supervise(cluster: Cluster, first: Running, log: Log): EmbeddedPostgres {
  const { port } = first;
  let running = first;
  const stopping = new AbortController();
  const { signal } = stopping;
  const keepAlive = async () => {
    while (!signal.aborted) {
      if (!hasEnded(running.child)) await once(running.child, 'exit');
      if (signal.aborted) return;
      log.warn('PostgreSQL ended unexpectedly; starting it again');
      await running.lock.end().catch(() => undefined);
      // Backends of a killed postmaster may hold its shared memory for a moment.
      let next: Running | undefined;
      while (!signal.aborted && !next) {
        next = await launch(cluster, port, signal).catch((error: unknown) => {
          log.warn(String(error));
          return undefined;
        });
        if (!next) await pause(200, undefined, { signal }).catch(() => undefined);
      }
      if (next) {
        running = next;
        log.info('PostgreSQL is back');
      }
    }
  };
  const alive = keepAlive();
  return {
    connectionString: addressOf(cluster, port),
    async stop() {
      stopping.abort();
      await end(running);
      await alive;
      // One that was just being started again.
      await end(running);
    },
  };
}

async function end({ child, lock }: Running): Promise<void> {
  await lock.end().catch(() => undefined);
  if (hasEnded(child)) return;
  child.kill('SIGINT');
  await once(child, 'exit');
}

/** The server connects as a role that is neither superuser nor exempt from row-level security. */
async function createServerRole(cluster: Cluster, port: number): Promise<void> {
  const client = await connect(cluster, port);
  if (!client) throw new Error('PostgreSQL went away while it was being set up');
  try {
    const role = await client.query(`select 1 from pg_roles where rolname = 'yukselt'`);
    if (role.rowCount === 0) await client.query(`create role yukselt login password '${cluster.password}'`);
    const database = await client.query(`select 1 from pg_database where datname = 'yukselt'`);
    if (database.rowCount === 0) await client.query(`create database yukselt owner yukselt`);
  } finally {
    await client.end();
  }
}

async function connect({ password }: Cluster, port: number): Promise<pg.Client | undefined> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return undefined;
  }
}

async function takeLock(client: pg.Client): Promise<boolean> {
  try {
    const answer = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK_KEY]);
    return answer.rows[0]?.taken ?? false;
  } catch {
    return false;
  }
}

function inUse(cluster: Cluster): DataDirectoryInUse {
  return new DataDirectoryInUse(
    `Another Yükselt server is using the data directory ${cluster.dataDirectory}. Stop it, or set YUKSELT_DATA to another directory.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port on the loopback address');
  return address.port;
}

function logFile({ dataDirectory }: Cluster): string {
  return join(dataDirectory, 'postgres.log');
}

function openLog(cluster: Cluster): number {
  mkdirSync(cluster.dataDirectory, { recursive: true });
  const file = logFile(cluster);
  const descriptor = openSync(file, 'a', 0o600);
  if (statSync(file).size > LOG_LIMIT_BYTES) truncateSync(file);
  return descriptor;
}
