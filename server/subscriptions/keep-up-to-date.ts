import { utcDay } from '../../core/values/period.ts';
import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { isUnavailable } from '../postgres/database.ts';
import { claimCustomer, type DuePlace, findDueCustomers } from './lifecycle.store.ts';
import { bringUpToDate, type Prices } from './up-to-date.store.ts';

const EVERY_MS = 1000;
const AT_ONCE = 200;
const SIDE_BY_SIDE = 4;

/**
 * Does what falls due for subscriptions by the calendar: charges, renewals, the end of trials and terms (L2, L3, L7, B10). Each customer is brought
 * up to the present day in a transaction of its own that holds it, day by day after a pause, so that of several servers one does it, and one that
 * was killed left nothing behind. What is due is the state of the subscriptions themselves, so that nothing is done twice.
 */
export function keepUpToDate(context: Context): Routine {
  let after: DuePlace | undefined;
  return {
    name: 'bring subscriptions up to date',
    everyMs: EVERY_MS,
    async run() {
      const day = utcDay(context.clock.now());
      const page = { after, limit: AT_ONCE };
      const places = await context.database.asSystem((tx) => findDueCustomers(tx, day, page));
      const customers = [...new Set(places.map(({ customerId }) => customerId))];
      const prices: Prices = new Map();
      const work = customers.values();
      const worker = async () => {
        for (const customerId of work) await bringCustomer(context, { customerId, day }, prices);
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
      // One that fails is passed by, and tried again when the end is reached.
      after = places.length === AT_ONCE ? places.at(-1) : undefined;
      return after !== undefined;
    },
  };
}

async function bringCustomer(
  context: Context,
  { customerId, day }: { customerId: string; day: Temporal.PlainDate },
  prices: Prices,
): Promise<void> {
  try {
    await context.database.asSystem(async (tx) => {
      if (!(await claimCustomer(tx, customerId))) return;
      await bringUpToDate(tx, context, { customerId, partnerId: null, day }, prices);
    });
  } catch (error) {
    if (isUnavailable(error)) throw error;
    context.log.error({ err: error, customerId }, 'what is due for a customer could not be done');
  }
}
