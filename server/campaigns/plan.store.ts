import type { PlannedRow } from '../../core/campaigns/plan-row.ts';
import type { UpgradeType } from '../../core/customers/relationship.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import type { Transaction } from '../postgres/database.ts';
import type { RowOutcome } from './campaign-row.store.ts';

export type CampaignToPlan = {
  readonly partner_id: string;
  readonly campaign_id: string;
  readonly created_by: string;
  readonly starts_at: string | null;
  readonly effective_on: string;
};

/** Any campaign that is being planned, of whatever partner, so that one with many rows leaves room for the others. */
export async function findToPlan(tx: Transaction): Promise<CampaignToPlan | undefined> {
  const [row] = await tx.query<CampaignToPlan>(
    `select partner_id, campaign_id, created_by, starts_at, effective_on from campaigns where state = 'planning'
     order by random() limit 1`,
    [],
    'campaign-to-plan',
  );
  return row;
}

export type RowToPlan = {
  readonly place: number;
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly targetOfferId: string;
  readonly upgradeType: UpgradeType;
  readonly quantity: number | null;
};

/** Some rows to plan, held until the end of the transaction; what another server holds is left to it. */
export async function takeRowsToPlan(
  tx: Transaction,
  { partner_id, campaign_id }: CampaignToPlan,
  most: number,
): Promise<RowToPlan[]> {
  return tx.query<RowToPlan>(
    `select place, customer_id as "customerId", subscription_id as "subscriptionId", target_offer_id as "targetOfferId",
       upgrade_type as "upgradeType", asked_quantity as quantity
     from campaign_rows where partner_id = $1 and campaign_id = $2 and state = 'planning'
     order by place limit $3 for update skip locked`,
    [partner_id, campaign_id, most],
    'rows-to-plan',
  );
}

/** What became of a row in planning. */
export type RowPlan = RowToPlan &
  (
    | { readonly state: 'eligible'; readonly planned: PlannedRow }
    | { readonly state: 'refused'; readonly refusals: readonly Refusal[]; readonly outcome: RowOutcome | null }
  );

export async function savePlans(tx: Transaction, campaignId: string, plans: readonly RowPlan[]): Promise<void> {
  const rows = plans.map((plan) => {
    const { customerId: customer_id, place, state } = plan;
    if (plan.state === 'refused') {
      return {
        customer_id,
        place,
        state,
        refusals: plan.refusals,
        outcome: plan.outcome,
        approval_reasons: [],
        users: 0,
        work: 0,
      };
    }
    const { licenses, promised, credit, charge, month, users, work, reasons } = plan.planned;
    return {
      customer_id,
      place,
      state,
      refusals: [],
      outcome: null,
      licenses,
      promised,
      currency: credit.currency,
      credit_minor: credit.minor.toString(),
      charge_minor: charge.minor.toString(),
      month_minor: month.minor.toString(),
      users,
      work,
      approval_reasons: reasons,
    };
  });
  await tx.query(
    `update campaign_rows r set state = p.state, refusals = p.refusals, outcome = p.outcome, licenses = coalesce(p.licenses, r.licenses),
       promised = p.promised, currency = p.currency, credit_minor = p.credit_minor, charge_minor = p.charge_minor,
       month_minor = p.month_minor, users = p.users, work = p.work, approval_reasons = p.approval_reasons
     from jsonb_to_recordset($2::jsonb) as p (customer_id uuid, place integer, state text, refusals jsonb, outcome jsonb, licenses integer,
       promised jsonb, currency text, credit_minor bigint, charge_minor bigint, month_minor bigint, users integer, work integer,
       approval_reasons jsonb)
     where r.customer_id = p.customer_id and r.campaign_id = $1 and r.place = p.place`,
    [campaignId, JSON.stringify(rows)],
    'save-row-plans',
  );
}

/** Ends planning once no row is left to plan; those of customers that the partner has left meanwhile are refused. */
export async function closePlan(
  tx: Transaction,
  { partner_id, campaign_id }: CampaignToPlan,
  now: Temporal.Instant,
): Promise<void> {
  const gone: RowOutcome = { code: 'not-found', refusals: [], differences: [] };
  await tx.query(
    `update campaign_rows r set state = 'refused', outcome = $3
     where r.partner_id = $1 and r.campaign_id = $2 and r.state = 'planning' and not exists (
       select 1 from relationships k where k.customer_id = r.customer_id and k.partner_id = r.partner_id)`,
    [partner_id, campaign_id, JSON.stringify(gone)],
  );
  await tx.query(
    `update campaigns c set state = 'planned', planned_at = $3 where c.partner_id = $1 and c.campaign_id = $2 and c.state = 'planning'
       and not exists (select 1 from campaign_rows r where r.partner_id = $1 and r.campaign_id = $2 and r.state = 'planning')`,
    [partner_id, campaign_id, now.toString()],
  );
}
