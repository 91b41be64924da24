import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearerOf } from './bearer.ts';
import { languageOf } from './language.ts';
import { send } from './mount.ts';
import { presentProblem } from './problem.presenter.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

type Rule = {
  readonly publicUrl: string | undefined;
  /** Whether the browser's own cookie signs a request in. */
  readonly usesCookie: (request: FastifyRequest) => boolean;
};

/**
 * Refuses what another site's page sends to the API through somebody's browser, also signing in as somebody else. A program says neither where
 * it comes from nor has it the cookie; a token in a header no other page can know.
 */
export function refuseOtherSites(app: FastifyInstance, { publicUrl, usesCookie }: Rule): void {
  app.addHook('onRequest', async (request, reply) => {
    if (READS.has(request.method) || !isOfApi(request) || bearerOf(request) !== undefined) return;
    const same = isSameOrigin(request, publicUrl);
    if (same ?? !usesCookie(request)) return;
    await send(reply, presentProblem('other-site', languageOf(request.headers['accept-language']), request.id));
    return reply;
  });
}

/** By the route that was found: the same one has many addresses, `/%61pi/…` among them. */
function isOfApi({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url?.startsWith('/api/') === true;
}

/**
 * Whether a request comes from a page of this host; undefined: it does not say. Browsers tell by Sec-Fetch-Site
 * (https://www.w3.org/TR/fetch-metadata/), over plain HTTP by Origin alone.
 */
function isSameOrigin({ headers, host }: FastifyRequest, publicUrl: string | undefined): boolean | undefined {
  const site = headers['sec-fetch-site'];
  // `none`: typed by the person, no page at all.
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const from = headers.origin ?? headers.referer;
  if (from === undefined) return undefined;
  if (!URL.canParse(from)) return false;
  const { host: fromHost, origin } = new URL(from);
  return fromHost === host || (publicUrl !== undefined && origin === new URL(publicUrl).origin);
}
