import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { channel, day, id, moment, offerId, quantity, subscriptionStatus } from './values.ts';
import { rule } from './words.ts';

const recordedSubscription = z.object({
  recordedSubscriptionId: id,
  offerId: z.string(),
  offerName: z.string(),
  /** `csp`: another partner of the program, who is never named. */
  channel,
  channelName: z.string(),
  quantity: z.number().int(),
  status: subscriptionStatus,
  /** The last day of its term; null: not known. */
  endsOn: day.nullable(),
  /** When it was said to have ended; from then on it no longer counts. */
  endedAt: moment.nullable(),
  recordedAt: moment,
  version: z.number().int(),
});
export type RecordedSubscriptionOnWire = z.infer<typeof recordedSubscription>;

const facts = {
  offerId,
  channel,
  quantity,
  endsOn: day.nullable().default(null),
  /** True: one of the same offer and channel is there, and this is another one. */
  another: z.boolean().default(false),
};

/** What became of a line of a file, or would. */
export const importState = z.enum(['new', 'changed', 'same', 'in-doubt']);

const importRow = z.object({
  /** The line of the file, the heading being the first. */
  line: z.number().int(),
  state: importState,
  /** As the file has it. */
  customer: z.string(),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  offerId: z.string().nullable(),
  offerName: z.string(),
  channel: channel.nullable(),
  channelName: z.string(),
  quantity: z.number().int().nullable(),
  endsOn: day.nullable(),
  /** What is recorded now, where that changes. */
  before: z.object({ quantity: z.number().int(), endsOn: day.nullable() }).nullable(),
  /** Why nothing is done with a line in doubt. */
  reason: z.string().nullable(),
});

const imported = z.object({
  /** How the file was read. */
  read: z.object({
    separator: z.enum([',', ';']),
    rows: z.number().int(),
    ignoredColumns: z.array(z.string()),
  }),
  counts: z.object({
    new: z.number().int(),
    changed: z.number().int(),
    same: z.number().int(),
    inDoubt: z.number().int(),
  }),
  rows: z.array(importRow),
});
export type ImportOnWire = z.infer<typeof imported>;

/** The text of a file; half a megabyte of lines is more than a partner writes by hand. */
const file = z
  .string()
  .min(1)
  // What is not UTF-8 arrives with this character in its place.
  .refine((text) => !text.includes('\uFFFD'), rule('utf8'))
  .refine((text) => !text.includes('\0'), rule('storable'));

const params = z.object({ customerId: id });
const oneOf = z.object({ customerId: id, recordedSubscriptionId: id });

export const recordedSubscriptionEndpoints = {
  listRecordedSubscriptions: {
    ...routes.listRecordedSubscriptions,
    asks: 'view',
    tag: 'Other channels',
    summary:
      'What this partner recorded of a customer’s subscriptions that were bought elsewhere, also those that ended',
    params,
    status: 200,
    answer: z.object({ items: z.array(recordedSubscription) }),
    problems: ['role-not-allowed', 'not-found'],
  },
  recordSubscription: {
    ...routes.recordSubscription,
    asks: 'recordSubscriptions',
    tag: 'Other channels',
    summary:
      'Record a subscription that was bought elsewhere, so that it counts in the upgrade rules; nobody else sees it',
    params,
    body: z.strictObject({ ...facts, status: subscriptionStatus.exclude(['deleted']).default('active') }),
    status: 201,
    answer: recordedSubscription,
    problems: ['role-not-allowed', 'not-found', 'already-recorded', 'already-counts'],
  },
  changeRecordedSubscription: {
    ...routes.changeRecordedSubscription,
    asks: 'recordSubscriptions',
    tag: 'Other channels',
    summary:
      'Correct a recorded subscription, or say with the status deleted that it has ended; a repeat changes nothing',
    params: oneOf,
    body: z.strictObject({
      ...facts,
      status: subscriptionStatus,
      /** The version that was looked at; another one is refused. */
      version: z.number().int().optional(),
    }),
    status: 200,
    answer: recordedSubscription,
    problems: ['role-not-allowed', 'not-found', 'changed-meanwhile', 'already-recorded', 'already-counts'],
  },
  removeRecordedSubscription: {
    ...routes.removeRecordedSubscription,
    asks: 'recordSubscriptions',
    tag: 'Other channels',
    summary: 'Take back a record that should not be there; a repeat answers 404',
    params: oneOf,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
  previewRecordedImport: {
    ...routes.previewRecordedImport,
    asks: 'recordSubscriptions',
    tag: 'Other channels',
    summary: 'What a CSV file of subscriptions that were bought elsewhere would record, line by line; nothing is done',
    takes: 'text/csv',
    body: file,
    status: 200,
    answer: imported,
    problems: ['role-not-allowed'],
  },
  importRecordedSubscriptions: {
    ...routes.importRecordedSubscriptions,
    asks: 'recordSubscriptions',
    tag: 'Other channels',
    summary: 'Record what the file says, all of it or nothing; a repeat changes nothing',
    takes: 'text/csv',
    body: file,
    status: 200,
    answer: imported,
    problems: ['role-not-allowed', 'import-in-doubt'],
  },
} as const satisfies Record<string, Endpoint>;
