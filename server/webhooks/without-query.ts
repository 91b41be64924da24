/** An address as the audit log keeps it: its query may carry a secret. */
export function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, '?…');
}
