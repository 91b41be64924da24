import { z } from 'zod';
import { inviteCustomer } from '../customers/invite-customer.ts';
import { showProfiles } from '../customers/show-profiles.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { collection, collectionOf, guid, kind, resource } from './wire.ts';

const request = kind('RelationshipRequest', { url: z.url() });
const relationship = kind('PartnerRelationship', {
  id: guid,
  name: z.string(),
  relationshipType: z.string(),
  mpnId: z.string(),
  state: z.string(),
  location: z.string(),
});

/** How a customer becomes one of this partner, and through whom it is served: there are no indirect resellers here. */
export function relationshipResources(dialect: Dialect): void {
  dialect.get(
    '/customers/relationshiprequests',
    {
      asks: 'requestRelationship',
      summary: 'The link at which a customer accepts the partner as its reseller',
      query: { DAP: 'Whether delegated admin privileges are asked for with it; absent: false' },
      answer: request,
    },
    invite,
  );
  dialect.get(
    '/customers/:customerid/relationships',
    {
      summary: 'The indirect resellers of a customer; the partner sells directly, so none',
      answer: collectionOf(relationship),
    },
    async ({ call, id, wording }) => {
      const shown = await showProfiles(call, id('customer'));
      if (!shown.ok) throw faultOf(shown.refused, wording);
      return collection([], `/customers/${id('customer')}/relationships`);
    },
  );
  dialect.get(
    '/relationships',
    {
      asks: null,
      summary: 'The partner’s indirect resellers and providers; the partner sells directly, so none',
      query: { relationship_type: 'Which side the partner is on; there is nothing on either' },
      answer: collectionOf(relationship),
    },
    async () => collection([], '/relationships'),
  );
}

async function invite({ call, query, wording }: Given) {
  const dap = (query.text('DAP') ?? 'false').toLowerCase();
  if (dap !== 'true' && dap !== 'false') throw new Fault(400, 3000, 'DAP must be true or false.');
  const invited = inviteCustomer(call, dap === 'true');
  if (!invited.ok) throw faultOf(invited.refused, wording);
  return resource(request, { url: invited.value });
}
