import type { Context } from '../context.ts';
import { holdCustomer } from '../upgrades/waiting-upgrade.store.ts';
import { endRows, findUnknown, markLost, type RowEnding, settleQuote, type UnknownRow } from './run.store.ts';

const AT_ONCE = 20;
const MOST_ATTEMPTS = 3;

/**
 * Looks into rows of which nobody knows what became: their quotes tell. One that did its upgrade makes the row done; any other can do nothing from
 * then on, even if its server should come back, and the row is sent again. What does not end after three attempts has failed.
 */
export async function settleRows(context: Context): Promise<void> {
  const { database, log } = context;
  const rows = await database.asSystem(async (tx) => {
    await markLost(tx);
    return findUnknown(tx, AT_ONCE);
  });
  for (const row of rows) {
    await settleOne(context, row).catch((error: unknown) => {
      log.error({ err: error, campaignId: row.campaign_id, place: row.place }, 'a row of a campaign cannot be settled');
    });
  }
}

/** Under the customer's lock, so that the act is either done or will never be. */
async function settleOne({ clock, database }: Context, row: UnknownRow): Promise<void> {
  await database.asSystem(async (tx) => {
    await holdCustomer(tx, row.customer_id);
    const upgradeId = await settleQuote(tx, row);
    const ending = upgradeId === null ? againOrFailed(row) : ({ state: 'done', upgradeId } as const);
    await endRows(tx, [{ ...row, ending }], clock.now());
  });
}

function againOrFailed({ attempts }: UnknownRow): RowEnding {
  if (attempts < MOST_ATTEMPTS) return { state: 'eligible' };
  return { state: 'failed', outcome: { code: 'internal-error', refusals: [], differences: [] } };
}
