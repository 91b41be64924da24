import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { upgrade } from './upgrades.ts';
import { currency, id, text } from './values.ts';
import { rule } from './words.ts';

const timeOfDay = z.stringFormat('timeOfDay', /^([01]\d|2[0-3]):[0-5]\d$/);
const atMost = z.number().int().min(0).max(10_000_000).nullable();

/** When a second agent is asked, and how long every upgrade waits. Null: not asked. */
const policy = {
  always: z.boolean(),
  /** The net amount charged at once, in the partner’s currency. */
  netAbove: z.stringFormat('amount', /^\d{1,12}(\.\d{1,3})?$/).nullable(),
  usersAbove: atMost,
  workAbove: atMost,
  officeHours: z
    .strictObject({
      timeZone: z.stringFormat('timeZone', isTimeZone),
      /** Monday is 1. */
      days: z
        .array(z.number().int().min(1).max(7))
        .min(1)
        .refine((given) => new Set(given).size === given.length, rule('eachOnce')),
      from: timeOfDay,
      until: timeOfDay,
    })
    .refine(({ from, until }) => from < until, { path: ['until'], ...rule('hoursOrder') })
    .nullable(),
  delayMinutes: z.number().int().min(0).max(1440),
};

const policyAnswer = z.object({
  ...policy,
  currency,
  /** How many agents may approve; nobody approves an upgrade of their own. */
  approvers: z.number().int(),
});
export type ApprovalPolicyOnWire = z.infer<typeof policyAnswer>;

const params = z.object({ customerId: id, upgradeId: id });
const DECISION = { params, status: 200, answer: upgrade } as const;

export const approvalEndpoints = {
  showApprovalPolicy: {
    ...routes.showApprovalPolicy,
    asks: 'changeSettings',
    tag: 'Approvals',
    summary: 'When a second agent must approve an upgrade, and how long every upgrade is held',
    status: 200,
    answer: policyAnswer,
    problems: ['role-not-allowed'],
  },
  changeApprovalPolicy: {
    ...routes.changeApprovalPolicy,
    asks: 'changeSettings',
    tag: 'Approvals',
    summary: 'Replace the rules; they hold for upgrades submitted from now on',
    body: z.strictObject(policy),
    status: 200,
    answer: policyAnswer,
    problems: ['role-not-allowed'],
  },
  countUpgrades: {
    ...routes.countUpgrades,
    asks: 'view',
    tag: 'Upgrades',
    summary: 'How many upgrades wait, need work or failed, and how many of them are for you to see to',
    status: 200,
    answer: z.object({
      toApprove: z.number().int(),
      waiting: z.number().int(),
      needsWork: z.number().int(),
      failed: z.number().int(),
      /** To approve, and given back to you without a newer upgrade in their place. */
      forYou: z.number().int(),
    }),
    problems: ['role-not-allowed'],
  },
  approveUpgrade: {
    ...routes.approveUpgrade,
    ...DECISION,
    asks: 'approveUpgrades',
    tag: 'Approvals',
    summary:
      'Approve what another agent submitted: it is held or applied, or given back when it would not come out as shown',
    problems: ['role-not-allowed', 'not-found', 'own-upgrade', 'upgrade-already-decided'],
  },
  rejectUpgrade: {
    ...routes.rejectUpgrade,
    ...DECISION,
    asks: 'approveUpgrades',
    tag: 'Approvals',
    summary: 'Reject what another agent submitted, and say why',
    body: z.strictObject({ reason: text(1000) }),
    problems: ['role-not-allowed', 'not-found', 'own-upgrade', 'upgrade-already-decided'],
  },
  withdrawUpgrade: {
    ...routes.withdrawUpgrade,
    ...DECISION,
    asks: 'upgrade',
    tag: 'Approvals',
    summary: 'Stop an upgrade that waits; nothing of the customer has changed',
    problems: ['role-not-allowed', 'not-found', 'upgrade-already-decided'],
  },
} as const satisfies Record<string, Endpoint>;

/** An IANA name; a bare offset would not know of summer time. */
function isTimeZone(given: string): boolean {
  try {
    return (
      /^[A-Za-z]/.test(given) && new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions() !== undefined
    );
  } catch {
    return false;
  }
}
