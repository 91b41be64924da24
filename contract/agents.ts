import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { session } from './sessions.ts';
import { id, moment, role, text } from './values.ts';
import { rule } from './words.ts';

const roles = z
  .array(role)
  .refine((given) => new Set(given).size === given.length, rule('eachOnce'))
  .meta({ uniqueItems: true });

/** Why the caller may not do something to an agent; null: it may. */
const hindrance = z.enum(['own-account', 'global-admin-only', 'last-global-admin']).nullable();
export type HindranceOnWire = z.infer<typeof hindrance>;

const agent = z.object({
  agentId: id,
  displayName: z.string(),
  email: z.string(),
  roles: z.array(role),
  state: z.enum(['invited', 'active', 'removed']),
  secondFactor: z.boolean(),
  /** To the minute; null: never signed in. */
  lastSeenAt: moment.nullable(),
  /** Until when an open link of the agent is good, for an invitation or a new password; null: there is none. */
  linkUntil: moment.nullable(),
  /** The names of the API clients whose present secret the agent made, and may have kept. */
  secretsKnown: z.array(z.string()),
  /** What stands in the way of each act of the caller on this agent. */
  hindrances: z.object({
    changeRoles: hindrance,
    /** Of taking the role Global admin away, where that is held. */
    takeGlobalAdmin: hindrance,
    remove: hindrance,
    restore: hindrance,
    resetPassword: hindrance,
    resetSecondFactor: hindrance,
  }),
});
export type ManagedAgentOnWire = z.infer<typeof agent>;

const withLink = z.object({
  agent,
  /** Where the agent sets a password: a path of the portal. Shown in this answer alone, good once. */
  joinPath: z.string(),
  expiresAt: moment,
});
export type JoinLinkOnWire = z.infer<typeof withLink>;

const params = z.object({ agentId: id });
const token = z.string().max(200);
const refusals = ['role-not-allowed', 'not-found', 'own-account', 'last-global-admin', 'agent-removed'] as const;

export const agentEndpoints = {
  listAgents: {
    ...routes.listAgents,
    asks: 'manageAgents',
    tag: 'Agents',
    summary: 'The people of the partner, also those invited and those removed, and the roles that the caller may give',
    status: 200,
    answer: z.object({ items: z.array(agent), rolesToGive: z.array(role) }),
    problems: ['role-not-allowed'],
  },
  inviteAgent: {
    ...routes.inviteAgent,
    asks: 'manageAgents',
    tag: 'Agents',
    summary: 'Invite somebody; the answer shows the link, once, at which they set a password within seven days',
    body: z.strictObject({ email: z.email().max(254), displayName: text(200), roles }),
    status: 201,
    answer: withLink,
    problems: ['role-not-allowed', 'agent-exists'],
  },
  changeAgentRoles: {
    ...routes.changeAgentRoles,
    asks: 'manageAgents',
    tag: 'Agents',
    summary: 'Give an agent these roles instead of those that it has; they count from the next request on',
    params,
    body: z.strictObject({ roles }),
    status: 200,
    answer: agent,
    problems: refusals,
  },
  removeAgent: {
    ...routes.removeAgent,
    asks: 'manageAgents',
    tag: 'Agents',
    summary:
      'Take all access away from an agent at once, and from the programs in its name; its open upgrades go on, and the history keeps its name',
    params,
    status: 204,
    answer: z.undefined(),
    problems: refusals,
  },
  restoreAgent: {
    ...routes.restoreAgent,
    asks: 'manageAgents',
    tag: 'Agents',
    summary: 'Take a removed agent back with the roles that it had; its programs stay revoked',
    params,
    status: 200,
    answer: agent,
    problems: ['role-not-allowed', 'not-found'],
  },
  resetAgentPassword: {
    ...routes.resetAgentPassword,
    asks: 'manageAgents',
    tag: 'Agents',
    summary:
      'End an agent’s password and sessions; the answer shows a link, once, at which it sets another. For an invited agent: another link',
    params,
    status: 201,
    answer: withLink,
    problems: refusals,
  },
  resetSecondFactor: {
    ...routes.resetSecondFactor,
    asks: 'manageAgents',
    tag: 'Agents',
    summary: 'Take the second factor of an agent away and end its sessions; a repeat changes nothing',
    params,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found', 'own-account', 'agent-removed'],
  },
  showJoinLink: {
    ...routes.showJoinLink,
    tag: 'Agents',
    open: true,
    summary: 'Whose a link is, before a password is set with it',
    body: z.strictObject({ token }),
    status: 200,
    answer: z.object({ displayName: z.string(), email: z.string(), partner: z.string(), expiresAt: moment }),
    problems: ['link-not-valid'],
  },
  join: {
    ...routes.join,
    tag: 'Agents',
    open: true,
    summary: 'Set a password with a link, once, and sign in; who has a second factor signs in with it afterwards',
    body: z.strictObject({ token, password: z.string().min(12).max(1024) }),
    status: 201,
    answer: z.object({ session: session.nullable() }),
    problems: ['link-not-valid', 'address-in-use'],
  },
} as const satisfies Record<string, Endpoint>;
