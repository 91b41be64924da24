import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/dead-letters.en.json' with { type: 'json' };
import tr from './texts/dead-letters.tr.json' with { type: 'json' };
import { id, moment } from './values.ts';

/** What kinds of letters are, and why they failed. */
export const DEAD_LETTER_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

/** More than these are not shown at once, and not settled in one step. */
export const MOST_LETTERS = 200;

/** `event`: of a webhook of the partner's own; `notification`: of the one registered over the Partner Center API; `mail`. */
const kind = z.enum(['event', 'notification', 'mail']);

const letter = z.object({
  kind,
  /** Of the event, the notification or the mail. */
  id,
  /** Of an `event`; null: of another kind. */
  webhookId: id.nullable(),
  /** The event, or the kind of mail. */
  what: z.string(),
  /** The same in words. */
  text: z.string(),
  /** The address that it was for; null: it is not known any more. */
  to: z.string().nullable(),
  happenedAt: moment,
  failedAt: moment,
  /** How often it was tried; null: nobody counted. */
  tries: z.number().int().nullable(),
  /** Why the last try failed, as the receiver or the system said it. */
  reason: z.string(),
  /** False: its words are forgotten, because they hold a link or a code; it is sent anew from where it came. */
  canRetry: z.boolean(),
});
export type DeadLetterOnWire = z.infer<typeof letter>;

const body = z.strictObject({
  letters: z
    .array(z.strictObject({ kind, id, webhookId: id.nullable().default(null) }))
    .min(1)
    .max(MOST_LETTERS),
});
const answer = z.object({
  items: z.array(
    z.object({
      kind,
      id,
      /** `gone`: it is no dead letter (any more). `webhookOff`: its webhook is off or was removed. `forgotten`: see `canRetry`. */
      outcome: z.enum(['done', 'gone', 'webhookOff', 'forgotten']),
    }),
  ),
});
const common = { asks: 'manageDeadLetters', tag: 'Dead letters', status: 200, problems: ['role-not-allowed'] } as const;

export const deadLetterEndpoints = {
  listDeadLetters: {
    ...routes.listDeadLetters,
    ...common,
    summary: 'What could not be delivered for good, webhooks and mail alike, what failed last first',
    answer: z.object({
      items: z.array(letter),
      /** All that there are; 200 at most are listed. */
      found: z.number().int(),
    }),
  },
  retryDeadLetters: {
    ...routes.retryDeadLetters,
    ...common,
    summary: 'Have dead letters sent again, each by itself; a repeat does nothing',
    body,
    answer,
  },
  discardDeadLetters: {
    ...routes.discardDeadLetters,
    ...common,
    summary: 'Take dead letters off the list for good; a repeat does nothing',
    body,
    answer,
  },
} as const satisfies Record<string, Endpoint>;
