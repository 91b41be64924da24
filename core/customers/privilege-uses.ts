import {
  type DelegatedPrivileges,
  type DirectoryAct,
  type DirectoryRole,
  findPrivilegeGaps,
  isLive,
  rolesFor,
} from './relationship.ts';

/** The acts that a partner asks privileges for. */
export const USES = [
  'upgrade_only',
  'upgrade_with_license_transfer',
  'assign_license',
  'read_licenses',
  'read_users',
  'write_users',
  'delete_users',
  'read_roles',
  'write_roles',
] as const satisfies DirectoryAct[];

export type PrivilegeUse = {
  readonly act: (typeof USES)[number];
  readonly roles: readonly DirectoryRole[];
  /** `partly`: for some services only. */
  readonly standing: 'granted' | 'partly' | 'none' | 'role-missing' | 'not-covered' | 'lapsed';
  /** Until when it is allowed as it is now; null: without end, or it is not allowed. */
  readonly until: Temporal.Instant | null;
};

/** For each act whether the privileges allow it, and until when, for a customer whose subscriptions are of these service families. */
export function assessUses(
  privileges: readonly DelegatedPrivileges[],
  families: readonly string[],
  now: Temporal.Instant,
): PrivilegeUse[] {
  return USES.map((act) => {
    // Acts on the directory itself ask for no service (5.2).
    const ofServices = act.startsWith('upgrade') || act === 'assign_license';
    const held = ofServices ? privileges : privileges.map((one) => ({ ...one, families: null }));
    const asked = ofServices && families.length > 0 ? families : [ANY];
    const standing = standingOf(held, asked, act, now);
    const until = standing === 'granted' || standing === 'partly' ? untilOf(held, asked, act, now) : null;
    return { act, roles: rolesFor(act), standing, until };
  });
}

const ANY = 'any';

function standingOf(
  privileges: readonly DelegatedPrivileges[],
  families: readonly string[],
  act: DirectoryAct,
  now: Temporal.Instant,
): PrivilegeUse['standing'] {
  // Without a subscription there is no service to ask about: any grant tells.
  const held = families[0] === ANY ? privileges.map((one) => ({ ...one, families: null })) : privileges;
  const gaps = findPrivilegeGaps(held, families, act, now);
  const [first] = gaps;
  if (!first) return 'granted';
  const missing = gaps.flatMap((gap) => ('families' in gap ? gap.families : families));
  return missing.length < families.length ? 'partly' : first.cause;
}

/** The first end after which it would no longer stand as it does. */
function untilOf(
  privileges: readonly DelegatedPrivileges[],
  families: readonly string[],
  act: DirectoryAct,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const stands = standingOf(privileges, families, act, now);
  const ends = privileges
    .flatMap((one) => (one.endsAt !== null && isLive(one, now) ? [one.endsAt] : []))
    .toSorted((one, other) => Temporal.Instant.compare(one, other));
  return ends.find((end) => standingOf(privileges, families, act, end) !== stands) ?? null;
}
