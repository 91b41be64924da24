import { z } from 'zod';
import { approvalReason } from './approval-reason.ts';
import { difference } from './problems.ts';
import { refusal } from './refusals.ts';
import { day, id, money, moment, upgradeType } from './values.ts';

/**
 * `excluded`: left out by hand. `refusedAtRun`: a rule said no when it was sent. `changed`: it would not come out as planned, so it was not sent.
 * `unknown`: its server went while it was under way; what became of it is looked up. `failed`: can be tried again.
 */
export const campaignRowState = z.enum([
  'planning',
  'eligible',
  'refused',
  'excluded',
  'notStarted',
  'running',
  'done',
  'refusedAtRun',
  'changed',
  'unknown',
  'failed',
]);
export type CampaignRowState = z.infer<typeof campaignRowState>;

const offer = z.object({ offerId: z.string(), name: z.string() });

export const campaignRow = z.object({
  /** Its place in the order of what was chosen, from 1. */
  place: z.number().int(),
  /** The line of the file; null: it was not chosen by a file. */
  line: z.number().int().nullable(),
  customerId: id,
  customerName: z.string(),
  subscriptionId: id,
  /** The name that the subscription was given; null: none. */
  friendlyName: z.string().nullable(),
  source: offer,
  target: offer,
  upgradeType,
  licenses: z.number().int(),
  state: campaignRowState,
  /** Every reason against it, as planned. */
  refusals: z.array(refusal),
  /** Null where it is not planned or not eligible. `perMonth`: paid more every month from then on. */
  money: z.object({ credit: money, charge: money, net: money, perMonth: money }).nullable(),
  users: z.number().int(),
  /** Accounts that will need a person afterwards. */
  work: z.number().int(),
  /** Why a second agent is asked about this one. */
  approval: z.array(approvalReason),
  upgradeId: id.nullable(),
  /** Why it was not done, where it was not. */
  outcome: z
    .object({
      code: z.string(),
      title: z.string(),
      remedy: z.string(),
      refusals: z.array(refusal),
      differences: z.array(difference),
    })
    .nullable(),
  finishedAt: moment.nullable(),
});
export type CampaignRowOnWire = z.infer<typeof campaignRow>;

/** A row of a file that was not understood. */
const badRow = z.object({ line: z.number().int(), column: z.string(), text: z.string(), problem: z.string() });

/** How a file was read. */
export const reading = z.object({
  separator: z.enum([',', ';', '\t']),
  encoding: z.string(),
  /** Its name in the ZIP that it came in. */
  zippedAs: z.string().nullable(),
  rows: z.number().int(),
  /** Offer IDs that have their zeros again, which a spreadsheet took. */
  restoredIds: z.number().int(),
  ignoredColumns: z.array(z.string()),
  badRows: z.array(badRow),
});

export const filter = z.object({
  sourceOfferId: z.string(),
  customerIds: z.array(id).optional(),
  search: z.string().optional(),
  endsFrom: day.optional(),
  endsUntil: day.optional(),
  licensesFrom: z.number().int().optional(),
  licensesUntil: z.number().int().optional(),
});
