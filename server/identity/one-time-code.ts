import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { useRecoveryCode, useStep } from './second-factor.store.ts';

/** As every authenticator app takes it without asking: SHA-1, six digits, 30 seconds (RFC 6238). */
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** Letters and digits that nobody takes for another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

export function createTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What a QR code says to an authenticator app. */
export function addressOfSecret(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/** The step of time that a code belongs to: the present one, the one before or after it; undefined: a wrong code. */
export function stepOfCode(secret: string, code: string, now: Temporal.Instant): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const timestamp = now.epochMilliseconds;
  const delta = totpOf(secret, '').validate({ token, timestamp, window: 1 });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}

/** Uses up a code of the app, or a recovery code, as an agent; false: it is wrong, or was used before. */
export async function useCode(
  tx: Transaction,
  actor: Actor,
  given: { readonly secret: string; readonly code: string; readonly now: Temporal.Instant },
): Promise<boolean> {
  const step = stepOfCode(given.secret, given.code, given.now);
  return step === undefined ? useRecoveryCode(tx, actor, hashOfRecoveryCode(given.code)) : useStep(tx, actor, step);
}

/** Ten codes for the day that the telephone is lost, of 79 random bits each: one fast hash keeps them. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: GROUPS }, () => Array.from({ length: GROUP_LENGTH }, randomLetter).join('')).join('-'),
  );
}

export function hashOfRecoveryCode(code: string): Buffer {
  const letters = code.toLowerCase().replace(/[^a-z0-9]/g, '');
  return createHash('sha256').update(letters).digest();
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Yükselt', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS, digits: 6 });
}

/** Bytes past the last whole alphabet are thrown again, so that each letter is as likely as any other. */
function randomLetter(): string {
  for (;;) {
    const [byte = 255] = randomBytes(1);
    if (byte < ALPHABET.length * Math.floor(256 / ALPHABET.length)) return ALPHABET.charAt(byte % ALPHABET.length);
  }
}
