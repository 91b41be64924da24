import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EXIT, type ExitCode } from './exit-codes.ts';

const HOME = fileURLToPath(new URL('..', import.meta.url));

/** Runs the server's own program in the directory of Yükselt, passes signals on to it and ends as it ends. */
export async function runServer(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ExitCode> {
  const child = spawn(process.execPath, ['server/main.ts', ...args], {
    cwd: HOME,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', pass);
  process.off('SIGTERM', pass);
  return (code ?? EXIT.failed) as ExitCode;
}

/** Runs it and takes what it prints. */
export async function askServer(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, ['server/main.ts', ...args], {
    cwd: HOME,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? EXIT.failed, output };
}
