import type { Transaction } from '../postgres/database.ts';
import { utc } from './seal.store.ts';
import { NO_HASH } from './chain.ts';

/** Where the log is not as it was sealed; `auditId` is null where a whole seal is gone or was changed. */
export type ChainBreak = {
  readonly kind: 'changed' | 'removed' | 'inserted' | 'seal-changed' | 'seal-removed';
  readonly auditId: string | null;
  readonly sealNumber: number | null;
};

/** A place in the chain: a seal and its hash in hexadecimal; 0 and `NO_HASH`: its beginning. */
export type ChainPlace = { readonly sealNumber: number; readonly hash: string };

/** A place in the log, by the moments of rows. */
export type RowPlace = { readonly at: string; readonly auditId: string };

/** What is found on the way: how many sealed rows were recomputed, the moment of the oldest, and what is broken. */
export type Found = {
  readonly entries: number;
  readonly since: string | null;
  readonly breaks: readonly ChainBreak[];
};

/** A whole verification under way: first seal by seal, then row by row for those that nobody sealed. */
export type Progress = Found & {
  readonly end: ChainPlace;
  /** The last row that was looked at; null: the seals are not through yet. */
  readonly rows: RowPlace | 'begin' | 'through' | null;
};

/** What a whole verification has found, and when it came to its end. */
export type WholeFinding = Found & { readonly endedAt: string; readonly end: ChainPlace };

/** How far a partner's log was verified. */
export type VerificationState = {
  /** Everything up to there was recomputed, at `markedAt` the last of it. */
  readonly mark: ChainPlace;
  readonly markedAt: string | null;
  /** Found on the way to the mark, where no whole verification has looked since. */
  readonly breaks: readonly ChainBreak[];
  readonly beganAt: string | null;
  readonly progress: Progress | null;
  readonly whole: WholeFinding | null;
};

const NOTHING: VerificationState = {
  mark: { sealNumber: 0, hash: NO_HASH },
  markedAt: null,
  breaks: [],
  beganAt: null,
  progress: null,
  whole: null,
};

const COLUMNS = `mark_number, mark_hash, ${utc('marked_at')} as marked_at, breaks, ${utc('began_at')} as began_at, progress, whole`;

type Row = {
  mark_number: number;
  mark_hash: string;
  marked_at: string | null;
  breaks: ChainBreak[];
  began_at: string | null;
  progress: Progress | null;
  whole: WholeFinding | null;
};

export async function findVerification(tx: Transaction, partnerId: string): Promise<VerificationState> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from audit_verifications where partner_id = $1`, [partnerId]);
  return row ? toState(row) : NOTHING;
}

/** As finding it, and nobody else changes it until the transaction ends. */
export async function lockVerification(tx: Transaction, partnerId: string): Promise<VerificationState> {
  await tx.query('insert into audit_verifications (partner_id) values ($1) on conflict do nothing', [partnerId]);
  const [row] = await tx.query<Row>(`select ${COLUMNS} from audit_verifications where partner_id = $1 for update`, [
    partnerId,
  ]);
  return row ? toState(row) : NOTHING;
}

export async function saveVerification(tx: Transaction, partnerId: string, state: VerificationState): Promise<void> {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  await tx.query(
    `update audit_verifications set mark_number = $2, mark_hash = $3, marked_at = $4, breaks = $5, began_at = $6, progress = $7,
       whole = $8 where partner_id = $1`,
    [
      partnerId,
      state.mark.sealNumber,
      state.mark.hash,
      state.markedAt,
      json(state.breaks),
      state.beganAt,
      json(state.progress),
      json(state.whole),
    ],
  );
}

/** A partner whose log has seals: whether some are past its mark, and what is known of its whole verification. */
export type ToVerify = {
  readonly partner_id: string;
  readonly is_behind: boolean;
  readonly is_running: boolean;
  readonly began_at: string | null;
};

export async function findLogsToVerify(tx: Transaction): Promise<ToVerify[]> {
  return tx.query<ToVerify>(
    `select p.partner_id, l.seal_number > coalesce(v.mark_number, 0) as is_behind, v.progress is not null as is_running,
       ${utc('v.began_at')} as began_at
     from partners p
     cross join lateral (
       select s.seal_number from audit_seals s where s.partner_id = p.partner_id order by s.seal_number desc limit 1) l
     left join audit_verifications v on v.partner_id = p.partner_id
     order by p.partner_id`,
  );
}

/** The hash of one seal, in hexadecimal; undefined: it is not there. */
export async function findSealHash(
  tx: Transaction,
  partnerId: string,
  sealNumber: number,
): Promise<string | undefined> {
  const [row] = await tx.query<{ hash: string }>(
    `select encode(hash, 'hex') as hash from audit_seals where partner_id = $1 and seal_number = $2`,
    [partnerId, sealNumber],
  );
  return row?.hash;
}

/** The moment of the oldest row of the oldest seal; null: there is no seal. */
export async function findBeginning(tx: Transaction, partnerId: string): Promise<string | null> {
  const [row] = await tx.query<{ since: string }>(
    `select ${utc('from_at')} as since from audit_seals where partner_id = $1 order by seal_number limit 1`,
    [partnerId],
  );
  return row?.since ?? null;
}

/**
 * Looks at the next rows of the log by their moments for those that neither a seal covers nor the list of those that wait names. A seal covers
 * rows of its own time alone, so that few of them are read. Its end is undefined where there are no more rows.
 */
export async function findStrayAmongNext(
  tx: Transaction,
  partnerId: string,
  after: RowPlace | undefined,
  most: number,
): Promise<{ strays: string[]; end: RowPlace | undefined }> {
  // As for all of them at once: looking up row by row would take the square of it.
  await tx.query(`select set_config('enable_nestloop', 'off', true)`);
  const rows = await tx.query<{ audit_id: string; at: string; stray: boolean }>(
    `with looked as materialized (
       select customer_id, audit_id, at from audit_records
       where partner_id = $1 and ($2::timestamptz is null or (at, audit_id) > ($2, $3::uuid)) order by at, audit_id limit $4),
     covered as materialized (
       select x.customer_id, x.audit_id from audit_seals s, unnest(s.customer_ids, s.audit_ids) as x (customer_id, audit_id)
       where s.partner_id = $1 and s.until_at >= (select min(at) from looked) and s.from_at <= (select max(at) from looked))
     select l.audit_id, ${utc('l.at')} as at, u.audit_id is null and c.audit_id is null as stray
     from looked l
     left join audit_unsealed u on u.customer_id = l.customer_id and u.audit_id = l.audit_id
     left join covered c on c.customer_id = l.customer_id and c.audit_id = l.audit_id
     order by l.at, l.audit_id`,
    [partnerId, after?.at ?? null, after?.auditId ?? null, most],
  );
  const last = rows.length === most ? rows.at(-1) : undefined;
  const strays = rows.filter(({ stray }) => stray).map((row) => row.audit_id);
  return { strays, end: last && { at: last.at, auditId: last.audit_id } };
}

function toState(row: Row): VerificationState {
  return {
    mark: { sealNumber: row.mark_number, hash: row.mark_hash },
    markedAt: row.marked_at,
    breaks: row.breaks,
    beganAt: row.began_at,
    progress: row.progress,
    whole: row.whole,
  };
}
