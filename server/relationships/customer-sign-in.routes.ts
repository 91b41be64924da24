import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { createOpenId } from '../http/open-id.ts';
import type { Reach } from '../http/outbound-address.ts';
import { type Begun, beginCustomerSignIn } from './begin-customer-sign-in.ts';
import { CALLBACK, type CustomerSignIn, SIGN_IN_MINUTES, type SignInRefusal } from './customer-sign-in.ts';
import { finishCustomerSignIn, type Proved } from './finish-customer-sign-in.ts';
import { hashOf } from './link-token.ts';

const ACCEPTANCE_PAGE = '/accept';
const LIMIT = { config: { rateLimit: { max: 120 } } };

type Parts = {
  readonly context: Context;
  readonly settings: CustomerSignIn | null;
  readonly publicUrl: () => string;
  readonly reach: () => Reach;
  readonly cookies: CustomerCookies;
};

/** The way of a customer's administrator to the provider of its own tenant and back; what goes wrong is said on the page. */
export function customerSignInRoutes(app: FastifyInstance, mount: Mount, parts: Parts): void {
  const { context, settings, publicUrl, reach, cookies } = parts;
  const openId = createOpenId(context.clock, reach);
  mount.open('beginCustomerSignIn', async ({ body: { token, tenantId }, reply }) => {
    const callback = publicUrl() + CALLBACK;
    const begun = await beginCustomerSignIn(context, openId, settings, { token, tenantId, callback });
    if (!begun.ok) return begun;
    cookies.setBegun(reply, begun.value);
    return accepted({ url: begun.value.url });
  });
  if (settings === null) return;
  app.get<{ Querystring: Record<string, unknown> }>(CALLBACK, LIMIT, async (request, reply) => {
    const given = request.query['state'];
    const state = typeof given === 'string' ? given : undefined;
    const finished = await finishCustomerSignIn(context, openId, settings, {
      state,
      browserKey: state === undefined ? undefined : cookies.begunOf(request, state),
      search: new URL(request.url, publicUrl()).search,
    });
    if (state !== undefined) cookies.clearBegun(reply, state);
    if (!finished.ok) return sendBack(context, request, reply, finished.refused);
    cookies.setProof(reply, finished.value);
    return go(reply, ACCEPTANCE_PAGE);
  });
}

/** Back to the page, whose tab still knows its link; the log says why, under the same correlation id. */
function sendBack(
  { log }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { problem, reason }: SignInRefusal,
): FastifyReply {
  log.warn({ correlationId: request.id, problem, reason }, 'the sign-in of a customer was refused');
  return go(reply, `${ACCEPTANCE_PAGE}?${new URLSearchParams({ problem, id: request.id }).toString()}`);
}

function go(reply: FastifyReply, address: string): FastifyReply {
  return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(address, 303);
}

/** What a browser holds of a sign-in: that it began one, and what it proved by it for one link. */
export type CustomerCookies = ReturnType<typeof createCustomerCookies>;

export function createCustomerCookies(secure: boolean) {
  const nameOf = (kind: 'sign_in' | 'proof', hash: Buffer) =>
    `${secure ? '__Secure-' : ''}yukselt_customer_${kind}_${hash.toString('hex').slice(0, 16)}`;
  const maxAge = SIGN_IN_MINUTES * 60;
  // The way back comes from another site, which a strict cookie would not survive; the proof is for this page alone.
  const begun = { path: CALLBACK, httpOnly: true, sameSite: 'lax', secure } as const;
  const proof = { path: '/api/acceptance', httpOnly: true, sameSite: 'strict', secure } as const;
  return {
    begunOf: (request: FastifyRequest, state: string) => request.cookies[nameOf('sign_in', hashOf(state))],
    setBegun: (reply: FastifyReply, { state, browserKey }: Begun) =>
      void reply.setCookie(nameOf('sign_in', hashOf(state)), browserKey, { ...begun, maxAge }),
    clearBegun: (reply: FastifyReply, state: string) => void reply.clearCookie(nameOf('sign_in', hashOf(state)), begun),
    /** What this browser proved for a link. */
    proofOf: (request: FastifyRequest, token: string) => request.cookies[nameOf('proof', hashOf(token))],
    setProof: (reply: FastifyReply, { linkHash, proof: secret }: Proved) =>
      void reply.setCookie(nameOf('proof', linkHash), secret, { ...proof, maxAge }),
    clearProof: (reply: FastifyReply, token: string) => void reply.clearCookie(nameOf('proof', hashOf(token)), proof),
  };
}
