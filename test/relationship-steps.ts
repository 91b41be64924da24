import type { Client } from '../contract/client.ts';
import type { PrivilegesAsked } from '../contract/relationships.ts';
import { valueOf } from './deployment.ts';

export type Granular = Extract<PrivilegesAsked, { kind: 'gdap' }>;

/** A proof as a browser has it, with the code from the mail. */
export type Given = { readonly proof: string; readonly code: string };

type Decision = 'accept' | 'decline' | 'withdrawPrivileges' | 'endRelationship';

export const tokenOf = (link: string) => link.split('#')[1] ?? '';

/** Asks a customer of the partner. */
export async function request(api: Client, customerId: string, privileges: PrivilegesAsked = { kind: 'none' }) {
  return valueOf(await api('requestRelationship', { body: { customerId, privileges, language: 'tr' } }));
}

/** Asks a tenant that is no customer yet. */
export async function requestNew(api: Client, domain: string, privileges: PrivilegesAsked = { kind: 'none' }) {
  const customer = { name: 'Yeni Bir A.Ş.', domain };
  return valueOf(await api('requestRelationship', { body: { customer, privileges, language: 'tr' } }));
}

/** The newest mail that the sandbox kept. */
export async function lastMail(api: Client) {
  return valueOf(await api('listMailbox', {})).items[0];
}

/** Has a code sent to an address, and reads it. */
export async function codeFor(api: Client, link: string, email: string): Promise<Given> {
  const { proof } = valueOf(await api('sendCode', { body: { token: tokenOf(link), email } }));
  const mail = await lastMail(api);
  return { proof, code: /\d{6}/.exec(mail?.text ?? '')?.[0] ?? '' };
}

/** Answers what a link shows now. */
export async function answer(
  api: Client,
  link: string,
  given: Given,
  organization: { readonly tenantId?: string; readonly country?: string } = {},
  decision: Decision = 'accept',
) {
  const token = tokenOf(link);
  const shown = valueOf(await api('showAcceptance', { body: { token } }));
  const { tenantId } = organization;
  return api('answerRequest', {
    body: {
      token,
      digest: shown.digest,
      decision,
      ...given,
      ...(tenantId && { organization: { name: 'Yeni Bir A.Ş.', country: 'TR', ...organization, tenantId } }),
      ...(shown.agreementNeeded && decision === 'accept' && { agreement: { firstName: 'Ece', lastName: 'Kaya' } }),
    },
  });
}

/** Proves an address and accepts. */
export async function accept(
  api: Client,
  link: string,
  email: string,
  organization: { readonly tenantId?: string; readonly country?: string } = {},
) {
  return valueOf(await answer(api, link, await codeFor(api, link, email), organization));
}
