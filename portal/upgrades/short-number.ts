/** The number by which people name a quote or an upgrade: the end of its id. */
export function shortNumber(id: string): string {
  return `${id.slice(-8, -4)}-${id.slice(-4)}`.toUpperCase();
}
