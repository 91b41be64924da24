// Runs on any Node from 20 on, with nothing but what Node brings: installs what is missing, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const windows = process.platform === 'win32';
const pinnedNode = join(home, 'node_modules', '.bin', windows ? 'node.cmd' : 'node');

const COMMANDS = {
  start: ['server/main.ts'],
  'demo:large': ['demo/large/main.ts'],
  yukselt: ['cli/main.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  'test:long': ['test/long.ts'],
  bench: ['bench/main.ts'],
  check: ['test/check.ts'],
  tour: ['test/browser/tour.ts'],
  sessions: ['test/record-cli.ts'],
};

const [command = 'start', ...rest] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20)
  stop(`Yükselt needs Node 20 or newer; this is ${process.version}.`);
if (!COMMANDS[command]) stop(`There is no command ${command}; there are ${Object.keys(COMMANDS).join(', ')}.`);
install();
if (command === 'yukselt' ? rest[0] === 'serve' : command !== 'check') buildPortal();
if (['test', 'test:long', 'bench', 'tour'].includes(command)) installChromium();
handOver(COMMANDS[command], rest);

/** Installs the locked versions, unless that was done for this very lockfile. Not `npm ci`: it refuses when a registry lacks another platform's programs. */
function install() {
  const lockfile = hashOf(['package-lock.json']);
  const mark = join(home, 'node_modules', '.installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lockfile) return;
  // What a program answers stands on standard output alone.
  console.error('Installing what is missing …');
  const options = { cwd: home, stdio: ['inherit', 2, 2], shell: windows };
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], options);
  if (status !== 0) stop('npm could not install the packages; its words are above.');
  if (!existsSync(pinnedNode)) stop(`There is no pinned Node for ${process.platform} on ${process.arch}.`);
  writeFileSync(mark, lockfile);
}

/** Builds the portal, unless that was done from these very sources. */
function buildPortal() {
  const sources = hashOf([
    'package-lock.json',
    'tsconfig.json',
    ...filesBelow('portal'),
    ...filesBelow('contract'),
    ...filesBelow('docs/help'),
  ]);
  const mark = join(home, 'dist', 'portal', '.built');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sources) return;
  console.error('Building the portal …');
  const vite = ['node_modules/vite/bin/vite.js', 'build', 'portal', '--logLevel', 'warn'];
  const { status } = spawnSync(pinnedNode, vite, { cwd: home, stdio: 'inherit', shell: windows });
  if (status !== 0) stop('The portal could not be built; the reason is above.');
  writeFileSync(mark, sources);
}

/** The browser tests drive a real Chromium; where there is none, root gets Debian's. Without windows it starts and runs at half the cost. */
function installChromium() {
  const [shell, ...others] = [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = [shell, ...others].find((path) => existsSync(path));
  if (found) process.env.CHROMIUM ??= found;
  if (process.env.CHROMIUM) return;
  const apt = (...args) =>
    spawnSync('apt-get', [...args, '-qq'], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  if (process.getuid?.() === 0) {
    console.log('Installing Chromium …');
    const packages = ['chromium-headless-shell', 'fonts-liberation'];
    if (apt('update') && apt('install', '-y', '--no-install-recommends', ...packages)) {
      process.env.CHROMIUM = shell;
      return;
    }
  }
  stop('The browser tests need Chromium: install it, or set CHROMIUM to the path of one.');
}

function filesBelow(folder) {
  const entries = readdirSync(join(home, folder), { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(file).update(readFileSync(resolve(home, file)));
  return hash.digest('hex');
}

/**
 * Runs a program on the pinned Node, passes signals on to it, and ends as it ends; the command line where it was called, for the files that it is
 * given.
 */
function handOver([program, ...first], args) {
  const [cwd, path] = command === 'yukselt' ? [process.cwd(), join(home, program)] : [home, program];
  const child = spawn(pinnedNode, [path, ...first, ...args], { cwd, stdio: 'inherit', shell: windows });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status, signal) => process.exit(signal ? 1 : (status ?? 1)));
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
