import type { OpenIdProblem } from '../http/open-id-problem.ts';

/** Where a provider sends the browser back to, and where it tells of sessions that ended. */
export const CALLBACK = '/api/sign-in/callback';
export const BACK_CHANNEL_LOGOUT = '/api/sign-in/backchannel-logout';

/** Why somebody is not signed in with a work account, as the sign-in page says it. */
export type WorkAccountProblem = OpenIdProblem | 'no-provider' | 'unknown-domain' | 'not-begun' | 'unknown-agent';

/** `reason` is for the log. */
export type WorkAccountRefusal = { readonly problem: WorkAccountProblem; readonly reason: string };

const START = '/customers';
const HERE = 'http://here.invalid';

/** Only a page of this portal: an address from outside must not lead elsewhere, whatever a browser makes of it. */
export function localPath(next: string | undefined): string {
  const url = next !== undefined && next.startsWith('/') ? URL.parse(next, HERE) : null;
  if (!url || url.origin !== HERE || url.pathname.startsWith('//') || url.pathname.startsWith('/api/')) return START;
  return url.pathname + url.search + url.hash;
}
