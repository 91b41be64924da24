import type { ApprovalPolicy } from '../../core/upgrades/approval.ts';
import { exponentOf, formatMoney, parseMoney } from '../../core/values/money.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { findPolicy, savePolicy } from './approval-policy.store.ts';

export type ShownPolicy = { readonly policy: ApprovalPolicy; readonly approvers: number; readonly currency: string };
/** As it is asked for: the amount is a text in the partner's currency. */
export type WantedPolicy = Omit<ApprovalPolicy, 'netAbove'> & { readonly netAbove: string | null };

/** When the partner wants a second agent to look, and how long every upgrade is held. Refused: role. */
export async function showApprovalPolicy({ actor, database }: Call): Promise<Outcome<ShownPolicy>> {
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const { partnerId, currency } = actor.partner;
  return accepted({ ...(await database.read(partnerId, (tx) => findPolicy(tx, partnerId))), currency });
}

/**
 * Replaces the policy. It holds for what is submitted from now on; upgrades that wait already go on as they were told. A repeat changes
 * nothing. Refused: role, an amount with more digits than the currency has.
 */
export async function changeApprovalPolicy(call: Call, wanted: WantedPolicy): Promise<Outcome<ShownPolicy>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const { partnerId, currency } = actor.partner;
  const { netAbove, officeHours } = wanted;
  // Whoever writes 1.250 for a thousand must not get a limit of one.
  if ((netAbove?.split('.')[1] ?? '').length > exponentOf(currency)) {
    return refused({ code: 'invalid-field', field: 'netAbove', expected: 'amountDigits' });
  }
  const policy: ApprovalPolicy = {
    ...wanted,
    netAbove: netAbove === null ? null : parseMoney(netAbove, currency),
    officeHours: officeHours && { ...officeHours, days: officeHours.days.toSorted((one, other) => one - other) },
  };
  return database.write(partnerId, async (tx): Promise<Outcome<ShownPolicy>> => {
    const found = await findPolicy(tx, partnerId, true);
    const [before, after] = [found.policy, policy].map(describePolicy);
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      await savePolicy(tx, partnerId, policy);
      const details = { before, after };
      await saveAudit(tx, [
        toAuditRow(call, { customerId: partnerId, action: 'approval-policy.changed', subjectId: partnerId, details }),
      ]);
    }
    return accepted({ policy, approvers: found.approvers, currency });
  });
}

/** What the audit log keeps of a policy, always in one order. */
function describePolicy({ always, netAbove, usersAbove, workAbove, officeHours, delayMinutes }: ApprovalPolicy) {
  const hours = officeHours && {
    timeZone: officeHours.timeZone,
    days: officeHours.days,
    from: officeHours.from,
    until: officeHours.until,
  };
  return {
    always,
    netAbove: netAbove && `${formatMoney(netAbove)} ${netAbove.currency}`,
    usersAbove,
    workAbove,
    officeHours: hours,
    delayMinutes,
  };
}
