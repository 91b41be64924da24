import { createHash, randomBytes } from 'node:crypto';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Actor, Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { saveSession, type SignInMethod } from './session.store.ts';

export type NewSession = {
  readonly token: string;
  readonly sessionId: string;
  readonly expiresAt: Temporal.Instant;
  readonly actor: Actor;
};

/** How and from where somebody got in. */
export type Entrance = {
  readonly by: SignInMethod;
  readonly address: string;
  readonly userAgent: string;
  /** What the identity provider calls its own session. */
  readonly providerSession?: string | undefined;
  readonly correlationId?: string | undefined;
};

const LONGEST_USER_AGENT = 400;

/**
 * Opens a new session and records that the agent signed in; `tx` is the system's. Never one that the caller named: nobody can put a known
 * session into another's browser. Its token is shown once; only its hash is kept.
 */
export async function openSession(
  context: Context,
  tx: Transaction,
  actor: Actor,
  { by, address, userAgent, providerSession, correlationId }: Entrance,
): Promise<NewSession> {
  const token = randomBytes(32).toString('base64url');
  const sessionId = context.newId();
  const now = context.clock.now();
  const expiresAt = now.add({ hours: context.sessionLimits.hours });
  await saveSession(tx, actor, {
    tokenHash: hashOfToken(token),
    sessionId,
    method: by,
    address,
    userAgent: userAgent.toWellFormed().replaceAll('\0', '').slice(0, LONGEST_USER_AGENT).toWellFormed(),
    createdAt: now.toString(),
    expiresAt: expiresAt.toString(),
    providerSession: providerSession ?? null,
  });
  const origin = { address, clientId: null };
  const call = { ...context, actor, correlationId: correlationId ?? context.newId(), origin };
  const customerId = actor.partner.partnerId;
  const details = { method: by, address, sessionId };
  await saveAudit(tx, [toAuditRow(call, { customerId, action: 'agent.signed-in', subjectId: actor.agentId, details })]);
  return { token, sessionId, expiresAt, actor };
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
