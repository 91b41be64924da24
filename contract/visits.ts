import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { id, moment } from './values.ts';

/** `visitId` is made by whoever looks, one for each page that is open. */
const visitParams = z.object({ customerId: id, subscriptionId: id, visitId: id });

export const visitEndpoints = {
  visitUpgrade: {
    ...routes.visitUpgrade,
    asks: 'upgrade',
    tag: 'Upgrades',
    summary:
      'Say for the next minutes that one is about to upgrade a subscription, and learn which colleagues are; it keeps nobody from anything',
    params: visitParams,
    status: 200,
    answer: z.object({
      /** Who else is at it, the longest there first. */
      others: z.array(z.object({ displayName: z.string(), since: moment })),
      /** Until when one is seen there, unless one says so again before. */
      until: moment,
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  leaveUpgrade: {
    ...routes.leaveUpgrade,
    asks: 'upgrade',
    tag: 'Upgrades',
    summary: 'Say that one is no longer at it; a repeat changes nothing',
    params: visitParams,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
