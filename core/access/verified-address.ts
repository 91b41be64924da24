/** Where Entra ID issues for one tenant; the tenant has proven the domains of its sign-in names. */
const ENTRA = /^https:\/\/(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)\//;

/**
 * The e-mail address that a provider answers for: one that it calls verified, or, from Entra ID, the sign-in name where it is of one of the
 * provider's domains. An address that nobody verified is the person's own word, and finds no account here.
 */
export function verifiedAddress(
  claims: Readonly<Record<string, unknown>>,
  { issuer, domains }: { readonly issuer: string; readonly domains: readonly string[] },
): string | undefined {
  const { email, email_verified, preferred_username, upn } = claims;
  if (isAddress(email) && (email_verified === true || email_verified === 'true')) return email;
  if (!ENTRA.test(issuer)) return undefined;
  return [preferred_username, upn].filter(isAddress).find((name) => isOfDomain(name, domains));
}

/** Whether an address is of one of the domains, and not of a domain below it. */
export function isOfDomain(address: string, domains: readonly string[]): boolean {
  return domains.includes(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
}

function isAddress(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length <= 254 && /^[^\s@\0]+@[^\s@\0]+$/.test(value) && value.isWellFormed()
  );
}
