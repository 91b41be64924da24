import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '../contract/client.ts';
import type { Language } from '../contract/values.ts';
import type { Catalog } from '../core/catalog/offer.ts';
import { DEMO_CATALOG } from '../demo/catalog.ts';
import { createApp } from '../server/app.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';
import type { Context } from '../server/context.ts';
import { createClock, type Deployment, saveDeployment } from '../server/deployment.ts';
import type { MailServer } from '../server/mail/send-mails.ts';
import type { CustomerSignIn } from '../server/relationships/customer-sign-in.ts';
import { openDatabase } from '../server/postgres/database.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { loadScenario, moveClock } from '../server/sandbox/sandbox.ts';
import { SCHEMA_TEMPLATE, WORLD_TEMPLATE } from './databases.ts';
import { createTestDatabase } from './postgres.ts';
import { fill, PASSWORD_COST, SCENARIOS, SESSION_LIMITS, TEST_NOW } from './worlds.ts';
import { createIds } from '../server/ids.ts';

const LIMITS = { sessionLimits: SESSION_LIMITS, passwordCost: PASSWORD_COST };
const PORTAL = fileURLToPath(new URL('../dist/portal', import.meta.url));

export { TEST_NOW } from './worlds.ts';

type Options = {
  readonly now?: string;
  readonly sandbox?: boolean;
  readonly rateLimit?: number;
  readonly expectErrors?: boolean;
  readonly portal?: boolean;
  readonly timeoutMs?: number;
  /** How often sessions are looked at whose changes are followed. */
  readonly beatMs?: number;
  /** What is sold; absent: what the demo ships with. */
  readonly catalog?: Catalog;
  /** Where mail is handed in; absent: a sandbox keeps it. */
  readonly mail?: MailServer;
  /** Where customers' administrators sign in to their own tenants. */
  readonly customerSignIn?: CustomerSignIn;
  /** Where records of domains are looked up. */
  readonly dnsServers?: readonly string[];
  /** Domains that the operator vouches for, as `domain=partner id`. */
  readonly provedDomains?: readonly string[];
  /** Told of warnings. */
  readonly log?: Context['log']['warn'];
};

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
  /** The scenario anew as it is at a moment, which may lie before the present one. */
  standAt(now: string): Promise<void>;
  stop(): Promise<void>;
};

/** The real app on a real PostgreSQL and a real port, with a world of its own. */
export async function startDeployment(
  scenario: keyof typeof SCENARIOS = 'demo',
  {
    now = TEST_NOW,
    sandbox = true,
    rateLimit = 0,
    expectErrors = false,
    portal = false,
    timeoutMs = 15_000,
    catalog = loadCatalog(DEMO_CATALOG).catalog,
    mail,
    customerSignIn,
    log: warn = () => undefined,
    ...more
  }: Options = {},
): Promise<TestDeployment> {
  const isPrepared = scenario === 'demo' && now === TEST_NOW;
  const { connectionString, drop } = await createTestDatabase(isPrepared ? WORLD_TEMPLATE : SCHEMA_TEMPLATE);
  const roundTrips: string[] = [];
  const database = openDatabase({
    connectionString,
    timeoutMs,
    onRoundTrip: (text) => {
      roundTrips.push(text);
    },
  });
  const deployment: Deployment = { demo: isPrepared, clockOffsetMs: 0, faults: NO_FAULTS };
  const clock = createClock(deployment);
  const log = logTo(warn, expectErrors);
  const context: Context = { database, catalog, clock, newId: createIds(), log, ...LIMITS };
  await database.asSystem((tx) => saveDeployment(tx, deployment));
  const setClock = (to: string) => setClockOf(context, deployment, to);
  await setClock(now);
  if (!isPrepared) await fill(context, deployment, scenario);
  const load = async (name = scenario) => void (await loadScenario(context, deployment, SCENARIOS, name));
  const app = await createApp({
    config: { sandbox, rateLimit, mail: mail ?? null, customerSignIn: customerSignIn ?? null, ...more },
    context,
    deployment,
    scenarios: SCENARIOS,
    beatMs: more.beatMs,
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
    reset: () => load(),
    async standAt(to) {
      // The clock goes back only where nothing was billed since.
      await load('empty');
      await setClock(to);
      await load();
    },
    async stop() {
      await app.close();
      await database.close();
      await drop();
    },
  };
}

async function setClockOf(context: Context, deployment: Deployment, to: string): Promise<void> {
  const moved = await moveClock(context, deployment, Temporal.Instant.from(to));
  if (!moved.ok) throw new Error(`the clock cannot be moved to ${to}`);
}

/** What goes wrong without being expected is seen. */
function logTo(warn: Context['log']['warn'], expectErrors: boolean): Context['log'] {
  const error = (details: object, text: string) => (expectErrors ? undefined : console.error(text, details));
  return { info: () => undefined, warn, error };
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
