import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { approvalReason } from './approval-reason.ts';
import { pricedLine, sellRates, sold } from './ledger.ts';
import { difference } from './problems.ts';
import { licenseFault, licenseFaultName, refusal } from './refusals.ts';
import { serviceComparison } from './services.ts';
import {
  billingCycle,
  country,
  day,
  decimal,
  id,
  moment,
  money,
  offerId,
  pageLimit,
  quantity,
  storable,
  termDuration,
  text,
  upgradeType,
} from './values.ts';

/**
 * A new subscription in place of the old one (legacy); the same one changed at once or when it renewed, some of its seats, or an existing one (new
 * commerce).
 */
const upgradeWay = z.enum(['replacement', 'inPlace', 'partial', 'existing', 'renewal']);

const side = z.object({ subscriptionId: id, offerId: z.string(), offerName: z.string() });

/** What moving means for users with one pattern of switched-off services. */
const serviceChange = serviceComparison.extend({
  /** Service plans of the target that stay switched off. */
  staysOff: z.array(z.object({ planName: z.string(), name: z.string() })),
});

export const quote = z.object({
  quoteId: id,
  subscriptionId: id,
  upgradeType,
  source: z.object({ offerId: z.string(), offerName: z.string() }),
  target: z.object({ offerId: z.string(), offerName: z.string(), unitPrice: decimal }),
  quantity: z.number().int(),
  way: upgradeWay,
  /** The subscription that takes the seats, where it is there already. */
  targetSubscriptionId: id.nullable(),
  /** The term of what takes the seats; null in quotes that are older than terms. */
  term: z.object({ termDuration, billingCycle, endsOn: day }).nullable(),
  /** The UTC day that the amounts are computed for. */
  effectiveOn: day,
  expiresAt: moment,
  credits: z.array(pricedLine),
  charges: z.array(pricedLine),
  totals: z.object({ credit: money, charge: money, net: money }),
  /** What the net of its lines is sold on at, each line by itself, and by which rates. */
  sold,
  rates: sellRates,
  /** Fees of periods that began since the last bill; owed with or without the upgrade, not in the totals. */
  dueLines: z.array(pricedLine),
  /** The same of the subscription that takes the seats. */
  targetDueLines: z.array(pricedLine),
  /** What comes after the first bill: a whole service period before and after, and all that is paid more until the present term would have ended. */
  outlook: z.object({ billingCycle, periodBefore: money, periodAfter: money, until: day, extra: money }),
  transfer: z.object({
    moving: z.number().int(),
    staying: z.number().int(),
    changes: z.array(serviceChange),
    users: z.array(
      z.object({
        userId: id,
        displayName: z.string(),
        userPrincipalName: z.string(),
        moves: z.boolean(),
        /** Index into `changes`. */
        change: z.number().int(),
        faults: z.array(licenseFault),
        /** Names of the services that the faults are about. */
        services: z.array(z.string()),
      }),
    ),
  }),
  /** Why a second agent will be asked, and for how long it will be held; neither: it is applied at once. */
  waiting: z.object({ reasons: z.array(approvalReason), delayMinutes: z.number().int() }),
  upgradeId: id.nullable(),
});
export type QuoteOnWire = z.infer<typeof quote>;

export const upgrade = z.object({
  upgradeId: id,
  customerId: id,
  /** Null: nothing was quoted, a renewal carried out what was scheduled for it. */
  quoteId: id.nullable(),
  upgradeType,
  state: z.enum(['waitingForApproval', 'held', 'scheduled', 'applied', 'withdrawn', 'rejected', 'refused']),
  /** Derived: work is left while an issue is open. */
  work: z.enum(['needsWork', 'done']),
  source: side,
  /** The subscription is there once it is applied. */
  target: side.extend({ subscriptionId: id.nullable() }),
  quantity: z.number().int(),
  way: upgradeWay,
  termDuration,
  billingCycle,
  /** What came of its parts on new commerce. */
  events: z.array(
    z.object({
      name: z.enum(['Conversion', 'LicenseReassignment']),
      status: z.enum(['Completed', 'Failed']),
      at: moment,
    }),
  ),
  effectiveOn: day,
  /** At a renewal: when the change was scheduled. */
  submittedAt: moment,
  appliedAt: moment.nullable(),
  /** Null only at a renewal: who scheduled the change is not known. */
  submittedBy: z.string().nullable(),
  submittedById: id.nullable(),
  totals: z.object({ credit: money, charge: money, net: money }),
  licenses: z.object({ moved: z.number().int(), openIssues: z.number().int(), settledIssues: z.number().int() }),
  /** Why a second agent was asked, for how long it is held after that, and by whom it can be approved. */
  waiting: z.object({
    reasons: z.array(approvalReason),
    delayMinutes: z.number().int(),
    approvers: z.array(z.string()),
  }),
  /** While it is held: when it is applied. While it waits for an approval: when nobody is asked any more. */
  dueAt: moment.nullable(),
  /** Who approved, rejected or withdrew it; `by` is null where nobody answered in time. */
  decision: z
    .object({
      at: moment,
      by: z.string().nullable(),
      because: z.string().nullable(),
      /** Why it ended without anybody's decision. */
      lapsed: z.enum(['notAnswered', 'customerLeft']).nullable(),
    })
    .nullable(),
  /** Why it was given back: what differs from what was shown, and what stands in the way. */
  returned: z.object({ differences: z.array(difference), refusals: z.array(refusal) }).nullable(),
});
export type UpgradeOnWire = z.infer<typeof upgrade>;

export const issueAction = z.enum(['setUsageLocation', 'removeConflictingLicense', 'retry', 'leave']);

export const licenseIssue = z.object({
  userId: id,
  displayName: z.string(),
  userPrincipalName: z.string(),
  status: z.enum(['open', 'moved', 'left']),
  faults: z.array(licenseFault),
  /** Names of the services that the faults are about; of the new offer where they are about all of it. */
  services: z.array(z.string()),
  /** Actions that fit the open faults. */
  actions: z.array(issueAction),
  settledAt: moment.nullable(),
  settledBy: z.string().nullable(),
});
export type LicenseIssueOnWire = z.infer<typeof licenseIssue>;

const subscriptionParams = z.object({ customerId: id, subscriptionId: id });
const upgradeParams = z.object({ customerId: id, upgradeId: id });

export const upgradeEndpoints = {
  quoteUpgrade: {
    ...routes.quoteUpgrade,
    asks: 'upgrade',
    tag: 'Upgrades',
    summary: 'A priced, dated preview of one upgrade: money to the cent, and every user it touches',
    params: subscriptionParams,
    body: z.strictObject({
      targetOfferId: offerId,
      upgradeType,
      /** Absent: all seats. Fewer on new commerce alone. */
      quantity: quantity.optional(),
      /** The existing subscription that takes the seats. */
      targetSubscriptionId: id.optional(),
      /** Absent: as the source. */
      termDuration: termDuration.optional(),
      billingCycle: billingCycle.optional(),
      /** Who moves where not all do. */
      userIds: z.array(id).max(10_000).optional(),
    }),
    status: 201,
    answer: quote,
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  showQuote: {
    ...routes.showQuote,
    asks: 'view',
    tag: 'Upgrades',
    summary: 'A quote as it was given',
    params: z.object({ customerId: id, quoteId: id }),
    status: 200,
    answer: quote,
    problems: ['role-not-allowed', 'not-found'],
  },
  submitQuote: {
    ...routes.submitQuote,
    asks: 'upgrade',
    tag: 'Upgrades',
    summary:
      'Do what the quote says, once, or let it wait as the approval policy asks; a repeat returns the first result',
    params: z.object({ customerId: id, quoteId: id }),
    status: 200,
    answer: upgrade,
    problems: ['role-not-allowed', 'not-found', 'quote-expired', 'quote-outdated', 'refused', 'upgrade-waiting'],
  },
  listUpgrades: {
    ...routes.listUpgrades,
    asks: 'view',
    tag: 'Upgrades',
    summary: 'A customer’s upgrades, newest first',
    params: z.object({ customerId: id }),
    query: z.object({ limit: pageLimit, cursor: id.optional() }),
    status: 200,
    answer: z.object({ items: z.array(upgrade), nextCursor: id.nullable() }),
    problems: ['role-not-allowed', 'not-found'],
  },
  showUpgrade: {
    ...routes.showUpgrade,
    asks: 'view',
    tag: 'Upgrades',
    summary: 'One upgrade and how much work is left',
    params: upgradeParams,
    status: 200,
    answer: upgrade,
    problems: ['role-not-allowed', 'not-found'],
  },
  listIssues: {
    ...routes.listIssues,
    asks: 'view',
    tag: 'License issues',
    csv: true,
    summary: 'The accounts and services that still need a person; as CSV with Accept: text/csv',
    params: upgradeParams,
    query: z.object({
      /** `settled`: moved or left. */
      status: z.enum(['open', 'moved', 'left', 'settled']).optional(),
      fault: licenseFaultName.optional(),
      /** The name of a service, as `services` gives it. */
      service: text(200).optional(),
      search: storable.trim().max(200).optional(),
    }),
    status: 200,
    answer: z.object({ items: z.array(licenseIssue) }),
    problems: ['role-not-allowed', 'not-found'],
  },
  resolveIssues: {
    ...routes.resolveIssues,
    asks: 'resolveIssues',
    tag: 'License issues',
    summary: 'Work off license issues, one or many with one action; the move is tried again at once',
    params: upgradeParams,
    body: z.discriminatedUnion('action', [
      z.strictObject({
        action: z.literal('setUsageLocation'),
        userIds: z.array(id).min(1).max(500),
        usageLocation: country,
      }),
      z.strictObject({ action: z.literal('removeConflictingLicense'), userIds: z.array(id).min(1).max(500) }),
      z.strictObject({ action: z.literal('retry'), userIds: z.array(id).min(1).max(500) }),
      z.strictObject({ action: z.literal('leave'), userIds: z.array(id).min(1).max(500) }),
    ]),
    status: 200,
    answer: z.object({ items: z.array(licenseIssue) }),
    problems: ['role-not-allowed', 'not-found', 'issue-already-resolved', 'action-does-not-apply', 'refused'],
  },
} as const satisfies Record<string, Endpoint>;
