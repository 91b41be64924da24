// Runs on any Node from 20 on, with nothing but what Node brings: installs what is missing, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const windows = process.platform === 'win32';
const pinnedNode = join(home, 'node_modules', '.bin', windows ? 'node.cmd' : 'node');

const COMMANDS = {
  start: ['server/main.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  'test:long': ['test/long.ts'],
  bench: ['bench/main.ts'],
  check: ['test/check.ts'],
};

const [command = 'start', ...rest] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20)
  stop(`Yükselt needs Node 20 or newer; this is ${process.version}.`);
if (!COMMANDS[command]) stop(`There is no command ${command}; there are ${Object.keys(COMMANDS).join(', ')}.`);
install();
handOver([...COMMANDS[command], ...rest]);

/** Installs the locked versions, unless that was done for this very lockfile. Not `npm ci`: it refuses when a registry lacks another platform's programs. */
function install() {
  const lockfile = createHash('sha256')
    .update(readFileSync(join(home, 'package-lock.json')))
    .digest('hex');
  const mark = join(home, 'node_modules', '.installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lockfile) return;
  console.log('Installing what is missing …');
  const options = { cwd: home, stdio: 'inherit', shell: windows };
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], options);
  if (status !== 0) stop('npm could not install the packages; its words are above.');
  if (!existsSync(pinnedNode)) stop(`There is no pinned Node for ${process.platform} on ${process.arch}.`);
  writeFileSync(mark, lockfile);
}

/** Runs a program on the pinned Node, passes signals on to it, and ends as it ends. */
function handOver(args) {
  const child = spawn(pinnedNode, args, { cwd: home, stdio: 'inherit', shell: windows });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status, signal) => process.exit(signal ? 1 : (status ?? 1)));
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
