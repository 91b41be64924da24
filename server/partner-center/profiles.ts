import { getPartner } from '../identity/agent.store.ts';
import type { Dialect } from './dialect.ts';
import { link, resource } from './wire.ts';

/** The partner's own profile, which the PowerShell module reads when it connects. */
export function profileResources(dialect: Dialect): void {
  dialect.get('/profiles/organization', async ({ call }) => {
    const { partnerId, name, market, language } = call.actor.partner;
    const { domain } = await call.database.read(partnerId, (tx) => getPartner(tx, partnerId));
    return resource(
      'OrganizationProfile',
      {
        id: partnerId,
        companyName: name,
        defaultAddress: { country: market },
        tenantId: partnerId,
        domain,
        language,
        culture: language === 'tr' ? 'tr-TR' : 'en-US',
        profileType: 'OrganizationProfile',
        links: { self: link('/profiles/organization') },
      },
      { etag: partnerId },
    );
  });
}
