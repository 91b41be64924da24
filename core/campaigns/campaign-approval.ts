import { type ApprovalPolicy, type ApprovalReason, reasonsFor } from '../upgrades/approval.ts';
import type { Money } from '../values/money.ts';

/** What a campaign comes to. */
export type CampaignTotals = {
  /** One for each currency. */
  readonly nets: readonly Money[];
  readonly users: number;
  readonly work: number;
};

/**
 * Why a second agent is asked about a campaign that starts at a moment: the partner's rules on all of it together, and what one of its rows alone
 * would be asked about. The yes to the campaign then stands for these.
 */
export function campaignReasons(
  policy: ApprovalPolicy,
  { nets, users, work }: CampaignTotals,
  ofRows: readonly ApprovalReason[],
  at: Temporal.Instant,
): ApprovalReason[] {
  const all = [...nets.flatMap((net) => reasonsFor(policy, { net, users, work }, at)), ...ofRows];
  return [...Map.groupBy(all, ({ name }) => name).values()].flatMap(([first]) => first ?? []);
}
