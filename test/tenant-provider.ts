import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Provider } from 'oidc-provider';
import { CLIENT_ID, CLIENT_SECRET, createProvider } from './identity-provider.ts';

type Claims = Readonly<Record<string, unknown>>;
type Answering = (request: IncomingMessage, response: ServerResponse) => void;

export type TenantProvider = {
  /** As the operator sets it. */
  readonly settings: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  readonly people: Map<string, Claims>;
  /** What answers instead of the provider, by the end of the path. */
  readonly instead: Map<string, Answering>;
  /** The client’s own address, known only after the provider’s. */
  admit(clientOrigin: string): void;
  /** A token of a tenant’s provider, with what is wrong in it. */
  sign(tenantId: string, claims: Claims): Promise<string>;
  close(): Promise<void>;
};

/** Certified providers on loopback, one for each tenant below one address; what a person’s claims say is what they issue. */
export async function startTenantProvider(): Promise<TenantProvider> {
  const people = new Map<string, Claims>();
  const instead = new Map<string, Answering>();
  const tenants = new Map<string, Provider>();
  let origin = '';
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key: JWK = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'one' };
  const server = createServer((request, response) => {
    const [, tenant = '', ...rest] = (request.url ?? '/').split('/');
    const issuer = `${address()}/${tenant}`;
    const path = `/${rest.join('/')}`;
    const other = [...instead].find(([end]) => new URL(path, issuer).pathname.endsWith(end))?.[1];
    if (other) return other(request, response);
    const provider = tenants.get(tenant) ?? createProvider(issuer, origin, key, people);
    tenants.set(tenant, provider);
    const original = request.url ?? '/';
    Object.assign(request, { originalUrl: original });
    request.url = path;
    if (path.startsWith('/interaction/')) return void chooseWho(provider, tenant, request, response);
    return void provider.callback()(request, response);
  });
  const address = () => `http://localhost:${(server.address() as AddressInfo).port}`;

  async function chooseWho(provider: Provider, tenant: string, request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', address());
    const who = url.searchParams.get('who');
    if (who === null) {
      const links = [...people.keys(), 'nobody'].map(
        (name) => `<p><a href="/${tenant}${url.pathname}?who=${name}">${name}</a></p>`,
      );
      response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Who?</title>${links.join('')}`);
      return;
    }
    const result = who === 'nobody' ? { error: 'access_denied' } : { login: { accountId: who } };
    await provider.interactionFinished(request, response, result);
  }

  await once(server.listen(0, 'localhost'), 'listening');
  return {
    settings: { issuer: `${address()}/{tenant}`, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
    people,
    instead,
    admit(clientOrigin) {
      origin = clientOrigin;
    },
    sign: (tenantId, claims) =>
      new SignJWT({ iss: `${address()}/${tenantId}`, aud: CLIENT_ID, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign(privateKey),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
