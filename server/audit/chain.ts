import { createHash } from 'node:crypto';

/** A row of the log in the texts that PostgreSQL gives for it; `at` in UTC to the microsecond, `details` as jsonb writes itself. */
export type ChainedRow = {
  readonly customer_id: string;
  readonly audit_id: string;
  readonly partner_id: string;
  readonly agent_id: string | null;
  readonly action: string;
  readonly subject_id: string;
  readonly details: string;
  readonly correlation_id: string;
  readonly at: string;
  readonly address: string | null;
  readonly via: string | null;
  readonly client_id: string | null;
  readonly outcome: string;
  readonly reason: string | null;
};

/** What a seal's own hash covers, beside the hashes of its rows. */
export type SealHead = {
  readonly partnerId: string;
  readonly sealNumber: number;
  /** In UTC to the microsecond, as of rows. */
  readonly sealedAt: string;
  readonly previousHash: string;
};

/** What stands before the first seal. */
export const NO_HASH = '0'.repeat(64);

/** SHA-256 over the row as a JSON list of its texts, in this order; in hexadecimal. */
export function hashOfRow(row: ChainedRow): string {
  return sha256([
    row.customer_id,
    row.audit_id,
    row.partner_id,
    row.agent_id,
    row.action,
    row.subject_id,
    row.details,
    row.correlation_id,
    row.at,
    row.address,
    row.via,
    row.client_id,
    row.outcome,
    row.reason,
  ]);
}

/** SHA-256 over what a seal says and the seal before it; in hexadecimal. */
export function hashOfSeal(head: SealHead, rowHashes: readonly string[]): string {
  return sha256([
    head.partnerId,
    head.sealNumber,
    head.sealedAt,
    head.previousHash,
    rowHashes.length,
    rowHashes.join(''),
  ]);
}

function sha256(content: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
