import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AgentOnWire } from '../../contract/sessions.ts';
import { type Action, ACTIONS, may, rolesThatMay } from '../../core/access/may.ts';
import { accepted } from '../../core/values/result.ts';
import type { Actor, Context } from '../context.ts';
import type { Deployment } from '../deployment.ts';
import type { Mount } from '../http/mount.ts';
import { findAgents } from './agent.store.ts';
import { setUp } from './set-up.ts';
import { hasSetupCode } from './setup.store.ts';
import { findProvidersToSignIn } from './provider.store.ts';
import type { SessionCookie } from './session-cookie.ts';
import { type Origin, type SignedIn, signInDemo, signInWithPassword, signOut } from './sign-in.ts';
import { tellWhen } from './tell-when.ts';

type Parts = {
  readonly context: Context;
  readonly deployment: Deployment;
  readonly cookie: SessionCookie;
  readonly sandbox: boolean;
};

export function sessionRoutes(mount: Mount, { context, deployment, cookie, sandbox }: Parts): void {
  const present = ({ token, expiresAt, actor, device }: SignedIn, reply: FastifyReply) => {
    cookie.set(reply, token);
    if (device !== undefined) cookie.setDevice(reply, device);
    void reply.header('cache-control', 'no-store');
    return { token, expiresAt: expiresAt.toString(), agent: presentAgent(actor) };
  };

  mount.open('listSignInWays', async () => {
    const agents = deployment.demo ? await context.database.asSystem(findAgents) : [];
    const providers = await context.database.asSystem((tx) => findProvidersToSignIn(tx, undefined));
    return accepted({
      demo: deployment.demo,
      needsSetup: await context.database.asSystem(hasSetupCode),
      workAccount: WORK_ACCOUNT_WAYS[providers.length] ?? 'byDomain',
      agents: agents.map(({ email, displayName, roles, partner }) => ({
        email,
        displayName,
        roles: [...roles],
        partner: partner.name,
      })),
    });
  });
  mount.open('signIn', async ({ body, request, reply }) => {
    const signedIn =
      'agent' in body
        ? await signInDemo(context, deployment.demo, body.agent, originOf(request))
        : await signInWithPassword(context, body, { ...originOf(request), device: cookie.deviceOf(request) });
    return signedIn.ok ? accepted(present(signedIn.value, reply)) : tellWhen(signedIn, reply, context.clock.now());
  });
  mount.open('setUp', async ({ body: { code, ...first }, request, reply }) => {
    const done = await setUp(context, code, first, originOf(request));
    if (!done.ok) return done;
    return accepted(present(done.value, reply));
  });
  mount.signedIn('showSession', async ({ call: { actor, clock } }) =>
    accepted({
      agent: presentAgent(actor),
      may: ofEachAction((action) => may(actor.roles, action)),
      rolesThatMay: ofEachAction((action) => [...rolesThatMay(action)]),
      demo: deployment.demo,
      sandbox,
      now: clock.now().toString(),
    }),
  );
  mount.signedIn('signOut', async ({ call, reply }) => {
    await signOut(call);
    cookie.clear(reply);
    return accepted(undefined);
  });
}

/** By how many identity providers there are. */
const WORK_ACCOUNT_WAYS = ['none', 'direct'] as const;

export function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? '', correlationId: request.id };
}

export function presentAgent({ agentId, email, displayName, roles, partner }: Actor): AgentOnWire {
  return { agentId, email, displayName, roles: [...roles], partner };
}

function ofEachAction<Value>(valueOf: (action: Action) => Value): Record<Action, Value> {
  return Object.fromEntries(ACTIONS.map((action) => [action, valueOf(action)])) as Record<Action, Value>;
}
