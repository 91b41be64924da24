import type { Database, Transaction } from '../postgres/database.ts';
import { hashOfRow, hashOfSeal, NO_HASH } from './chain.ts';
import { findExpiredSeal, findSealedRows, findStrayRows, findWaiting, type SealedRow } from './seal.store.ts';
import type { ChainBreak, ChainPlace, Found } from './verification.store.ts';

export type Verification = {
  readonly partnerId: string;
  readonly breaks: readonly ChainBreak[];
  /** Rows that are sealed, and rows that wait for it. */
  readonly sealed: number;
  readonly waiting: number;
  /** The moment of the oldest row; null: there is none. */
  readonly since: string | null;
  /** The end of the chain: who keeps it elsewhere can prove that nothing was cut off at the end. */
  readonly head: ChainPlace | null;
};

const SEALS_AT_ONCE = 20;
/** Nobody reads more of them. */
export const MOST_BREAKS = 20;

/**
 * Recomputes the chain of a partner's log and tells every row that was changed, removed or written past the program. Sealing and expiry go on
 * meanwhile; what looks broken is looked at again, so that they are not taken for a break.
 */
export async function verifyChain(database: Database, partnerId: string): Promise<Verification> {
  const first = await database.read(partnerId, (tx) => verifyOnce(tx, partnerId));
  return first.breaks.length === 0 ? first : database.read(partnerId, (tx) => verifyOnce(tx, partnerId));
}

async function verifyOnce(tx: Transaction, partnerId: string): Promise<Verification> {
  let end = await findStart(tx, partnerId);
  const breaks: ChainBreak[] = [];
  let [sealed, since] = [0, null as string | null];
  for (;;) {
    const step = await recomputeNext(tx, partnerId, end, SEALS_AT_ONCE);
    if (step.entries === 0) break;
    breaks.push(...step.breaks);
    sealed += step.entries;
    since = earliest([since, step.since]);
    end = step.end;
  }
  const waiting = await findWaiting(tx, partnerId);
  const stray = await findStrayRows(tx, partnerId, MOST_BREAKS);
  breaks.push(
    ...waiting.gone.map((auditId): ChainBreak => ({ kind: 'removed', auditId, sealNumber: null })),
    ...stray.map((row): ChainBreak => ({ kind: 'inserted', auditId: row.audit_id, sealNumber: null })),
  );
  return {
    partnerId,
    breaks: breaks.slice(0, MOST_BREAKS),
    sealed,
    waiting: waiting.waiting,
    since: earliest([since, waiting.since]),
    head: sealed > 0 ? end : null,
  };
}

/** Where the chain begins: after the last seal that expired, or with the first. */
export async function findStart(tx: Transaction, partnerId: string): Promise<ChainPlace> {
  const expired = await findExpiredSeal(tx, partnerId);
  return { sealNumber: expired?.seal_number ?? 0, hash: expired?.hash ?? NO_HASH };
}

/** Recomputes the next seals after a place of the chain; where there are none, no entries were found and the end is that place. */
export async function recomputeNext(
  tx: Transaction,
  partnerId: string,
  start: ChainPlace,
  seals: number,
): Promise<Found & { readonly end: ChainPlace }> {
  const rows = await findSealedRows(tx, partnerId, start.sealNumber, seals);
  const breaks: ChainBreak[] = [];
  let end = start;
  for (const [sealNumber, ofSeal] of Map.groupBy(rows, (row) => row.seal_number)) {
    breaks.push(...findBreaks(partnerId, end, ofSeal));
    end = { sealNumber, hash: ofSeal[0]?.seal_hash ?? '' };
  }
  return { entries: rows.length, since: earliest(rows.map(({ row }) => row?.at ?? null)), breaks, end };
}

/** The first of some moments of the chain; null: there is none. */
export function earliest(moments: readonly (string | null)[]): string | null {
  let first: string | null = null;
  for (const one of moments) if (one !== null && (first === null || one < first)) first = one;
  return first;
}

/** What is wrong with one seal and its rows, coming from the one before. */
function findBreaks(partnerId: string, before: ChainPlace, rows: readonly SealedRow[]): ChainBreak[] {
  const [first] = rows;
  if (!first) return [];
  const { seal_number: sealNumber, sealed_at: sealedAt, previous_hash: previousHash } = first;
  const breaks = rows.flatMap(({ row, sealed_id: auditId, sealed_hash: hash }): ChainBreak[] => {
    if (row && hashOfRow(row) === hash) return [];
    return [{ kind: row ? 'changed' : 'removed', auditId, sealNumber }];
  });
  const missing = sealNumber - before.sealNumber - 1;
  if (missing > 0) breaks.push({ kind: 'seal-removed', auditId: null, sealNumber: before.sealNumber + 1 });
  const head = { partnerId, sealNumber, sealedAt, previousHash };
  const follows = missing > 0 || previousHash === before.hash;
  const hash = hashOfSeal(
    head,
    rows.map((row) => row.sealed_hash),
  );
  if (!follows || hash !== first.seal_hash) breaks.push({ kind: 'seal-changed', auditId: null, sealNumber });
  return breaks;
}
