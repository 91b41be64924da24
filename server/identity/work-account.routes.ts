import formBody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { domain } from '../../contract/values.ts';
import { accepted } from '../../core/values/result.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { createOpenId } from '../http/open-id.ts';
import type { Reach } from '../http/outbound-address.ts';
import { createTxtReader } from '../http/txt-records.ts';
import { type Begun, beginWorkSignIn, hashOfKey, MINUTES_AT_PROVIDER } from './begin-work-sign-in.ts';
import { endSessionsByProvider, endWorkSession } from './end-work-session.ts';
import { finishWorkSignIn } from './finish-work-sign-in.ts';
import { providerRoutes } from './provider.routes.ts';
import { type SessionCookie, speaksHttps } from './session-cookie.ts';
import { originOf } from './session.routes.ts';
import { BACK_CHANNEL_LOGOUT, CALLBACK, localPath, type WorkAccountRefusal } from './work-account.ts';

const WORK_ACCOUNT = '/api/sign-in/work-account';
const SIGN_IN_PAGE = '/signin';

/** As many as of other sign-ins. */
const LIMIT = { config: { rateLimit: { max: 120 } } };

type Parts = {
  readonly context: Context;
  readonly cookie: SessionCookie;
  readonly config: Partial<Pick<Config, 'publicUrl' | 'tls' | 'dnsServers' | 'provedDomains'>>;
  readonly publicUrl: () => string;
  readonly reach: () => Reach;
};

/** The way of a browser to an identity provider and back, by redirects; what goes wrong is said on the sign-in page. */
export async function workAccountRoutes(app: FastifyInstance, mount: Mount, parts: Parts): Promise<void> {
  const { context, cookie, publicUrl, reach } = parts;
  const openId = createOpenId(context.clock, reach);
  const { dnsServers = [], provedDomains: vouchedFor = [] } = parts.config;
  const proving = { readTxt: createTxtReader(dnsServers), vouchedFor };
  providerRoutes(mount, { openId, proving, reach, publicUrl });
  const browser = browserCookie(speaksHttps(parts.config));

  app.get<{ Querystring: Record<string, unknown> }>(WORK_ACCOUNT, LIMIT, async (request, reply) => {
    const next = localPath(textOf(request.query['next']));
    const given = request.query['domain'];
    const asked = given === undefined ? undefined : domain.safeParse(given);
    if (asked?.success === false) {
      const refusal = { problem: 'unknown-domain', reason: 'no domain' } as const;
      return sendBack(context, request, reply, { ...refusal, next });
    }
    const callback = publicUrl() + CALLBACK;
    const begun = await beginWorkSignIn(context, openId, { domain: asked?.data, next, callback });
    if (!begun.ok) return sendBack(context, request, reply, { ...begun.refused, next });
    browser.set(reply, begun.value);
    return go(reply, begun.value.url);
  });

  app.get<{ Querystring: Record<string, unknown> }>(CALLBACK, LIMIT, async (request, reply) => {
    const state = textOf(request.query['state']);
    const finished = await finishWorkSignIn(context, openId, {
      state,
      browserKey: state === undefined ? undefined : browser.read(request, state),
      search: new URL(request.url, publicUrl()).search,
      origin: originOf(request),
    });
    if (state !== undefined) browser.clear(reply, state);
    if (!finished.ok) return sendBack(context, request, reply, finished.refused);
    const { session, next } = finished.value;
    // The page needs no cookie and asks for everything from here, so that the strict one goes with it.
    cookie.set(reply, session.token);
    return go(reply, next);
  });

  mount.signedIn('signOutOfProvider', async ({ call, reply }) => {
    const url = await endWorkSession(call, openId, publicUrl() + SIGN_IN_PAGE);
    cookie.clear(reply);
    return accepted({ url: url ?? null });
  });

  await app.register(async (plugin) => {
    await plugin.register(formBody);
    plugin.post<{ Body: Record<string, unknown> | null }>(BACK_CHANNEL_LOGOUT, LIMIT, async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      const token = textOf(request.body?.['logout_token']) ?? '';
      const ended = await endSessionsByProvider(context, openId, token, request.id);
      if (ended.ok) return reply.status(200).send();
      const { fault, reason } = ended.refused;
      context.log.warn({ correlationId: request.id, fault, reason }, 'a logout token was refused');
      return reply.status(400).send({ error: 'invalid_request', error_description: 'The logout token is not valid.' });
    });
  });
}

/** Back to the sign-in page, which says what to do; the log says why, under the same correlation id. */
function sendBack(
  { log }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { problem, reason, next }: WorkAccountRefusal & { next?: string },
): FastifyReply {
  log.warn({ correlationId: request.id, problem, reason }, 'sign-in with a work account refused');
  const query = new URLSearchParams({ problem, id: request.id, ...(next !== undefined && { next }) });
  return go(reply, `${SIGN_IN_PAGE}?${query.toString()}`);
}

function go(reply: FastifyReply, address: string): FastifyReply {
  return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(address, 303);
}

/** Tells the browser that began a sign-in from others: one cookie for each, so that two tabs do not disturb each other. */
function browserCookie(secure: boolean) {
  const prefix = secure ? '__Secure-' : '';
  const nameOf = (state: string) => `${prefix}yukselt_sign_in_${hashOfKey(state).toString('hex').slice(0, 16)}`;
  // The way back comes from another site, which a strict cookie would not survive.
  const options = { path: CALLBACK, httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    read: (request: FastifyRequest, state: string) => request.cookies[nameOf(state)],
    set: (reply: FastifyReply, { state, browserKey }: Begun) =>
      void reply.setCookie(nameOf(state), browserKey, { ...options, maxAge: MINUTES_AT_PROVIDER * 60 }),
    clear: (reply: FastifyReply, state: string) => void reply.clearCookie(nameOf(state), options),
  };
}

/** A parameter that was given once. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 10_000 ? value : undefined;
}
