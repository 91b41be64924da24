import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { country, id, moment, pageOf } from './values.ts';

export const customer = z.object({
  customerId: id,
  name: z.string(),
  domain: z.string(),
  country,
  reseller: z.boolean(),
  privileges: z.enum(['dap', 'gdap', 'lapsed', 'none']),
  privilegesEndAt: moment.nullable(),
  subscriptionCount: z.number().int(),
});
export type CustomerOnWire = z.infer<typeof customer>;

export const customerEndpoints = {
  listCustomers: {
    method: 'GET',
    path: '/api/customers',
    tag: 'Customers',
    summary: 'The partner’s customers: searched and sorted by Turkish rules, page by page',
    query: z.object({
      search: z.string().trim().max(200).optional(),
      sort: z.enum(['name', '-name', 'domain', '-domain']).default('name'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    status: 200,
    answer: pageOf(customer),
    problems: ['role-not-allowed'],
  },
  showCustomer: {
    method: 'GET',
    path: '/api/customers/:customerId',
    tag: 'Customers',
    summary: 'One customer',
    params: z.object({ customerId: id }),
    status: 200,
    answer: customer,
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
