import { createHash } from 'node:crypto';
import {
  createLocalJWKSet,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Actor, Context } from '../context.ts';
import { findSigningKeys, saveFirstKey } from './token.store.ts';

/** What an access token must be made for to be good on the Partner Center API. */
export const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
export const TOKEN_SECONDS = 3599;
const ALGORITHM = 'RS256';

export type VerifiedToken = { readonly partnerId: string; readonly clientId: string };
export type TokenVersion = '1.0' | '2.0';

export type TokenIssuer = {
  /** The keys that verify tokens, in public form. */
  keys(): Promise<JSONWebKeySet>;
  issuerOf(partnerId: string, version: TokenVersion): string;
  /** Claims as the service's own tokens carry them; without a person there is neither `upn` nor `scp`. */
  issue(given: { actor: Actor; clientId: string; audience: string; version: TokenVersion }): Promise<string>;
  /** Undefined: forged, expired or of another issuer. `audience` tells a good token that was made for something else. */
  verify(token: string): Promise<VerifiedToken | 'audience' | undefined>;
};

/** Issues and verifies access tokens with the deployment's own keys; the first key is made when it is first needed. */
export function createTokenIssuer(
  { database, clock, newId }: Pick<Context, 'database' | 'clock' | 'newId'>,
  publicUrl: () => string,
): TokenIssuer {
  let known: Promise<Keys> | undefined;
  const keysOf = () => {
    known ??= loadKeys().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const issuerOf = (partnerId: string, version: TokenVersion) =>
    `${publicUrl()}/${partnerId}/${version === '2.0' ? 'v2.0' : ''}`;
  return {
    keys: async () => (await keysOf()).public,
    issuerOf,
    async issue({ actor, clientId, audience, version }) {
      const { keyId, signing } = await keysOf();
      const seconds = Math.floor(clock.now().epochMilliseconds / 1000);
      return new SignJWT(claimsOf(actor, clientId, version))
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: keyId })
        .setAudience(audience)
        .setIssuer(issuerOf(actor.partner.partnerId, version))
        .setIssuedAt(seconds)
        .setNotBefore(seconds)
        .setExpirationTime(seconds + TOKEN_SECONDS)
        .sign(signing);
    },
    async verify(token) {
      const { verifying } = await keysOf();
      try {
        const now = new Date(clock.now().epochMilliseconds);
        const { payload } = await jwtVerify(token, verifying, { algorithms: [ALGORITHM], currentDate: now });
        const { tid, appid, iss, aud } = payload as Record<string, unknown>;
        if (typeof tid !== 'string' || typeof appid !== 'string') return undefined;
        if (iss !== issuerOf(tid, '1.0') && iss !== issuerOf(tid, '2.0')) return undefined;
        return aud === PARTNER_CENTER ? { partnerId: tid, clientId: appid } : 'audience';
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };

  async function loadKeys(): Promise<Keys> {
    let stored = await database.asSystem(findSigningKeys);
    if (stored.length === 0) {
      const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
      const first = { keyId: newId(), privateJwk: await exportJWK(privateKey) };
      await database.asSystem((tx) => saveFirstKey(tx, first, clock.now().toString()));
      stored = await database.asSystem(findSigningKeys);
    }
    const newest = stored[0];
    if (!newest) throw new RangeError('no signing key although one was saved');
    const publicKeys = { keys: stored.map(({ keyId, privateJwk }) => publicPart(keyId, privateJwk)) };
    return {
      keyId: newest.keyId,
      signing: (await importJWK(newest.privateJwk, ALGORITHM)) as CryptoKey,
      verifying: createLocalJWKSet(publicKeys),
      public: publicKeys,
    };
  }
}

type Keys = {
  readonly keyId: string;
  readonly signing: CryptoKey;
  readonly verifying: ReturnType<typeof createLocalJWKSet>;
  readonly public: JSONWebKeySet;
};

function publicPart(keyId: string, { kty = 'RSA', n = '', e = '' }: JWK): JWK {
  return { kty, n, e, kid: keyId, use: 'sig', alg: ALGORITHM };
}

function claimsOf(
  { agentId, email, displayName, userContext, partner }: Actor,
  clientId: string,
  version: TokenVersion,
) {
  const subject = createHash('sha256').update(`${clientId} ${agentId}`).digest('base64url');
  const common = { appid: clientId, appidacr: '1', tid: partner.partnerId, oid: agentId, sub: subject, ver: version };
  return userContext
    ? { ...common, upn: email, unique_name: email, name: displayName, scp: 'user_impersonation', amr: ['pwd', 'mfa'] }
    : common;
}
