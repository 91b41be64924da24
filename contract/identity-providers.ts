import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { domain, id, moment, role, storable, text } from './values.ts';
import { rule } from './words.ts';

const each = (given: readonly unknown[]) => new Set(given.map((one) => JSON.stringify(one))).size === given.length;

/** What its own documents call the provider; the address of the discovery document may be given as well. */
const issuer = text(2000).transform((given) => given.replace(/\/\.well-known\/openid-configuration$/, ''));
/** Without blanks, quotes and backslashes (RFC 6749, 3.3). */
const scope = text(200).regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
const roleMapping = z.strictObject({ value: text(500), role });

const settings = {
  name: text(100),
  issuer,
  clientId: text(500),
  /** Asked for beside `openid`. */
  scopes: z.array(scope).max(20).refine(each, rule('eachOnce')).default(['profile', 'email']),
  /** Addresses of these domains sign in here, and new agents are created for them alone, once each domain is proved. */
  domains: z.array(domain).min(1).max(50).refine(each, rule('eachOnce')),
  /** The claim with roles or groups, such as `roles` or `realm_access.roles`; null: roles are given by hand. */
  roleClaim: text(200).nullable().default(null),
  /** What a value of the claim gives; at each sign-in an agent has what the claims give, and nothing else. */
  roleMap: z.array(roleMapping).max(100).refine(each, rule('eachOnce')).default([]),
  /** Whether somebody unknown becomes an agent at the first sign-in. */
  createsAgents: z.boolean().default(false),
};
const secret = storable.min(1).max(2000);

const identityProvider = z.object({
  providerId: id,
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  domains: z.array(z.string()),
  domainProofs: z.array(
    z.object({
      domain: z.string(),
      /** What a TXT record of the domain has to hold. */
      record: z.string(),
      /** By the record, by the operator, or from before proofs were asked for; null: not proved, the domain leads nowhere. */
      proof: z.enum(['dns', 'operator', 'earlier']).nullable(),
    }),
  ),
  roleClaim: z.string().nullable(),
  roleMap: z.array(z.object({ value: z.string(), role })),
  createsAgents: z.boolean(),
  createdAt: moment,
});
export type IdentityProviderOnWire = z.infer<typeof identityProvider>;

const finding = z.object({
  name: z.enum([
    'address',
    'unreachable',
    'not-a-provider',
    'issuer-differs',
    'no-code-flow',
    'pkce-not-announced',
    'no-sign-out',
    'no-back-channel-logout',
  ]),
  /** False: it only says what does not exist there. */
  isFault: z.boolean(),
  message: z.string(),
});
export type ProviderFindingName = z.infer<typeof finding>['name'];

const domainFinding = z.object({
  name: z.enum(['no-record', 'other-token', 'unreachable', 'held']),
  message: z.string(),
});
export type DomainFindingName = z.infer<typeof domainFinding>['name'];

const params = z.object({ providerId: id });

export const identityProviderEndpoints = {
  listIdentityProviders: {
    ...routes.listIdentityProviders,
    asks: 'changeSettings',
    tag: 'Identity providers',
    summary: 'Where the partner’s agents sign in with their work accounts, and what to register there; never a secret',
    status: 200,
    answer: z.object({
      items: z.array(identityProvider),
      redirectUri: z.string(),
      signedOutUri: z.string(),
      backChannelLogoutUri: z.string(),
    }),
    problems: ['role-not-allowed'],
  },
  createIdentityProvider: {
    ...routes.createIdentityProvider,
    asks: 'changeSettings',
    tag: 'Identity providers',
    summary: 'Let agents sign in at a provider of OpenID Connect',
    body: z.strictObject({ ...settings, clientSecret: secret }),
    status: 201,
    answer: identityProvider,
    problems: ['role-not-allowed'],
  },
  changeIdentityProvider: {
    ...routes.changeIdentityProvider,
    asks: 'changeSettings',
    tag: 'Identity providers',
    summary: 'Replace what is known of a provider; without a secret the old one stays',
    params,
    body: z.strictObject({ ...settings, clientSecret: secret.optional() }),
    status: 200,
    answer: identityProvider,
    problems: ['role-not-allowed', 'not-found'],
  },
  removeIdentityProvider: {
    ...routes.removeIdentityProvider,
    asks: 'changeSettings',
    tag: 'Identity providers',
    summary: 'Let nobody sign in at a provider any more; the sessions that it opened end',
    params,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
  checkIdentityProviderDomain: {
    ...routes.checkIdentityProviderDomain,
    asks: 'changeSettings',
    tag: 'Identity providers',
    summary: 'Look up now whether a domain of a provider is proved to be the partner’s, and say what is missing',
    params,
    body: z.strictObject({ domain }),
    status: 200,
    answer: z.object({ provider: identityProvider, finding: domainFinding.nullable() }),
    problems: ['role-not-allowed', 'not-found'],
  },
  testIdentityProvider: {
    ...routes.testIdentityProvider,
    asks: 'changeSettings',
    tag: 'Identity providers',
    summary: 'Read the discovery document of a provider and say what is wrong with it',
    body: z.strictObject({ issuer }),
    status: 200,
    answer: z.object({ findings: z.array(finding) }),
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
