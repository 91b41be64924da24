import { randomUUIDv7 } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '../contract/client.ts';
import type { Language } from '../contract/values.ts';
import { DEMO_CATALOG } from '../demo/catalog.ts';
import { demoWorld, emptyWorld } from '../demo/world.ts';
import { createApp } from '../server/app.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';
import { saveOffers, savePriceList } from '../server/catalog/offer.store.ts';
import type { Context } from '../server/context.ts';
import { createClock, type Deployment, saveDeployment } from '../server/deployment.ts';
import { openDatabase } from '../server/postgres/database.ts';
import { migrate } from '../server/postgres/migrate.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { loadScenario, moveClock } from '../server/sandbox/sandbox.ts';
import { createTestDatabase } from './postgres.ts';

const SCENARIOS = { demo: demoWorld, empty: emptyWorld };
const PORTAL = fileURLToPath(new URL('../dist/portal', import.meta.url));

/** The day that tests play on unless they say otherwise: no month end near, every demo date a plain one. */
export const TEST_NOW = '2026-11-16T09:00:00Z';

export type TestDeployment = {
  readonly url: string;
  readonly context: Context;
  /** For raw SQL past the stores, as the server's own role. */
  readonly connectionString: string;
  /** Statements sent to the database since it was last emptied, one per round trip. */
  readonly roundTrips: string[];
  /** A client of the API, signed in as an agent of the demo (`aylin@kuzey.example`). */
  signIn(agent: string, language?: Language): Promise<Client>;
  /** The session token of an agent, for raw requests. */
  tokenOf(agent: string): Promise<string>;
  moveClock(to: string): Promise<void>;
  /** Throws everything away and loads the scenario anew. */
  reset(): Promise<void>;
  stop(): Promise<void>;
};

/** The real app on a real PostgreSQL and a real port, with a world of its own. */
export async function startDeployment(
  scenario: keyof typeof SCENARIOS = 'demo',
  { now = TEST_NOW, sandbox = true, rateLimit = 0, expectErrors = false, portal = false, timeoutMs = 15_000 } = {},
): Promise<TestDeployment> {
  const { connectionString, drop } = await createTestDatabase();
  const roundTrips: string[] = [];
  const database = openDatabase({
    connectionString,
    timeoutMs,
    onRoundTrip: (text) => {
      roundTrips.push(text);
    },
  });
  await migrate(database);
  const deployment: Deployment = { demo: false, clockOffsetMs: 0, faults: NO_FAULTS, setupCode: undefined };
  const clock = createClock(deployment);
  const { catalog, priceLists } = loadCatalog(DEMO_CATALOG);
  const error = (details: object, text: string) => (expectErrors ? undefined : console.error(text, details));
  const log = { info: () => undefined, warn: () => undefined, error };
  const context: Context = { database, catalog, clock, newId: randomUUIDv7, log };
  await database.asSystem((tx) => saveDeployment(tx, deployment));
  const setClock = async (to: string) => {
    const moved = await moveClock(context, deployment, Temporal.Instant.from(to));
    if (!moved.ok) throw new Error(`the clock cannot be moved to ${to}`);
  };
  await setClock(now);
  await database.asSystem(async (tx) => {
    await saveOffers(tx, catalog);
    for (const list of priceLists) await savePriceList(tx, catalog, list, { now: clock.now(), newId: randomUUIDv7 });
  });
  const reset = async () => void (await loadScenario(context, deployment, SCENARIOS, scenario));
  await reset();
  const app = await createApp({
    config: { sandbox, rateLimit },
    context,
    deployment,
    scenarios: SCENARIOS,
    ...(portal && { portal: PORTAL }),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const tokenOf = async (agent: string) => {
    const signedIn = await createClient({ baseUrl: url })('signIn', { body: { agent } });
    if (!signedIn.ok) throw new Error(signedIn.problem.detail);
    return signedIn.value.token;
  };
  return {
    url,
    context,
    connectionString,
    roundTrips,
    tokenOf,
    signIn: async (agent, language = 'en') => createClient({ baseUrl: url, language, token: await tokenOf(agent) }),
    moveClock: setClock,
    reset,
    async stop() {
      await app.close();
      await database.close();
      await drop();
    },
  };
}

/** The value of an answer that must be a success. */
export function valueOf<Value>(
  answer: { ok: true; value: Value } | { ok: false; problem: { code: string; detail: string } },
): Value {
  if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.detail}`);
  return answer.value;
}

/** The problem of an answer that must be one. */
export function problemOf<Problem>(answer: { ok: true; value: unknown } | { ok: false; problem: Problem }): Problem {
  if (answer.ok) throw new Error(`expected a problem, got ${JSON.stringify(answer.value)}`);
  return answer.problem;
}
