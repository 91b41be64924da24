import type { Transaction } from '../postgres/database.ts';

/** The private key in PEM (PKCS #8), its certificate in DER. */
export type WebhookKey = { readonly privateKey: string; readonly certificate: Buffer };

export async function findWebhookKey(tx: Transaction): Promise<WebhookKey | undefined> {
  const [row] = await tx.query<{ private_key: string; certificate: Buffer }>('select * from webhook_keys');
  return row && { privateKey: row.private_key, certificate: row.certificate };
}

/** Of two servers that save one at the same time, the first one's counts. */
export async function saveWebhookKey(tx: Transaction, { privateKey, certificate }: WebhookKey): Promise<void> {
  await tx.query('insert into webhook_keys (private_key, certificate) values ($1, $2) on conflict do nothing', [
    privateKey,
    certificate,
  ]);
}
