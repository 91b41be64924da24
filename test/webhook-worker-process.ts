import { loadCatalog } from '../server/catalog/load-catalog.ts';
import { createClock, readDeployment } from '../server/deployment.ts';
import { openQueue } from '../server/jobs/queue.ts';
import { openDatabase } from '../server/postgres/database.ts';
import { deliverEvents } from '../server/webhooks/deliver-events.ts';
import { createIds } from '../server/ids.ts';

// A server that delivers and does nothing else, in a process of its own that can be killed. Its argument is the database.

const [connectionString = ''] = process.argv.slice(2);
const database = openDatabase({ connectionString, timeoutMs: 15_000 });
const known = await readDeployment(database);
if (!known) throw new Error('the database has no deployment');
const log = { info: () => undefined, warn: () => undefined, error: console.error };
const clock = createClock(known);
const sessionLimits = { idleMinutes: 60, hours: 12 };
const context = { database, catalog: loadCatalog().catalog, clock, newId: createIds(), log, sessionLimits };
const queue = await openQueue(connectionString, log);
await deliverEvents({ context, queue, publicUrl: () => 'http://localhost', reach: () => 'trial', looksEveryMs: 20 });
console.log('delivering');
