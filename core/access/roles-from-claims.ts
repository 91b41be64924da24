import { type Role, ROLES } from './may.ts';

/** What a value of the claim gives here: `{ value: 'Yukselt.Sales', role: 'salesAgent' }`. One value may stand in several lines. */
export type RoleMapping = { readonly value: string; readonly role: Role };

/**
 * The roles that a provider's claims give: those that the map names for a value of the claim, and no others. The claim is a text or a list
 * of texts; its name may lead into objects by dots, as Keycloak's `realm_access.roles`. Groups that do not fit into a token of Entra ID are
 * only referred to there, and give nothing.
 */
export function rolesFromClaims(
  claims: Readonly<Record<string, unknown>>,
  claim: string,
  map: readonly RoleMapping[],
): readonly Role[] {
  const found = findClaim(claims, claim);
  const values = (Array.isArray(found) ? found : [found]).filter((value) => typeof value === 'string');
  const given = new Set(map.filter(({ value }) => values.includes(value)).map(({ role }) => role));
  return ROLES.filter((role) => given.has(role));
}

/** A claim by its name, or by the names that lead to it, with dots between. */
export function findClaim(claims: Readonly<Record<string, unknown>>, claim: string): unknown {
  if (Object.hasOwn(claims, claim)) return claims[claim];
  let found: unknown = claims;
  for (const part of claim.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[part];
  }
  return found;
}
