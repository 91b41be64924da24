import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { verifyPassword } from './password.ts';

export type NewSecret = { readonly secret: string; readonly secretHash: string };

/** A secret of 256 random bits, and its hash as it is stored: `sha256$` and base64url. */
export function createSecret(): NewSecret {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretHash: hashOf(secret) };
}

/**
 * A secret made here cannot be guessed, so one fast hash keeps it; only what a person chose needs a slow one, as a client kept from an earlier version may have.
 * An unknown client (`stored` null) takes the way of a wrong secret, so that nobody learns which clients exist.
 */
export async function verifySecret(secret: string, stored: string | null): Promise<boolean> {
  if (stored?.startsWith('argon2id$')) return verifyPassword(secret, stored);
  const kept = stored ?? `sha256$${'A'.repeat(43)}`;
  return timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(kept)) && stored !== null;
}

function hashOf(secret: string): string {
  return `sha256$${createHash('sha256').update(secret).digest('base64url')}`;
}
