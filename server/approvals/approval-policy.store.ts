import { type Role, rolesThatMay } from '../../core/access/may.ts';
import { type ApprovalPolicy, NO_POLICY } from '../../core/upgrades/approval.ts';
import type { Transaction } from '../postgres/database.ts';

/** The policy of partner $2 as JSON, inside of a larger query; null: none was set. */
export const policyJson = `(
  select json_build_object('always', w.always, 'netAboveMinor', w.net_above_minor::text, 'currency', w.currency,
    'usersAbove', w.users_above, 'workAbove', w.work_above, 'timeZone', w.time_zone, 'days', w.office_days,
    'from', w.office_from, 'until', w.office_until, 'delayMinutes', w.delay_minutes)
  from approval_policies w where w.partner_id = $2)`;

export type PolicyJson = {
  always: boolean;
  netAboveMinor: string | null;
  currency: string | null;
  usersAbove: number | null;
  workAbove: number | null;
  timeZone: string | null;
  days: number[] | null;
  from: string | null;
  until: string | null;
  delayMinutes: number;
} | null;

export function toPolicy(json: PolicyJson): ApprovalPolicy {
  if (!json) return NO_POLICY;
  const { always, netAboveMinor, currency, usersAbove, workAbove, timeZone, days, from, until, delayMinutes } = json;
  const hasHours = timeZone !== null && days !== null && from !== null && until !== null;
  return {
    always,
    netAbove: netAboveMinor === null || currency === null ? null : { minor: BigInt(netAboveMinor), currency },
    usersAbove,
    workAbove,
    officeHours: hasHours ? { timeZone, days, from, until } : null,
    delayMinutes,
  };
}

const APPROVERS: readonly Role[] = rolesThatMay('approveUpgrades');

/** Agents of partner `partner` who may approve, persons at work only, as a condition on agent `a`. */
export const approves = (partner: string) =>
  `a.partner_id = ${partner} and not a.application and not a.invited and a.removed_at is null
   and a.roles && '{${APPROVERS.join(',')}}'`;

/** A partner's policy, and how many persons may approve. Locked until the transaction ends where `lock` says so. */
export async function findPolicy(
  tx: Transaction,
  partnerId: string,
  lock = false,
): Promise<{ policy: ApprovalPolicy; approvers: number }> {
  if (lock) await tx.query('select 1 from partners where partner_id = $1 for no key update', [partnerId]);
  const [row] = await tx.query<{ policy: PolicyJson; approvers: bigint }>(
    `select ${policyJson} as policy, (select count(*) from agents a where ${approves('$1')}) as approvers
     where $1::uuid = $2::uuid`,
    [partnerId, partnerId],
  );
  return { policy: toPolicy(row?.policy ?? null), approvers: Number(row?.approvers ?? 0) };
}

export async function savePolicy(tx: Transaction, partnerId: string, policy: ApprovalPolicy): Promise<void> {
  const { always, netAbove, usersAbove, workAbove, officeHours, delayMinutes } = policy;
  await tx.query(
    `insert into approval_policies (partner_id, always, net_above_minor, currency, users_above, work_above, time_zone,
       office_days, office_from, office_until, delay_minutes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (partner_id) do update set (always, net_above_minor, currency, users_above, work_above, time_zone,
       office_days, office_from, office_until, delay_minutes) = (excluded.always, excluded.net_above_minor,
       excluded.currency, excluded.users_above, excluded.work_above, excluded.time_zone, excluded.office_days,
       excluded.office_from, excluded.office_until, excluded.delay_minutes)`,
    [
      partnerId,
      always,
      netAbove?.minor.toString() ?? null,
      netAbove?.currency ?? null,
      usersAbove,
      workAbove,
      officeHours?.timeZone ?? null,
      officeHours?.days ?? null,
      officeHours?.from ?? null,
      officeHours?.until ?? null,
      delayMinutes,
    ],
  );
}
