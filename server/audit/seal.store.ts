import type { Transaction } from '../postgres/database.ts';
import type { ChainedRow } from './chain.ts';

/** A moment as the chain hashes it. */
export const utc = (moment: string) => `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const CHAINED = `r.customer_id, r.audit_id, r.partner_id, r.agent_id, r.action, r.subject_id, r.details::text as details,
  r.correlation_id, ${utc('r.at')} as at, r.address, r.via, r.client_id, r.outcome, r.reason`;

/** Partners with rows that wait for a seal. */
export async function findUnsealedPartners(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ partner_id: string }>('select distinct partner_id from audit_unsealed');
  return rows.map((row) => row.partner_id);
}

/** Holds a partner's chain until the end of the transaction. False: another server does. */
export async function holdChain(tx: Transaction, partnerId: string): Promise<boolean> {
  const [row] = await tx.query<{ held: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held', [
    `audit chain ${partnerId}`,
  ]);
  return row?.held ?? false;
}

/** Rows without a seal that are committed, the oldest first. */
export async function findUnsealed(tx: Transaction, partnerId: string, most: number): Promise<ChainedRow[]> {
  return tx.query<ChainedRow>(
    `select ${CHAINED} from audit_unsealed u
     join audit_records r on r.customer_id = u.customer_id and r.audit_id = u.audit_id
     where u.partner_id = $1 order by r.at, r.audit_id limit $2`,
    [partnerId, most],
  );
}

export async function findLastSeal(
  tx: Transaction,
  partnerId: string,
): Promise<{ seal_number: number; hash: string } | undefined> {
  const [row] = await tx.query<{ seal_number: number; hash: string }>(
    `select seal_number, encode(hash, 'hex') as hash from audit_seals where partner_id = $1 order by seal_number desc limit 1`,
    [partnerId],
  );
  return row;
}

export type NewSeal = {
  readonly partnerId: string;
  readonly sealNumber: number;
  readonly rows: readonly ChainedRow[];
  readonly rowHashes: readonly string[];
  readonly previousHash: string;
  readonly hash: string;
  readonly sealedAt: string;
};

/** Writes a seal, and takes its rows off the list of those that wait. */
export async function saveSeal(tx: Transaction, { rows, ...seal }: NewSeal): Promise<void> {
  const moments = rows.map((row) => row.at).toSorted();
  await tx.query(
    `with taken as (
       delete from audit_unsealed u using unnest($5::uuid[], $6::uuid[]) as t (customer_id, audit_id)
       where u.customer_id = t.customer_id and u.audit_id = t.audit_id)
     insert into audit_seals (partner_id, seal_number, from_at, until_at, customer_ids, audit_ids, entry_hashes, previous_hash,
       hash, sealed_at)
     values ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), decode($8, 'hex'), decode($9, 'hex'), $10)`,
    [
      seal.partnerId,
      seal.sealNumber,
      moments[0],
      moments.at(-1),
      rows.map((row) => row.customer_id),
      rows.map((row) => row.audit_id),
      seal.rowHashes.join(''),
      seal.previousHash,
      seal.hash,
      seal.sealedAt,
    ],
  );
}

/** One row that a seal covers: what the seal says of it, and the row as it is now; null: it is not there. */
export type SealedRow = {
  readonly seal_number: number;
  readonly sealed_at: string;
  readonly previous_hash: string;
  readonly seal_hash: string;
  readonly sealed_id: string;
  readonly sealed_hash: string;
  readonly row: ChainedRow | null;
};

type FlatRow = Omit<SealedRow, 'row'> & { [Column in keyof ChainedRow]: ChainedRow[Column] | null };

/** The rows of the next seals after a number, in the order in which they were sealed; one statement, so that they belong together. */
export async function findSealedRows(
  tx: Transaction,
  partnerId: string,
  after: number,
  seals: number,
): Promise<SealedRow[]> {
  const rows = await tx.query<FlatRow>(
    `select s.seal_number, ${utc('s.sealed_at')} as sealed_at, encode(s.previous_hash, 'hex') as previous_hash,
       encode(s.hash, 'hex') as seal_hash, x.audit_id as sealed_id,
       encode(substring(s.entry_hashes from (32 * (x.place - 1) + 1)::integer for 32), 'hex') as sealed_hash, ${CHAINED}
     from (select * from audit_seals where partner_id = $1 and seal_number > $2 order by seal_number limit $3) s
     cross join lateral unnest(s.customer_ids, s.audit_ids) with ordinality as x (customer_id, audit_id, place)
     left join audit_records r on r.customer_id = x.customer_id and r.audit_id = x.audit_id
     order by s.seal_number, x.place`,
    [partnerId, after, seals],
  );
  return rows.map((row) => ({ ...row, row: row.audit_id === null ? null : (row as ChainedRow) }));
}

/** Rows that neither a seal covers nor the list of those that wait names: nobody but a stranger writes those. */
export async function findStrayRows(
  tx: Transaction,
  partnerId: string,
  most: number,
): Promise<{ audit_id: string; at: string }[]> {
  // Both sides are long and neither is known to the planner: looking up row by row would take the square of it.
  await tx.query(`select set_config('enable_nestloop', 'off', true)`);
  return tx.query(
    `select r.audit_id, ${utc('r.at')} as at from audit_records r
     where r.partner_id = $1
       and not exists (
         select 1 from audit_unsealed u where u.customer_id = r.customer_id and u.audit_id = r.audit_id)
       and not exists (
         select 1 from (
           select x.customer_id, x.audit_id
           from audit_seals s, unnest(s.customer_ids, s.audit_ids) as x (customer_id, audit_id) where s.partner_id = $1) c
         where c.customer_id = r.customer_id and c.audit_id = r.audit_id)
     order by r.at limit $2`,
    [partnerId, most],
  );
}

/** Rows that wait for a seal: how many, the oldest, and those that have gone meanwhile. */
export async function findWaiting(
  tx: Transaction,
  partnerId: string,
): Promise<{ waiting: number; since: string | null; gone: string[] }> {
  const [row] = await tx.query<{ waiting: number; since: string | null; gone: string[] }>(
    `select count(r.audit_id)::integer as waiting, ${utc('min(r.at)')} as since,
       coalesce(array_agg(u.audit_id::text) filter (where r.audit_id is null), '{}') as gone
     from audit_unsealed u
     left join audit_records r on r.customer_id = u.customer_id and r.audit_id = u.audit_id
     where u.partner_id = $1`,
    [partnerId],
  );
  return row ?? { waiting: 0, since: null, gone: [] };
}

/** The last seal that went because its rows were older than the partner keeps them; undefined: none ever did. */
export async function findExpiredSeal(
  tx: Transaction,
  partnerId: string,
): Promise<{ seal_number: number; hash: string } | undefined> {
  const [row] = await tx.query<{ seal_number: number; hash: string }>(
    `select (details->>'sealNumber')::integer as seal_number, details->>'hash' as hash from audit_records
     where partner_id = $1 and customer_id = $1 and action = 'audit.expired'
     order by (details->>'sealNumber')::integer desc limit 1`,
    [partnerId],
  );
  return row;
}
