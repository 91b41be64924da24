import { existsSync, readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { DEMO_CATALOG } from '../demo/catalog.ts';
import { demoWorld, emptyWorld } from '../demo/world.ts';
import { createApp } from './app.ts';
import { tellApprovers } from './approvals/tell-approvers.ts';
import { runAuditCommand } from './audit-command.ts';
import { loadCatalog } from './catalog/load-catalog.ts';
import { saveOffers, savePriceList, savePromotions } from './catalog/offer.store.ts';
import { type Config, ConfigError, maskConfig, readConfig } from './config.ts';
import type { Context, Log } from './context.ts';
import { runDoctorCommand } from './doctor-command.ts';
import { createClock, type Deployment, readDeployment, saveDeployment } from './deployment.ts';
import { countAgents } from './identity/agent.store.ts';
import { issueSetupCode } from './identity/set-up.ts';
import { openQueue } from './jobs/queue.ts';
import { keepUp } from './jobs/routine.ts';
import { sendMails } from './mail/send-mails.ts';
import { type Database, isUnavailable, openDatabase } from './postgres/database.ts';
import { startEmbedded } from './postgres/embedded.ts';
import { migrate } from './postgres/migrate.ts';
import { runMigrateCommand } from './migrate-command.ts';
import { routinesOf } from './routines.ts';
import { NO_FAULTS } from './sandbox/fault-rules.ts';
import { createFaults } from './sandbox/faults.ts';
import { loadScenario } from './sandbox/sandbox.ts';
import { deliverEvents } from './webhooks/deliver-events.ts';
import { reachOfWebhooks } from './http/outbound-address.ts';
import { createIds } from './ids.ts';

const SCENARIOS = { demo: demoWorld, empty: emptyWorld };
const PORTAL = fileURLToPath(new URL('../dist/portal', import.meta.url));

/** A running server: where it listens, and how to stop it. */
export type Running = {
  readonly address: string;
  /** For the page /setup, while there is no administrator. */
  readonly setupCode: string | undefined;
  stop(): Promise<void>;
};

/** Configuration, database, schema, catalog, world, routes, port - in this order; and back in the other. */
export async function serve(config: Config, log: Log): Promise<Running> {
  log.info(maskConfig(config), 'starting');
  if (!existsSync(PORTAL)) throw new StartError('The portal is not built. Start with npm start, which builds it.');
  const tls = config.tls === null ? undefined : readCertificate(config.tls);
  const embedded = config.databaseUrl === null ? await startEmbedded(config.dataDirectory, plain(log)) : undefined;
  const connectionString = config.databaseUrl ?? embedded?.connectionString ?? '';
  const database = openDatabase({ connectionString, timeoutMs: config.databaseTimeoutMs });
  const closeDatabase = async () => {
    await database.close();
    await embedded?.stop();
  };
  try {
    await refuseExemptRole(database);
    await migrateAtLeisure(connectionString);
    const deployment = await prepareDeployment(database);
    const isEmpty = (await database.asSystem(countAgents)) === 0;
    const withDemo = deployment.demo || config.sandbox || (isEmpty && config.demo);
    const { catalog: loaded, priceLists, promotions } = loadCatalog(withDemo ? DEMO_CATALOG : undefined);
    const catalog = { ...loaded, teamsSuitesClosed: config.teamsSuitesClosed ?? loaded.teamsSuitesClosed };
    const context: Context = {
      database,
      catalog,
      clock: createClock(deployment),
      newId: createIds(),
      log,
      sessionLimits: config.sessionLimits,
    };
    await database.asSystem((tx) => saveOffers(tx, catalog));
    if (withDemo) {
      const maker = { now: context.clock.now(), newId: context.newId };
      await database.asSystem(async (tx) => {
        for (const list of priceLists) await savePriceList(tx, catalog, list, maker);
        await savePromotions(tx, promotions);
      });
    }
    if (isEmpty && config.demo) {
      await loadScenario(context, deployment, SCENARIOS, 'demo');
    }
    const setupCode = await issueSetupCode(context);
    const app = await createApp({ config, context, deployment, scenarios: SCENARIOS, portal: PORTAL, tls });
    const address = await app.listen({ host: config.host, port: config.port });
    const queue = await openQueue(connectionString, log);
    const publicUrl = () => config.publicUrl ?? app.listeningOrigin;
    const delivering = await deliverEvents({
      context,
      queue,
      publicUrl,
      reach: () => reachOfWebhooks(config, deployment),
      ...(config.sandbox && { strikeDelivery: createFaults(context, deployment).strikeDelivery }),
    });
    const mailing =
      config.mail === null
        ? []
        : [tellApprovers(context, publicUrl), await sendMails({ context, queue, server: config.mail })];
    const routines = keepUp([...routinesOf(context), ...mailing], log);
    return {
      address,
      setupCode,
      async stop() {
        await app.close();
        await Promise.all([delivering.stop(), routines.stop()]);
        await queue.stop();
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

function readCertificate({ certFile, keyFile }: NonNullable<Config['tls']>) {
  const read = (variable: string, file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      throw new StartError(`The file in ${variable} cannot be read: ${file}`);
    }
  };
  const pair = { cert: read('YUKSELT_TLS_CERT', certFile), key: read('YUKSELT_TLS_KEY', keyFile) };
  try {
    createSecureContext(pair);
  } catch {
    throw new StartError('YUKSELT_TLS_CERT and YUKSELT_TLS_KEY must name a certificate and its key, both in PEM.');
  }
  return pair;
}

/** On a connection of its own: a migration, or waiting for another server's, may take as long as it needs. */
async function migrateAtLeisure(connectionString: string): Promise<void> {
  const database = openDatabase({ connectionString, timeoutMs: 0, connections: 1 });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
}

async function prepareDeployment(database: Database): Promise<Deployment> {
  const known = await readDeployment(database);
  if (known) return known;
  const fresh = { demo: false, clockOffsetMs: 0, faults: NO_FAULTS };
  await database.asSystem((tx) => saveDeployment(tx, fresh));
  return fresh;
}

/** Row-level security does not bind such a role, and partners would see each other. */
async function refuseExemptRole(database: Database): Promise<void> {
  const [role] = await database.ask<{ exempt: boolean }>(
    'select rolsuper or rolbypassrls as exempt from pg_roles where rolname = current_user',
    [],
    'exempt-role',
  );
  if (role?.exempt) {
    throw new StartError(
      'The role in DATABASE_URL is exempt from row-level security. Use one without SUPERUSER and BYPASSRLS that owns its database.',
    );
  }
}

/** A reason not to start that the operator can clear; told in one sentence. */
class StartError extends Error {}

function plain(log: Log) {
  return { info: (text: string) => log.info({}, text), warn: (text: string) => log.warn({}, text) };
}

async function main(config: Config): Promise<void> {
  const starting = serve(config, pino({ level: config.logLevel }, pino.destination(2)));
  // From the first moment: a start that is broken off would leave its database running.
  const stop = async (signal: NodeJS.Signals) => {
    console.log(`${signal}: finishing what is running`);
    const running = await starting;
    await running.stop();
    process.exit(0);
  };
  process.once('SIGTERM', (signal) => void stop(signal));
  process.once('SIGINT', (signal) => void stop(signal));
  const running = await starting;
  if (config.sandbox) {
    const page = new URL('/sandbox', running.address).href;
    console.log(
      `This is a sandbox: its clock moves, faults strike on demand, and everything can be thrown away, at ${page}`,
    );
  }
  if (running.setupCode) {
    const page = new URL(`/setup#${running.setupCode}`, config.publicUrl ?? running.address).href;
    console.log(`There is no administrator yet. Create the first one, within 24 hours, at ${page}`);
  }
  // Last: whoever waits for it has read the rest.
  console.log(`Yükselt is ready at ${running.address}`);
}

/** Serves until a signal ends it; where it cannot start, it says why and ends. */
export function run(config: Config): void {
  main(config).catch((error: unknown) => {
    console.error(sayWhy(error, config));
    process.exit(1);
  });
}

/** One clear sentence for whatever keeps the server from starting. */
function sayWhy(error: unknown, { port, databaseUrl }: Config): string {
  if (!(error instanceof Error)) return String(error);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Stop what listens there, or set PORT to another one.`;
  if (code === 'EACCES') return `Port ${port} may not be opened by this user. Set PORT to one above 1023.`;
  if (databaseUrl !== null && isUnavailable(error)) return `The database in DATABASE_URL cannot be reached: ${message}`;
  return message;
}

const [, , command = '', ...rest] = process.argv;
const COMMANDS: Readonly<Record<string, () => Promise<number>>> = {
  audit: () => runAuditCommand(rest, console.log, console.error),
  migrate: () => runMigrateCommand(rest, console.log, console.error),
  doctor: () => runDoctorCommand(PORTAL, console.log),
};

const perform = COMMANDS[command];
if (import.meta.main && perform) {
  process.exitCode = await perform();
} else if (import.meta.main) {
  try {
    run(readConfig());
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  }
}
