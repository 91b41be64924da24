import { may, ROLES, type Role } from './may.ts';

/** A person of a partner, as far as the rules about persons ask. */
export type Colleague = {
  readonly agentId: string;
  readonly roles: readonly Role[];
  /** False while invited, removed, or waiting for a new password. */
  readonly canSignIn: boolean;
};

/** Why nobody, or not this administrator, may do something to a person. */
export type AgentRefusal = 'own-account' | 'global-admin-only' | 'last-global-admin';

/** Who acts on whom; `colleagues` are all persons of the partner, the two among them. */
export type AgentAct = {
  readonly actor: Colleague;
  readonly target: Colleague;
  readonly colleagues: readonly Colleague[];
};

/**
 * The roles that an administrator may give a person or take from one. A User management admin gives every role but Global admin, also such
 * as it does not hold: handing out roles is what it is for, and it cannot give itself any. Global admin stands above it and is given and
 * taken by Global admins alone.
 */
export function rolesToAssign(held: readonly Role[]): readonly Role[] {
  if (!may(held, 'manageAgents')) return [];
  return held.includes('globalAdmin') ? ROLES : ROLES.filter((role) => role !== 'globalAdmin');
}

/** Refused: one's own roles, a role that the actor may not give or take, the last Global admin's. */
export function refuseRoles(act: AgentAct, roles: readonly Role[]): AgentRefusal | undefined {
  const { actor, target } = act;
  if (isOwn(act)) return 'own-account';
  const changed = ROLES.filter((role) => target.roles.includes(role) !== roles.includes(role));
  if (changed.some((role) => !rolesToAssign(actor.roles).includes(role))) return 'global-admin-only';
  return roles.includes('globalAdmin') ? undefined : refuseLast(act);
}

/** Refused: oneself, a Global admin to others than Global admins, the last Global admin. Removing takes the roles away in effect. */
export function refuseRemoval(act: AgentAct): AgentRefusal | undefined {
  return isOwn(act) ? 'own-account' : (refuseAbove(act) ?? refuseLast(act));
}

/** Taking somebody back gives the roles again. Refused: a Global admin to others than Global admins. */
export function refuseReturn(act: AgentAct): AgentRefusal | undefined {
  return refuseAbove(act);
}

/** A new password for somebody else: whoever gets the link gets the roles. Refused as removal is. */
export function refusePasswordReset(act: AgentAct): AgentRefusal | undefined {
  return refuseRemoval(act);
}

/** Taking a second factor away locks nobody out. Refused: one's own, a Global admin's to others than Global admins. */
export function refuseSecondFactorReset(act: AgentAct): AgentRefusal | undefined {
  return isOwn(act) ? 'own-account' : refuseAbove(act);
}

/** Whether one person is all that is left of those who can sign in as a Global admin. */
export function isLastGlobalAdmin(agentId: string, colleagues: readonly Colleague[]): boolean {
  const left = colleagues.filter(({ roles, canSignIn }) => canSignIn && roles.includes('globalAdmin'));
  return left.length === 1 && left[0]?.agentId === agentId;
}

function isOwn({ actor, target }: AgentAct): boolean {
  return actor.agentId === target.agentId;
}

function refuseAbove({ actor, target }: AgentAct): AgentRefusal | undefined {
  const held = rolesToAssign(actor.roles);
  return target.roles.every((role) => held.includes(role)) ? undefined : 'global-admin-only';
}

function refuseLast({ target, colleagues }: AgentAct): AgentRefusal | undefined {
  return isLastGlobalAdmin(target.agentId, colleagues) ? 'last-global-admin' : undefined;
}
