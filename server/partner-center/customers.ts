import { z } from 'zod';
import { domain, text } from '../../contract/values.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { endRelationship } from '../customers/end-relationship.ts';
import type { CustomerAtAGlance } from '../customers/find-customers.ts';
import { listCustomers, showCustomer } from '../customers/list-customers.ts';
import { showProfiles } from '../customers/show-profiles.ts';
import type { Deployment } from '../deployment.ts';
import { makePassword } from '../users/make-password.ts';
import { removeCustomer } from '../sandbox/remove-customer.ts';
import { inSandbox } from '../sandbox/sandbox.ts';
import {
  billingProfile,
  companyProfile,
  givenBilling,
  presentBilling,
  presentCompany,
  toBilling,
} from './customer-profiles.ts';
import type { Dialect, Given, Resources } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { NOTHING } from './operation.ts';
import { nextPage, PAGE_QUERY, pageOf, readFilter } from './paging.ts';
import { collection, collectionOf, guid, kind, link, linkOf, resource } from './wire.ts';

const credentials = z.object({ userName: z.string(), password: z.string() });
const customer = kind('Customer', {
  id: guid,
  companyProfile,
  relationshipToPartner: z.enum(['reseller', 'none']),
  links: z.object({ self: linkOf }),
  /** The rest is there when one customer is asked for. */
  allowDelegatedAccess: z.boolean().optional(),
  customDomains: z.array(z.string()).optional(),
  billingProfile: billingProfile.optional(),
  /** Told once, when the customer is created. */
  userCredentials: credentials.optional(),
});
const newCustomer = z.object({
  companyProfile: z.object({ domain, organizationRegistrationNumber: text(50).optional() }),
  billingProfile: givenBilling,
});
const change = z.object({ relationshipToPartner: z.enum(['reseller', 'none']) });

/** Customers; what only a sandbox does asks the deployment whether it is one. */
export function customerResources(deployment: Deployment): Resources {
  return (dialect) => {
    mountList(dialect);
    const one = '/customers/:customerid';
    dialect.get(one, { summary: 'One customer with its profiles', answer: customer }, (given) => show(given));
    dialect.post(
      '/customers',
      {
        asks: 'manageCustomers',
        summary: 'Create a customer with its first user',
        body: newCustomer,
        status: 201,
        answer: customer,
      },
      create,
    );
    dialect.patch(
      one,
      {
        asks: 'manageCustomers',
        summary: 'End the relationship, with relationshipToPartner none; the rest of the body is ignored',
        body: change,
        answer: customer,
      },
      update,
    );
    dialect.delete(
      one,
      {
        asks: 'manageCustomers',
        summary: 'Throw a customer away with all it holds; in a sandbox alone',
        status: 204,
        answer: NOTHING,
      },
      (given) => remove(given, deployment),
    );
  };
}

function mountList(dialect: Dialect): void {
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
}

async function list(given: Given) {
  const { call, query, wording } = given;
  const page = pageOf(given);
  const found = await listCustomers(
    call,
    { sort: 'name', ...page, prefix: prefixOf(query.text('filter')) },
    wording.language,
  );
  if (!found.ok) throw faultOf(found.refused, wording);
  const { customers, nextCursor } = found.value;
  const filter = query.text('filter');
  const inQuery = new URLSearchParams({ size: String(page.limit), ...(filter && { filter }) });
  const self = `/customers?${inQuery.toString()}`;
  const next = nextCursor === null ? undefined : nextPage(self, page, nextCursor);
  return collection(
    customers.map((one) => resource(customer, commonOf(one))),
    self,
    next,
  );
}

async function show({ call, id, wording }: Given, customerId = id('customer')) {
  const [shown, profiles] = await Promise.all([showCustomer(call, customerId), showProfiles(call, customerId)]);
  if (!shown.ok) throw faultOf(shown.refused, wording);
  if (!profiles.ok) throw faultOf(profiles.refused, wording);
  const { row } = shown.value;
  return resource(customer, {
    ...commonOf(shown.value),
    companyProfile: presentCompany(profiles.value),
    allowDelegatedAccess: row.live === true,
    customDomains: [row.domain],
    billingProfile: presentBilling(profiles.value, call.actor),
  });
}

async function create(given: Given) {
  const { body, call, wording } = given;
  const asked = body.parse(newCustomer, wording.language);
  const { companyProfile: company, billingProfile: billing } = asked;
  const created = await createCustomer(call, {
    name: billing.companyName,
    domain: company.domain,
    country: billing.defaultAddress.country,
    registrationNumber: company.organizationRegistrationNumber ?? null,
    billing: { ...toBilling(billing), email: billing.email },
  });
  if (!created.ok) throw faultOf(created.refused, wording);
  const { customerId, userName } = created.value;
  // Nobody signs in with it here, so it is kept nowhere.
  return { ...(await show(given, customerId)), userCredentials: { userName, password: makePassword() } };
}

/** Clients send all they last read, so that only what they may change is looked at. */
async function update(given: Given) {
  const { body, call, wording } = given;
  const asked = body.choice('relationshipToPartner', RELATIONSHIPS) ?? 'unknown';
  const before = await show(given);
  if (asked === 'unknown' || asked === before.relationshipToPartner) return before;
  if (asked !== 'none') throw new Fault(400, 3000, 'relationshipToPartner can be changed to none alone.');
  const ended = await endRelationship(call, before.id);
  if (!ended.ok) throw faultOf(ended.refused, wording);
  return { ...before, relationshipToPartner: asked, allowDelegatedAccess: false };
}

/** As the service numbers them. */
const RELATIONSHIPS = ['unknown', 'reseller', 'advisor', 'syndication', 'microsoft_support', 'none'] as const;

async function remove({ call, id, wording }: Given, deployment: Deployment) {
  const removed = await inSandbox(call, deployment, () => removeCustomer(call, id('customer')));
  if (!removed.ok) throw faultOf(removed.refused, wording);
  return removed.value;
}

function commonOf({ row }: CustomerAtAGlance) {
  return {
    id: row.customer_id,
    companyProfile: presentCompany(row),
    relationshipToPartner: row.reseller ? ('reseller' as const) : ('none' as const),
    links: { self: link(`/customers/${row.customer_id}`) },
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
