import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, readConfig } from '../../server/config.ts';
import { run } from '../../server/main.ts';
import { openDatabase } from '../../server/postgres/database.ts';
import { DataDirectoryInUse, startEmbedded } from '../../server/postgres/embedded.ts';
import { migrate } from '../../server/postgres/migrate.ts';
import { loadLarge } from './load-large.ts';
import { DEFAULT_SIZES, type Sizes } from './large-world.ts';

const DATA = '.yukselt-large';
/** The file that says what a data directory was made for. */
const MARK = 'large-demo.json';
const UNFINISHED = 'unfinished';
const DEFAULT_SEED = 1;
const SIZES = Object.keys(DEFAULT_SIZES) as (keyof Sizes)[];
const USAGE = `npm run demo:large -- [${SIZES.map((size) => `--${size} N`).join('] [')}] [--seed N] [--fresh] [--load-only]`;

type Asked = { readonly sizes: Sizes; readonly seed: number };

/** A reason that whoever starts it can clear; told in one sentence. */
class UsageError extends Error {}

/** Makes the large world in a data directory of its own, unless it is there; then starts the server on it. */
async function main(): Promise<void> {
  const { asked, given, fresh, loadOnly, serverArgs } = readArguments(process.argv.slice(2));
  const config = readConfig({ ...process.env, YUKSELT_DATA: process.env.YUKSELT_DATA ?? DATA }, serverArgs);
  if (config.databaseUrl !== null)
    throw new UsageError('The large demo has an embedded database of its own; unset DATABASE_URL.');
  const there = worldIn(config.dataDirectory);
  if (there === undefined || there === UNFINISHED || fresh) {
    await make(config, asked, there);
  } else if (given && there !== JSON.stringify(asked)) {
    throw new UsageError(`There is a world of other sizes in ${config.dataDirectory}. Add --fresh to replace it.`);
  }
  if (!loadOnly) run(config);
}

/** What stands in the mark of a directory: the sizes of its world, or that it is not finished; undefined: there is no database yet. */
function worldIn(dataDirectory: string): string | undefined {
  const mark = join(dataDirectory, MARK);
  if (existsSync(mark)) return readFileSync(mark, 'utf8');
  if (!existsSync(join(dataDirectory, 'postgres'))) return undefined;
  throw new UsageError(`${dataDirectory} holds another database. Set YUKSELT_DATA to another directory.`);
}

async function make(config: Config, { sizes, seed }: Asked, there: string | undefined): Promise<void> {
  const begun = performance.now();
  const say = (text: string) => process.stdout.write(`${text}\n`);
  say(`Making ${SIZES.map((size) => `${sizes[size].toLocaleString('en')} ${size}`).join(', ')} (seed ${seed}) …`);
  const mark = join(config.dataDirectory, MARK);
  mkdirSync(config.dataDirectory, { recursive: true });
  if (there === undefined) writeFileSync(mark, UNFINISHED);
  const log = { info: () => undefined, warn: say };
  const embedded = await startEmbedded(config.dataDirectory, log);
  // Only now: nobody else is using what is thrown away.
  writeFileSync(mark, UNFINISHED);
  const database = openDatabase({ connectionString: embedded.connectionString, timeoutMs: 0, connections: 2 });
  try {
    await database.ask('drop schema if exists pgboss, public cascade', [], 'drop');
    await database.ask('create schema public', [], 'create');
    await migrate(database);
    const now = Temporal.Instant.fromEpochMilliseconds(Date.now());
    await loadLarge(database, { sizes, seed, now, progress: progressBar(sizes.customers) });
    const [size] = await database.ask<{ bytes: bigint }>(
      'select pg_database_size(current_database()) as bytes',
      [],
      'size',
    );
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    say(`Made in ${seconds} s; the database has ${(Number(size?.bytes ?? 0) / 2 ** 30).toFixed(1)} GB.`);
  } finally {
    await database.close();
    await embedded.stop();
  }
  writeFileSync(mark, JSON.stringify({ sizes, seed }));
}

/** On a terminal a bar that grows; elsewhere a line for each tenth. */
function progressBar(whole: number): (done: number) => void {
  let told = 0;
  return (done) => {
    const share = done / whole;
    if (process.stdout.isTTY) {
      const filled = Math.floor(share * 40);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(40 - filled)}`;
      process.stdout.write(`\r${bar} ${Math.floor(share * 100)} %${done === whole ? '\n' : ''}`);
    } else if (Math.floor(share * 10) > told) {
      told = Math.floor(share * 10);
      process.stdout.write(`${told * 10} %\n`);
    }
  };
}

function readArguments(given: readonly string[]) {
  const size = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const sizes = { partners: size, customers: size, subscriptions: size, licenses: size };
  const { values } = parse({ ...sizes, seed: size, fresh: flag, 'load-only': flag, sandbox: flag }, given);
  const number = (name: keyof Sizes | 'seed', otherwise: number) => {
    const text = values[name];
    if (text === undefined) return otherwise;
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name} must be a whole number from 1, not “${text}”.`);
    return Number(text);
  };
  const read = Object.fromEntries(SIZES.map((name) => [name, number(name, DEFAULT_SIZES[name])])) as Sizes;
  const { partners, customers, subscriptions, licenses } = read;
  if (partners < 2 || customers < 1 || subscriptions < customers)
    throw new UsageError('There must be a reseller beside the distributor, and a subscription for each customer.');
  return {
    asked: { sizes: { partners, customers, subscriptions, licenses }, seed: number('seed', DEFAULT_SEED) },
    given: [...SIZES, 'seed' as const].some((name) => values[name] !== undefined),
    fresh: values.fresh,
    loadOnly: values['load-only'],
    serverArgs: values.sandbox ? ['--sandbox'] : [],
  };
}

function parse<Options extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  options: Options & {},
  args: readonly string[],
) {
  try {
    return parseArgs({ options, args: [...args] });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}. ${USAGE}`);
  }
}

try {
  await main();
} catch (error) {
  const isPlain = error instanceof UsageError || error instanceof ConfigError || error instanceof DataDirectoryInUse;
  process.stderr.write(`${isPlain ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
}
