import type { ApprovalPolicyOnWire } from '../../contract/approvals.ts';
import { formatMoney } from '../../core/values/money.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { changeApprovalPolicy, showApprovalPolicy, type ShownPolicy } from './change-approval-policy.ts';

export function approvalPolicyRoutes(mount: Mount): void {
  mount.signedIn('showApprovalPolicy', async ({ call }) => {
    const shown = await showApprovalPolicy(call);
    return shown.ok ? accepted(presentPolicy(shown.value)) : shown;
  });
  mount.signedIn('changeApprovalPolicy', async ({ call, body }) => {
    const changed = await changeApprovalPolicy(call, body);
    return changed.ok ? accepted(presentPolicy(changed.value)) : changed;
  });
}

function presentPolicy({ policy, approvers, currency }: ShownPolicy): ApprovalPolicyOnWire {
  const { netAbove, officeHours, ...rest } = policy;
  return {
    ...rest,
    netAbove: netAbove && formatMoney(netAbove),
    officeHours: officeHours && { ...officeHours, days: [...officeHours.days] },
    currency,
    approvers,
  };
}
