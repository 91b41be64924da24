import type { JWK } from 'jose';
import type { Transaction } from '../postgres/database.ts';

export type StoredKey = { readonly keyId: string; readonly privateJwk: JWK };

/** Every signing key, the newest first. */
export async function findSigningKeys(tx: Transaction): Promise<StoredKey[]> {
  const rows = await tx.query<{ key_id: string; private_jwk: JWK }>(
    'select key_id, private_jwk from signing_keys order by created_at desc, key_id',
  );
  return rows.map((row) => ({ keyId: row.key_id, privateJwk: row.private_jwk }));
}

/** Saves the first key; of two servers that start together one's key counts. */
export async function saveFirstKey(tx: Transaction, { keyId, privateJwk }: StoredKey, at: string): Promise<void> {
  await tx.query('lock table signing_keys in share row exclusive mode');
  await tx.query('insert into signing_keys select $1, $2, $3 where not exists (select 1 from signing_keys)', [
    keyId,
    JSON.stringify(privateJwk),
    at,
  ]);
}

/** Saves a refresh token and drops those of the client that have expired. */
export async function saveRefreshToken(
  tx: Transaction,
  token: { partnerId: string; clientId: string; tokenHash: Buffer; now: string; expiresAt: string },
): Promise<void> {
  await tx.query(
    `with expired as (delete from refresh_tokens where partner_id = $1 and client_id = $2 and expires_at <= $5)
     insert into refresh_tokens (partner_id, client_id, token_hash, expires_at) values ($1, $2, $3, $4)`,
    [token.partnerId, token.clientId, token.tokenHash, token.expiresAt, token.now],
  );
}

/** Drops what a client could still renew its access with. */
export async function deleteRefreshTokens(tx: Transaction, partnerId: string, clientId: string): Promise<void> {
  await tx.query('delete from refresh_tokens where partner_id = $1 and client_id = $2', [partnerId, clientId]);
}

/** Whether there is such a live refresh token of this client. It stays good until it expires: clients use one from several places. */
export async function hasRefreshToken(
  tx: Transaction,
  token: { partnerId: string; clientId: string; tokenHash: Buffer; now: string },
): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from refresh_tokens where partner_id = $1 and client_id = $2 and token_hash = $3 and expires_at > $4',
    [token.partnerId, token.clientId, token.tokenHash, token.now],
  );
  return rows.length > 0;
}
