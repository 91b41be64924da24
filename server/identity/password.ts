import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: object) => Promise<Buffer>;

/** OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

/** A password as it is stored: algorithm, salt and hash. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive('argon2id', { message: password, nonce, ...COST });
  return `argon2id$${nonce.toString('base64url')}$${hash.toString('base64url')}`;
}

/** Takes equally long for an unknown agent (`stored` null), so that nobody learns which addresses exist. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, salt, hash] = (stored ?? `argon2id$${'A'.repeat(22)}$${'A'.repeat(43)}`).split('$');
  const nonce = Buffer.from(salt ?? '', 'base64url');
  const derived = await derive('argon2id', { message: password, nonce, ...COST });
  return timingSafeEqual(derived, Buffer.from(hash ?? '', 'base64url')) && stored !== null;
}
