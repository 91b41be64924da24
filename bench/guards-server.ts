import { DEMO_CATALOG } from '../demo/catalog.ts';
import { demoWorld, emptyWorld } from '../demo/world.ts';
import { createApp } from '../server/app.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';
import { readConfig } from '../server/config.ts';
import { createClock, readDeployment } from '../server/deployment.ts';
import { openDatabase } from '../server/postgres/database.ts';
import { createIds } from '../server/ids.ts';

/** The app on a database that is ready, connected as whoever the connection string in the arguments says; until it is killed. */
const [connectionString = ''] = process.argv.slice(2);
const database = openDatabase({ connectionString, timeoutMs: 15_000 });
const known = await readDeployment(database);
if (!known) throw new Error('The database is not one of this product.');
const deployment = { ...known, setupCode: undefined };
const { catalog } = loadCatalog(DEMO_CATALOG);
const log = { info: () => undefined, warn: () => undefined, error: console.error };
const { sessionLimits } = readConfig({}, []);
const context = { database, catalog, clock: createClock(deployment), newId: createIds(), log, sessionLimits };
const scenarios = { demo: demoWorld, empty: emptyWorld };
const app = await createApp({ config: { sandbox: false, rateLimit: 0 }, context, deployment, scenarios });
console.log(`ready at ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
