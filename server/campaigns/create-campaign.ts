import { MOST_CAMPAIGN_ROWS } from '../../contract/campaigns.ts';
import type { Language } from '../../contract/values.ts';
import type { UpgradeType } from '../../core/customers/relationship.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { findPolicy } from '../approvals/approval-policy.store.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { insertCampaignRows } from './campaign-row.store.ts';
import { type CampaignRow, findCampaign, insertCampaign } from './campaign.store.ts';
import { type Choice, chooseRows } from './choose-rows.ts';

export type NewPlan = {
  readonly name: string;
  readonly targetOfferId?: string | undefined;
  readonly upgradeType: UpgradeType;
  /** Absent, or past: as soon as it is submitted. */
  readonly startsAt?: string | undefined;
};

/**
 * Keeps what is to be upgraded together; it is planned from then on, and nothing is sent. Refused: role, an unknown offer or subscription, nothing
 * or too much that was chosen.
 */
export async function createCampaign(
  call: Call,
  asked: NewPlan & { readonly choose: Choice },
  language: Language,
): Promise<Outcome<CampaignRow>> {
  const { actor, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'runCampaigns');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const { name, targetOfferId, upgradeType } = asked;
  return database.write(partnerId, async (tx): Promise<Outcome<CampaignRow>> => {
    const picked = await chooseRows(tx, call, { choose: asked.choose, targetOfferId, language });
    if (!picked.ok) return picked;
    const { chosen, rows } = picked.value;
    if (rows.length === 0) return refused({ code: 'campaign-empty' });
    if (rows.length > MOST_CAMPAIGN_ROWS) return refused({ code: 'campaign-too-large', limit: MOST_CAMPAIGN_ROWS });
    const now = clock.now();
    const startsAt = momentToCome(asked.startsAt, now);
    const { policy } = await findPolicy(tx, partnerId);
    const campaignId = newId();
    await insertCampaign(tx, partnerId, {
      campaign_id: campaignId,
      name,
      source_offer_id: onlyOne(rows.map(({ sourceOfferId }) => sourceOfferId)),
      target_offer_id: onlyOne(rows.map((row) => row.targetOfferId)),
      upgrade_type: upgradeType,
      chosen,
      created_at: now.toString(),
      created_by: actor.agentId,
      starts_at: startsAt?.toString() ?? null,
      effective_on: dayOfPlan(startsAt ?? now, policy).toString(),
    });
    await insertCampaignRows(tx, partnerId, { campaignId, upgradeType }, rows);
    await saveAudit(tx, [
      toAuditRow(call, {
        customerId: partnerId,
        action: 'campaign.created',
        subjectId: campaignId,
        details: { choice: chosen.by, rows: rows.length, targetOfferId: targetOfferId ?? null, upgradeType },
      }),
    ]);
    const created = await findCampaign(tx, partnerId, campaignId, now);
    return created ? accepted(created) : notFound('campaign', campaignId);
  });
}

/** The moment where it lies ahead; null: at once. */
export function momentToCome(text: string | null | undefined, now: Temporal.Instant): Temporal.Instant | null {
  const moment = text ? Temporal.Instant.from(text) : null;
  return moment && Temporal.Instant.compare(moment, now) > 0 ? moment : null;
}

/** The UTC day on which what is sent at a moment is applied. */
export function dayOfPlan(
  at: Temporal.Instant,
  { delayMinutes }: { readonly delayMinutes: number },
): Temporal.PlainDate {
  return utcDay(at.add({ minutes: delayMinutes }));
}

function onlyOne(ids: readonly string[]): string | null {
  const [first, ...more] = new Set(ids);
  return more.length === 0 ? (first ?? null) : null;
}
