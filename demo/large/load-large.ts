import { saveOffers, savePriceList, savePromotions } from '../../server/catalog/offer.store.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { saveDeployment } from '../../server/deployment.ts';
import type { Database } from '../../server/postgres/database.ts';
import { saveCustomers, saveWorld } from '../../server/sandbox/world.store.ts';
import { DEMO_CATALOG } from '../catalog.ts';
import { drawFrom, seedOf } from './draw.ts';
import { largeWorld, type Sizes } from './large-world.ts';

const CUSTOMERS_AT_ONCE = 100;
/** What is neither a customer nor a partner: lines, orders, privileges. */
const KIND = 0xe;

type Options = {
  readonly sizes: Sizes;
  readonly seed: number;
  readonly now: Temporal.Instant;
  /** Told how many customers are there. */
  readonly progress: (customers: number) => void;
};

/** Fills an empty database with the large world, a hundred customers a transaction. Only then is it a demo. */
export async function loadLarge(database: Database, { sizes, seed, now, progress }: Options): Promise<void> {
  const world = largeWorld(sizes, seed, now);
  await database.asSystem(async (tx) => {
    const { catalog, priceLists, promotions } = loadCatalog(DEMO_CATALOG);
    const maker = makerOf(seed, 0, now);
    await saveOffers(tx, catalog);
    for (const list of priceLists) await savePriceList(tx, catalog, list, maker);
    await savePromotions(tx, promotions);
    await saveWorld(tx, { ...world, apiClients: [], customers: [] }, maker);
  });
  let saving = Promise.resolve();
  for (let from = 0; from < sizes.customers; from += CUSTOMERS_AT_ONCE) {
    const until = Math.min(from + CUSTOMERS_AT_ONCE, sizes.customers);
    const customers = world.customers(from, until);
    const maker = makerOf(seed, 1 + from / CUSTOMERS_AT_ONCE, now);
    await saving;
    // The next ones are made while the database takes these.
    saving = database.asSystem((tx) => saveCustomers(tx, customers, maker)).then(() => progress(until));
  }
  await saving;
  await database.ask('vacuum (analyze)', [], 'vacuum');
  await database.asSystem((tx) => saveDeployment(tx, { demo: true, clockOffsetMs: 0 }));
}

/** Ids of what a batch holds beside customers; no two batches share one. */
function makerOf(seed: number, batch: number, now: Temporal.Instant) {
  const draw = drawFrom(seedOf(seed, KIND, batch));
  let made = 0;
  return { now, newId: () => draw.id(KIND, batch * 2 ** 24 + made++) };
}
