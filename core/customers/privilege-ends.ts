import { type DelegatedPrivileges, isLive } from './relationship.ts';

/** How many days before their end privileges are warned of, the farthest first. */
export const WARNING_DAYS = [30, 7, 1] as const;
export type WarningDays = (typeof WARNING_DAYS)[number];

export type EndWarning = { readonly days: WarningDays; readonly endsAt: Temporal.Instant };

/**
 * The nearest warning that is due for an end: within 30, 7 or 1 days of 24 hours. Undefined: it is farther off, or past, which is no
 * warning any more.
 */
export function warningOf(endsAt: Temporal.Instant | null, now: Temporal.Instant): WarningDays | undefined {
  if (endsAt === null || Temporal.Instant.compare(endsAt, now) <= 0) return undefined;
  return WARNING_DAYS.findLast((days) => Temporal.Instant.compare(endsAt, now.add({ hours: days * 24 })) <= 0);
}

/**
 * The warning for one grant among all that a partner holds for a customer. Undefined as well where what it grants is held through another
 * one after its end, as when it was renewed in time.
 */
export function warningOfGrant<Grant extends DelegatedPrivileges>(
  grant: Grant,
  held: readonly Grant[],
  now: Temporal.Instant,
): EndWarning | undefined {
  const { endsAt } = grant;
  const days = warningOf(endsAt, now);
  if (days === undefined || endsAt === null || !isLive(grant, now)) return undefined;
  return held.some((other) => other !== grant && carriesOn(other, grant, endsAt, now)) ? undefined : { days, endsAt };
}

/** What of it all ends first without being held on; undefined: nothing within 30 days. */
export function nextWarning(held: readonly DelegatedPrivileges[], now: Temporal.Instant): EndWarning | undefined {
  return held
    .flatMap((grant) => warningOfGrant(grant, held, now) ?? [])
    .toSorted((one, other) => Temporal.Instant.compare(one.endsAt, other.endsAt))[0];
}

/** Two that end at the same moment do not save each other. Full privileges hold every role; granular ones do not hold full ones (R12). */
function carriesOn(
  other: DelegatedPrivileges,
  grant: DelegatedPrivileges,
  endsAt: Temporal.Instant,
  now: Temporal.Instant,
): boolean {
  if (!isLive(other, now) || (other.endsAt !== null && Temporal.Instant.compare(other.endsAt, endsAt) <= 0))
    return false;
  const { families } = other;
  const coversServices = families === null || (grant.families?.every((family) => families.includes(family)) ?? false);
  if (!coversServices) return false;
  return other.kind === 'dap' || (grant.kind === 'gdap' && grant.roles.every((role) => other.roles.includes(role)));
}
