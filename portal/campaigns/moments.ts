/** What a field for a moment holds, of a moment in this browser's time zone. */
export function typedMoment(moment: string): string {
  const date = new Date(moment);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment that a field holds; undefined: it is not filled in. */
export function momentOf(typed: string): string | undefined {
  const date = new Date(typed);
  return typed === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
