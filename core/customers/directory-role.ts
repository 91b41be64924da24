/** A role that a user can have in the customer's directory, by the id that it has in every tenant. */
export type BuiltInRole = { readonly roleId: string; readonly name: string };

/**
 * The roles that the product knows, as Microsoft calls them
 * (https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference).
 */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  { roleId: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', name: 'Directory Readers' },
  { roleId: '9360feb5-f418-4baa-8175-e2a00bac4301', name: 'Directory Writers' },
  { roleId: '62e90394-69f5-4237-9190-012177145e10', name: 'Global Administrator' },
  { roleId: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451', name: 'Global Reader' },
  { roleId: '4d6ac14f-3453-41d0-bef9-a3e0c569773a', name: 'License Administrator' },
  { roleId: 'e8611ab8-c189-46e8-94e1-60213ab1f814', name: 'Privileged Role Administrator' },
  { roleId: 'fe930be7-5e62-47db-91af-98c3a49a38b1', name: 'User Administrator' },
];
