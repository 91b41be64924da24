import { type AgentAct, type AgentRefusal, isLastGlobalAdmin } from '../../core/access/agent-rules.ts';
import { may, type Role, ROLES } from '../../core/access/may.ts';
import { refused } from '../../core/values/result.ts';
import { type AuditEntry, saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Actor, Call } from '../context.ts';
import { checkRole, type Failure, notFound, type Outcome, refusedByRole } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { type AgentRecord, findColleagues, lockAgents } from './colleague.store.ts';

/** The people of the partner as they are under the lock; the caller is one of them. */
export type Staff = { readonly actor: AgentRecord; readonly colleagues: readonly AgentRecord[] };

/**
 * Does an act of an administrator on the partner's people, one at a time. What the caller may is asked again under the lock: a colleague
 * may have removed it, or taken its role, since the request came in. Refused: role.
 */
export async function asAdministrator<Value>(
  { actor, database }: Call,
  work: (tx: Transaction, staff: Staff) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'manageAgents');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<Value>> => {
    await lockAgents(tx, partnerId);
    const colleagues = await findColleagues(tx, partnerId);
    const found = colleagues.find(({ agentId, state }) => agentId === actor.agentId && state === 'active');
    if (!found || !may(found.roles, 'manageAgents')) return refusedByRole(found?.roles ?? [], 'manageAgents');
    return work(tx, { actor: found, colleagues });
  });
}

/** Does an act on one agent. Refused: role, an unknown agent or another partner's, whatever the rule refuses. */
export function onAgent<Value>(
  call: Call,
  agentId: string,
  refuse: (act: AgentAct) => AgentRefusal | undefined,
  work: (tx: Transaction, target: AgentRecord) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  return asAdministrator(call, async (tx, staff): Promise<Outcome<Value>> => {
    const target = staff.colleagues.find((one) => one.agentId === agentId);
    if (!target) return notFound('agent', agentId);
    const refusal = refuse({ ...staff, target });
    return refusal ? failureOf(refusal, staff.actor) : work(tx, target);
  });
}

export function failureOf(
  refusal: AgentRefusal,
  { roles }: Pick<AgentRecord, 'roles'>,
): { readonly ok: false; readonly refused: Failure } {
  return refusal === 'global-admin-only'
    ? refused({ code: 'role-not-allowed', held: roles, roles: ['globalAdmin'] })
    : refused({ code: refusal });
}

/** The roles that somebody gets from elsewhere than an administrator: the last Global admin keeps that role also then. */
export async function keepLastGlobalAdmin(
  tx: Transaction,
  { agentId, partner, roles: held }: Actor,
  roles: readonly Role[],
): Promise<readonly Role[]> {
  if (!held.includes('globalAdmin') || roles.includes('globalAdmin')) return roles;
  await lockAgents(tx, partner.partnerId);
  const isLast = isLastGlobalAdmin(agentId, await findColleagues(tx, partner.partnerId));
  return isLast ? ROLES.filter((role) => role === 'globalAdmin' || roles.includes(role)) : roles;
}

/** One line of the audit log of an act on an agent. */
export async function recordOn(
  tx: Transaction,
  call: Call,
  action: AuditEntry['action'],
  agentId: string,
  details: object = {},
): Promise<void> {
  const customerId = call.actor.partner.partnerId;
  await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId: agentId, details })]);
}
