/**
 * What a customer granted a partner: delegated admin privileges (DAP, all or nothing, no end) or granular ones (GDAP, named
 * directory roles until a day). `families` limits a grant to service families; null covers all services (product R4).
 */
export type DelegatedPrivileges = {
  readonly kind: 'dap' | 'gdap';
  readonly roles: readonly DirectoryRole[];
  readonly families: readonly string[] | null;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant | null;
};

export const DIRECTORY_ROLES = [
  'directoryReader',
  'globalReader',
  'directoryWriter',
  'licenseAdministrator',
  'userAdministrator',
  'privilegedRoleAdministrator',
] as const;
export type DirectoryRole = (typeof DIRECTORY_ROLES)[number];

/** What a granular relationship lasts when nothing else was agreed: two years of days (R13). */
const DEFAULT_DAYS = 730;

/** The privileges over a customer that the partner itself creates: granular, every role of this product, all services (R13, R15). */
export function defaultPrivileges(now: Temporal.Instant): DelegatedPrivileges {
  const endsAt = now.add({ hours: DEFAULT_DAYS * 24 });
  return { kind: 'gdap', roles: DIRECTORY_ROLES, families: null, startsAt: now, endsAt };
}

export type UpgradeType = 'upgrade_only' | 'upgrade_with_license_transfer';
export const UPGRADE_TYPES = ['upgrade_with_license_transfer', 'upgrade_only'] as const satisfies UpgradeType[];

/** An act that touches the customer's directory. */
export type DirectoryAct =
  | UpgradeType
  | 'assign_license'
  | 'read_licenses'
  | 'read_skus'
  | 'read_users'
  | 'write_users'
  | 'delete_users'
  | 'read_roles'
  | 'write_roles';

/**
 * Directory roles of which a granular relationship must hold one; the first is the one to ask for.
 * https://learn.microsoft.com/partner-center/dap-api-impact; a writer of the directory also reads it.
 */
const ROLES_FOR: Readonly<Record<DirectoryAct, readonly [DirectoryRole, ...DirectoryRole[]]>> = {
  upgrade_only: ['directoryReader', 'globalReader', 'directoryWriter'],
  upgrade_with_license_transfer: ['directoryWriter'],
  assign_license: ['directoryWriter', 'userAdministrator', 'licenseAdministrator'],
  read_licenses: ['directoryReader', 'directoryWriter', 'userAdministrator', 'licenseAdministrator'],
  read_skus: ['directoryReader', 'globalReader', 'directoryWriter', 'userAdministrator', 'licenseAdministrator'],
  read_users: ['directoryReader', 'globalReader', 'directoryWriter', 'userAdministrator'],
  write_users: ['directoryWriter', 'userAdministrator'],
  delete_users: ['userAdministrator'],
  read_roles: ['directoryReader', 'globalReader', 'directoryWriter', 'privilegedRoleAdministrator'],
  write_roles: ['privilegedRoleAdministrator'],
};

/** The roles of which a granular relationship must hold one for an act. */
export function rolesFor(act: DirectoryAct): readonly DirectoryRole[] {
  return ROLES_FOR[act];
}

/** The role to ask for when one is missing (E11). */
export function roleToRequest(act: DirectoryAct): DirectoryRole {
  return ROLES_FOR[act][0];
}

export type PrivilegeGap =
  | { readonly cause: 'none' }
  | { readonly cause: 'not-covered'; readonly families: readonly string[] }
  | { readonly cause: 'role-missing'; readonly families: readonly string[] }
  | { readonly cause: 'lapsed'; readonly families: readonly string[]; readonly endedAt: Temporal.Instant };

/**
 * Condition 2: what is missing in the delegated privileges for an act on these service families; empty when nothing is.
 * Where both kinds are held, the granular one wins for the families it covers, even when it grants less (R14).
 */
export function findPrivilegeGaps(
  privileges: readonly DelegatedPrivileges[],
  families: readonly string[],
  act: DirectoryAct,
  now: Temporal.Instant,
): PrivilegeGap[] {
  if (privileges.length === 0) return [{ cause: 'none' }];
  const causes = families.map((family) => ({ family, ...standingOf(privileges, family, act, now) }));
  const named = (cause: PrivilegeGap['cause']) => causes.filter((one) => one.cause === cause);
  const gaps: PrivilegeGap[] = [];
  const notCovered = named('not-covered').map((one) => one.family);
  if (notCovered.length > 0) gaps.push({ cause: 'not-covered', families: notCovered });
  const missing = named('role-missing').map((one) => one.family);
  if (missing.length > 0) gaps.push({ cause: 'role-missing', families: missing });
  const lapsed = named('lapsed');
  const endedAt = lapsed[0]?.endedAt;
  if (endedAt) gaps.push({ cause: 'lapsed', families: lapsed.map((one) => one.family), endedAt });
  return gaps;
}

/**
 * What is missing for an act on the directory as a whole, whatever service it is about; undefined when nothing is. Any live grant counts,
 * and the granular ones win where there are any (R14).
 */
export function findDirectoryGap(
  privileges: readonly DelegatedPrivileges[],
  act: DirectoryAct,
  now: Temporal.Instant,
): PrivilegeGap | undefined {
  const everywhere = privileges.map((one) => ({ ...one, families: null }));
  return findPrivilegeGaps(everywhere, ['directory'], act, now)[0];
}

type Standing = { cause: 'held' | 'not-covered' | 'role-missing' | 'lapsed'; endedAt?: Temporal.Instant };

function standingOf(
  privileges: readonly DelegatedPrivileges[],
  family: string,
  act: DirectoryAct,
  now: Temporal.Instant,
): Standing {
  const covering = privileges.filter((one) => one.families === null || one.families.includes(family));
  const live = covering.filter((one) => isLive(one, now));
  const granular = live.filter((one) => one.kind === 'gdap');
  if (granular.length > 0) {
    const held = granular.some((one) => one.roles.some((role) => ROLES_FOR[act].includes(role)));
    return { cause: held ? 'held' : 'role-missing' };
  }
  if (live.length > 0) return { cause: 'held' };
  // What has not begun covers nothing yet and has not lapsed.
  const ended = covering.flatMap(({ endsAt }) =>
    endsAt && Temporal.Instant.compare(endsAt, now) <= 0 ? [endsAt] : [],
  );
  const endedAt = ended.toSorted((one, other) => Temporal.Instant.compare(one, other)).at(-1);
  return endedAt ? { cause: 'lapsed', endedAt } : { cause: 'not-covered' };
}

/** Whether a grant has begun and not ended. */
export function isLive(privileges: DelegatedPrivileges, now: Temporal.Instant): boolean {
  const { startsAt, endsAt } = privileges;
  return Temporal.Instant.compare(startsAt, now) <= 0 && (endsAt === null || Temporal.Instant.compare(now, endsAt) < 0);
}
