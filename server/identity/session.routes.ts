import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AgentOnWire, SESSION_COOKIE } from '../../contract/sessions.ts';
import { type Action, may } from '../../core/access/may.ts';
import { accepted } from '../../core/values/result.ts';
import type { Actor, Context } from '../context.ts';
import type { Deployment } from '../deployment.ts';
import { bearerOf } from '../http/bearer.ts';
import type { Mount } from '../http/mount.ts';
import { findAgents } from './agent.store.ts';
import { type NewSession, setUp, signInDemo, signInWithPassword, signOut } from './sign-in.ts';

const ACTIONS: readonly Action[] = [
  'view',
  'upgrade',
  'resolveIssues',
  'changeSeats',
  'viewBills',
  'switchPaths',
  'manageApiClients',
];

/** The token of a request: a bearer token, or the portal's cookie. */
export function tokenOf(request: FastifyRequest): string | undefined {
  return bearerOf(request) ?? request.cookies[SESSION_COOKIE];
}

export function sessionRoutes(mount: Mount, context: Context, deployment: Deployment, sandbox: boolean): void {
  mount.open('listSignInWays', async () => {
    const agents = deployment.demo ? await context.database.asSystem(findAgents) : [];
    return accepted({
      demo: deployment.demo,
      needsSetup: deployment.setupCode !== undefined,
      agents: agents.map(({ email, displayName, roles, partner }) => ({
        email,
        displayName,
        roles: [...roles],
        partner: partner.name,
      })),
    });
  });
  mount.open('signIn', async ({ body, reply }) => {
    const signedIn =
      'agent' in body
        ? await signInDemo(context, deployment.demo, body.agent)
        : await signInWithPassword(context, body.email, body.password);
    return signedIn.ok ? accepted(present(signedIn.value, reply)) : signedIn;
  });
  mount.open('setUp', async ({ body: { code, ...first }, reply }) => {
    const done = await setUp(context, deployment.setupCode, code, first);
    if (!done.ok) return done;
    deployment.setupCode = undefined;
    return accepted(present(done.value, reply));
  });
  mount.signedIn('showSession', async ({ call: { actor, clock } }) =>
    accepted({
      agent: presentAgent(actor),
      may: Object.fromEntries(ACTIONS.map((action) => [action, may(actor.roles, action)])),
      demo: deployment.demo,
      sandbox,
      now: clock.now().toString(),
    }),
  );
  mount.signedIn('signOut', async ({ request, reply }) => {
    await signOut(context, tokenOf(request) ?? '');
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
    return accepted(undefined);
  });
}

function present({ token, expiresAt, actor }: NewSession, reply: FastifyReply) {
  const secure = reply.request.protocol === 'https';
  void reply.setCookie(SESSION_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', secure });
  return { token, expiresAt: expiresAt.toString(), agent: presentAgent(actor) };
}

function presentAgent({ agentId, email, displayName, roles, partner }: Actor): AgentOnWire {
  return { agentId, email, displayName, roles: [...roles], partner };
}
