import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDirectory } from './server-process.ts';

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url));

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
type How = {
  /** What is piped in. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Told of all that was written to standard error so far. */
  readonly onRemark?: (text: string) => void;
};

/** The command line as somebody runs it: a process of its own, with settings of its own. */
export type Terminal = {
  readonly settings: string;
  run(args: readonly string[], how?: How): Promise<Ended>;
};

export function openTerminal(url: string, env: Readonly<Record<string, string>> = {}): Terminal {
  const home = createDirectory(0o700);
  const system = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(YUKSELT_|LC_|LANG$|NODE_OPTIONS$|COLUMNS$)/.test(name)),
  );
  const shared = { ...system, XDG_CONFIG_HOME: home, YUKSELT_URL: url, LANG: 'en_US.UTF-8', TZ: 'UTC', ...env };
  return {
    settings: join(home, 'yukselt', 'config.json'),
    async run(args, { input, env: more = {}, onRemark } = {}) {
      const child = spawn(process.execPath, [MAIN, ...args], { env: { ...shared, ...more }, stdio: 'pipe' });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
      child.stderr.setEncoding('utf8').on('data', (part: string) => {
        err += part;
        onRemark?.(err);
      });
      child.stdin.end(input ?? '');
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, out, err };
    },
  };
}
