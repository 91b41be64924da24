import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgentAct,
  type Colleague,
  isLastGlobalAdmin,
  refusePasswordReset,
  refuseRemoval,
  refuseReturn,
  refuseRoles,
  refuseSecondFactorReset,
  rolesToAssign,
} from './agent-rules.ts';
import { may, type Role, ROLES } from './may.ts';

const roles = fc.subarray([...ROLES]);
const person = fc.record({ roles, canSignIn: fc.boolean() });
/** Any administrator of any company, on any person of it; at times on itself. */
const acts: fc.Arbitrary<AgentAct> = fc
  .record({ people: fc.array(person, { minLength: 1, maxLength: 5 }), own: roles, place: fc.nat() })
  .filter(({ own }) => may(own, 'manageAgents'))
  .map(({ people, own, place }) => {
    const actor: Colleague = { agentId: 'actor', roles: own, canSignIn: true };
    const colleagues = [actor, ...people.map((one, index): Colleague => ({ agentId: `other-${index}`, ...one }))];
    return { actor, colleagues, target: colleagues[place % colleagues.length] ?? actor };
  });

const isGlobalAdmin = ({ roles: held }: { roles: readonly Role[] }) => held.includes('globalAdmin');
const adminsIn = (colleagues: readonly Colleague[]) => colleagues.filter((one) => one.canSignIn && isGlobalAdmin(one));
const changed = ({ colleagues, target }: AgentAct, change: Partial<Colleague>) =>
  colleagues.map((one) => (one.agentId === target.agentId ? { ...one, ...change } : one));

describe('the roles that an administrator gives', () => {
  it('are all of them to a Global admin, all but that one to a User management admin, and none to anybody else', () => {
    expect(rolesToAssign(['globalAdmin'])).toEqual(ROLES);
    expect(rolesToAssign(['userManagementAdmin'])).toEqual(ROLES.filter((role) => role !== 'globalAdmin'));
    for (const role of ROLES.filter((one) => !may([one], 'manageAgents'))) expect(rolesToAssign([role])).toEqual([]);
  });

  it('are nobody’s own', () => {
    fc.assert(
      fc.property(acts, roles, (act, wanted) => {
        expect(refuseRoles({ ...act, target: act.actor }, wanted)).toBe('own-account');
      }),
    );
  });

  it('include Global admin, given or taken, only where a Global admin gives or takes it', () => {
    fc.assert(
      fc.property(acts, roles, (act, wanted) => {
        if (refuseRoles(act, wanted) !== undefined || isGlobalAdmin(act.actor)) return;
        expect(wanted.includes('globalAdmin')).toBe(isGlobalAdmin(act.target));
      }),
    );
  });

  it('let no right be given that the giver could not give in one step', () => {
    fc.assert(
      fc.property(acts, roles, (act, wanted) => {
        if (refuseRoles(act, wanted) !== undefined) return;
        const fresh = wanted.filter((role) => !act.target.roles.includes(role));
        expect(fresh.filter((role) => !rolesToAssign(act.actor.roles).includes(role))).toEqual([]);
      }),
    );
  });
});

describe('the last Global admin that can sign in', () => {
  it('is still there after every act that is allowed', () => {
    fc.assert(
      fc.property(acts, roles, (act, wanted) => {
        const before = adminsIn(act.colleagues).length;
        const after = [
          ...(refuseRoles(act, wanted) ? [] : [changed(act, { roles: wanted })]),
          ...(refuseRemoval(act) ? [] : [changed(act, { canSignIn: false })]),
          ...(refusePasswordReset(act) ? [] : [changed(act, { canSignIn: false })]),
        ];
        if (before > 0) for (const colleagues of after) expect(adminsIn(colleagues).length).toBeGreaterThan(0);
      }),
    );
  });

  it('is nobody as long as there are two, and no one who cannot sign in', () => {
    fc.assert(
      fc.property(acts, ({ colleagues }) => {
        const last = colleagues.filter(({ agentId }) => isLastGlobalAdmin(agentId, colleagues));
        expect(last).toEqual(adminsIn(colleagues).length === 1 ? adminsIn(colleagues) : []);
      }),
    );
  });

  it('keeps the role among others, and may get more', () => {
    const target: Colleague = { agentId: 'last', roles: ['globalAdmin'], canSignIn: true };
    const actor: Colleague = { agentId: 'leaver', roles: ['globalAdmin'], canSignIn: false };
    const act = { actor, target, colleagues: [actor, target] };
    expect(refuseRoles(act, ['globalAdmin', 'adminAgent'])).toBeUndefined();
    expect(refuseRoles(act, ['adminAgent'])).toBe('last-global-admin');
    expect(refuseRemoval(act)).toBe('last-global-admin');
    expect(refusePasswordReset(act)).toBe('last-global-admin');
    expect(refuseSecondFactorReset(act)).toBeUndefined();
  });
});

describe('a User management admin', () => {
  it('reaches no Global admin: neither to remove, nor to take back, nor by a new password or without the second factor', () => {
    fc.assert(
      fc.property(acts, (act) => {
        if (isGlobalAdmin(act.actor) || !isGlobalAdmin(act.target)) return;
        const asked = [refuseRemoval, refuseReturn, refusePasswordReset, refuseSecondFactorReset];
        expect(asked.map((refuse) => refuse(act))).toEqual(Array(4).fill('global-admin-only'));
      }),
    );
  });
});

describe('an administrator', () => {
  it('neither removes itself nor resets its own password or second factor here', () => {
    fc.assert(
      fc.property(acts, (act) => {
        const own = { ...act, target: act.actor };
        const asked = [refuseRemoval, refusePasswordReset, refuseSecondFactorReset];
        expect(asked.map((refuse) => refuse(own))).toEqual(Array(3).fill('own-account'));
      }),
    );
  });
});
