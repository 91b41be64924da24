import { createHash } from 'node:crypto';
import { pauseAfter } from '../../core/access/sign-in-pause.ts';
import type { Transaction } from '../postgres/database.ts';

/** One way of counting failed attempts, and how many it lets pass without a pause. */
export type Counter = { readonly key: Buffer; readonly limit: number };

/** Failures count together until there was none for this long. */
const FORGOTTEN_AFTER_HOURS = 24;

type Row = { counter: Buffer; failures: number; last_failed_at: string; paused_until: string | null };

/** A counter by what it counts; the table holds no addresses. */
export function counterOf(limit: number, ...what: readonly string[]): Counter {
  return { key: createHash('sha256').update(JSON.stringify(what)).digest(), limit };
}

/**
 * Counts an attempt as failed before it is tried, so that attempts at the same time cannot pass a limit together. While one of the counters is
 * paused nothing is counted, and the moment is told from which on the next attempt is taken.
 */
export async function countAttempt(
  tx: Transaction,
  counters: readonly Counter[],
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const keys = counters.map(({ key }) => key).toSorted((one, other) => one.compare(other));
  await tx.query(
    `insert into sign_in_failures (counter, failures, last_failed_at)
     select key, 0, $2 from unnest($1::bytea[]) with ordinality as given (key, place) order by place on conflict do nothing`,
    [keys, now.toString()],
  );
  const rows = await tx.query<Row>(
    'select * from sign_in_failures where counter = any ($1) order by counter for update',
    [keys],
  );
  const pauses = rows
    .flatMap(({ paused_until }) => (paused_until === null ? [] : [Temporal.Instant.from(paused_until)]))
    .filter((until) => Temporal.Instant.compare(until, now) > 0);
  if (pauses.length > 0) return pauses.toSorted((one, other) => Temporal.Instant.compare(one, other)).at(-1);
  const counted = rows.map((row) => {
    const limit = counters.find(({ key }) => key.equals(row.counter))?.limit ?? 1;
    const since = now.since(Temporal.Instant.from(row.last_failed_at)).total('hours');
    const failures = (since < FORGOTTEN_AFTER_HOURS ? row.failures : 0) + 1;
    const pause = pauseAfter(failures, limit);
    return { row, failures, until: pause > 0 ? now.add({ seconds: pause }).toString() : null };
  });
  await tx.query(
    `update sign_in_failures f set failures = given.failures, paused_until = given.until, last_failed_at = $4
     from unnest($1::bytea[], $2::integer[], $3::timestamptz[]) as given (counter, failures, until)
     where f.counter = given.counter`,
    [
      counted.map(({ row }) => row.counter),
      counted.map(({ failures }) => failures),
      counted.map(({ until }) => until),
      now.toString(),
    ],
  );
  return undefined;
}

/** Takes an attempt back that did not fail after all, with the pause that it would have begun. */
export async function takeBackAttempt(tx: Transaction, counters: readonly Counter[]): Promise<void> {
  await tx.query(
    `update sign_in_failures f set failures = greatest(f.failures - 1, 0),
       paused_until = case when f.failures - 1 >= given.limit_of then f.paused_until end
     from (select key, limit_of from unnest($1::bytea[], $2::integer[]) as pairs (key, limit_of) order by key) as given
     where f.counter = given.key`,
    [counters.map(({ key }) => key), counters.map(({ limit }) => limit)],
  );
}

/** Counts from nothing again. */
export async function forgetAttempts(tx: Transaction, { key }: Counter): Promise<void> {
  await tx.query('update sign_in_failures set failures = 0, paused_until = null where counter = $1', [key]);
}
