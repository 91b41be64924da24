import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { country, currency, id, moment, role, text } from './values.ts';

/** Holds the token of a session for browsers. */
export const SESSION_COOKIE = 'yukselt_session';

export const agent = z.object({
  agentId: id,
  email: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  partner: z.object({ partnerId: id, name: z.string(), market: country, currency, language: z.enum(['en', 'tr']) }),
});
export type AgentOnWire = z.infer<typeof agent>;

const session = z.object({ token: z.string(), expiresAt: moment, agent });

export const sessionEndpoints = {
  listSignInWays: {
    ...routes.listSignInWays,
    tag: 'Sign-in',
    open: true,
    summary: 'How one can sign in here; in the demo with the agents to choose from',
    status: 200,
    answer: z.object({
      demo: z.boolean(),
      needsSetup: z.boolean(),
      agents: z.array(
        z.object({ email: z.string(), displayName: z.string(), partner: z.string(), roles: z.array(role) }),
      ),
    }),
    problems: [],
  },
  signIn: {
    ...routes.signIn,
    tag: 'Sign-in',
    open: true,
    summary: 'Sign in: in the demo by choosing an agent, otherwise with a password',
    body: z.union([
      z.strictObject({ agent: z.email().max(254) }),
      z.strictObject({ email: z.email().max(254), password: z.string().min(1).max(1024) }),
    ]),
    status: 201,
    answer: session,
    problems: ['sign-in-failed', 'demo-only'],
  },
  showSession: {
    ...routes.showSession,
    tag: 'Sign-in',
    summary: 'Who is signed in, and what the roles allow',
    status: 200,
    answer: z.object({
      agent,
      may: z.record(z.string(), z.boolean()),
      demo: z.boolean(),
      sandbox: z.boolean(),
      now: moment,
    }),
    problems: [],
  },
  signOut: {
    ...routes.signOut,
    tag: 'Sign-in',
    summary: 'Sign out; the token stops working at once',
    status: 204,
    answer: z.undefined(),
    problems: [],
  },
  setUp: {
    ...routes.setUp,
    tag: 'Sign-in',
    open: true,
    summary: 'Create the first partner and its administrator, once, with the code from the console',
    body: z.strictObject({
      code: text(200),
      partner: z.strictObject({
        tenantId: id,
        name: text(200),
        domain: text(253).min(3),
        market: country,
        currency,
        language: z.enum(['en', 'tr']).default('tr'),
      }),
      email: z.email().max(254),
      displayName: text(200),
      password: z.string().min(12).max(1024),
    }),
    status: 201,
    answer: session,
    problems: ['setup-code-wrong', 'already-set-up'],
  },
} as const satisfies Record<string, Endpoint>;
