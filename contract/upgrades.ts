import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { billingLine } from './ledger.ts';
import { licenseFault, licenseFaultName } from './refusals.ts';
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
  text,
  upgradeType,
} from './values.ts';

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
  /** The UTC day that the amounts are computed for. */
  effectiveOn: day,
  expiresAt: moment,
  credits: z.array(billingLine),
  charges: z.array(billingLine),
  totals: z.object({ credit: money, charge: money, net: money }),
  /** Fees of periods that began since the last bill; owed with or without the upgrade, not in the totals. */
  dueLines: z.array(billingLine),
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
  upgradeId: id.nullable(),
});
export type QuoteOnWire = z.infer<typeof quote>;

export const upgrade = z.object({
  upgradeId: id,
  customerId: id,
  quoteId: id,
  upgradeType,
  state: z.enum(['waitingForApproval', 'held', 'scheduled', 'applied', 'withdrawn', 'rejected', 'refused']),
  /** Derived: work is left while an issue is open. */
  work: z.enum(['needsWork', 'done']),
  source: side,
  target: side,
  quantity: z.number().int(),
  effectiveOn: day,
  submittedAt: moment,
  appliedAt: moment,
  submittedBy: z.string(),
  totals: z.object({ credit: money, charge: money, net: money }),
  licenses: z.object({ moved: z.number().int(), openIssues: z.number().int(), settledIssues: z.number().int() }),
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
    tag: 'Upgrades',
    summary: 'A priced, dated preview of one upgrade: money to the cent, and every user it touches',
    params: subscriptionParams,
    body: z.strictObject({
      targetOfferId: offerId,
      upgradeType,
      quantity: quantity.optional(),
    }),
    status: 201,
    answer: quote,
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  showQuote: {
    ...routes.showQuote,
    tag: 'Upgrades',
    summary: 'A quote as it was given',
    params: z.object({ customerId: id, quoteId: id }),
    status: 200,
    answer: quote,
    problems: ['role-not-allowed', 'not-found'],
  },
  submitQuote: {
    ...routes.submitQuote,
    tag: 'Upgrades',
    summary: 'Do what the quote says, once; a repeat returns the first result',
    params: z.object({ customerId: id, quoteId: id }),
    status: 200,
    answer: upgrade,
    problems: ['role-not-allowed', 'not-found', 'quote-expired', 'quote-outdated', 'refused'],
  },
  listUpgrades: {
    ...routes.listUpgrades,
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
    tag: 'Upgrades',
    summary: 'One upgrade and how much work is left',
    params: upgradeParams,
    status: 200,
    answer: upgrade,
    problems: ['role-not-allowed', 'not-found'],
  },
  listIssues: {
    ...routes.listIssues,
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
