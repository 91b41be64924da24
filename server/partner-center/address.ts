const DIALECT = /^\/+(v1|webhooks\/+v1|auditactivity\/+v1)(\/|\?|$)/i;
const SIGN_IN = /^\/+[^/?]+\/+(oauth2|discovery|\.well-known|v2\.0)\//i;
/** What the .NET SDK on Linux makes of a next link. */
const FILE_ADDRESS = /^\/+v1\/+file:\/+/i;

/**
 * Brings the address of a request of the dialect into the one form that routes are written in: lower case, single slashes, none at the end.
 * Ids are compared without case everywhere in it. Other addresses stay as they are.
 */
export function normalizeAddress(url: string): string {
  if (!DIALECT.test(url) && !SIGN_IN.test(url)) return url;
  // There the query's mark came encoded, and with it perhaps more.
  const readable = FILE_ADDRESS.test(url) ? url.replace(FILE_ADDRESS, '/v1/').replace(/%3f/i, '?') : url;
  const mark = readable.indexOf('?');
  const path = mark < 0 ? readable : readable.slice(0, mark);
  const query = mark < 0 ? '' : readable.slice(mark);
  const single = path.toLowerCase().replace(/\/{2,}/g, '/');
  return (single.length > 1 ? single.replace(/\/$/, '') : single) + query;
}

/** Whether an address belongs to the dialect, whose errors have shapes of their own. */
export function isDialect(url: string): boolean {
  return DIALECT.test(url);
}
