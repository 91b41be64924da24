import type { NotTheAdministrator } from '../../core/customers/customer-administrator.ts';
import type { OpenIdClient } from '../http/open-id.ts';
import type { OpenIdProblem } from '../http/open-id-problem.ts';

/** Where a customer's provider sends the browser back to. */
export const CALLBACK = '/api/acceptance/callback';
/** How long somebody may take there, and how long what was proved holds. */
export const SIGN_IN_MINUTES = 10;

/** What an operator registered once for the tenants of all customers; `{tenant}` stands in the issuer for the id of one. */
export type CustomerSignIn = OpenIdClient;

/** The client at the provider of one tenant. */
export function clientOf({ issuer, ...client }: CustomerSignIn, tenantId: string): OpenIdClient {
  return { ...client, issuer: issuer.replace('{tenant}', tenantId.toLowerCase()) };
}

/** Why a sign-in proved nothing, as the page says it. */
export type SignInProblem = OpenIdProblem | 'not-begun' | Exclude<NotTheAdministrator, 'no-address'>;

/** `reason` is for the log: without a token, and without who it was. */
export type SignInRefusal = { readonly problem: SignInProblem; readonly reason: string };
