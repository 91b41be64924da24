import type { WebhookEvent } from '../../core/webhooks/webhook-event.ts';
import type { Transaction } from '../postgres/database.ts';

/** Where a partner wants to be told, and of what. */
export type Registration = {
  readonly subscriberId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** Whether the signature goes into `x-ms-signature` instead of `Authorization`. */
  readonly msSignatureHeader: boolean;
};

type Row = { subscriber_id: string; url: string; events: WebhookEvent[]; ms_signature_header: boolean };

export async function findRegistration(tx: Transaction, partnerId: string): Promise<Registration | undefined> {
  const [row] = await tx.query<Row>('select * from webhook_registrations where partner_id = $1', [partnerId]);
  return row && toRegistration(row);
}

/** As finding it, and nobody else does so until the transaction ends. */
export async function lockRegistration(tx: Transaction, partnerId: string): Promise<Registration | undefined> {
  const [row] = await tx.query<Row>('select * from webhook_registrations where partner_id = $1 for update', [
    partnerId,
  ]);
  return row && toRegistration(row);
}

/** Saves the first registration of a partner. Undefined: there is one already. */
export async function insertRegistration(
  tx: Transaction,
  partnerId: string,
  { subscriberId, url, events, msSignatureHeader }: Registration,
): Promise<Registration | undefined> {
  const [row] = await tx.query<Row>(
    'insert into webhook_registrations values ($1, $2, $3, $4, $5) on conflict do nothing returning *',
    [partnerId, subscriberId, url, events, msSignatureHeader],
  );
  return row && toRegistration(row);
}

/** Undefined: there is none to replace. The subscriber stays the same. */
export async function replaceRegistration(
  tx: Transaction,
  partnerId: string,
  { url, events, msSignatureHeader }: Omit<Registration, 'subscriberId'>,
): Promise<Registration | undefined> {
  const [row] = await tx.query<Row>(
    'update webhook_registrations set url = $2, events = $3, ms_signature_header = $4 where partner_id = $1 returning *',
    [partnerId, url, events, msSignatureHeader],
  );
  return row && toRegistration(row);
}

function toRegistration(row: Row): Registration {
  return {
    subscriberId: row.subscriber_id,
    url: row.url,
    events: row.events,
    msSignatureHeader: row.ms_signature_header,
  };
}
