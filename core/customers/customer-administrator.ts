/** The id of the role that accepts a partner (R7), in every tenant (https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference). */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

/** Why the account that somebody signed in with may not answer for a customer. */
export type NotTheAdministrator = 'other-tenant' | 'not-administrator' | 'other-domain' | 'no-address';

type Claims = Readonly<Record<string, unknown>>;

/**
 * Whether verified claims are of a Global Administrator of a tenant: `tid` names the tenant, `wids` its directory roles by template
 * (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference). `domain` must be that of the account's name where
 * nothing else ties the tenant to it; undefined: something does. `email` alone ties nothing: a tenant writes into it what it likes.
 */
export function administratorOf(
  claims: Claims,
  { tenantId, domain }: { readonly tenantId: string; readonly domain: string | undefined },
): { readonly email: string } | NotTheAdministrator {
  if (textOf(claims['tid'])?.toLowerCase() !== tenantId.toLowerCase()) return 'other-tenant';
  const roles: readonly unknown[] = Array.isArray(claims['wids']) ? claims['wids'] : [];
  if (!roles.some((role) => textOf(role)?.toLowerCase() === GLOBAL_ADMINISTRATOR)) return 'not-administrator';
  const name = addressOf(claims['upn']) ?? addressOf(claims['preferred_username']);
  if (domain !== undefined && name?.split('@').at(-1) !== domain.toLowerCase()) return 'other-domain';
  const email = addressOf(claims['email']) ?? name;
  return email === undefined ? 'no-address' : { email };
}

/** Whether a name to write to must be asked for once more. */
export function lacksName(claims: Claims): boolean {
  return addressOf(claims['upn']) === undefined && addressOf(claims['preferred_username']) === undefined;
}

const LONGEST_ADDRESS = 254;

function addressOf(value: unknown): string | undefined {
  const text = textOf(value)?.toLowerCase();
  const isAddress =
    text !== undefined && text.length <= LONGEST_ADDRESS && /^[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text);
  return isAddress ? text : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
