import type { ApprovalPolicyOnWire } from '../../contract/approvals.ts';
import { useKept } from '../ui/useKept.ts';

/** The rules as they stand in the form: numbers and the amount as they are typed. */
export type Rules = {
  readonly always: boolean;
  readonly netAbove: string;
  readonly usersAbove: string;
  readonly workAbove: string;
  readonly hours: boolean;
  readonly timeZone: string;
  readonly days: readonly number[];
  readonly from: string;
  readonly until: string;
  readonly delayMinutes: string;
};
export type RuleField = 'netAbove' | 'usersAbove' | 'workAbove' | 'delayMinutes';

const OFFICE = { timeZone: 'Europe/Istanbul', days: [1, 2, 3, 4, 5], from: '09:00', until: '18:00' };

/** What is typed on the form, which begins with the policy that holds. */
export function useRules(policy: ApprovalPolicyOnWire, language: string) {
  const [rules, setRules] = useKept('rules', () => toRules(policy, language));
  return { rules, change: (changed: Partial<Rules>) => setRules((before) => ({ ...before, ...changed })) };
}

function toRules(
  { always, netAbove, usersAbove, workAbove, officeHours, delayMinutes }: ApprovalPolicyOnWire,
  language: string,
): Rules {
  return {
    always,
    netAbove: language === 'tr' ? (netAbove ?? '').replace('.', ',') : (netAbove ?? ''),
    usersAbove: usersAbove?.toString() ?? '',
    workAbove: workAbove?.toString() ?? '',
    hours: officeHours !== null,
    ...(officeHours ?? OFFICE),
    delayMinutes: String(delayMinutes),
  };
}

/** Whether an amount can be read in one way only: "1.250" is a thousand here and one there. */
export function isAmount(typed: string): boolean {
  return typed.trim() === '' || /^\d+([.,]\d{1,2})?$/.test(typed.trim());
}

export function isWhole(typed: string): boolean {
  return /^\d{0,8}$/.test(typed.trim());
}

/** As the API takes it, of what can be read. */
export function toBody({
  always,
  netAbove,
  usersAbove,
  workAbove,
  hours,
  timeZone,
  days,
  from,
  until,
  delayMinutes,
}: Rules) {
  return {
    always,
    netAbove: netAbove.trim() === '' ? null : netAbove.trim().replace(',', '.'),
    usersAbove: toNumber(usersAbove),
    workAbove: toNumber(workAbove),
    officeHours: hours ? { timeZone, days: [...days], from, until } : null,
    delayMinutes: toNumber(delayMinutes) ?? 0,
  };
}

function toNumber(typed: string): number | null {
  return typed.trim() === '' ? null : Number(typed);
}
