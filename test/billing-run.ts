import { DEMO_CATALOG } from '../demo/catalog.ts';
import { PARTNERS } from '../demo/ids.ts';
import { emptyWorld } from '../demo/world.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';
import { saveOffers, savePriceList } from '../server/catalog/offer.store.ts';
import type { Context } from '../server/context.ts';
import { createClock, type Deployment } from '../server/deployment.ts';
import { startEmbedded } from '../server/postgres/embedded.ts';
import { type Database, openDatabase } from '../server/postgres/database.ts';
import { migrate } from '../server/postgres/migrate.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { loadScenario } from '../server/sandbox/sandbox.ts';
import { keepUpToDate } from '../server/subscriptions/keep-up-to-date.ts';
import { createIds } from '../server/ids.ts';
import { type KillsResult, playCalendarKills } from './calendar-kills.ts';
import { priceProducts } from './lifecycle-steps.ts';

/** What a billing run came to. */
export type BillingRun = {
  readonly subscriptions: number;
  readonly customers: number;
  readonly ms: number;
  /** Resident memory of the process when it began, and at most while it ran. */
  readonly memoryMb: { readonly before: number; readonly most: number };
  readonly lines: number;
  /** Subscriptions that have no line of the day, or more than one. */
  readonly wrong: number;
  /** What came of it when servers were killed, after the run. */
  readonly kills: KillsResult;
};

const OF_A_CUSTOMER = 10;

/** Bills a month of many subscriptions on the embedded database, in this process alone, by the routine of the server. */
export async function runBilling(
  dataDirectory: string,
  subscriptions: number,
  kills: { readonly rounds: number; readonly seed: number },
): Promise<BillingRun> {
  const silent = {
    info: () => undefined,
    warn: () => undefined,
    error: (of: object, text: string) => console.error(text, of),
  };
  const embedded = await startEmbedded(dataDirectory, silent);
  const database = openDatabase({ connectionString: embedded.connectionString, timeoutMs: 0 });
  try {
    const { context, empty } = await prepare(database, silent);
    await sell(database, subscriptions);
    const memoryMb = () => process.memoryUsage.rss() / 2 ** 20;
    const before = memoryMb();
    let most = before;
    const routine = keepUpToDate(context);
    const begun = performance.now();
    while (await routine.run()) most = Math.max(most, memoryMb());
    const ms = performance.now() - begun;
    const [found] = await database.asSystem((tx) => tx.query<{ lines: bigint; wrong: bigint }>(LINES));
    await empty();
    await priceProducts({ context }, '6.00');
    return {
      kills: await playCalendarKills(context, kills),
      subscriptions,
      customers: Math.ceil(subscriptions / OF_A_CUSTOMER),
      ms,
      memoryMb: { before, most },
      lines: Number(found?.lines),
      wrong: Number(found?.wrong),
    };
  } finally {
    await database.close();
    await embedded.stop();
  }
}

const LINES = `
  select (select count(*) from charges) as lines, count(*) as wrong
  from subscriptions s where 1 <> (
    select count(*) from charges g where g.customer_id = s.customer_id and g.subscription_id = s.subscription_id)`;

async function prepare(database: Database, log: Context['log']) {
  await migrate(database);
  const deployment: Deployment = { demo: false, clockOffsetMs: 0, faults: NO_FAULTS };
  const { catalog, priceLists } = loadCatalog(DEMO_CATALOG);
  const clock = createClock(deployment);
  const sessionLimits = { idleMinutes: 60, hours: 12 };
  const context: Context = { database, catalog, clock, newId: createIds(), log, sessionLimits };
  await database.asSystem(async (tx) => {
    await saveOffers(tx, catalog);
    for (const list of priceLists) await savePriceList(tx, catalog, list, { now: clock.now(), newId: context.newId });
  });
  const empty = () => loadScenario(context, deployment, { demo: emptyWorld, empty: emptyWorld }, 'empty');
  await empty();
  return { context, empty };
}

/** Half on the legacy platform; of new commerce four in five within a term, and one that renews; each is due today for a month. */
async function sell(database: Database, subscriptions: number): Promise<void> {
  await database.asSystem(async (tx) => {
    await tx.query(
      `insert into customers (customer_id, name, name_folded, domain, country, created_at)
       select md5('customer ' || n)::uuid, 'Müşteri ' || n, 'musteri ' || n, 'm' || n || '.example', 'TR', now()
       from generate_series(0, ($1::integer - 1) / ${OF_A_CUSTOMER}) n`,
      [subscriptions],
    );
    await tx.query(
      `insert into relationships (customer_id, partner_id, reseller, created_at)
       select customer_id, $1, true, now() from customers`,
      [PARTNERS.kuzey],
    );
    await tx.query(
      `insert into subscriptions (customer_id, subscription_id, partner_id, channel, offer_id, order_id, quantity, platform,
         term_duration, billing_cycle, auto_renew, unit_price, currency, purchased_on, term_starts_on, term_ends_on, billed_through,
         status, status_until, provisioning)
       select md5('customer ' || n / ${OF_A_CUSTOMER})::uuid, md5('subscription ' || n)::uuid, $2, 'csp', o.offer_id,
         md5('order ' || n)::uuid, 1 + n % 300, o.platform, k.term, 'monthly', true, 6, 'USD', k.bought, k.bought, k.ends, today - 1, 'active',
         k.ends + 1, 'success'
       from (select (now() at time zone 'utc')::date as today) t, generate_series(0, $1::integer - 1) n
       cross join lateral (select
           case when n % 2 = 0 then 'business-basic' else 'nce-business-basic' end as offer,
           case when n % 10 = 9 then 'P1M' else 'P1Y' end as term,
           (today - interval '1 month')::date as bought,
           case when n % 10 = 9 then today - 1 else (today + interval '11 months')::date - 1 end as ends) k
       join offers o on o.key = k.offer`,
      [subscriptions, PARTNERS.kuzey],
    );
  });
}
