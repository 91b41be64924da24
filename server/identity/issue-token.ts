import { createHash, randomBytes } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { PARTNER_CENTER, type TokenIssuer, type TokenVersion } from './access-token.ts';
import { type ApiClient, findClientOfTenant, holdClient, saveUse } from './api-client.store.ts';
import { verifySecret } from './client-secret.ts';
import { hasRefreshToken, saveRefreshToken } from './token.store.ts';

const REFRESH_LIFETIME = Temporal.Duration.from({ hours: 90 * 24 });
/** The service's former audience: tokens for it are issued and refused later. */
const RETIRED = 'https://graph.windows.net';

/** An error of a token endpoint, by RFC 6749. */
export type TokenRefusal = {
  readonly error:
    | 'invalid_client'
    | 'invalid_grant'
    | 'invalid_request'
    | 'invalid_resource'
    | 'invalid_scope'
    | 'unsupported_grant_type';
  readonly description: string;
};

export type TokenRequest = { readonly tenant: string; readonly version: TokenVersion } & Readonly<
  Partial<Record<'grant_type' | 'client_id' | 'client_secret' | 'resource' | 'scope' | 'refresh_token', string>>
>;

export type IssuedToken = {
  readonly accessToken: string;
  /** For clients that come in a person's name. */
  readonly refreshToken: string | undefined;
  readonly audience: string;
  readonly userContext: boolean;
};

/**
 * Issues an access token for client credentials or a refresh token. Refused: a wrong secret, client or tenant, without saying which; a
 * refresh token that is too old or another client's; an audience that is not the Partner Center API; another grant.
 */
export async function issueToken(
  context: Context,
  issuer: TokenIssuer,
  request: TokenRequest,
): Promise<IssuedToken | TokenRefusal> {
  const { grant_type: grant, client_id: clientId = '', client_secret: secret = '' } = request;
  if (grant !== 'client_credentials' && grant !== 'refresh_token') {
    const description = 'grant_type must be client_credentials or refresh_token.';
    return grant === undefined
      ? { error: 'invalid_request', description }
      : { error: 'unsupported_grant_type', description };
  }
  const audience = audienceOf(request);
  if (typeof audience !== 'string') return audience;
  const client = await context.database.asSystem((tx) => findClientOfTenant(tx, request.tenant, clientId));
  const right = await verifySecret(secret, client?.secretHash ?? null);
  if (!client || !right) return WRONG_CLIENT;
  return context.database.asSystem(async (tx): Promise<IssuedToken | TokenRefusal> => {
    if (!(await holdClient(tx, client))) return WRONG_CLIENT;
    if (grant === 'refresh_token' && !(await isRefreshToken(context, tx, client, request.refresh_token ?? ''))) {
      return { error: 'invalid_grant', description: 'The refresh token is unknown or expired.' };
    }
    await saveUse(tx, client, context.clock.now());
    const { actor } = client;
    const accessToken = await issuer.issue({ actor, clientId: client.clientId, audience, version: request.version });
    const refreshToken = actor.userContext ? await makeRefreshToken(context, tx, client) : undefined;
    return { accessToken, refreshToken, audience, userContext: actor.userContext };
  });
}

const WRONG_CLIENT = {
  error: 'invalid_client',
  description: 'The client, its secret or the tenant is wrong.',
} as const satisfies TokenRefusal;

/**
 * What the token is asked for: `resource` of the old endpoint, or the scope, which may name `openid` and the like beside it. The Node client sends
 * a scope to the old endpoint, too.
 */
function audienceOf({ version, resource, scope = '' }: TokenRequest): string | TokenRefusal {
  const ofScope = scope.split(/\s+/).filter((one) => one.includes('://'));
  const named = version === '1.0' && resource !== undefined ? [resource] : ofScope;
  const [wanted = ''] = named.map((one) => one.replace(/\/(\.default|user_impersonation)?$/, ''));
  if (wanted === PARTNER_CENTER || wanted === RETIRED) return wanted;
  // A person's refresh may ask for an identity alone.
  if (version === '2.0' && named.length === 0 && scope.split(/\s+/).includes('openid')) return PARTNER_CENTER;
  return version === '1.0'
    ? { error: 'invalid_resource', description: `resource must be ${PARTNER_CENTER}.` }
    : { error: 'invalid_scope', description: `scope must be ${PARTNER_CENTER}/.default.` };
}

async function makeRefreshToken({ clock }: Context, tx: Transaction, { actor, clientId }: ApiClient): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  await saveRefreshToken(tx, {
    partnerId: actor.partner.partnerId,
    clientId,
    tokenHash: hashOf(token),
    now: now.toString(),
    expiresAt: now.add(REFRESH_LIFETIME).toString(),
  });
  return token;
}

function isRefreshToken({ clock }: Context, tx: Transaction, { actor, clientId }: ApiClient, token: string) {
  const { partnerId } = actor.partner;
  return hasRefreshToken(tx, { partnerId, clientId, tokenHash: hashOf(token), now: clock.now().toString() });
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
