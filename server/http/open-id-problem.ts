import type { OpenIdFault } from './open-id.ts';

/** Why a sign-in at a provider came to nothing, in what a person can do about it. */
export type OpenIdProblem = 'provider-down' | 'provider-misconfigured' | 'canceled' | 'not-verified';

export const PROBLEM_OF_FAULT: Readonly<Record<OpenIdFault, OpenIdProblem>> = {
  address: 'provider-misconfigured',
  unreachable: 'provider-down',
  'not-a-provider': 'provider-misconfigured',
  'issuer-differs': 'provider-misconfigured',
  'client-refused': 'provider-misconfigured',
  denied: 'canceled',
  used: 'not-verified',
  expired: 'not-verified',
  forged: 'not-verified',
};
