import { accepted, refused } from '../../core/values/result.ts';
import { isPossible } from '../../core/campaigns/campaign-state.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { deleteHeldCampaign, lockCampaign } from './campaign.store.ts';

/** Throws away what was only planned. Refused: role, unknown campaign, one that was submitted or ever ran. */
export async function deleteCampaign(call: Call, campaignId: string): Promise<Outcome<undefined>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'runCampaigns');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<undefined>> => {
    const campaign = await lockCampaign(tx, partnerId, campaignId, clock.now());
    if (!campaign) return notFound('campaign', campaignId);
    const { state, name, started_at: startedAt } = campaign;
    if (!isPossible('delete', state) || startedAt !== null) return refused({ code: 'campaign-state', state });
    await deleteHeldCampaign(tx, campaign);
    const details = { name };
    const entry = { customerId: partnerId, action: 'campaign.deleted', subjectId: campaignId, details } as const;
    await saveAudit(tx, [toAuditRow(call, entry)]);
    return accepted(undefined);
  });
}
