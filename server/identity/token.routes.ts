import formBody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context.ts';
import { TOKEN_SECONDS, type TokenIssuer, type TokenVersion } from './access-token.ts';
import { issueToken, type IssuedToken, type TokenRefusal } from './issue-token.ts';

type Tenant = { Params: { tenant: string } };
type TokenForm = Tenant & { Body: Record<string, unknown> | null };

/** The token endpoints and what clients look up before they use them, at the paths of Microsoft's sign-in service. */
export async function tokenRoutes(app: FastifyInstance, context: Context, issuer: TokenIssuer): Promise<void> {
  await app.register(async (plugin) => {
    await plugin.register(formBody);
    const mount = (url: string, version: TokenVersion) =>
      plugin.post<TokenForm>(url, { config: { rateLimit: { max: 600 } } }, async ({ params, body }, reply) => {
        const texts = Object.entries(body ?? {}).filter(([, value]) => typeof value === 'string');
        const asked = { ...Object.fromEntries(texts), tenant: params.tenant, version };
        const issued = await issueToken(context, issuer, asked);
        void reply.header('cache-control', 'no-store');
        return 'error' in issued ? refuse(reply, issued) : reply.send(present(issued, version, context));
      });
    mount('/:tenant/oauth2/token', '1.0');
    mount('/:tenant/oauth2/v2.0/token', '2.0');
  });

  const configuration = (version: TokenVersion) => async (tenant: string) => {
    const root = issuer.issuerOf(tenant, '1.0').replace(/\/$/, '');
    const middle = version === '2.0' ? '/oauth2/v2.0' : '/oauth2';
    return {
      issuer: issuer.issuerOf(tenant, version),
      token_endpoint: `${root}${middle}/token`,
      authorization_endpoint: `${root}${middle}/authorize`,
      jwks_uri: `${root}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      grant_types_supported: ['client_credentials', 'refresh_token'],
      response_types_supported: ['token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  };
  app.get<Tenant>('/:tenant/.well-known/openid-configuration', ({ params }) => configuration('1.0')(params.tenant));
  app.get<Tenant>('/:tenant/v2.0/.well-known/openid-configuration', ({ params }) =>
    configuration('2.0')(params.tenant),
  );
  app.get('/:tenant/discovery/v2.0/keys', () => issuer.keys());
  app.get('/:tenant/discovery/keys', () => issuer.keys());
  app.get('/common/discovery/instance', () => {
    const { host, href } = new URL(issuer.issuerOf('common', '2.0'));
    return {
      tenant_discovery_endpoint: `${href}/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    };
  });
}

function refuse(reply: FastifyReply, { error, description }: TokenRefusal) {
  return reply.status(error === 'invalid_client' ? 401 : 400).send({ error, error_description: description });
}

/** Numbers are texts on the old endpoint and numbers on the new one. */
function present(
  { accessToken, refreshToken, audience, userContext }: IssuedToken,
  version: TokenVersion,
  { clock }: Context,
) {
  const now = Math.floor(clock.now().epochMilliseconds / 1000);
  const token = {
    access_token: accessToken,
    ...(refreshToken && { refresh_token: refreshToken }),
    ...(userContext && { scope: 'user_impersonation' }),
  };
  if (version === '2.0') {
    return { token_type: 'Bearer', expires_in: TOKEN_SECONDS, ext_expires_in: TOKEN_SECONDS, ...token };
  }
  return {
    token_type: 'Bearer',
    expires_in: String(TOKEN_SECONDS),
    ext_expires_in: String(TOKEN_SECONDS),
    expires_on: String(now + TOKEN_SECONDS),
    not_before: String(now),
    resource: audience,
    ...token,
  };
}
