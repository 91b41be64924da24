import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** The real server, as a process of its own, on its embedded database. */
export async function startServer(dataDirectory: string): Promise<MeasuredServer> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: home,
    env: { ...process.env, PORT: '0', YUKSELT_DATA: dataDirectory, YUKSELT_SANDBOX: '1', YUKSELT_RATE_LIMIT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  while (!said.includes('ready at')) {
    const [part] = (await once(child.stdout, 'data')) as [Buffer];
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
