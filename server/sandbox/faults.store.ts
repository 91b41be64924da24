import type { Transaction } from '../postgres/database.ts';
import { type FaultSet, NO_FAULTS } from './fault-rules.ts';

/** The rules as they are, until the transaction ends nobody else's to change. */
export async function lockFaults(tx: Transaction): Promise<FaultSet> {
  const [row] = await tx.query<{ faults: FaultSet }>('select faults from deployment for update');
  return row?.faults ?? NO_FAULTS;
}

export async function saveFaults(tx: Transaction, faults: FaultSet): Promise<void> {
  await tx.query('update deployment set faults = $1', [JSON.stringify(faults)]);
}
