import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLarge } from '../demo/large/load-large.ts';
import { largeWorld } from '../demo/large/large-world.ts';
import { openDatabase, type Database } from '../server/postgres/database.ts';
import { SCHEMA_TEMPLATE } from './databases.ts';
import { createTestDatabase } from './postgres.ts';
import { TEST_NOW } from './worlds.ts';

const NOW = Temporal.Instant.from(TEST_NOW);
const SIZES = { partners: 5, customers: 120, subscriptions: 700, licenses: 3001 };
const TABLES = [
  'partners',
  'agents',
  'customers',
  'relationships',
  'delegated_privileges',
  'subscriptions',
  'seat_batches',
  'charges',
  'users',
  'user_addresses',
  'licenses',
];

type Loaded = { readonly database: Database; readonly told: readonly number[]; drop(): Promise<void> };

async function load(seed: number): Promise<Loaded> {
  const { connectionString, drop } = await createTestDatabase(SCHEMA_TEMPLATE);
  const database = openDatabase({ connectionString, timeoutMs: 0 });
  const told: number[] = [];
  await loadLarge(database, { sizes: SIZES, seed, now: NOW, progress: (customers) => told.push(customers) });
  return {
    database,
    told,
    async drop() {
      await database.close();
      await drop();
    },
  };
}

const ask = <Row extends object>({ database }: Loaded, text: string) => database.asSystem((tx) => tx.query<Row>(text));

/** Of every row of a world, in an order of its own. */
async function digestOf(loaded: Loaded): Promise<string> {
  const hash = createHash('sha256');
  for (const table of TABLES) {
    const rows = await ask<{ row: string }>(
      loaded,
      `select t::text as row from ${table} t order by t::text collate "C"`,
    );
    hash.update(JSON.stringify(rows));
  }
  return hash.digest('hex');
}

let first: Loaded;
beforeAll(async () => {
  first = await load(7);
});
afterAll(() => first.drop());

describe('the large demo', () => {
  it('has exactly as much of everything as was asked for, and says how far it is', async () => {
    const [counted] = await ask<Record<string, bigint>>(
      first,
      `select ${Object.keys(SIZES)
        .map((table) => `(select count(*) from ${table}) as ${table}`)
        .join(', ')}`,
    );
    expect(counted).toEqual(Object.fromEntries(Object.entries(SIZES).map(([name, size]) => [name, BigInt(size)])));
    expect(first.told).toEqual([100, 120]);
  });

  it('is the same to the byte from the same seed, and another from another', async () => {
    const again = await load(7);
    expect(await digestOf(again)).toBe(await digestOf(first));
    await again.drop();
    const names = (seed: number) =>
      largeWorld(SIZES, seed, NOW)
        .customers(0, 50)
        .map(({ name }) => name);
    expect(names(8)).not.toEqual(names(7));
  });

  it('is a world that could be: nobody has a license twice or beyond the seats, and all is billed to the day', async () => {
    const wrong = await ask<{ over: bigint; unbilled: bigint; idle: bigint }>(
      first,
      `select count(*) filter (where l.used > s.quantity) as over,
         count(*) filter (where s.status <> 'deleted' and s.due_on <= '${TEST_NOW.slice(0, 10)}') as unbilled,
         count(*) filter (where s.status = 'deleted' and l.used > 0) as idle
       from subscriptions s cross join lateral (select count(*) as used from licenses k
         where k.customer_id = s.customer_id and k.subscription_id = s.subscription_id) l`,
    );
    expect(wrong).toEqual([{ over: 0n, unbilled: 0n, idle: 0n }]);
  });

  it('relates every customer to the distributor and one reseller, by names that no two share', async () => {
    const [row] = await ask<{ pairs: bigint; odd: bigint; names: bigint }>(
      first,
      `select count(*) as pairs, count(*) filter (where k.partners <> 2 or not k.distributor) as odd,
         (select count(distinct name_folded) from customers) as names
       from (select count(*) as partners, bool_or(p.domain = 'dagitim.example') as distributor
         from relationships r join partners p on p.partner_id = r.partner_id group by r.customer_id) k`,
    );
    expect(row).toEqual({ pairs: 120n, odd: 0n, names: 120n });
  });

  it('makes any part by itself as it stands in the whole', () => {
    const world = largeWorld(SIZES, 7, NOW);
    expect(JSON.stringify(world.customers(40, 42))).toBe(JSON.stringify(world.customers(0, 120).slice(40, 42)));
  });
});
