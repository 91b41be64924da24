import { z } from 'zod';
import { getPartner } from '../identity/agent.store.ts';
import type { Dialect } from './dialect.ts';
import { cultureOf, guid, kind, link, linkOf, resource } from './wire.ts';

const organizationProfile = kind('OrganizationProfile', {
  id: guid,
  companyName: z.string(),
  defaultAddress: z.object({ country: z.string() }),
  tenantId: guid,
  domain: z.string(),
  language: z.string(),
  culture: z.string(),
  profileType: z.string(),
  links: z.object({ self: linkOf }),
});

/** The partner's own profile, which the PowerShell module reads when it connects. */
export function profileResources(dialect: Dialect): void {
  dialect.get(
    '/profiles/organization',
    { asks: null, summary: 'The partner’s own profile', answer: organizationProfile },
    async ({ call }) => {
      const { partnerId, name, market, language } = call.actor.partner;
      const { domain } = await call.database.read(partnerId, (tx) => getPartner(tx, partnerId));
      return resource(
        organizationProfile,
        {
          id: partnerId,
          companyName: name,
          defaultAddress: { country: market },
          tenantId: partnerId,
          domain,
          language,
          culture: cultureOf(language),
          profileType: 'OrganizationProfile',
          links: { self: link('/profiles/organization') },
        },
        { etag: partnerId },
      );
    },
  );
}
