import {
  type AgentAct,
  type AgentRefusal,
  refusePasswordReset,
  refuseRemoval,
  refuseReturn,
  refuseRoles,
  refuseSecondFactorReset,
  rolesToAssign,
} from '../../core/access/agent-rules.ts';
import { type Action, type Role, rolesThatMay } from '../../core/access/may.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { type AgentRecord, findColleagues, findHolders } from './colleague.store.ts';

const NAMES_SHOWN = 5;

export type AgentAsked =
  | 'changeRoles'
  | 'takeGlobalAdmin'
  | 'remove'
  | 'restore'
  | 'resetPassword'
  | 'resetSecondFactor';

/** An agent with what stands in the way of each act of the caller on it. */
export type ListedAgent = AgentRecord & { readonly hindrances: Readonly<Record<AgentAsked, AgentRefusal | undefined>> };

/** The people of the partner, and the roles that the caller may give them. Refused: role. */
export async function listAgents({
  actor,
  database,
}: Call): Promise<Outcome<{ readonly agents: readonly ListedAgent[]; readonly rolesToGive: readonly Role[] }>> {
  const allowed = checkRole(actor.roles, 'manageAgents');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const colleagues = await database.read(partnerId, (tx) => findColleagues(tx, partnerId));
  const self = { ...actor, canSignIn: true };
  return accepted({
    agents: colleagues.map((target) => withHindrances({ actor: self, target, colleagues }, target)),
    rolesToGive: rolesToAssign(actor.roles),
  });
}

/** One agent as it is after an act. @throws RangeError when it is not there. */
export async function showListed(tx: Transaction, { actor }: Call, agentId: string): Promise<ListedAgent> {
  const colleagues = await findColleagues(tx, actor.partner.partnerId);
  const target = colleagues.find((one) => one.agentId === agentId);
  if (!target) throw new RangeError(`no agent ${agentId} although it was just saved`);
  return withHindrances({ actor: { ...actor, canSignIn: true }, target, colleagues }, target);
}

/** Whom of the partner's people to ask for an action: names, five at most, and how many there are. */
export async function listAgentsThatMay(
  { actor, database }: Call,
  action: Action,
): Promise<Outcome<{ readonly names: string[]; readonly count: number }>> {
  const { partnerId } = actor.partner;
  return accepted(
    await database.read(partnerId, (tx) => findHolders(tx, partnerId, rolesThatMay(action), NAMES_SHOWN)),
  );
}

function withHindrances(act: AgentAct, target: AgentRecord): ListedAgent {
  const { roles } = target;
  const without = roles.filter((role) => role !== 'globalAdmin');
  return {
    ...target,
    hindrances: {
      changeRoles: refuseRoles(act, roles),
      takeGlobalAdmin: roles.includes('globalAdmin') ? refuseRoles(act, without) : undefined,
      remove: refuseRemoval(act),
      restore: refuseReturn(act),
      resetPassword: refusePasswordReset(act),
      resetSecondFactor: refuseSecondFactorReset(act),
    },
  };
}
