import { planRow } from '../../core/campaigns/plan-row.ts';
import { startOf } from '../../core/values/period.ts';
import type { Context } from '../context.ts';
import { getAgent } from '../identity/agent.store.ts';
import { findPartnerFacts } from '../subscriptions/customer-facts.store.ts';
import { findManyUpgradeFacts, type FoundFacts } from '../upgrades/upgrade-facts.store.ts';
import { momentToCome } from './create-campaign.ts';
import {
  type CampaignToPlan,
  closePlan,
  findToPlan,
  type RowPlan,
  type RowToPlan,
  savePlans,
  takeRowsToPlan,
} from './plan.store.ts';

/** Read in one query, and decided while the rows are held. */
const ROWS_AT_ONCE = 50;

/**
 * Plans some rows of a campaign, as their quotes would be decided for its day. What was begun by a server that is gone is simply free again. True:
 * there may be more.
 */
export async function planSomeRows(context: Context): Promise<boolean> {
  const { clock, database } = context;
  const campaign = await database.asSystem(findToPlan);
  if (!campaign) return false;
  const planned = await planRowsOf(context, campaign);
  if (planned < ROWS_AT_ONCE) await database.asSystem((tx) => closePlan(tx, campaign, clock.now()));
  // Rows that others hold are theirs; nothing is gained by asking again at once.
  return planned > 0;
}

async function planRowsOf({ catalog, clock, database }: Context, campaign: CampaignToPlan): Promise<number> {
  const { partner_id: partnerId, campaign_id: campaignId } = campaign;
  return database.write(partnerId, async (tx) => {
    const rows = await takeRowsToPlan(tx, campaign, ROWS_AT_ONCE);
    if (rows.length === 0) return 0;
    const now = clock.now();
    const actor = await getAgent(tx, partnerId, campaign.created_by);
    const on = Temporal.PlainDate.from(campaign.effective_on);
    const ofPartner = await findPartnerFacts(tx, partnerId, startOf(on));
    const found = await findManyUpgradeFacts(tx, { actor, catalog, now }, { rows, on, ofPartner });
    const at = momentToCome(campaign.starts_at, now) ?? now;
    const plans = rows.map((row) => planOf(row, found.get(row.subscriptionId), { on, at }));
    await savePlans(tx, campaignId, plans);
    return rows.length;
  });
}

function planOf(
  row: RowToPlan,
  found: FoundFacts | undefined,
  when: { readonly on: Temporal.PlainDate; readonly at: Temporal.Instant },
): RowPlan {
  const no = (code: 'not-found' | 'upgrade-waiting'): RowPlan => {
    return { ...row, state: 'refused', refusals: [], outcome: { code, refusals: [], differences: [] } };
  };
  if (!found) return no('not-found');
  if (found.waiting) return no('upgrade-waiting');
  const { targetOfferId, upgradeType, quantity } = row;
  const request = { targetOfferId, upgradeType, quantity: quantity ?? undefined };
  const decided = planRow({ facts: found.facts, request, policy: found.policy, ...when });
  return decided.ok
    ? { ...row, state: 'eligible', planned: decided.value }
    : { ...row, state: 'refused', refusals: decided.refused, outcome: null };
}
