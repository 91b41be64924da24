import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { withPasswordIfAny } from './present-password.ts';
import { findSessions, removeSession, removeSessions, type Session } from './session.store.ts';

/** The live sessions of the agent, the one seen last first. */
export async function listSessions({ actor, clock, database, sessionLimits }: Call): Promise<Outcome<Session[]>> {
  const now = clock.now().toString();
  return accepted(
    await database.read(actor.partner.partnerId, (tx) => findSessions(tx, actor, now, sessionLimits.idleMinutes)),
  );
}

/**
 * Ends one of the agent's own sessions; its token stops working at once. For another than the one that asks, an agent with a password gives it:
 * whoever took a session must not throw its owner out. Refused: none of this id, the password.
 */
export async function endSession(
  call: Call,
  sessionId: string,
  password: string | undefined,
): Promise<Outcome<undefined>> {
  const { actor, database } = call;
  const end = async (tx: Transaction): Promise<Outcome<undefined>> => {
    if (!(await removeSession(tx, actor, sessionId))) return notFound('session', sessionId);
    await saveAudit(tx, [rowOf(call, { sessionId })]);
    return accepted(undefined);
  };
  return sessionId === actor.sessionId
    ? database.write(actor.partner.partnerId, end)
    : withPasswordIfAny(call, password, end);
}

/** Ends every session of the agent but the one that asks. A repeat does nothing. Refused: the password, as for one. */
export async function endOtherSessions(call: Call, password: string | undefined): Promise<Outcome<undefined>> {
  const { actor } = call;
  return withPasswordIfAny(call, password, async (tx): Promise<Outcome<undefined>> => {
    const ended = await removeSessions(tx, actor, actor.sessionId);
    if (ended > 0) await saveAudit(tx, [rowOf(call, { ended })]);
    return accepted(undefined);
  });
}

function rowOf(call: Call, details: object) {
  const { agentId, partner } = call.actor;
  return toAuditRow(call, {
    customerId: partner.partnerId,
    action: 'agent.session-ended',
    subjectId: agentId,
    details,
  });
}
