import type { UpgradeType } from '../../core/customers/relationship.ts';
import { accepted } from '../../core/values/result.ts';
import { findPolicy } from '../approvals/approval-policy.store.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { actOnCampaign } from './act-on-campaign.ts';
import { leaveRowsOut, planRowsAnew } from './campaign-row.store.ts';
import { type CampaignRow, changeCampaign } from './campaign.store.ts';
import { dayOfPlan, momentToCome } from './create-campaign.ts';

type AskedRows = {
  readonly campaignId: string;
  /** Absent: all rows. */
  readonly places?: readonly number[] | undefined;
  readonly leaveOut?: boolean | undefined;
  readonly upgradeType?: UpgradeType | undefined;
};

/**
 * Leaves rows out or puts them back, at once; with another type they are planned anew. Refused: role, unknown campaign, one that was submitted
 * already.
 */
export async function changeCampaignRows(call: Call, asked: AskedRows): Promise<Outcome<CampaignRow>> {
  const { campaignId, places, leaveOut, upgradeType } = asked;
  return actOnCampaign(call, { campaignId, act: 'change' }, async (tx, campaign) => {
    const { partner_id: partnerId, version } = campaign;
    if (leaveOut !== undefined) await leaveRowsOut(tx, partnerId, { campaignId, places, leaveOut });
    const planned = upgradeType ? await planRowsAnew(tx, partnerId, { campaignId, places, upgradeType }) : 0;
    await changeCampaign(tx, campaign, {
      version: version + 1,
      ...(planned > 0 && { state: 'planning' }),
    });
    const details = {
      rows: places?.length ?? null,
      ...(leaveOut !== undefined && { leaveOut }),
      ...(upgradeType && { upgradeType }),
    };
    return accepted({ audit: 'campaign.changed', details });
  });
}

/**
 * Plans whatever was not done anew, by what holds now, for now or a moment to come; what was submitted or approved of it does not count any more.
 * Refused: role, unknown campaign, one that runs or waits.
 */
export async function renewCampaign(
  call: Call,
  asked: { readonly campaignId: string; readonly startsAt: string | null },
): Promise<Outcome<CampaignRow>> {
  const { campaignId } = asked;
  return actOnCampaign(call, { campaignId, act: 'renew' }, async (tx, campaign) => {
    const now = call.clock.now();
    const startsAt = momentToCome(asked.startsAt, now);
    const { policy } = await findPolicy(tx, campaign.partner_id);
    await planRowsAnew(tx, campaign.partner_id, { campaignId });
    await changeCampaign(tx, campaign, {
      state: 'planning',
      version: campaign.version + 1,
      starts_at: startsAt?.toString() ?? null,
      effective_on: dayOfPlan(startsAt ?? now, policy).toString(),
      submitted_at: null,
      submitted_by: null,
      approval_reasons: [],
      approved: null,
      decided_at: null,
      decided_by: null,
      decided_because: null,
      ended_at: null,
    });
    return accepted({ audit: 'campaign.renewed', details: { startsAt: startsAt?.toString() ?? null } });
  });
}
