import type { Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { findWaiting, holdChain } from './seal.store.ts';
import {
  type ChainBreak,
  type ChainPlace,
  findSealHash,
  findStrayAmongNext,
  lockVerification,
  type Progress,
  saveVerification,
  type VerificationState,
} from './verification.store.ts';
import { earliest, findStart, MOST_BREAKS, recomputeNext } from './verify-audit.ts';

/** A step is a short transaction: up to 5,000 rows, under a tenth of a second. */
const SEALS_AT_ONCE = 10;
const ROWS_AT_ONCE = 5_000;

type Parts = Pick<Context, 'clock' | 'database' | 'log'>;

/** Has the whole log of a partner verified, unless that is under way. */
export async function beginWhole({ clock, database }: Parts, partnerId: string): Promise<void> {
  await database.write(partnerId, async (tx) => {
    const state = await lockVerification(tx, partnerId);
    if (state.progress) return;
    const start = await findStart(tx, partnerId);
    const progress: Progress = { entries: 0, since: null, breaks: [], end: start, rows: null };
    await saveVerification(tx, partnerId, { ...state, beganAt: clock.now().toString(), progress });
  });
}

/** The next step of a whole verification that was begun. False: it has come to its end, or another server holds the chain. */
export async function continueWhole({ clock, database, log }: Parts, partnerId: string): Promise<boolean> {
  return database.write(partnerId, async (tx) => {
    if (!(await holdChain(tx, partnerId))) return false;
    const state = await lockVerification(tx, partnerId);
    if (!state.progress) return false;
    const progress = state.progress.rows
      ? await lookForStrays(tx, partnerId, state.progress, state.progress.rows)
      : await recompute(tx, partnerId, state.progress);
    const next =
      progress.rows === 'through' ? await end(tx, partnerId, { state, progress, now: clock.now() }) : undefined;
    if (next?.whole && next.whole.breaks.length > 0) tell(log, partnerId, next.whole.breaks);
    await saveVerification(tx, partnerId, next ?? { ...state, progress });
    return !next;
  });
}

/** Recomputes what was sealed since the mark, a handful of seals, and moves the mark on. True: there may be more. */
export async function moveMark({ clock, database, log }: Parts, partnerId: string): Promise<boolean> {
  return database.write(partnerId, async (tx) => {
    if (!(await holdChain(tx, partnerId))) return false;
    const state = await lockVerification(tx, partnerId);
    const lost = await checkMark(tx, partnerId, state.mark);
    const step = await recomputeNext(tx, partnerId, later(state.mark, await findStart(tx, partnerId)), SEALS_AT_ONCE);
    const found = [...lost, ...step.breaks];
    if (found.length > 0) tell(log, partnerId, found);
    await saveVerification(tx, partnerId, {
      ...state,
      mark: later(state.mark, step.end),
      markedAt: clock.now().toString(),
      breaks: together(state.breaks, found),
    });
    return step.entries > 0;
  });
}

async function recompute(tx: Transaction, partnerId: string, progress: Progress): Promise<Progress> {
  // What expired meanwhile is not there any more.
  const start = later(progress.end, await findStart(tx, partnerId));
  const step = await recomputeNext(tx, partnerId, start, SEALS_AT_ONCE);
  if (step.entries === 0) return { ...progress, end: start, rows: 'begin' };
  return {
    entries: progress.entries + step.entries,
    since: earliest([progress.since, step.since]),
    breaks: together(progress.breaks, step.breaks),
    end: step.end,
    rows: null,
  };
}

async function lookForStrays(
  tx: Transaction,
  partnerId: string,
  progress: Progress,
  rows: NonNullable<Progress['rows']>,
): Promise<Progress> {
  const after = typeof rows === 'string' ? undefined : rows;
  const { strays, end: reached } = await findStrayAmongNext(tx, partnerId, after, ROWS_AT_ONCE);
  const inserted = strays.map((auditId): ChainBreak => ({ kind: 'inserted', auditId, sealNumber: null }));
  return { ...progress, breaks: together(progress.breaks, inserted), rows: reached ?? 'through' };
}

type Ending = { readonly state: VerificationState; readonly progress: Progress; readonly now: Temporal.Instant };

/** What a whole verification leaves: it stands for whatever was found on the way to the mark, as far as it came. */
async function end(
  tx: Transaction,
  partnerId: string,
  { state, progress: { rows: _rows, ...found }, now }: Ending,
): Promise<VerificationState> {
  const { gone } = await findWaiting(tx, partnerId);
  const removed = gone.map((auditId): ChainBreak => ({ kind: 'removed', auditId, sealNumber: null }));
  const lost = await checkMark(tx, partnerId, state.mark);
  const reached = found.end.sealNumber;
  return {
    ...state,
    mark: later(state.mark, found.end),
    breaks: state.breaks.filter(({ sealNumber }) => sealNumber !== null && sealNumber > reached),
    progress: null,
    whole: { ...found, breaks: together(found.breaks, [...removed, ...lost]), endedAt: now.toString() },
  };
}

/** A seal that was recomputed once must still be there: so it is found out, too, that the end of the chain was cut off. */
async function checkMark(tx: Transaction, partnerId: string, { sealNumber, hash }: ChainPlace): Promise<ChainBreak[]> {
  if (sealNumber <= (await findStart(tx, partnerId)).sealNumber) return [];
  const now = await findSealHash(tx, partnerId, sealNumber);
  if (now === hash) return [];
  return [{ kind: now === undefined ? 'seal-removed' : 'seal-changed', auditId: null, sealNumber }];
}

function later(one: ChainPlace, other: ChainPlace): ChainPlace {
  return other.sealNumber > one.sealNumber ? other : one;
}

/** Each break once, and no more of them than anybody reads. */
export function together(known: readonly ChainBreak[], found: readonly ChainBreak[]): ChainBreak[] {
  const byPlace = new Map([...known, ...found].map((one) => [`${one.kind} ${one.auditId} ${one.sealNumber}`, one]));
  return [...byPlace.values()].slice(0, MOST_BREAKS);
}

function tell(log: Context['log'], partnerId: string, breaks: readonly ChainBreak[]): void {
  log.warn({ partnerId, breaks }, 'the audit log was changed from outside');
}
