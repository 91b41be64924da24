import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import { PARTNERS } from '../demo/ids.ts';

export const CLIENT_ID = 'yukselt';
export const CLIENT_SECRET = 'a secret that only these two know';

/** Whose the domains of the demo are, for a deployment whose operator vouches for them. */
export const VOUCHED_FOR = [`kuzey.example=${PARTNERS.kuzey}`, `westwind.example=${PARTNERS.westwind}`];

type Answering = (request: IncomingMessage, response: ServerResponse) => void;
type Claims = Readonly<Record<string, unknown>>;

export type IdentityProvider = {
  readonly issuer: string;
  /** The claims of each person by name: change them between sign-ins. */
  readonly people: Map<string, Claims>;
  /** What answers instead of the provider, by path. */
  readonly instead: Map<string, Answering>;
  /** The paths that were asked for. */
  readonly asked: string[];
  /** Signs with another key from now on; the old one is gone. */
  rotateKey(): Promise<void>;
  /** A token of this provider for the client, with what is wrong in it. */
  sign(claims: Claims, header?: { typ?: string }): Promise<string>;
  close(): Promise<void>;
};

/** A certified provider on loopback, under another host name than the server’s, with one client and a page to choose who one is. */
export async function startIdentityProvider(clientOrigin: string): Promise<IdentityProvider> {
  const people = new Map<string, Claims>();
  const instead = new Map<string, Answering>();
  const asked: string[] = [];
  let provider: Provider | undefined;
  let key: JWK = {};
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://h').pathname;
    asked.push(path);
    const answer = instead.get(path);
    if (answer) answer(request, response);
    else if (path.startsWith('/interaction/')) void chooseWho(request, response);
    else void provider?.callback()(request, response);
  });
  await once(server.listen(0, 'localhost'), 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  async function rotateKey(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: crypto.randomUUID() };
    provider = createProvider(issuer, clientOrigin, key, people);
  }

  /** The page of the provider where one says who one is; `?who=` answers it at once. */
  async function chooseWho(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    const who = url.searchParams.get('who');
    if (who === 'nobody') {
      await provider?.interactionFinished(request, response, { error: 'access_denied' });
    } else if (who !== null) {
      await provider?.interactionFinished(request, response, { login: { accountId: who } });
    } else {
      const links = [...people.keys(), 'nobody'].map(
        (name) => `<p><a href="${url.pathname}?who=${name}">${name}</a></p>`,
      );
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><title>Who are you?</title>${links.join('')}`);
    }
  }

  await rotateKey();
  return {
    issuer,
    people,
    instead,
    asked,
    rotateKey,
    async sign(claims, header = {}) {
      const signing = await importJWK(key, 'RS256');
      const protectedHeader = { alg: 'RS256', kid: key.kid ?? '', ...header };
      return new SignJWT({ iss: issuer, aud: CLIENT_ID, ...claims }).setProtectedHeader(protectedHeader).sign(signing);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One of them at an issuer, which may stand below a path. */
export function createProvider(
  issuer: string,
  clientOrigin: string,
  key: JWK,
  people: ReadonlyMap<string, Claims>,
): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${clientOrigin}/api/sign-in/callback`, `${clientOrigin}/api/acceptance/callback`],
        post_logout_redirect_uris: [`${clientOrigin}/signin`],
        backchannel_logout_uri: `${clientOrigin}/api/sign-in/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['for a test alone'] },
    scopes: ['openid', 'email', 'profile', 'roles'],
    claims: {
      openid: ['sub', 'tid', 'wids'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
      roles: ['groups', 'realm_access'],
    },
    pkce: { required: () => true },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, IdToken: 3600, Interaction: 600, Session: 3600, Grant: 3600 },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<!doctype html><title>Sign out?</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `${new URL(issuer).pathname.replace(/\/$/, '')}/interaction/${uid}` },
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...people.get(accountId) }),
    }),
    // Nobody is asked for consent: a partner trusts its own client.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email profile roles');
      await grant.save();
      return grant;
    },
  });
}
