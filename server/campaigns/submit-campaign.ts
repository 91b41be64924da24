import { campaignReasons } from '../../core/campaigns/campaign-approval.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { findPolicy } from '../approvals/approval-policy.store.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { actOnCampaign } from './act-on-campaign.ts';
import { findApprovers, findReasonsOfRows } from './campaign-approval.store.ts';
import { type CampaignRow, changeCampaign } from './campaign.store.ts';
import { dayOfPlan, momentToCome } from './create-campaign.ts';

type Asked = {
  readonly campaignId: string;
  /** How many upgrades the agent has seen that it sends. */
  readonly upgrades: number;
  readonly version: number;
};

/**
 * Has the plan run: at once, at its moment, or once a second agent has said yes, as the partner's rules for upgrades ask of all of it together. A
 * repeat by the same agent answers with what there is. Refused: role, unknown campaign, another number or plan than was seen, one for another day.
 */
export async function submitCampaign(
  call: Call,
  { campaignId, upgrades, version }: Asked,
): Promise<Outcome<CampaignRow>> {
  const { actor, clock } = call;
  const isRepeat = (campaign: CampaignRow) =>
    campaign.state !== 'planned' && campaign.submitted_by === actor.agentId && campaign.version === version;
  return actOnCampaign(call, { campaignId, act: 'submit', isRepeat }, async (tx, campaign) => {
    if (campaign.version !== version) return refused({ code: 'changed-meanwhile', version: campaign.version });
    const eligible = campaign.counts['eligible'] ?? 0;
    if (eligible !== upgrades) return refused({ code: 'campaign-count', upgrades: eligible });
    const dated = await checkDay(tx, call, campaign);
    if (!dated.ok) return dated;
    const now = clock.now();
    const at = momentToCome(campaign.starts_at, now) ?? now;
    const { policy } = await findPolicy(tx, campaign.partner_id);
    const sum = (of: 'users' | 'work') => campaign.sums.reduce((all, one) => all + one[of], 0);
    const nets = campaign.sums.map(({ currency, creditMinor, chargeMinor }) => ({
      minor: BigInt(creditMinor) + BigInt(chargeMinor),
      currency,
    }));
    const ofRows = await findReasonsOfRows(tx, campaign);
    const reasons = campaignReasons(policy, { nets, users: sum('users'), work: sum('work') }, ofRows, at);
    const submitted = { submitted_at: now.toString(), submitted_by: actor.agentId, approval_reasons: reasons };
    const next = reasons.length > 0 ? ({ state: 'waitingForApproval' } as const) : begins(campaign, now);
    const fresh = { approvers_told: false, approved: null, decided_at: null, decided_by: null, decided_because: null };
    await changeCampaign(tx, campaign, { ...fresh, ...submitted, ...next });
    const details = { upgrades, startsAt: campaign.starts_at, approvalReasons: reasons.map(({ name }) => name) };
    return accepted({ audit: 'campaign.submitted', details });
  });
}

/**
 * A second agent's yes. A repeat by the same agent answers with what there is. Refused: role, unknown campaign, one's own, decided already, a plan
 * that is for another day by now.
 */
export async function approveCampaign(
  call: Call,
  { campaignId }: { campaignId: string },
): Promise<Outcome<CampaignRow>> {
  const { actor, clock } = call;
  const isRepeat = (campaign: CampaignRow) => campaign.approved === true && campaign.decided_by === actor.agentId;
  const asked = { campaignId, act: 'approve', action: 'approveUpgrades', isRepeat } as const;
  return actOnCampaign(call, asked, async (tx, campaign) => {
    const mine = await refuseOwn(tx, call, campaign);
    if (!mine.ok) return mine;
    const dated = await checkDay(tx, call, campaign);
    if (!dated.ok) return dated;
    const now = clock.now();
    const decided = { approved: true, decided_at: now.toString(), decided_by: actor.agentId };
    await changeCampaign(tx, campaign, { ...decided, ...begins(campaign, now) });
    return accepted({ audit: 'campaign.approved', details: { upgrades: campaign.counts['eligible'] ?? 0 } });
  });
}

/** A second agent's no, with the reason; the plan stays and can be changed. Refused: as an approval. */
export async function rejectCampaign(
  call: Call,
  { campaignId, reason }: { campaignId: string; reason: string },
): Promise<Outcome<CampaignRow>> {
  const { actor, clock } = call;
  const isRepeat = (campaign: CampaignRow) => campaign.approved === false && campaign.decided_by === actor.agentId;
  const asked = { campaignId, act: 'reject', action: 'approveUpgrades', isRepeat } as const;
  return actOnCampaign(call, asked, async (tx, campaign) => {
    const mine = await refuseOwn(tx, call, campaign);
    if (!mine.ok) return mine;
    await changeCampaign(tx, campaign, {
      state: 'planned',
      approved: false,
      decided_at: clock.now().toString(),
      decided_by: actor.agentId,
      decided_because: reason,
    });
    return accepted({ audit: 'campaign.rejected', details: { reason } });
  });
}

/** Runs at once, or waits for its moment. */
function begins(campaign: CampaignRow, now: Temporal.Instant) {
  if (momentToCome(campaign.starts_at, now)) return { state: 'scheduled' } as const;
  return { state: 'running', started_at: now.toString() } as const;
}

/** What is sent on another day than that of the plan costs something else. */
async function checkDay(tx: Transaction, { clock }: Call, campaign: CampaignRow): Promise<Outcome<undefined>> {
  const now = clock.now();
  const { policy } = await findPolicy(tx, campaign.partner_id);
  const day = dayOfPlan(momentToCome(campaign.starts_at, now) ?? now, policy);
  const planned = Temporal.PlainDate.from(campaign.effective_on);
  return planned.equals(day) ? accepted(undefined) : refused({ code: 'plan-outdated', planned, day });
}

/** Nobody decides about what they submitted themselves. */
async function refuseOwn(tx: Transaction, { actor }: Call, campaign: CampaignRow): Promise<Outcome<undefined>> {
  if (campaign.submitted_by !== actor.agentId) return accepted(undefined);
  return refused({ code: 'own-campaign', approvers: await findApprovers(tx, campaign) });
}
