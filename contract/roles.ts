import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { action, role } from './values.ts';

export const roleEndpoints = {
  listRoles: {
    ...routes.listRoles,
    asks: null,
    tag: 'Roles',
    summary: 'Who may do what: each action with the roles of which one is enough',
    status: 200,
    answer: z.object({
      roles: z.array(z.object({ role, name: z.string() })),
      actions: z.array(z.object({ action, name: z.string(), roles: z.array(role) })),
    }),
    problems: [],
  },
  listAgentsThatMay: {
    ...routes.listAgentsThatMay,
    asks: null,
    tag: 'Roles',
    summary:
      'Whom to ask for an action: agents of the partner whose roles allow it, five names at most, and how many there are',
    params: z.object({ action }),
    status: 200,
    answer: z.object({ names: z.array(z.string()).max(5), count: z.number().int() }),
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
