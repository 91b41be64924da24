import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));

export type MeasuredServer = {
  readonly address: string;
  /** From the start of the process to the printed address. */
  readonly startMs: number;
  /** Resident memory of the server process alone, without the database. */
  memoryMb(): number;
  stop(): Promise<void>;
};

export function makeDataDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'yukselt-bench-'));
  // A root server's database runs as another user, who must get in.
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** A way to start the server. */
type Start = {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
};

/** As a process of its own, from this very directory. */
const HERE: Start = { program: process.execPath, args: ['server/main.ts'], cwd: home };

/** The real server on its embedded database. */
export async function startServer(
  dataDirectory: string,
  { program, args, cwd, env }: Start = HERE,
): Promise<MeasuredServer> {
  const begun = performance.now();
  const settings = { PORT: '0', YUKSELT_DATA: dataDirectory, YUKSELT_SANDBOX: '1', YUKSELT_RATE_LIMIT: '0' };
  const child = spawn(program, args, {
    cwd,
    env: { ...(env ?? process.env), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  while (!said.includes('ready at')) {
    const [part] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [Buffer | number | null];
    if (!(part instanceof Buffer)) throw new Error(`The server ended with ${String(part)}, having said: ${said}`);
    said += part.toString();
  }
  const address = /ready at (\S+)/.exec(said)?.[1] ?? '';
  return {
    address,
    startMs: performance.now() - begun,
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/**
 * How long a newcomer waits: from what `npm start` runs, in a bare clone of what is committed and with an empty npm cache, to the printed address.
 * Downloads every package, so it takes a package registry.
 */
export async function measureColdStart(): Promise<number> {
  const { path, remove } = makeDataDirectory();
  const clone = join(path, 'clone');
  spawnSync('git', ['clone', '--quiet', home, clone], { stdio: 'inherit' });
  const cold = await startServer(join(path, 'data'), {
    program: 'node',
    args: ['bootstrap.mjs', 'start'],
    cwd: clone,
    env: { ...newcomerEnvironment(), npm_config_cache: join(path, 'cache') },
  });
  await cold.stop();
  remove();
  return cold.startMs;
}

/** Without what `npm run` and this directory's own programs add to it. */
function newcomerEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '', ...rest } = process.env;
  const foreign = PATH.split(delimiter).filter((directory) => !directory.startsWith(home));
  const own = Object.entries(rest).filter(([name]) => !name.startsWith('npm_') || name === 'npm_config_registry');
  return { ...Object.fromEntries(own), PATH: foreign.join(delimiter) };
}
