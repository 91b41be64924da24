import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { id, text } from './values.ts';

export const erasureEndpoints = {
  erasePersonalData: {
    ...routes.erasePersonalData,
    asks: 'erasePersonalData',
    tag: 'Customers',
    summary:
      'Delete the personal data of a customer for good: its users, addresses, contacts and free texts. Charges, invoices and the audit log stay as they are. Refused while anything of the customer is in use',
    params: z.object({ customerId: id }),
    body: z.strictObject({
      /** The customer’s name, typed again. */
      name: text(500),
    }),
    status: 200,
    answer: z.object({
      /** Users that have a pseudonym now. */
      users: z.number().int(),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
