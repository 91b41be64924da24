import { expect } from 'vitest';
import { customerId, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import type { TestDeployment } from './deployment.ts';
import { findMismatch, readDescription } from './dialect-description.ts';

/** What a token for the Partner Center API is made for. */
export const AUDIENCE = 'https://api.partnercenter.microsoft.com';

export type Answered<Body> = { readonly status: number; readonly body: Body; readonly headers: Headers };
type Extra = { readonly body?: unknown; readonly headers?: Record<string, string> };
export type PartnerCenter<Body> = (method: string, path: string, extra?: Extra) => Promise<Answered<Body>>;

export const customerPath = (number: number) => `/v1/customers/${customerId(number)}`;
export const subscriptionPath = (number: number, which = 1) =>
  `${customerPath(number)}/subscriptions/${subscriptionId(number, which)}`;
export const userPath = (number: number, user: number) => `${customerPath(number)}/users/${userId(number, user)}`;

export async function answered<Body>(response: Response): Promise<Answered<Body>> {
  const text = await response.text();
  const body = (text === '' ? undefined : JSON.parse(text)) as Body;
  return { status: response.status, body, headers: response.headers };
}

const FORM_DEFAULTS = { grant_type: 'client_credentials', client_id: 'demo-kuzey-user', client_secret: 'demo-secret' };

export async function askToken<Body>(
  { url }: TestDeployment,
  form: Record<string, string>,
  path = `/${PARTNERS.kuzey}/oauth2/token`,
): Promise<Answered<Body>> {
  const body = new URLSearchParams({ ...FORM_DEFAULTS, ...form });
  return answered(await fetch(url + path, { method: 'POST', body }));
}

/** A client of the dialect with a token of its own; what it is answered must be as the service describes itself. */
export async function connect<Body = Readonly<Record<string, unknown>>>(
  deployment: TestDeployment,
  clientId = 'demo-kuzey-user',
  tenant: string = PARTNERS.kuzey,
): Promise<PartnerCenter<Body>> {
  const form = { client_id: clientId, resource: AUDIENCE };
  const { body } = await askToken<{ access_token: string }>(deployment, form, `/${tenant}/oauth2/token`);
  return withToken(deployment, body.access_token);
}

export function withToken<Body>(deployment: TestDeployment, token: string): PartnerCenter<Body> {
  return async (method, path, { body, headers = {} } = {}) => {
    const response = await fetch(deployment.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...lowerCase(headers),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = await answered<Body>(response);
    expect(findMismatch(await readDescription(deployment.url), method, path, answer)).toBeUndefined();
    return answer;
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
