import type { Transaction } from '../postgres/database.ts';

/** Partners that do not keep their log for ever. */
export async function findPartnersToExpire(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ partner_id: string }>(
    'select partner_id from partner_settings where audit_days is not null order by partner_id',
  );
  return rows.map((row) => row.partner_id);
}

/** What went: the last of the seals, the end of the deleted part of the chain. */
export type Expired = {
  readonly sealNumber: number;
  /** In hexadecimal. */
  readonly hash: string;
  readonly entries: number;
};

/** Deletes the oldest seals with their rows, as far as the partner's setting lets them go; undefined: nothing is due. */
export async function deleteExpired(tx: Transaction, partnerId: string, now: string): Promise<Expired | undefined> {
  const [row] = await tx.query<Expired>(
    `select seal_number as "sealNumber", encode(hash, 'hex') as hash, entries::integer as entries
     from delete_expired_audit($1, $2)`,
    [partnerId, now],
  );
  return row;
}
