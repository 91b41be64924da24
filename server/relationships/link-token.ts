import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A secret for a link or a browser. It is shown once; only its hash is kept. */
export function makeToken(): { readonly token: string; readonly hash: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hashOf(token) };
}

export function hashOf(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(parts.join(' ')).digest();
}

/** Where a customer's administrator answers. The secret stands behind the #: browsers send it to no server, and no log holds it. */
export function acceptanceLink(publicUrl: string, token: string): string {
  return `${publicUrl}/accept#${token}`;
}
