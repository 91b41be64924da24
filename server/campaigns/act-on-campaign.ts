import type { Action } from '../../core/access/may.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import { type CampaignAct, isPossible } from '../../core/campaigns/campaign-state.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { type CampaignRow, findCampaign, lockCampaign } from './campaign.store.ts';

type Asked = {
  readonly campaignId: string;
  readonly act: CampaignAct;
  readonly action?: Action;
  /** Whether it was done already, by this agent: a repeat then answers with what there is. */
  readonly isRepeat?: (campaign: CampaignRow) => boolean;
};

/** What is written of an act; null: nothing had to be done. */
type Written = { readonly audit: AuditAction; readonly details: object } | null;

/**
 * Does something with a campaign that is held, where its state allows it, and puts it into the audit log. Refused: role, unknown campaign, a state in
 * which it is not possible, and what the work refuses.
 */
export async function actOnCampaign(
  call: Call,
  { campaignId, act, action = 'runCampaigns', isRepeat }: Asked,
  work: (tx: Transaction, campaign: CampaignRow) => Promise<Outcome<Written>>,
): Promise<Outcome<CampaignRow>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, action);
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<CampaignRow>> => {
    const now = clock.now();
    const campaign = await lockCampaign(tx, partnerId, campaignId, now);
    if (!campaign) return notFound('campaign', campaignId);
    if (isRepeat?.(campaign)) return accepted(campaign);
    if (!isPossible(act, campaign.state)) return refused({ code: 'campaign-state', state: campaign.state });
    const done = await work(tx, campaign);
    if (!done.ok) return done;
    if (!done.value) return accepted(campaign);
    const { audit, details } = done.value;
    const entry = { customerId: partnerId, action: audit, subjectId: campaignId, details };
    await saveAudit(tx, [toAuditRow(call, entry)]);
    const changed = await findCampaign(tx, partnerId, campaignId, now);
    return changed ? accepted(changed) : notFound('campaign', campaignId);
  });
}
