import type { FastifyReply } from 'fastify';
import type { JoinLinkOnWire, ManagedAgentOnWire } from '../../contract/agents.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { ACTIONS, ROLES, rolesThatMay } from '../../core/access/may.ts';
import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Mount } from '../http/mount.ts';
import { changeAgentRoles } from './change-agent-roles.ts';
import { type AgentWithLink, inviteAgent } from './invite-agent.ts';
import { join, showJoinLink } from './join.ts';
import { type ListedAgent, listAgents, listAgentsThatMay } from './list-agents.ts';
import { removeAgent, restoreAgent } from './remove-agent.ts';
import { resetAgentPassword, resetSecondFactor } from './reset-agent.ts';
import type { SessionCookie } from './session-cookie.ts';
import { originOf, presentAgent } from './session.routes.ts';

export function agentRoutes(mount: Mount, context: Context, cookie: SessionCookie): void {
  mount.signedIn('listAgents', async ({ call }) => {
    const listed = await listAgents(call);
    if (!listed.ok) return listed;
    const { agents, rolesToGive } = listed.value;
    return accepted({ items: agents.map(present), rolesToGive: [...rolesToGive] });
  });
  mount.signedIn('inviteAgent', async ({ call, body, reply }) => presentLink(await inviteAgent(call, body), reply));
  mount.signedIn('changeAgentRoles', async ({ call, params, body }) =>
    presentDone(await changeAgentRoles(call, params.agentId, body.roles)),
  );
  mount.signedIn('removeAgent', ({ call, params }) => removeAgent(call, params.agentId));
  mount.signedIn('restoreAgent', async ({ call, params }) => presentDone(await restoreAgent(call, params.agentId)));
  mount.signedIn('resetAgentPassword', async ({ call, params, reply }) =>
    presentLink(await resetAgentPassword(call, params.agentId), reply),
  );
  mount.signedIn('resetSecondFactor', ({ call, params }) => resetSecondFactor(call, params.agentId));

  mount.open('showJoinLink', async ({ body }) => {
    const shown = await showJoinLink(context, body.token);
    if (!shown.ok) return shown;
    const { actor, expiresAt } = shown.value;
    const { displayName, email, partner } = actor;
    return accepted({ displayName, email, partner: partner.name, expiresAt: onWire(expiresAt) });
  });
  mount.open('join', async ({ body, request, reply }) => {
    const joined = await join(context, body.token, body.password, originOf(request));
    if (!joined.ok) return joined;
    if (!joined.value) return accepted({ session: null });
    const { token, expiresAt, actor } = joined.value;
    cookie.set(reply, token);
    return accepted({ session: { token, expiresAt: expiresAt.toString(), agent: presentAgent(actor) } });
  });
}

/** Who may do what, and whom to ask. */
export function roleRoutes(mount: Mount): void {
  mount.signedIn('listRoles', async ({ language }) => {
    const words = REASON_TEXTS[language];
    return accepted({
      roles: ROLES.map((role) => ({ role, name: words.roles[role] })),
      actions: ACTIONS.map((action) => ({ action, name: words.actions[action], roles: [...rolesThatMay(action)] })),
    });
  });
  mount.signedIn('listAgentsThatMay', ({ call, params }) => listAgentsThatMay(call, params.action));
}

function present(agent: ListedAgent): ManagedAgentOnWire {
  const { agentId, displayName, email, roles, state, secondFactor, lastSeenAt, linkUntil, secretsKnown } = agent;
  const { hindrances: why } = agent;
  return {
    agentId,
    displayName,
    email,
    roles: [...roles],
    state,
    secondFactor,
    lastSeenAt: lastSeenAt === null ? null : onWire(lastSeenAt),
    linkUntil: linkUntil === null ? null : onWire(linkUntil),
    secretsKnown: [...secretsKnown],
    hindrances: {
      changeRoles: why.changeRoles ?? null,
      takeGlobalAdmin: why.takeGlobalAdmin ?? null,
      remove: why.remove ?? null,
      restore: why.restore ?? null,
      resetPassword: why.resetPassword ?? null,
      resetSecondFactor: why.resetSecondFactor ?? null,
    },
  };
}

function presentDone(done: Outcome<ListedAgent>): Outcome<ManagedAgentOnWire> {
  return done.ok ? accepted(present(done.value)) : done;
}

/** No cache on the way may keep the answer. The token is behind a `#`, which no browser sends and no server logs. */
function presentLink(done: Outcome<AgentWithLink>, reply: FastifyReply): Outcome<JoinLinkOnWire> {
  if (!done.ok) return done;
  void reply.header('cache-control', 'no-store');
  const { agent, token, expiresAt } = done.value;
  return accepted({ agent: present(agent), joinPath: `/join#${token}`, expiresAt: expiresAt.toString() });
}

function onWire(stored: string): string {
  return Temporal.Instant.from(stored).toString();
}
