import type { ApprovalReasonOnWire } from '../../contract/approval-reason.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';

/** Why a second person is asked, as one part of a sentence. */
export function useApprovalReasons(): (reasons: readonly ApprovalReasonOnWire[]) => string {
  const { say } = useText();
  const format = useFormat();
  const textOf = (reason: ApprovalReasonOnWire): string => {
    switch (reason.name) {
      case 'always':
        return say('approval.always');
      case 'net-above':
        return say('approval.netAbove', { net: format.money(reason.net), limit: format.money(reason.limit) });
      case 'users-above':
        return say('approval.usersAbove', { users: reason.users, limit: reason.limit });
      case 'work-above':
        return say('approval.workAbove', { users: reason.users, limit: reason.limit });
      case 'outside-office-hours': {
        const { from, until, timeZone: zone } = reason;
        return say('approval.outsideOfficeHours', { from, until, zone });
      }
    }
  };
  return (reasons) => reasons.map(textOf).join('; ');
}
