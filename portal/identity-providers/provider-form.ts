import type { IdentityProviderOnWire } from '../../contract/identity-providers.ts';
import type { TextKey } from '../text.ts';

export type Mapping = IdentityProviderOnWire['roleMap'][number];

/** The form as it is written: lists are texts with commas or blanks. */
export type ProviderForm = {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly domains: string;
  readonly scopes: string;
  readonly roleClaim: string;
  readonly roleMap: readonly Mapping[];
  readonly createsAgents: boolean;
};

export function formOf(provider: IdentityProviderOnWire | undefined): ProviderForm {
  return {
    name: provider?.name ?? '',
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    domains: provider?.domains.join(', ') ?? '',
    scopes: provider?.scopes.join(' ') ?? 'profile email',
    roleClaim: provider?.roleClaim ?? '',
    roleMap: provider?.roleMap ?? [],
    createsAgents: provider?.createsAgents ?? false,
  };
}

export function bodyOf({ clientSecret, roleClaim, ...form }: ProviderForm) {
  const split = (list: string) => list.split(/[\s,;]+/).filter((one) => one !== '');
  return {
    ...form,
    domains: split(form.domains),
    scopes: split(form.scopes),
    roleClaim: roleClaim.trim() === '' ? null : roleClaim,
    // An empty line was begun and not written.
    roleMap: form.roleMap.filter(({ value }) => value.trim() !== ''),
    ...(clientSecret !== '' && { clientSecret }),
  };
}

/** Texts of the form, in its order. */
export const TEXT_FIELDS: readonly {
  readonly name: 'name' | 'issuer' | 'clientId' | 'clientSecret' | 'domains' | 'scopes';
  readonly label: TextKey;
  readonly hint?: TextKey;
  readonly type?: 'url' | 'password';
}[] = [
  { name: 'name', label: 'common.name', hint: 'provider.nameHint' },
  { name: 'issuer', label: 'provider.issuer', hint: 'provider.issuerHint', type: 'url' },
  { name: 'clientId', label: 'settings.clientId' },
  { name: 'clientSecret', label: 'settings.secret', type: 'password' },
  { name: 'domains', label: 'provider.domains', hint: 'provider.domainsHint' },
  { name: 'scopes', label: 'provider.scopes', hint: 'provider.scopesHint' },
];

/** What may not stay empty; the secret only of a new provider. */
export const NEEDED = ['name', 'issuer', 'clientId', 'clientSecret', 'domains'] as const;
