import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Actor, Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type Counter, counterOf, countAttempt, forgetAttempts, takeBackAttempt } from './attempt.store.ts';
import { findKnownSources, saveKnownSources } from './known-source.store.ts';

/** Failures that are let pass without a pause. */
const LIMITS = { ofOne: 5, ofAccount: 20, ofAddress: 50 };

/** Where an attempt comes from: the token of a browser that was given one, and the address. */
export type Source = { readonly device?: string | undefined; readonly address: string };

/** The counters of one attempt; the first is of whom it comes from alone. */
export type Attempt = { readonly counters: readonly [Counter, ...Counter[]]; readonly isKnownDevice: boolean };

/**
 * Which counters an attempt to sign in goes by. A browser that signed in before has one of its own, so that nobody from elsewhere can lock its
 * owner out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"); neither can they an owner at an address of before.
 */
export async function findAttempt(tx: Transaction, email: string, { device, address }: Source): Promise<Attempt> {
  const account = email.toLowerCase();
  const network = networkOf(address);
  const deviceHash = device === undefined ? undefined : hashOfSource('device', device);
  const networkHash = hashOfSource('address', network);
  const known = await findKnownSources(tx, email, deviceHash ? [deviceHash, networkHash] : [networkHash]);
  const isKnown = (hash: Buffer | undefined) => hash !== undefined && known.some((one) => one.equals(hash));
  if (device !== undefined && isKnown(deviceHash)) {
    return { counters: [counterOf(LIMITS.ofOne, 'device', account, device)], isKnownDevice: true };
  }
  const own = counterOf(LIMITS.ofOne, 'account at address', account, network);
  const ofAddress = counterOf(LIMITS.ofAddress, 'address', network);
  return {
    counters: isKnown(networkHash)
      ? [own, ofAddress]
      : [own, ofAddress, counterOf(LIMITS.ofAccount, 'account', account)],
    isKnownDevice: false,
  };
}

/** The counter of somebody who is signed in and asked for the password again. */
export function attemptOfAgent({ agentId }: Actor): Attempt {
  return { counters: [counterOf(LIMITS.ofOne, 'agent', agentId)], isKnownDevice: false };
}

/** Counts the attempt as failed for the time being; a moment: it is not tried at all before that. */
export function beginAttempt(
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  { counters }: Attempt,
): Promise<Temporal.Instant | undefined> {
  return database.asSystem((tx) => countAttempt(tx, counters, clock.now()));
}

/** The attempt has not failed; nothing else is known yet. */
export async function takeBack(tx: Transaction, { counters }: Attempt): Promise<void> {
  await takeBackAttempt(tx, counters);
}

/** The attempt was right: its own counter begins anew. What others failed at still counts. */
export async function succeed(tx: Transaction, { counters: [own, ...others] }: Attempt): Promise<void> {
  await forgetAttempts(tx, own);
  if (others.length > 0) await takeBackAttempt(tx, others);
}

/** Remembers where an agent signed in from. */
export async function remember(tx: Transaction, actor: Actor, { device, address }: Source, now: string) {
  const hashes = [hashOfSource('address', networkOf(address))];
  if (device !== undefined) hashes.push(hashOfSource('device', device));
  await saveKnownSources(tx, actor, hashes, now);
}

/** Whoever has one address of IPv6 has 2^64 of them. */
export function networkOf(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined || !isIPv6(address)) return v4 ?? address;
  const [plain = ''] = address.split('%');
  const [head = '', tail] = plain.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const all = [...before, ...Array<string>(Math.max(8 - before.length - after.length, 0)).fill('0'), ...after];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function hashOfSource(kind: 'device' | 'address', value: string): Buffer {
  return createHash('sha256').update(`${kind} ${value}`).digest();
}
