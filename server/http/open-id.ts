import { createLocalJWKSet, decodeJwt, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import type { Clock } from '../context.ts';
import { type OpenIdRefusal, openIdRefusalOf } from './open-id-fault.ts';
import { type Discovered, type OpenIdClient, type Providers, rememberProviders } from './open-id-provider.ts';
import type { Reach } from './outbound-address.ts';

export type { OpenIdClient } from './open-id-provider.ts';
export type { OpenIdFault, OpenIdRefusal } from './open-id-fault.ts';

/** What must be kept between the two halves of a sign-in, where only this browser’s second half finds it, and only once. */
export type Pending = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
};

/** Who somebody is by a provider’s word, verified: signature, issuer, audience, expiry, nonce. */
export type Identity = {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** To name the session when signing out there. */
  readonly idToken: string;
  readonly providerSession: string | undefined;
};

/** Whose sessions a provider ended: of one session there, or all of a person. */
export type EndedSessions = {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** What tells the token from others of the issuer, and until when it would be taken. */
  readonly tokenId: string;
  readonly takenUntil: Temporal.Instant;
  readonly subject: string | undefined;
  readonly providerSession: string | undefined;
};

type Answer<Value> = Promise<Result<Value, OpenIdRefusal>>;

export type OpenId = {
  /** Where to send the browser for a sign-in by the code flow with PKCE, and what to keep until it comes back. */
  begin(
    client: OpenIdClient & { readonly scopes: readonly string[] },
    redirectUri: string,
    extra?: Readonly<Record<string, string>>,
  ): Answer<{ url: string; pending: Pending }>;
  /** Verifies what the browser came back with; `search` is the query of the callback. where `lacks` says so of the token’s claims, more are asked for. */
  finish(
    client: OpenIdClient,
    pending: Pending,
    search: string,
    lacks?: (claims: Readonly<Record<string, unknown>>) => boolean,
  ): Answer<Identity>;
  /** What the provider says of itself now. */
  inspect(issuer: string): Answer<oidc.ServerMetadata>;
  /** Where a browser goes to sign out at the provider too; undefined: the provider has no such address, or does not answer. */
  signOutUrl(client: OpenIdClient, idToken: string, backTo: string): Promise<string | undefined>;
  /** Verifies a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). */
  verifyLogout(client: OpenIdClient, token: string): Answer<EndedSessions>;
};

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const TOLERANCE_SECONDS = 30;
/** A day; two minutes are recommended (OpenID Connect Back-Channel Logout 1.0, 2.4). */
const LOGOUT_LIVES_SECONDS = 86_400;

/** OpenID Connect for whoever has a client at a provider; it knows no partner, agent or session. */
export function createOpenId(clock: Clock, reach: () => Reach): OpenId {
  const providers = rememberProviders(clock, reach);
  return {
    async begin(client, redirectUri, extra = {}) {
      const found = await providers.discover(client.issuer);
      if (!found.ok) return found;
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        redirectUri,
      };
      try {
        const url = oidc.buildAuthorizationUrl(providers.configure(found.value, client), {
          ...extra,
          redirect_uri: redirectUri,
          scope: [...new Set(['openid', ...client.scopes])].join(' '),
          state: pending.state,
          nonce: pending.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
          code_challenge_method: 'S256',
        });
        return accepted({ url: url.href, pending });
      } catch (error) {
        return refused(openIdRefusalOf(error, 'discovery'));
      }
    },
    async finish(client, pending, search, lacks = () => false) {
      const found = await providers.discover(client.issuer);
      return found.ok ? exchange(providers, found.value, { client, pending, search, lacks }) : found;
    },
    async inspect(issuer) {
      const found = await providers.discover(issuer, true);
      return found.ok ? accepted(found.value.metadata) : found;
    },
    async signOutUrl(client, idToken, backTo) {
      const found = await providers.discover(client.issuer);
      if (!found.ok || found.value.metadata.end_session_endpoint === undefined) return undefined;
      const query = { id_token_hint: idToken, post_logout_redirect_uri: backTo };
      return oidc.buildEndSessionUrl(providers.configure(found.value, client), query).href;
    },
    async verifyLogout(client, token) {
      const found = await providers.discover(client.issuer);
      return found.ok ? verifyLogout(providers, found.value, { client, token, clock }) : found;
    },
  };
}

/** Issuer and audience that a token claims to have, before anything of it is verified. */
export function claimedBy(
  token: string,
): { readonly issuer: string; readonly audience: readonly string[] } | undefined {
  try {
    const { iss, aud } = decodeJwt(token);
    return iss === undefined || aud === undefined ? undefined : { issuer: iss, audience: [aud].flat() };
  } catch {
    return undefined;
  }
}

type Exchange = {
  readonly client: OpenIdClient;
  readonly pending: Pending;
  readonly search: string;
  readonly lacks: (claims: Readonly<Record<string, unknown>>) => boolean;
};

async function exchange(providers: Providers, found: Discovered, given: Exchange): Answer<Identity> {
  const { client, pending, search, lacks } = given;
  const configuration = providers.configure(found, client);
  try {
    const tokens = await oidc.authorizationCodeGrant(
      configuration,
      new URL(search === '' ? '' : `?${search.replace(/^\?/, '')}`, pending.redirectUri),
      {
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        pkceCodeVerifier: pending.verifier,
        idTokenExpected: true,
      },
    );
    const claims = tokens.claims();
    if (!claims || tokens.id_token === undefined) return refused({ fault: 'forged', reason: 'no ID token' });
    const asksMore = found.metadata.userinfo_endpoint !== undefined && lacks(claims);
    const more = asksMore ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
    return accepted({
      issuer: claims.iss,
      subject: claims.sub,
      claims: { ...more, ...claims },
      idToken: tokens.id_token,
      providerSession: typeof claims['sid'] === 'string' ? claims['sid'] : undefined,
    });
  } catch (error) {
    return refused(openIdRefusalOf(error, 'sign-in'));
  } finally {
    providers.keepKeys(found, configuration);
  }
}

type LogoutToken = { readonly client: OpenIdClient; readonly token: string; readonly clock: Clock };

async function verifyLogout(providers: Providers, found: Discovered, given: LogoutToken): Answer<EndedSessions> {
  const { client, token, clock } = given;
  const now = clock.now();
  const verify = async () =>
    jwtVerify(token, createLocalJWKSet((await providers.keysOf(found)) as JSONWebKeySet), {
      issuer: found.metadata.issuer,
      audience: client.clientId,
      algorithms: ALGORITHMS,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: new Date(now.epochMilliseconds),
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
    });
  try {
    const { payload } = await verify().catch(async (error: unknown) => {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (!(await providers.renewKeys(found))) throw error;
      return verify();
    });
    const {
      sub: subject,
      sid,
      events,
      nonce,
      aud,
      jti = '',
      exp = 0,
    } = payload as Record<string, unknown> & typeof payload;
    const isLogout = typeof events === 'object' && events !== null && Object.hasOwn(events, LOGOUT_EVENT);
    const providerSession = typeof sid === 'string' ? sid : undefined;
    if (!isLogout || nonce !== undefined || (subject === undefined && providerSession === undefined))
      return refused({ fault: 'forged', reason: 'no logout token' });
    // It has to be remembered for as long.
    if (exp > now.epochMilliseconds / 1000 + LOGOUT_LIVES_SECONDS)
      return refused({ fault: 'forged', reason: 'a logout token that lives too long' });
    const takenUntil = Temporal.Instant.fromEpochMilliseconds(Math.ceil((exp + TOLERANCE_SECONDS) * 1000));
    const audience = [aud ?? []].flat();
    return accepted({ issuer: found.metadata.issuer, audience, tokenId: jti, takenUntil, subject, providerSession });
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refused({ fault: 'expired', reason: error.message });
    if (error instanceof errors.JOSEError) return refused({ fault: 'forged', reason: error.message });
    return refused(openIdRefusalOf(error, 'sign-in'));
  }
}
