import type { IdentityProviderOnWire } from '../../contract/identity-providers.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { fill } from '../../contract/words.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import type { OpenId } from '../http/open-id.ts';
import type { Reach } from '../http/outbound-address.ts';
import { changeProvider, createProvider, listProviders, removeProvider } from './manage-providers.ts';
import { checkDomain, type DomainProving, recordOf } from './prove-domain.ts';
import type { Provider } from './provider.store.ts';
import { testProvider } from './test-provider.ts';
import { BACK_CHANNEL_LOGOUT, CALLBACK } from './work-account.ts';

type Parts = {
  readonly openId: OpenId;
  readonly proving: DomainProving;
  readonly reach: () => Reach;
  readonly publicUrl: () => string;
};

export function providerRoutes(mount: Mount, { openId, proving, reach, publicUrl }: Parts): void {
  mount.signedIn('listIdentityProviders', async ({ call }) => {
    const listed = await listProviders(call);
    if (!listed.ok) return listed;
    return accepted({
      items: listed.value.map(present),
      redirectUri: publicUrl() + CALLBACK,
      signedOutUri: `${publicUrl()}/signin`,
      backChannelLogoutUri: publicUrl() + BACK_CHANNEL_LOGOUT,
    });
  });
  mount.signedIn('createIdentityProvider', async ({ call, body }) => {
    const created = await createProvider(call, { reach: reach(), proving }, body);
    return created.ok ? accepted(present(created.value)) : created;
  });
  mount.signedIn('changeIdentityProvider', async ({ call, params, body }) => {
    const changed = await changeProvider(call, { reach: reach(), proving }, params.providerId, body);
    return changed.ok ? accepted(present(changed.value)) : changed;
  });
  mount.signedIn('removeIdentityProvider', ({ call, params }) => removeProvider(call, params.providerId));
  mount.signedIn('checkIdentityProviderDomain', async ({ call, params, body: { domain }, language }) => {
    const checked = await checkDomain(call, proving, params.providerId, domain);
    if (!checked.ok) return checked;
    const { provider, finding: name } = checked.value;
    const message = name && fill(REASON_TEXTS[language].domainFindings[name], { domain });
    return accepted({
      provider: present(provider),
      finding: name === undefined || message === undefined ? null : { name, message },
    });
  });
  mount.signedIn('testIdentityProvider', async ({ call, body: { issuer }, language }) => {
    const tested = await testProvider(call, openId, issuer);
    if (!tested.ok) return tested;
    const words = REASON_TEXTS[language].providerFindings;
    return accepted({
      findings: tested.value.map(({ name, isFault }) => ({ name, isFault, message: fill(words[name], { issuer }) })),
    });
  });
}

/** Everything but the secret. */
function present({ partnerId: _, clientSecret: __, createdAt, ...shown }: Provider): IdentityProviderOnWire {
  const { scopes, domains, roleMap } = shown;
  return {
    ...shown,
    scopes: [...scopes],
    domains: domains.map(({ domain }) => domain),
    domainProofs: domains.map((one) => ({ domain: one.domain, record: recordOf(one), proof: one.proof })),
    roleMap: [...roleMap],
    createdAt: createdAt.toString(),
  };
}
