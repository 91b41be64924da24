/** The hours of the night, UTC, over which partners are spread. */
const NIGHT_MINUTES = 6 * 60;

/**
 * Whether a partner's log is to be verified as a whole: once a day, at a minute of the night that comes from the partner's id, so that not
 * all of them begin at once. `beganAt`: the last time that it was begun; undefined: never, and it is due at once.
 */
export function isWholeVerificationDue(
  partnerId: string,
  { beganAt, now }: { readonly beganAt: Temporal.Instant | undefined; readonly now: Temporal.Instant },
): boolean {
  if (!beganAt) return true;
  const minutes = Number.parseInt(partnerId.slice(-4), 16) % NIGHT_MINUTES;
  const ofToday = now.toZonedDateTimeISO('UTC').startOfDay().add({ minutes }).toInstant();
  const latest = Temporal.Instant.compare(now, ofToday) < 0 ? ofToday.subtract({ hours: 24 }) : ofToday;
  return Temporal.Instant.compare(beganAt, latest) < 0;
}
