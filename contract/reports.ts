import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/reports.en.json' with { type: 'json' };
import tr from './texts/reports.tr.json' with { type: 'json' };
import { day, id, money } from './values.ts';

/** The columns and groups of reports. */
export const REPORT_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

/** Up to and with today: twelve months that end with this one, 90 days, or since January 1. */
export const reportPeriod = z.enum(['last12', 'last90', 'thisYear']);
const query = z.object({ period: reportPeriod.default('last12') });

const figures = z.object({
  upgrades: z.number().int(),
  licenses: z.number().int(),
  extraPerMonth: money,
  /** Upgrades that left no account for a person to see to. */
  withoutWork: z.number().int(),
});
/** First and last day that a report is about. */
const span = { from: day, until: day };
const offerRef = z.object({ offerId: z.string(), name: z.string() });

const upliftRow = z.object({
  source: offerRef,
  target: offerRef,
  upgrades: z.number().int(),
  licenses: z.number().int(),
  extraPerMonth: money,
});
export type UpliftOnWire = z.infer<typeof upliftRow>;

const opportunity = z.object({
  customerId: id,
  customerName: z.string(),
  subscriptionId: id,
  source: offerRef,
  /** The next step up: of what can be had today, that which brings least but something. */
  target: offerRef,
  licenses: z.number().int(),
  renewsOn: day,
  daysLeft: z.number().int(),
  extraPerMonth: money,
});
export type OpportunityOnWire = z.infer<typeof opportunity>;

const common = { asks: 'viewReports', tag: 'Reports', status: 200, problems: ['role-not-allowed'] } as const;

export const reportEndpoints = {
  showFigures: {
    ...routes.showFigures,
    ...common,
    summary: 'What upgrades of a period came to, and those of the same period a year earlier',
    query,
    answer: figures.extend({ ...span, yearBefore: figures }),
  },
  reportUpgrades: {
    ...routes.reportUpgrades,
    ...common,
    summary: 'Upgrades that were applied, by month and new offer; as CSV with Accept: text/csv',
    query,
    csv: true,
    answer: z.object({
      ...span,
      /** `2026-11`, without gaps. */
      months: z.array(z.string()),
      /** The offer with most first; `counts` by month. */
      series: z.array(offerRef.extend({ counts: z.array(z.number().int()) })),
    }),
  },
  reportUplift: {
    ...routes.reportUplift,
    ...common,
    summary: 'What upgrades bring a month, by the offers they lead from and to; as CSV with Accept: text/csv',
    query,
    csv: true,
    answer: z.object({ ...span, items: z.array(upliftRow) }),
  },
  reportOpportunities: {
    ...routes.reportOpportunities,
    ...common,
    summary:
      'What could be upgraded today, and what it would bring a month at the prices of a quote; as CSV with Accept: text/csv',
    csv: true,
    answer: z.object({
      /** Those that bring most, 300 at most; all that were found are in the CSV. */
      items: z.array(opportunity),
      found: z.number().int(),
      /** All that were found together. */
      extraPerMonth: money,
      customers: z.object({ lookedAt: z.number().int(), all: z.number().int() }),
    }),
  },
  reportRefusals: {
    ...routes.reportRefusals,
    ...common,
    summary: 'Acts that a rule or a role said no to, by reason; as CSV with Accept: text/csv',
    query,
    csv: true,
    answer: z.object({
      ...span,
      items: z.array(z.object({ reason: z.string(), title: z.string(), count: z.number().int() })),
    }),
  },
  reportIssues: {
    ...routes.reportIssues,
    ...common,
    summary: 'Accounts that still need a person, by how long ago their upgrade was; as CSV with Accept: text/csv',
    csv: true,
    answer: z.object({
      items: z.array(
        z.object({
          /** Days since the upgrade: under 7, 30, 90, or more. */
          age: z.enum(['week', 'month', 'quarter', 'older']),
          name: z.string(),
          accounts: z.number().int(),
          upgrades: z.number().int(),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Endpoint>;
