import { z } from 'zod';
import type { CustomerAtAGlance } from '../customers/list-customers.ts';
import { listCustomers, showCustomer } from '../customers/list-customers.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { foldEnum, Input } from './input.ts';
import { SIZE_MEANS, sizeOf } from './paging.ts';
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
        size: SIZE_MEANS,
        filter: 'JSON with field (CompanyName or Domain), operator (starts_with) and value',
        seekOperation: 'Next, with a token; read from the links of the page before',
        'MS-ContinuationToken': 'The token of the page before; also read from the header of this name',
      },
      answer: collectionOf(customer),
    },
    list,
  );
  dialect.get('/customers/:customerid', { summary: 'One customer with its profiles', answer: customer }, show);
}

async function list(given: Given) {
  const { call, query, wording, header } = given;
  const limit = sizeOf(query);
  const cursor = header('ms-continuationtoken') ?? query.text('ms-continuationtoken');
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
function prefixOf(filter: string | undefined): { of: 'name' | 'domain'; text: string } | undefined {
  if (filter === undefined || filter === '') return undefined;
  const asked = new Input(parseFilter(filter), 'filter');
  const [field, operator, text] = [asked.text('field'), asked.text('operator'), asked.text('value')];
  if (foldEnum(operator ?? '') !== 'startswith') {
    throw new Fault(400, 3000, 'filter.operator must be starts_with for customers.');
  }
  switch (foldEnum(field ?? '')) {
    case 'companyname':
      return { of: 'name', text: text ?? '' };
    case 'domain':
      return { of: 'domain', text: text ?? '' };
    default:
      throw new Fault(400, 3000, 'filter.field must be CompanyName or Domain.');
  }
}

/** @throws Fault 400/3000 for what is no JSON. */
function parseFilter(filter: string): unknown {
  try {
    return JSON.parse(filter);
  } catch {
    throw new Fault(400, 3000, 'filter must be a JSON object with field, operator and value.');
  }
}
