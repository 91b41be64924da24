import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { id } from './values.ts';

/** What a change is about. */
export const TOPICS = [
  'agents',
  'campaigns',
  'catalog',
  'customers',
  'imports',
  'issues',
  'licenses',
  'relationships',
  'settings',
  'subscriptions',
  'upgrades',
  'users',
  'visits',
  'watches',
] as const;
export type Topic = (typeof TOPICS)[number];

/** What each message of the stream says: what changed, and nothing of how it is now. */
export const change = z.object({
  topic: z.enum(TOPICS),
  /** Null: of no customer. */
  customerId: id.nullable(),
  /** As the audit log names it, e.g. the id of the upgrade; null: of several. */
  subjectId: z.string().nullable(),
});
export type ChangeOnWire = z.infer<typeof change>;

export const changeEndpoints = {
  followChanges: {
    ...routes.followChanges,
    asks: 'view',
    tag: 'Changes',
    summary:
      'What changes for the partner from now on, as server-sent events: topic and ids, so that each reader asks for it with its own rights. It ends with the session; whoever comes again has missed what was told meanwhile',
    status: 200,
    file: 'text/event-stream',
    answer: z.undefined(),
    problems: ['role-not-allowed', 'too-many-streams'],
  },
} as const satisfies Record<string, Endpoint>;
