import { DEMO_CATALOG } from '../demo/catalog.ts';
import { demoWorld, emptyWorld } from '../demo/world.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';
import { saveOffers, savePriceList, savePromotions } from '../server/catalog/offer.store.ts';
import type { Context } from '../server/context.ts';
import type { Deployment } from '../server/deployment.ts';
import { openDatabase } from '../server/postgres/database.ts';
import { migrate } from '../server/postgres/migrate.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { loadScenario } from '../server/sandbox/sandbox.ts';
import { createDatabase, SCHEMA_TEMPLATE, WORLD_TEMPLATE } from './databases.ts';
import { createIds } from '../server/ids.ts';

export const SCENARIOS = { demo: demoWorld, empty: emptyWorld };

/** The day that tests play on unless they say otherwise: no month end near, every demo date a plain one. */
export const TEST_NOW = '2026-11-16T09:00:00Z';

/** Next to nothing: no test guesses passwords, and a hash as it is stored takes a second of a busy machine. */
export const PASSWORD_COST = { memory: 64, passes: 1, parallelism: 1 };

export const SESSION_LIMITS = { idleMinutes: 60, hours: 12 };

/** Loads offers, prices and a world, as they are at the time of the context. */
export async function fill(context: Context, deployment: Deployment, scenario: keyof typeof SCENARIOS): Promise<void> {
  const { database, catalog, clock, newId } = context;
  const { priceLists, promotions } = loadCatalog(DEMO_CATALOG);
  await database.asSystem(async (tx) => {
    await saveOffers(tx, catalog);
    for (const list of priceLists) await savePriceList(tx, catalog, list, { now: clock.now(), newId });
    await savePromotions(tx, promotions);
  });
  await loadScenario(context, deployment, SCENARIOS, scenario);
}

/** Migrates once and loads the demo once for the whole run: each test file copies what it needs, far faster than it could make it. */
export async function makeTemplates(superuser: string): Promise<void> {
  await withDatabase(await createDatabase(superuser, SCHEMA_TEMPLATE), migrate);
  await withDatabase(await createDatabase(superuser, WORLD_TEMPLATE, SCHEMA_TEMPLATE), async (database) => {
    const now = Temporal.Instant.from(TEST_NOW);
    const { catalog } = loadCatalog(DEMO_CATALOG);
    const log = { info: () => undefined, warn: console.warn, error: console.error };
    // Time stands, so that nothing is there before a test begins at that moment.
    const clock = { now: () => now };
    const context = { database, catalog, clock, newId: createIds(), log, sessionLimits: SESSION_LIMITS };
    await fill(context, { demo: false, clockOffsetMs: 0, faults: NO_FAULTS }, 'demo');
  });
}

async function withDatabase(
  connectionString: string,
  work: (database: ReturnType<typeof openDatabase>) => Promise<unknown>,
) {
  const database = openDatabase({ connectionString, timeoutMs: 0, connections: 1 });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
