import * as oidc from 'openid-client';
import { refused, accepted, type Result } from '../../core/values/result.ts';
import type { Clock } from '../context.ts';
import { callOut } from './call-out.ts';
import { type OpenIdRefusal, openIdRefusalOf } from './open-id-fault.ts';
import { faultOfAddress, type Reach } from './outbound-address.ts';

/** What is registered at a provider. */
export type OpenIdClient = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type KeySet = { readonly jwks: oidc.JWKS; readonly readAtMs: number };

/** What a provider says of itself, remembered for a while; shared by all its clients. */
export type Discovered = { readonly metadata: oidc.ServerMetadata; readonly readAtMs: number; keys?: KeySet };

/** However many calls a step takes, nobody waits longer for it. */
const PATIENCE_MS = 5000;
const DOCUMENT_GOOD_FOR_MS = 10 * 60_000;
/** As the library has it. */
const KEYS_GOOD_FOR_MS = 5 * 60_000;
const KEYS_AGAIN_AFTER_MS = 60_000;
const MOST_REMEMBERED = 500;

export type Providers = {
  /** Reads the discovery document of an issuer, or remembers it. Refused: where it cannot be had or is wrong. */
  discover(issuer: string, anew?: boolean): Promise<Result<Discovered, OpenIdRefusal>>;
  /** The library's view of one client at a provider, bounded in time from now on. */
  configure(found: Discovered, client: OpenIdClient): oidc.Configuration;
  /** Keeps the keys that the library has fetched meanwhile. */
  keepKeys(found: Discovered, used: oidc.Configuration): void;
  /** The provider's keys, for what the library does not verify. @throws where they cannot be had */
  keysOf(found: Discovered): Promise<oidc.JWKS>;
  /** Fetches the keys again, once a minute at most. False: it was too early. @throws where they cannot be had */
  renewKeys(found: Discovered): Promise<boolean>;
};

/** Remembers providers in this server's memory, by the deployment's clock. */
export function rememberProviders(clock: Clock, reach: () => Reach): Providers {
  const known = new Map<string, Discovered>();
  const nowMs = () => clock.now().epochMilliseconds;
  const isFresh = (readAtMs: number, forMs: number) => {
    const age = nowMs() - readAtMs;
    return age >= 0 && age < forMs;
  };

  async function read(issuer: string): Promise<Discovered> {
    const options: oidc.DiscoveryRequestOptions = {
      [oidc.customFetch]: fetchWithin(reach()),
      ...(reach() === 'trial' && { execute: [oidc.allowInsecureRequests] }),
    };
    const configuration = await oidc.discovery(new URL(issuer), 'discovery', undefined, undefined, options);
    const metadata = structuredClone({ ...configuration.serverMetadata() });
    return { metadata, readAtMs: nowMs() };
  }

  async function readKeys(found: Discovered): Promise<oidc.JWKS> {
    const options = { method: 'GET', headers: { accept: 'application/json' }, reach: reach() };
    const answer = await callOut(found.metadata.jwks_uri ?? '', {
      ...options,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const jwks = (await answer.json()) as oidc.JWKS;
    if (!Array.isArray(jwks.keys)) throw new Error('no list of keys');
    found.keys = { jwks, readAtMs: nowMs() };
    return jwks;
  }

  return {
    async keysOf(found) {
      const { keys } = found;
      return keys && isFresh(keys.readAtMs, KEYS_GOOD_FOR_MS) ? keys.jwks : readKeys(found);
    },
    async renewKeys(found) {
      if (found.keys && isFresh(found.keys.readAtMs, KEYS_AGAIN_AFTER_MS)) return false;
      await readKeys(found);
      return true;
    },
    async discover(issuer, anew = false) {
      const before = known.get(issuer);
      if (before && !anew && isFresh(before.readAtMs, DOCUMENT_GOOD_FOR_MS)) return accepted(before);
      if (faultOfAddress(issuer, reach())) return refused({ fault: 'address', reason: 'the issuer may not be called' });
      try {
        const found = await read(issuer);
        const refusal = faultOfDocument(issuer, found.metadata, reach());
        if (refusal) return refused(refusal);
        if (before?.keys) found.keys = before.keys;
        known.delete(issuer);
        known.set(issuer, found);
        for (const oldest of known.keys()) if (known.size > MOST_REMEMBERED) known.delete(oldest);
        return accepted(found);
      } catch (error) {
        return refused(openIdRefusalOf(error, 'discovery'));
      }
    },
    configure: (found, client) => configure(found, client, { nowMs: nowMs(), reach: reach() }),
    keepKeys(found, used) {
      const cache = oidc.getJwksCache(used);
      if (!cache) return;
      const ageMs = Math.max(0, Date.now() - cache.uat * 1000);
      found.keys = { jwks: cache.jwks, readAtMs: nowMs() - ageMs };
    },
  };
}

function configure(
  { metadata, keys }: Discovered,
  { clientId, clientSecret }: OpenIdClient,
  { nowMs, reach }: { nowMs: number; reach: Reach },
): oidc.Configuration {
  // The library counts from the real time, a sandbox from its own.
  const realMs = Date.now();
  const skew = { [oidc.clockSkew]: Math.round((nowMs - realMs) / 1000) };
  const configuration = new oidc.Configuration(metadata, clientId, skew, authentication(metadata, clientSecret));
  configuration[oidc.customFetch] = fetchWithin(reach);
  if (reach === 'trial') oidc.allowInsecureRequests(configuration);
  // It would trust the connection to the provider alone.
  oidc.enableNonRepudiationChecks(configuration);
  const age = keys ? nowMs - keys.readAtMs : -1;
  if (keys && age >= 0) {
    oidc.setJwksCache(configuration, { jwks: keys.jwks, uat: Math.floor((realMs - age) / 1000) });
  }
  return configuration;
}

/** Calls for the library, for five seconds in all. */
function fetchWithin(reach: Reach): oidc.CustomFetch {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  return (url, { method, headers, body, signal }) =>
    callOut(url, {
      method,
      headers,
      body: body instanceof URLSearchParams || typeof body === 'string' ? String(body) : undefined,
      reach,
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    });
}

/** By the header unless the provider knows the form alone (OpenID Connect Discovery 1.0, 3). */
function authentication(metadata: oidc.ServerMetadata, secret: string): oidc.ClientAuth {
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic') || !methods.includes('client_secret_post')
    ? oidc.ClientSecretBasic(secret)
    : oidc.ClientSecretPost(secret);
}

/**
 * What a document must have for the code flow. An issuer that stands for many tenants, as Entra ID’s `common`, names another in its document
 * and is refused: an address says nothing there of whose it is.
 */
function faultOfDocument(issuer: string, metadata: oidc.ServerMetadata, reach: Reach): OpenIdRefusal | undefined {
  if (URL.parse(metadata.issuer)?.href !== URL.parse(issuer)?.href)
    return { fault: 'issuer-differs', reason: 'the document names another issuer' };
  const { authorization_endpoint, token_endpoint, jwks_uri, end_session_endpoint, userinfo_endpoint } = metadata;
  for (const [name, address, needed] of [
    ['authorization_endpoint', authorization_endpoint, true],
    ['token_endpoint', token_endpoint, true],
    ['jwks_uri', jwks_uri, true],
    ['userinfo_endpoint', userinfo_endpoint, false],
    ['end_session_endpoint', end_session_endpoint, false],
  ] as const) {
    if (address === undefined && !needed) continue;
    if (typeof address !== 'string') return { fault: 'not-a-provider', reason: `no ${name}` };
    if (faultOfAddress(address, reach)) return { fault: 'address', reason: `${name} may not be called` };
  }
  return undefined;
}
