import type { ProviderFindingName } from '../../contract/identity-providers.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import type { OpenId, OpenIdFault } from '../http/open-id.ts';

export type ProviderFinding = { readonly name: ProviderFindingName; readonly isFault: boolean };

/** Reads a provider’s discovery document now and tells what stands against it, and what it lacks. Refused: role. */
export async function testProvider(
  { actor, log, correlationId }: Call,
  openId: OpenId,
  issuer: string,
): Promise<Outcome<readonly ProviderFinding[]>> {
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const read = await openId.inspect(issuer);
  if (!read.ok) {
    const { fault, reason } = read.refused;
    log.warn({ correlationId, fault, reason }, 'an identity provider did not pass its test');
    return accepted([{ name: isFinding(fault) ? fault : 'not-a-provider', isFault: true }]);
  }
  const metadata = read.value;
  const { response_types_supported = ['code'], code_challenge_methods_supported = [] } = metadata;
  const findings: (readonly [ProviderFindingName, boolean, isFault?: true])[] = [
    ['no-code-flow', !response_types_supported.includes('code'), true],
    ['pkce-not-announced', !code_challenge_methods_supported.includes('S256')],
    ['no-sign-out', metadata.end_session_endpoint === undefined],
    ['no-back-channel-logout', metadata['backchannel_logout_supported'] !== true],
  ];
  return accepted(
    findings.filter(([, holds]) => holds).map(([name, , isFault]) => ({ name, isFault: isFault === true })),
  );
}

function isFinding(fault: OpenIdFault): fault is OpenIdFault & ProviderFindingName {
  return fault === 'address' || fault === 'unreachable' || fault === 'issuer-differs';
}
