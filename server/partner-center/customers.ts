import { z } from 'zod';
import type { CustomerAtAGlance } from '../customers/list-customers.ts';
import { listCustomers, showCustomer } from '../customers/list-customers.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { PAGE_QUERY, pageOf, readFilter } from './paging.ts';
import { collection, collectionOf, cultureOf, guid, kind, link, linkOf, resource } from './wire.ts';

const address = z.object({ country: z.string() });
const companyProfile = kind('CustomerCompanyProfile', {
  tenantId: guid,
  domain: z.string(),
  companyName: z.string(),
  address,
  links: z.object({ self: linkOf }),
});
const billingProfile = kind('CustomerBillingProfile', {
  id: guid,
  culture: z.string(),
  language: z.string(),
  companyName: z.string(),
  defaultAddress: address,
});
const customer = kind('Customer', {
  id: guid,
  companyProfile,
  relationshipToPartner: z.enum(['reseller', 'none']),
  /** The rest is there when one customer is asked for. */
  allowDelegatedAccess: z.boolean().optional(),
  customDomains: z.array(z.string()).optional(),
  billingProfile: billingProfile.optional(),
});

export function customerResources(dialect: Dialect): void {
  dialect.get(
    '/customers',
    {
      summary: 'The partner’s customers, page by page',
      query: {
        ...PAGE_QUERY,
        filter: 'JSON with field (CompanyName or Domain), operator (starts_with) and value',
      },
      answer: collectionOf(customer),
    },
    list,
  );
  dialect.get('/customers/:customerid', { summary: 'One customer with its profiles', answer: customer }, show);
}

async function list(given: Given) {
  const { call, query, wording } = given;
  const { limit, token: cursor } = pageOf(given);
  const found = await listCustomers(
    call,
    { sort: 'name', limit, cursor, prefix: prefixOf(query.text('filter')) },
    wording.language,
  );
  if (!found.ok) throw faultOf(found.refused, wording);
  const { customers, nextCursor } = found.value;
  const self = `/customers?size=${limit}`;
  const next = nextCursor === null ? undefined : { path: `${self}&seekOperation=Next`, token: nextCursor };
  return collection(
    customers.map((one) => resource(customer, commonOf(one))),
    self,
    next,
  );
}

async function show(given: Given) {
  const shown = await showCustomer(given.call, given.id('customer'));
  if (!shown.ok) throw faultOf(shown.refused, given.wording);
  const { row } = shown.value;
  const { partner } = given.call.actor;
  return resource(customer, {
    ...commonOf(shown.value),
    allowDelegatedAccess: row.live === true,
    customDomains: [row.domain],
    billingProfile: resource(billingProfile, {
      id: row.customer_id,
      culture: cultureOf(partner.language),
      language: partner.language,
      companyName: row.name,
      defaultAddress: { country: row.country },
    }),
  });
}

function commonOf({ row }: CustomerAtAGlance) {
  return {
    id: row.customer_id,
    companyProfile: resource(companyProfile, {
      tenantId: row.customer_id,
      domain: row.domain,
      companyName: row.name,
      address: { country: row.country },
      links: { self: link(`/customers/${row.customer_id}/profiles/company`) },
    }),
    relationshipToPartner: row.reseller ? ('reseller' as const) : ('none' as const),
  };
}

/** Only names and domains can be asked for, by how they begin. */
function prefixOf(text: string | undefined): { of: 'name' | 'domain'; text: string } | undefined {
  if (text === undefined || text === '') return undefined;
  const { field, operator, value } = readFilter(text);
  if (operator !== 'startswith') throw new Fault(400, 3000, 'filter.operator must be starts_with for customers.');
  if (field === 'companyname') return { of: 'name', text: value };
  if (field === 'domain') return { of: 'domain', text: value };
  throw new Fault(400, 3000, 'filter.field must be CompanyName or Domain.');
}
