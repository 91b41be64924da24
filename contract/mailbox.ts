import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { id, moment } from './values.ts';

export const mailboxEndpoints = {
  listMailbox: {
    ...routes.listMailbox,
    asks: null,
    tag: 'Sandbox',
    summary: 'Mail that a sandbox or the demo kept instead of sending it, the newest first; at most 50',
    status: 200,
    answer: z.object({
      items: z.array(
        z.object({
          mailId: id,
          kind: z.enum(['request', 'code', 'confirmation', 'approval']),
          to: z.string(),
          subject: z.string(),
          text: z.string(),
          at: moment,
        }),
      ),
    }),
    problems: ['demo-only'],
  },
} as const satisfies Record<string, Endpoint>;
