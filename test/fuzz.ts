import fc from 'fast-check';
import { PARTNERS } from '../demo/ids.ts';
import { type Description, findMismatch, operationsOf, readDescription } from './dialect-description.ts';
import { mutatedRequest, type MutatedRequest } from './mutated-requests.ts';

const AT_ONCE = 8;
/** Requests may end subscriptions and remove users, so the world is made anew after so many. */
const RESET_AFTER = 400;
const PATIENCE_MS = 30_000;

export type FuzzResult = {
  readonly sent: number;
  readonly operations: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Answers that nobody may get, each with its request. */
  readonly findings: readonly string[];
};

type Tokens = Readonly<Record<MutatedRequest['caller'], string | undefined>>;

/**
 * Sends mutated requests to a sandbox with the demo world, the same for the same seed. A finding is an answer that failed (5xx, other than
 * a described 501), none at all, one without the shapes of errors, or one that differs from the description.
 */
export async function fuzz(url: string, { requests, seed }: { requests: number; seed: number }): Promise<FuzzResult> {
  const description = await readDescription(url);
  const operations = operationsOf(description);
  const drawn = fc.sample(mutatedRequest(operations), { numRuns: requests, seed });
  const byStatus: Record<string, number> = {};
  const findings: string[] = [];
  for (let begun = 0; begun < drawn.length; begun += RESET_AFTER) {
    await reset(url);
    const tokens = await askTokens(url);
    const queue = drawn.slice(begun, begun + RESET_AFTER);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = queue.pop(); next; next = queue.pop()) {
          const { status, finding } = await send(url, tokens, description, next);
          byStatus[status] = (byStatus[status] ?? 0) + 1;
          if (finding !== undefined) findings.push(`${finding} to ${JSON.stringify(next).slice(0, 2000)}`);
        }
      }),
    );
  }
  return { sent: drawn.length, operations: operations.length, byStatus, findings };
}

async function send(url: string, tokens: Tokens, description: Description, request: MutatedRequest) {
  const token = tokens[request.caller];
  const { method, path, headers, body } = request;
  try {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && method !== 'GET' && method !== 'HEAD' && { body }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    return { status: String(response.status), finding: findingOf(description, request, response.status, text) };
  } catch (error) {
    return { status: 'none', finding: `no answer (${String(error)})` };
  }
}

function findingOf(description: Description, request: MutatedRequest, status: number, text: string) {
  const { method, path } = request;
  if (status >= 500 && status !== 501) return `${status} ${text}`;
  if (method === 'HEAD' || method === 'OPTIONS') return undefined;
  if (status === 204) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `${status} with a body that is no JSON: ${text.slice(0, 200)}`;
  }
  if (status >= 400 && !isFault(body)) return `${status} in another shape: ${text.slice(0, 200)}`;
  return findMismatch(description, method, new URL(path, 'http://h').pathname, { status, body });
}

function isFault(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { code, description, data, statusCode, message } = body as Record<string, unknown>;
  const isOurs = typeof code === 'number' && typeof description === 'string' && Array.isArray(data);
  return isOurs || (typeof statusCode === 'number' && typeof message === 'string');
}

async function reset(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ scenario: 'demo' });
  const answer = await fetch(`${url}/api/sandbox/reset`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`The world could not be made anew: ${await answer.text()}`);
}

async function askTokens(url: string): Promise<Tokens> {
  const ask = async (clientId: string, tenant: string) => {
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 'demo-secret',
      resource: 'https://api.partnercenter.microsoft.com',
    };
    const answer = await fetch(`${url}/${tenant}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  return {
    user: await ask('demo-kuzey-user', PARTNERS.kuzey),
    application: await ask('demo-kuzey', PARTNERS.kuzey),
    foreign: await ask('demo-westwind-user', PARTNERS.westwind),
    nobody: undefined,
    nonsense: 'a.b.c',
  };
}
