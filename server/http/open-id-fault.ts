import * as oidc from 'openid-client';
import { OutboundError } from './call-out.ts';

/**
 * Why something with an OpenID provider did not work: it may not be called (`address`), gives no answer (`unreachable`), is no provider or
 * lacks what is needed (`not-a-provider`), names itself otherwise (`issuer-differs`), does not take this client or its request
 * (`client-refused`), the person did not go through with it (`denied`), a code that is used up (`used`), a token of another time
 * (`expired`), or anything that was not made for this very request (`forged`).
 */
export type OpenIdFault =
  | 'address'
  | 'unreachable'
  | 'not-a-provider'
  | 'issuer-differs'
  | 'client-refused'
  | 'denied'
  | 'used'
  | 'expired'
  | 'forged';

/** `reason` is for the log: technical, and without a secret or token. */
export type OpenIdRefusal = { readonly fault: OpenIdFault; readonly reason: string };

/** What an error of the library or the network means; `while` tells which document was being read. @throws what is none of theirs */
export function openIdRefusalOf(error: unknown, doing: 'discovery' | 'sign-in'): OpenIdRefusal {
  const chain = causesOf(error);
  const outbound = chain.find((one) => one instanceof OutboundError);
  if (outbound) return { fault: 'address', reason: outbound.message };
  for (const one of chain) {
    if (one instanceof oidc.AuthorizationResponseError) return told(AUTHORIZATION_FAULTS[one.error], one.error);
    if (one instanceof oidc.ResponseBodyError)
      return told(one.error === 'invalid_grant' ? 'used' : 'client-refused', one.error);
    if (one instanceof oidc.WWWAuthenticateChallengeError) return told('client-refused', 'the client was not accepted');
  }
  const status = chain.find((one) => one instanceof Response)?.status;
  if (status !== undefined) {
    const fault = status >= 500 || status === 429 ? 'unreachable' : 'not-a-provider';
    return told(doing === 'sign-in' && fault !== 'unreachable' ? 'client-refused' : fault, `HTTP ${status}`);
  }
  const [first] = chain;
  if (!(first instanceof Error)) throw error;
  const code = codeOf(first);
  const known = code === undefined ? undefined : CODE_FAULTS[code];
  // What a document lacks or says wrongly means something else in an answer to a request of ours.
  if (known) return told(doing === 'discovery' && known === 'forged' ? 'not-a-provider' : known, reasonOf(chain));
  return told('unreachable', reasonOf(chain));
}

const AUTHORIZATION_FAULTS: Readonly<Record<string, OpenIdFault>> = {
  server_error: 'unreachable',
  temporarily_unavailable: 'unreachable',
  invalid_request: 'client-refused',
  unauthorized_client: 'client-refused',
  unsupported_response_type: 'client-refused',
  invalid_scope: 'client-refused',
};

const CODE_FAULTS: Readonly<Record<string, OpenIdFault>> = {
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'issuer-differs',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'expired',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'forged',
  OAUTH_KEY_SELECTION_FAILED: 'forged',
  OAUTH_UNSUPPORTED_OPERATION: 'forged',
  OAUTH_INVALID_RESPONSE: 'forged',
  OAUTH_PARSE_ERROR: 'forged',
  OAUTH_RESPONSE_IS_NOT_JSON: 'forged',
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'forged',
  OAUTH_MISSING_SERVER_METADATA: 'not-a-provider',
  OAUTH_INVALID_SERVER_METADATA: 'not-a-provider',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'address',
  OAUTH_REQUEST_PROTOCOL_FORBIDDEN: 'address',
};

/** Whatever else a provider answers to an authorization request, the person did not get through. */
function told(fault: OpenIdFault | undefined, reason: string): OpenIdRefusal {
  return { fault: fault ?? 'denied', reason: reason.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200) };
}

function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let one = error; one !== undefined && chain.length < 8; one = (one as { cause?: unknown }).cause) {
    chain.push(one);
    if (typeof one !== 'object' || one === null) break;
  }
  return chain;
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function reasonOf(chain: readonly unknown[]): string {
  return chain.flatMap((one) => (one instanceof Error ? [one.message] : [])).join(': ');
}
