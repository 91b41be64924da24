import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { action, country, currency, id, moment, role, text } from './values.ts';

/** Holds the token of a session for browsers. */
export const SESSION_COOKIE = 'yukselt_session';

/** Of whoever has one; nothing else is done without it to sessions but the one that asks. */
const presentPassword = z.string().min(1).max(1024).optional();

export const agent = z.object({
  agentId: id,
  email: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  partner: z.object({ partnerId: id, name: z.string(), market: country, currency, language: z.enum(['en', 'tr']) }),
});
export type AgentOnWire = z.infer<typeof agent>;

export const session = z.object({ token: z.string(), expiresAt: moment, agent });

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
      /** With a work account: not at all, at the one identity provider (GET /api/sign-in/work-account), or at the one of a domain. */
      workAccount: z.enum(['none', 'direct', 'byDomain']),
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
    summary:
      'Sign in: in the demo by choosing an agent, otherwise with a password, and a code where there is a second factor',
    body: z.union([
      z.strictObject({ agent: z.email().max(254) }),
      z.strictObject({
        email: z.email().max(254),
        password: z.string().min(1).max(1024),
        /** Of the authenticator app, or a recovery code; where there is a second factor. */
        code: text(40).optional(),
      }),
    ]),
    status: 201,
    answer: session,
    problems: [
      'sign-in-failed',
      'second-factor-needed',
      'second-factor-wrong',
      'sign-in-locked',
      'demo-only',
      'server-busy',
    ],
  },
  showSession: {
    ...routes.showSession,
    asks: null,
    tag: 'Sign-in',
    summary: 'Who is signed in, and what the roles allow',
    status: 200,
    answer: z.object({
      agent,
      may: z.record(action, z.boolean()),
      /** Whom to ask where one may not. */
      rolesThatMay: z.record(action, z.array(role)),
      demo: z.boolean(),
      sandbox: z.boolean(),
      now: moment,
    }),
    problems: [],
  },
  signOut: {
    ...routes.signOut,
    asks: null,
    tag: 'Sign-in',
    summary: 'Sign out; the token stops working at once',
    status: 204,
    answer: z.undefined(),
    problems: [],
  },
  listSessions: {
    ...routes.listSessions,
    asks: null,
    tag: 'Sign-in',
    summary: 'One’s own live sessions, the one seen last first',
    status: 200,
    answer: z.object({
      items: z.array(
        z.object({
          sessionId: id,
          method: z.enum(['password', 'oidc', 'demo', 'setup', 'device']),
          address: z.string(),
          userAgent: z.string(),
          createdAt: moment,
          /** To the minute. */
          lastSeenAt: moment,
          expiresAt: moment,
          /** Whether it is the one that asks. */
          current: z.boolean(),
        }),
      ),
    }),
    problems: [],
  },
  endSession: {
    ...routes.endSession,
    asks: null,
    tag: 'Sign-in',
    summary: 'End one of one’s own sessions; its token stops working at once',
    params: z.object({ sessionId: id }),
    body: z.strictObject({ password: presentPassword }),
    status: 204,
    answer: z.undefined(),
    problems: ['not-found', 'sign-in-locked', 'server-busy'],
  },
  endOtherSessions: {
    ...routes.endOtherSessions,
    asks: null,
    tag: 'Sign-in',
    summary: 'End all of one’s own sessions but this one',
    body: z.strictObject({ password: presentPassword }),
    status: 204,
    answer: z.undefined(),
    problems: ['sign-in-locked', 'server-busy'],
  },
  signOutOfProvider: {
    ...routes.signOutOfProvider,
    asks: null,
    tag: 'Sign-in',
    summary: 'Sign out, and learn where a browser goes to sign out at the identity provider too; null: nowhere',
    status: 200,
    answer: z.object({ url: z.string().nullable() }),
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
    problems: ['setup-code-wrong', 'already-set-up', 'server-busy'],
  },
} as const satisfies Record<string, Endpoint>;
