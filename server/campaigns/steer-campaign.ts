import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { actOnCampaign } from './act-on-campaign.ts';
import { putBackFailed } from './campaign-row.store.ts';
import { type CampaignRow, changeCampaign } from './campaign.store.ts';

/** Sends no more; rows under way are finished. A repeat changes nothing. Refused: role, unknown campaign, one that does not run. */
export async function pauseCampaign(call: Call, campaignId: string): Promise<Outcome<CampaignRow>> {
  const isRepeat = ({ state }: CampaignRow) => state === 'pausing' || state === 'paused';
  return actOnCampaign(call, { campaignId, act: 'pause', isRepeat }, async (tx, campaign) => {
    await changeCampaign(tx, campaign, { state: underWay(campaign) > 0 ? 'pausing' : 'paused' });
    return accepted({ audit: 'campaign.paused', details: { running: underWay(campaign) } });
  });
}

/** Goes on. A repeat changes nothing. Refused: role, unknown campaign, one that was not paused. */
export async function resumeCampaign(call: Call, campaignId: string): Promise<Outcome<CampaignRow>> {
  const isRepeat = ({ state }: CampaignRow) => state === 'running';
  return actOnCampaign(call, { campaignId, act: 'resume', isRepeat }, async (tx, campaign) => {
    await changeCampaign(tx, campaign, { state: 'running' });
    return accepted({ audit: 'campaign.resumed', details: {} });
  });
}

/**
 * Ends it: rows under way are finished, the others stay as they are and can be planned anew. A repeat changes nothing. Refused: role, unknown
 * campaign, one that is not submitted or done.
 */
export async function stopCampaign(call: Call, campaignId: string): Promise<Outcome<CampaignRow>> {
  const isRepeat = ({ state }: CampaignRow) => state === 'stopped';
  return actOnCampaign(call, { campaignId, act: 'stop', isRepeat }, async (tx, campaign) => {
    await changeCampaign(tx, campaign, { state: 'stopped', ended_at: call.clock.now().toString() });
    return accepted({ audit: 'campaign.stopped', details: { notDone: campaign.counts['eligible'] ?? 0 } });
  });
}

/** Sends the failed rows again, and only these of what has ended. Refused: role, unknown campaign, one that waits or was stopped. */
export async function retryCampaign(call: Call, campaignId: string): Promise<Outcome<CampaignRow>> {
  return actOnCampaign(call, { campaignId, act: 'retry' }, async (tx, campaign) => {
    const rows = await putBackFailed(tx, campaign.partner_id, campaignId);
    if (rows === 0) return accepted(null);
    if (campaign.state === 'done') await changeCampaign(tx, campaign, { state: 'running', ended_at: null });
    return accepted({ audit: 'campaign.retried', details: { rows } });
  });
}

function underWay({ counts }: CampaignRow): number {
  return (counts['running'] ?? 0) + (counts['unknown'] ?? 0);
}
