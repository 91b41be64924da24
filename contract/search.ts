import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { id, storable, subscriptionStatus } from './values.ts';

const ofCustomer = { customerId: id, customerName: z.string() };
/** The best few of a kind; `more`: there are others. */
const groupOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), more: z.boolean() });

export const searchEndpoints = {
  search: {
    ...routes.search,
    asks: 'view',
    tag: 'Search',
    summary: 'Whatever has a text in it or begins with an id or number: eight of each kind, by Turkish rules',
    query: z.object({
      /** Part of a customer’s name, domain or id; the beginning of a word of a user’s name, an address, a nickname, an id or a number. */
      q: storable.trim().min(2).max(100),
    }),
    status: 200,
    answer: z.object({
      customers: groupOf(z.object({ customerId: id, name: z.string(), domain: z.string() })),
      subscriptions: groupOf(
        z.object({
          ...ofCustomer,
          subscriptionId: id,
          /** Its nickname, or else the name of its offer. */
          name: z.string(),
          offerName: z.string(),
          status: subscriptionStatus,
        }),
      ),
      users: groupOf(z.object({ ...ofCustomer, userId: id, displayName: z.string(), userPrincipalName: z.string() })),
      offers: groupOf(z.object({ offerId: z.string(), name: z.string(), platform: z.enum(['legacy', 'newCommerce']) })),
      upgrades: groupOf(z.object({ ...ofCustomer, upgradeId: id, from: z.string(), to: z.string() })),
    }),
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
