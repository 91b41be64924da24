import { createHash, randomBytes, randomInt } from 'node:crypto';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call, Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { counterOf } from './attempt.store.ts';
import { type Attempt, beginAttempt, succeed } from './attempts.ts';
import {
  approve,
  copyProviderSession,
  findWaiting,
  holdDeviceCode,
  isOfProgram,
  noteAsked,
  refuse,
  removeDeviceCode,
  saveDeviceCode,
  type WaitingProgram,
} from './device-code.store.ts';
import { hashOfToken, type NewSession, openSession } from './open-session.ts';
import { withPasswordIfAny } from './present-password.ts';
import type { Origin } from './sign-in.ts';

/** Consonants that are not mistaken for each other and make no words (RFC 8628, 6.1): 20^8 codes. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const CODE_LENGTH = 8;
const CODE_MINUTES = 10;
const INTERVAL_SECONDS = 2;
/** How much longer a program has to wait that asks too soon (RFC 8628, 3.5). */
const SLOW_DOWN_SECONDS = 5;
/** A clock and a network are not that exact. */
const GRACE_SECONDS = 0.5;
const WRONG_CODES = 5;

type Requested = {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly expiresAt: string;
  readonly intervalSeconds: number;
};

/** Begins to sign a program in: what it asks with, and what it shows. Only hashes of both are kept. */
export async function requestDeviceCode(
  { database, clock }: Context,
  program: string,
  { address }: Pick<Origin, 'address'>,
): Promise<Requested> {
  const deviceCode = randomBytes(32).toString('base64url');
  const letters = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const now = clock.now();
  const expiresAt = now.add({ minutes: CODE_MINUTES }).toString();
  await database.asSystem((tx) =>
    saveDeviceCode(tx, {
      deviceHash: hashOfToken(deviceCode),
      userHash: hashOfUserCode(letters),
      program,
      address,
      requestedAt: now.toString(),
      expiresAt,
      intervalSeconds: INTERVAL_SECONDS,
    }),
  );
  const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  return { deviceCode, userCode, expiresAt, intervalSeconds: INTERVAL_SECONDS };
}

type Told = { readonly intervalSeconds: number; readonly session: NewSession | null };

/**
 * What became of a code: nothing yet, or a session of whoever approved it, which is opened now and told once. Refused: the code is unknown,
 * too old or was used; it was turned away.
 */
export async function askDeviceCode(context: Context, deviceCode: string, origin: Origin): Promise<Outcome<Told>> {
  const { database, clock } = context;
  const deviceHash = hashOfToken(deviceCode);
  const now = clock.now();
  return database.asSystem(async (tx): Promise<Outcome<Told>> => {
    const held = await holdDeviceCode(tx, deviceHash, now.toString());
    if (!held) return refused({ code: 'device-code-not-valid' });
    const { askedAt, approved } = held;
    if (held.isRefused) {
      await removeDeviceCode(tx, deviceHash);
      return refused({ code: 'device-code-refused' });
    }
    if (!approved) {
      const waited = askedAt === null ? Infinity : now.since(Temporal.Instant.from(askedAt)).total('seconds');
      const isTooSoon = waited < held.intervalSeconds - GRACE_SECONDS;
      const intervalSeconds = held.intervalSeconds + (isTooSoon ? SLOW_DOWN_SECONDS : 0);
      await noteAsked(tx, deviceHash, { askedAt: now.toString(), intervalSeconds });
      return accepted({ intervalSeconds, session: null });
    }
    await removeDeviceCode(tx, deviceHash);
    const session = await openSession(context, tx, approved.actor, { by: 'device', ...origin });
    await copyProviderSession(tx, approved.actor, approved.sessionId, session.sessionId);
    return accepted({ intervalSeconds: held.intervalSeconds, session });
  });
}

/** The program that waits with a code. Refused: unknown, too old or answered; too many wrong codes of this agent. */
export async function showDeviceCode(call: Call, userCode: string): Promise<Outcome<WaitingProgram>> {
  const { actor, clock, database } = call;
  const attempt: Attempt = {
    counters: [counterOf(WRONG_CODES, 'device code', actor.agentId)],
    isKnownDevice: false,
  };
  const until = await beginAttempt(call, attempt);
  if (until) return refused({ code: 'sign-in-locked', until });
  return database.asSystem(async (tx): Promise<Outcome<WaitingProgram>> => {
    const found = await findWaiting(tx, hashOfUserCode(userCode), clock.now().toString());
    if (!found) return refused({ code: 'device-code-not-valid' });
    await succeed(tx, attempt);
    return accepted(found);
  });
}

/**
 * Lets the program in as the agent, whose rights it has from then on. An agent with a password gives it, as a session in the wrong hands must not
 * outlast itself; that of a program lets none in. Refused: the code, the password, a session of a program.
 */
export async function approveDeviceCode(
  call: Call,
  userCode: string,
  password: string | undefined,
): Promise<Outcome<undefined>> {
  const { actor, clock, database } = call;
  if (await database.read(actor.partner.partnerId, (tx) => isOfProgram(tx, actor)))
    return refused({ code: 'browser-needed' });
  const shown = await showDeviceCode(call, userCode);
  if (!shown.ok) return shown;
  return withPasswordIfAny(call, password, async (tx): Promise<Outcome<undefined>> => {
    const approved = await approve(tx, actor, hashOfUserCode(userCode), clock.now().toString());
    if (!approved) return refused({ code: 'device-code-not-valid' });
    await record(tx, call, 'agent.program-approved', approved);
    return accepted(undefined);
  });
}

/** Turns the program away. Refused: the code. */
export async function refuseDeviceCode(call: Call, userCode: string): Promise<Outcome<undefined>> {
  const { actor, clock, database } = call;
  const shown = await showDeviceCode(call, userCode);
  if (!shown.ok) return shown;
  return database.write(actor.partner.partnerId, async (tx): Promise<Outcome<undefined>> => {
    const turnedAway = await refuse(tx, hashOfUserCode(userCode), clock.now().toString());
    if (!turnedAway) return refused({ code: 'device-code-not-valid' });
    await record(tx, call, 'agent.program-refused', turnedAway);
    return accepted(undefined);
  });
}

async function record(
  tx: Transaction,
  call: Call,
  action: 'agent.program-approved' | 'agent.program-refused',
  details: { readonly program: string; readonly address: string },
): Promise<void> {
  const { agentId, partner } = call.actor;
  await saveAudit(tx, [toAuditRow(call, { customerId: partner.partnerId, action, subjectId: agentId, details })]);
}

/** As people type it: with whatever between the letters, and in lower case. */
function hashOfUserCode(typed: string): Buffer {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return createHash('sha256').update(`device ${letters}`).digest();
}
