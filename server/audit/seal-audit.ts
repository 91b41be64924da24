import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { hashOfRow, hashOfSeal, NO_HASH } from './chain.ts';
import { findLastSeal, findUnsealed, findUnsealedPartners, holdChain, saveSeal } from './seal.store.ts';

/** A seal covers at most so many rows. */
const MOST_ROWS = 500;
/** Rows wait so long for a seal, and what little is done costs few of them. */
const EVERY_MS = 10_000;

/**
 * Chains the rows of each partner's log that are committed and not sealed yet (decision 0008). A row that is committed late, whatever its
 * moment, waits in the list that its own transaction wrote and goes into a later seal. One server at a time works on a partner's chain.
 */
export function sealAudit(context: Context): Routine {
  return {
    name: 'seal the audit log',
    everyMs: EVERY_MS,
    async run() {
      let more = false;
      for (const partnerId of await context.database.asSystem(findUnsealedPartners)) {
        const sealed = await sealNext(context, partnerId);
        more ||= sealed === MOST_ROWS;
      }
      return more;
    },
  };
}

/** The number of rows that the partner's next seal covers; 0: none waits, or another server is at it. */
async function sealNext({ database, clock }: Context, partnerId: string): Promise<number> {
  return database.write(partnerId, async (tx) => {
    if (!(await holdChain(tx, partnerId))) return 0;
    const rows = await findUnsealed(tx, partnerId, MOST_ROWS);
    if (rows.length === 0) return 0;
    const last = await findLastSeal(tx, partnerId);
    // To the microsecond, as it is stored.
    const sealedAt = clock.now().toString({ fractionalSecondDigits: 6, roundingMode: 'trunc' });
    const head = {
      partnerId,
      sealNumber: (last?.seal_number ?? 0) + 1,
      sealedAt,
      previousHash: last?.hash ?? NO_HASH,
    };
    const rowHashes = rows.map(hashOfRow);
    await saveSeal(tx, { ...head, rows, rowHashes, hash: hashOfSeal(head, rowHashes) });
    return rows.length;
  });
}
