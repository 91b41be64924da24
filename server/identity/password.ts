import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { isObviousPassword } from '../../core/access/obvious-password.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Outcome } from '../failure.ts';
import { createTurns } from '../jobs/turns.ts';

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: object) => Promise<Buffer>;

/** What a hash costs: memory in KiB, passes over it, threads. */
export type PasswordCost = { readonly memory: number; readonly passes: number; readonly parallelism: number };
type Stored = { readonly cost: PasswordCost; readonly nonce: Buffer; readonly hash: Buffer };

/** 64 MiB and two passes: about 150 ms of one core of 2026, three times what OWASP asks for at least. */
const COST: PasswordCost = { memory: 65_536, passes: 2, parallelism: 1 };
/** What hashes of the first form were made with. */
const FIRST_COST: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 };
const HASH_BYTES = 32;
const NOBODYS = { nonce: Buffer.alloc(16), hash: Buffer.alloc(HASH_BYTES) };

/** Each hash takes 64 MiB and a thread of the pool that files and name look-ups need as well. */
const turns = createTurns({ atOnce: 2, waiting: 100 });

/** A password as it is stored: a PHC string, `$argon2id$v=19$m=65536,t=2,p=1$salt$hash`. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await deriveHash(password, nonce, cost);
  return `$argon2id$v=19$${parametersOf(cost)}$${base64(nonce)}$${base64(hash)}`;
}

/** Takes equally long for an unknown agent (`stored` null), so that nobody learns which addresses exist. */
export async function verifyPassword(password: string, stored: string | null, nobodys = COST): Promise<boolean> {
  const { cost, nonce, hash } = stored === null ? { cost: nobodys, ...NOBODYS } : readStored(stored);
  const derived = await deriveHash(password, nonce, cost);
  return derived.length === hash.length && timingSafeEqual(derived, hash) && stored !== null;
}

/** Whether a hash was made with other parameters than new ones are. */
export function isOutdated(stored: string, cost = COST): boolean {
  return !stored.startsWith(`$argon2id$v=19$${parametersOf(cost)}$`);
}

/** Refused: a new password that is too easy to guess, for somebody of whom this much is known. */
export function checkNewPassword(
  password: string,
  { email, displayName, partnerName }: { email: string; displayName: string; partnerName: string },
  field = 'password',
): Outcome<undefined> {
  return isObviousPassword(password, [email, displayName, partnerName, 'Yükselt'])
    ? refused({ code: 'invalid-field', field, expected: 'newPassword' })
    : accepted(undefined);
}

/** One password can be typed in several ways; all count as the same (NIST SP 800-63B section 3.1.1.2). */
function deriveHash(password: string, nonce: Buffer, cost: PasswordCost): Promise<Buffer> {
  const message = password.normalize('NFKC');
  return turns(() => derive('argon2id', { message, nonce, ...cost, tagLength: HASH_BYTES }));
}

function parametersOf({ memory, passes, parallelism }: PasswordCost): string {
  return `m=${memory},t=${passes},p=${parallelism}`;
}

/** @throws RangeError for what is no hash: only the database's own hand could have put it there. */
function readStored(stored: string): Stored {
  const [algorithm, salt = '', first = ''] = stored.split('$');
  if (algorithm === 'argon2id') {
    return { cost: FIRST_COST, nonce: Buffer.from(salt, 'base64url'), hash: Buffer.from(first, 'base64url') };
  }
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
  if (!found) throw new RangeError('a stored password is no hash that is known here');
  const [, memory, passes, parallelism, nonce = '', hash = ''] = found;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    nonce: Buffer.from(nonce, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** As PHC strings have it: without padding. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
