import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SCRATCH } from './scratch.ts';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const READY = /^Yükselt is ready at (http:\S+)$/m;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

export type End = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** The server as an operator runs it: a process of its own. */
export type LaunchedServer = {
  readonly pid: number;
  /** Its address, once it has said so; fails with its words when it ends before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<End>;
  /** Everything it has printed so far, on both streams. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end as an operator does, and fails when it does not. */
  stop(): Promise<End>;
};
export type ServerProcess = LaunchedServer & { readonly address: string };

/** Variables of the environment, as an operator sets them. */
export type Settings = Readonly<Record<string, string>>;

const processes = new Set<ChildProcess>();
const directories = new Set<string>();
// The last resort, when a run is broken off before it has cleaned up.
process.once('exit', () => processes.forEach((child) => child.kill('SIGKILL')));

/** A directory that goes with `endServers`. Every user may enter it, because a root server's database runs as `nobody`. */
export function createDirectory(mode = 0o755, place = SCRATCH): string {
  const directory = mkdtempSync(join(place, 'yukselt-server-'));
  chmodSync(directory, mode);
  directories.add(directory);
  return directory;
}

/** Starts a server and does not wait for it. Unless a setting says otherwise, it takes a free port. */
export function launchServer(
  dataDirectory: string,
  settings: Settings = {},
  args: readonly string[] = [],
): LaunchedServer {
  const child = spawn(process.execPath, ['server/main.ts', ...args], {
    cwd: HOME,
    env: { ...inherited(), PORT: '0', YUKSELT_DATA: dataDirectory, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  processes.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (part: string) => (output += part));
  }
  const ended = once(child, 'close').then(([code, signal]): End => {
    processes.delete(child);
    return { code: code as End['code'], signal: signal as End['signal'] };
  });
  let end: End | undefined;
  void ended.then((how) => (end = how));
  const ready = until(
    'the server is ready',
    () => {
      const address = READY.exec(output)?.[1];
      if (!address && end) throw new Error(`The server ended with ${JSON.stringify(end)} and said: ${output}`);
      return address;
    },
    START_TIMEOUT_MS,
  );
  // Tests of a refused start wait for the end instead.
  ready.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    async stop() {
      child.kill('SIGTERM');
      return until('the server has ended', () => end, STOP_TIMEOUT_MS);
    },
  };
}

export async function startServer(...how: Parameters<typeof launchServer>): Promise<ServerProcess> {
  const launched = launchServer(...how);
  return { ...launched, address: await launched.ready };
}

/** Ends every server and database that was started here, however the test went, and removes their directories. */
export async function endServers(): Promise<void> {
  for (const child of processes) child.kill('SIGKILL');
  await until('every server has ended', () => processes.size === 0 || undefined, STOP_TIMEOUT_MS);
  for (const directory of directories) {
    for (const data of dataDirectoriesBelow(directory)) {
      await endDatabase(data);
      // Beside the directory when `nobody` could not enter it.
      rmSync(realpathSync(join(data, 'postgres')), { recursive: true, force: true });
    }
    rmSync(directory, { recursive: true, force: true });
  }
  directories.clear();
}

/** Processes of PostgreSQL that work on a data directory: on Linux all of them, elsewhere the postmaster. */
export function findDatabaseProcesses(dataDirectory: string): number[] {
  const link = join(dataDirectory, 'postgres');
  if (!existsSync(link)) return [];
  const directory = realpathSync(link);
  if (process.platform !== 'linux') return [readPostmasterPid(dataDirectory)].filter(isAlive);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingDirectoryOf(pid) === directory);
}

export function readPostmasterPid(dataDirectory: string): number {
  return Number(readPostmaster(dataDirectory)[0]);
}

export function readPostmasterPort(dataDirectory: string): number {
  return Number(readPostmaster(dataDirectory)[3]);
}

/** Asks again and again until there is an answer; fails past the deadline, saying what never came true. */
export async function until<Value>(
  what: string,
  find: () => Value | undefined | Promise<Value | undefined>,
  timeoutMs = 30_000,
): Promise<Value> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}.`);
    await pause(10);
  }
}

/** The environment without settings of Yükselt, and without what the test runner adds to Node. */
function inherited(): NodeJS.ProcessEnv {
  const foreign = /^(YUKSELT_|HOST$|PORT$|DATABASE_URL$|NODE_OPTIONS$|PG)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function dataDirectoriesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'postgres')))
    .map((entry) => join(directory, entry.name));
}

/** At once and without saving anything: its directory goes away. */
async function endDatabase(dataDirectory: string): Promise<void> {
  const patience = performance.now() + STOP_TIMEOUT_MS / 2;
  await until(
    'the database has ended',
    () => {
      const left = findDatabaseProcesses(dataDirectory);
      for (const pid of left) send(pid, performance.now() < patience ? 'SIGQUIT' : 'SIGKILL');
      return left.length === 0 || undefined;
    },
    STOP_TIMEOUT_MS,
  );
}

function readPostmaster(dataDirectory: string): string[] {
  try {
    return readFileSync(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It ended meanwhile, or is another user's.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  return pid > 0 && send(pid, 0);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
