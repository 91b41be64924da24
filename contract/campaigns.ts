import { z } from 'zod';
import { approvalReason } from './approval-reason.ts';
import { campaignFilePlan, campaignPlan, candidateFilter } from './campaign-choice.ts';
import { campaignRow, campaignRowState, filter, reading } from './campaign-rows.ts';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { day, id, moment, money, pageLimit, pageOf, storable, text, upgradeType } from './values.ts';

/** More than this is two campaigns. */
export const MOST_CAMPAIGN_ROWS = 10_000;
const MOST_ROWS_PER_MINUTE = 60_000;

export const campaignState = z.enum([
  'planning',
  'planned',
  'waitingForApproval',
  'scheduled',
  'running',
  'pausing',
  'paused',
  'stopped',
  'done',
]);

/** Downwards with a minus sign. */
const CAMPAIGN_SORTS = ['newest', 'oldest', 'name', '-name', 'state', '-state', 'upgrades', '-upgrades'] as const;

/** What the reader may do with a campaign as it stands. */
const act = z.enum(['change', 'delete', 'renew', 'submit', 'approve', 'reject', 'pause', 'resume', 'stop', 'retry']);

const count = z.number().int();
const offer = z.object({ offerId: z.string(), name: z.string() });
const agent = z.object({ agentId: id, name: z.string() });

const campaign = z.object({
  campaignId: id,
  name: z.string(),
  state: campaignState,
  acts: z.array(act),
  /** Null where rows of a file come from or go to different offers. */
  source: offer.nullable(),
  target: offer.nullable(),
  upgradeType,
  chosen: z.discriminatedUnion('by', [
    z.object({ by: z.literal('filter') }).extend(filter.shape),
    z.object({ by: z.literal('hand') }),
    z.object({ by: z.literal('file') }).extend(reading.shape),
  ]),
  /** Counts with each change of the plan. */
  version: count,
  createdAt: moment,
  createdBy: agent,
  /** When it is to start; null: as soon as it is submitted or approved. */
  startsAt: moment.nullable(),
  plannedAt: moment.nullable(),
  /** The UTC day that the plan is computed for. */
  effectiveOn: day.nullable(),
  rows: z.object({ total: count, ...Object.fromEntries(campaignRowState.options.map((one) => [one, count])) } as {
    total: typeof count;
  } & Record<z.infer<typeof campaignRowState>, typeof count>),
  /** Of the rows that are to be sent or were; once it is over, of those that were. */
  totals: z.object({
    upgrades: count,
    licenses: count,
    users: count,
    /** Accounts that will need a person afterwards. */
    work: count,
    needApproval: count,
    /** One for each currency. */
    money: z.array(z.object({ credit: money, charge: money, net: money, perMonth: money })),
  }),
  /** At most so many rows a minute; `minutes`: for all that are to be sent. */
  pace: z.object({ rowsPerMinute: count, minutes: count }),
  submittedAt: moment.nullable(),
  submittedBy: agent.nullable(),
  /** Why a second agent is asked, and who can answer while it waits. */
  approval: z.object({ reasons: z.array(approvalReason), approvers: z.array(z.string()) }),
  decision: z.object({ approved: z.boolean(), at: moment, by: agent, because: z.string().nullable() }).nullable(),
  startedAt: moment.nullable(),
  endedAt: moment.nullable(),
  progress: z.object({
    total: count,
    done: count,
    running: count,
    /** Refused, changed or failed when they were to be sent. */
    failed: count,
    secondsLeft: count.nullable(),
  }),
});
export type CampaignOnWire = z.infer<typeof campaign>;

const candidate = z.object({
  customerId: id,
  customerName: z.string(),
  subscriptionId: id,
  /** The name that the subscription was given; null: none. */
  friendlyName: z.string().nullable(),
  licenses: count,
  /** The last day before which something must be decided: a term or state ends. */
  endsOn: day.nullable(),
});
export type CampaignCandidateOnWire = z.infer<typeof candidate>;

/** What stands in a list: without rows that were not understood, and without who can approve. */
const listed = campaign.omit({ chosen: true, approval: true });
export type ListedCampaignOnWire = z.infer<typeof listed>;

const params = z.object({ campaignId: id });
const ACT = { asks: 'runCampaigns', tag: 'Campaigns', params, status: 200, answer: campaign } as const;
const FILE = z.unknown().meta({ type: 'string', format: 'binary' });
const FILE_PROBLEMS = ['role-not-allowed', 'campaign-file-not-read', 'server-busy'] as const;
const PROBLEMS = ['role-not-allowed', 'not-found', 'campaign-state'] as const;

export const campaignEndpoints = {
  listCampaigns: {
    ...routes.listCampaigns,
    asks: 'view',
    tag: 'Campaigns',
    summary: 'The partner’s campaigns; as CSV with Accept: text/csv',
    csv: true,
    query: z.object({
      /** Part of the name. */
      search: storable.trim().max(200).optional(),
      state: campaignState.optional(),
      /** By the moment of its creation, its name, how far it is, or how many upgrades it comes to. */
      sort: z.enum(CAMPAIGN_SORTS).default('newest'),
      limit: pageLimit,
      /** Holds the sort value of a row, so it is as long as the longest name. */
      cursor: storable.max(2000).optional(),
    }),
    status: 200,
    answer: pageOf(listed),
    problems: ['role-not-allowed'],
  },
  listCampaignCandidates: {
    ...routes.listCampaignCandidates,
    asks: 'view',
    tag: 'Campaigns',
    summary: 'The subscriptions that a filter chooses, by the names of their customers; nothing is kept',
    query: candidateFilter.extend({
      limit: pageLimit,
      /** How many come before the page. */
      cursor: z.coerce.number().int().min(0).max(MOST_CAMPAIGN_ROWS).optional(),
    }),
    status: 200,
    answer: pageOf(candidate).extend({ total: count }),
    problems: ['role-not-allowed'],
  },
  readCampaignFile: {
    ...routes.readCampaignFile,
    asks: 'runCampaigns',
    tag: 'Campaigns',
    summary:
      'How a file of subscriptions is read, as CSV or as a ZIP that holds one, with every row that is not understood; nothing is kept',
    query: campaignFilePlan.pick({ targetOfferId: true }),
    takes: 'application/octet-stream',
    body: FILE,
    status: 200,
    answer: reading,
    problems: FILE_PROBLEMS,
  },
  createCampaign: {
    ...routes.createCampaign,
    asks: 'runCampaigns',
    tag: 'Campaigns',
    summary: 'Choose subscriptions to upgrade together; the plan is made at once, and nothing is sent',
    body: campaignPlan,
    status: 201,
    answer: campaign,
    problems: ['role-not-allowed', 'campaign-empty', 'campaign-too-large'],
  },
  createCampaignFromFile: {
    ...routes.createCampaignFromFile,
    asks: 'runCampaigns',
    tag: 'Campaigns',
    summary:
      'The same for the subscriptions of a file, which may name an offer for each; rows that are not understood are kept and told',
    query: campaignFilePlan,
    takes: 'application/octet-stream',
    body: FILE,
    status: 201,
    answer: campaign,
    problems: [...FILE_PROBLEMS, 'campaign-empty'],
  },
  showCampaign: {
    ...routes.showCampaign,
    asks: 'view',
    tag: 'Campaigns',
    summary: 'A campaign with its totals and how far it is',
    params,
    status: 200,
    answer: campaign,
    problems: ['role-not-allowed', 'not-found'],
  },
  listCampaignRows: {
    ...routes.listCampaignRows,
    asks: 'view',
    tag: 'Campaigns',
    csv: true,
    summary: 'The rows of a campaign in the order in which they were chosen; as CSV the whole report',
    params,
    query: z.object({
      state: campaignRowState.optional(),
      search: storable.trim().max(200).optional(),
      /** Those alone about which a second agent is asked. */
      needsApproval: z.enum(['true']).optional(),
      limit: pageLimit,
      /** The place after which the page begins. */
      cursor: z.coerce.number().int().min(0).max(MOST_CAMPAIGN_ROWS).optional(),
    }),
    status: 200,
    answer: pageOf(campaignRow),
    problems: ['role-not-allowed', 'not-found'],
  },
  deleteCampaign: {
    ...routes.deleteCampaign,
    asks: 'runCampaigns',
    tag: 'Campaigns',
    summary: 'Throw away a campaign that is only planned and never ran; a repeat answers 404',
    params,
    status: 204,
    answer: z.undefined(),
    problems: PROBLEMS,
  },
  changeCampaignRows: {
    ...routes.changeCampaignRows,
    ...ACT,
    summary: 'Leave rows out or put them back, or change how they are upgraded; the totals follow',
    body: z.strictObject({
      /** Absent: all rows. */
      places: z.array(z.number().int().min(1).max(MOST_CAMPAIGN_ROWS)).min(1).max(MOST_CAMPAIGN_ROWS).optional(),
      leaveOut: z.boolean().optional(),
      upgradeType: upgradeType.optional(),
    }),
    problems: PROBLEMS,
  },
  renewCampaign: {
    ...routes.renewCampaign,
    ...ACT,
    summary: 'Plan anew whatever was not done, for now or for a moment to come',
    body: z.strictObject({ startsAt: moment.nullable().default(null) }),
    problems: PROBLEMS,
  },
  submitCampaign: {
    ...routes.submitCampaign,
    ...ACT,
    summary: 'Run the plan; names how many upgrades that is, and is refused with the right number otherwise',
    body: z.strictObject({ upgrades: z.number().int().min(1).max(MOST_CAMPAIGN_ROWS), version: z.number().int() }),
    problems: [...PROBLEMS, 'campaign-count', 'changed-meanwhile', 'plan-outdated'],
  },
  approveCampaign: {
    ...routes.approveCampaign,
    ...ACT,
    asks: 'approveUpgrades',
    summary: 'Approve what another agent submitted: it runs, or waits for its moment',
    problems: [...PROBLEMS, 'own-campaign', 'plan-outdated'],
  },
  rejectCampaign: {
    ...routes.rejectCampaign,
    ...ACT,
    asks: 'approveUpgrades',
    summary: 'Reject what another agent submitted, and say why; the plan stays',
    body: z.strictObject({ reason: text(1000) }),
    problems: [...PROBLEMS, 'own-campaign'],
  },
  pauseCampaign: { ...routes.pauseCampaign, ...ACT, summary: 'Finish the rows under way and wait', problems: PROBLEMS },
  resumeCampaign: { ...routes.resumeCampaign, ...ACT, summary: 'Go on after a pause', problems: PROBLEMS },
  stopCampaign: {
    ...routes.stopCampaign,
    ...ACT,
    summary: 'Finish the rows under way and send no more; what was not started stays as it is',
    problems: PROBLEMS,
  },
  retryCampaign: { ...routes.retryCampaign, ...ACT, summary: 'Try the failed rows again', problems: PROBLEMS },
  showCampaignPace: {
    ...routes.showCampaignPace,
    asks: 'view',
    tag: 'Campaigns',
    summary: 'How many rows a minute the partner’s campaigns send at most',
    status: 200,
    answer: z.object({ rowsPerMinute: count }),
    problems: ['role-not-allowed'],
  },
  changeCampaignPace: {
    ...routes.changeCampaignPace,
    asks: 'changeSettings',
    tag: 'Campaigns',
    summary: 'Change how many rows a minute are sent at most; it holds at once, for what runs too',
    body: z.strictObject({ rowsPerMinute: z.number().int().min(1).max(MOST_ROWS_PER_MINUTE) }),
    status: 200,
    answer: z.object({ rowsPerMinute: count }),
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
