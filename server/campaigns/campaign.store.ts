import type { Language } from '../../contract/values.ts';
import { CAMPAIGN_STATES, type CampaignState } from '../../core/campaigns/campaign-state.ts';
import type { UpgradeType } from '../../core/customers/relationship.ts';
import type { ApprovalReason } from '../../core/upgrades/approval.ts';
import { approves } from '../approvals/approval-policy.store.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import type { Transaction } from '../postgres/database.ts';
import type { Chosen } from './chosen.ts';

export const ROWS_PER_MINUTE = 120;

export type CampaignRow = {
  readonly campaign_id: string;
  readonly partner_id: string;
  readonly name: string;
  readonly state: CampaignState;
  readonly source_offer_id: string | null;
  readonly target_offer_id: string | null;
  readonly upgrade_type: UpgradeType;
  readonly chosen: Chosen;
  readonly version: number;
  readonly created_at: string;
  readonly created_by: string;
  readonly created_by_name: string;
  readonly starts_at: string | null;
  readonly planned_at: string | null;
  readonly effective_on: string;
  readonly submitted_at: string | null;
  readonly submitted_by: string | null;
  readonly submitted_by_name: string | null;
  readonly approval_reasons: readonly ApprovalReason[];
  /** Names of those who may decide, while it waits for that. */
  readonly approvers: readonly string[] | null;
  readonly approved: boolean | null;
  readonly decided_at: string | null;
  readonly decided_by: string | null;
  readonly decided_by_name: string | null;
  readonly decided_because: string | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly counts: Readonly<Partial<Record<string, number>>>;
  readonly sums: readonly CampaignSum[];
  /** Rows that ended within the last minute. */
  readonly last_minute: number;
  readonly rows_per_minute: number;
};

/** Of the rows that are to be sent or were, in one currency. */
export type CampaignSum = {
  readonly currency: string;
  readonly creditMinor: string;
  readonly chargeMinor: string;
  readonly monthMinor: string;
  readonly upgrades: number;
  readonly licenses: number;
  readonly users: number;
  readonly work: number;
  readonly needApproval: number;
};

/** How a row `r` counts: left out, or in its state. */
export const SHOWN_STATE = `case when r.left_out and r.state = 'eligible' then 'excluded' else r.state end`;
/** What is to be sent, or was; of a campaign that is over, nothing that was not. */
const SENT = `not r.left_out and (r.state in ('running', 'unknown', 'done') or r.state in ('eligible', 'failed') and c.ended_at is null)`;
const OF_CAMPAIGN = 'r.partner_id = c.partner_id and r.campaign_id = c.campaign_id';

/** `now` is the SQL expression of the present moment; `more` what else is told of each. */
const campaigns = (now: string, more = '') => `
  select c.campaign_id, c.partner_id, c.name, c.state, c.source_offer_id, c.target_offer_id, c.upgrade_type, c.chosen, c.version, c.created_at,
    c.created_by, a.display_name as created_by_name, c.starts_at, c.planned_at, c.effective_on, c.submitted_at, c.submitted_by,
    s.display_name as submitted_by_name, c.approval_reasons, c.approved, c.decided_at, c.decided_by, d.display_name as decided_by_name,
    c.decided_because, c.started_at, c.ended_at,${more}
    case when c.state = 'waitingForApproval' then array(
      select a.display_name from agents a where ${approves('c.partner_id')} and a.agent_id <> c.submitted_by
      order by a.display_name limit 10) end as approvers,
    coalesce(k.counts, '{}') as counts, coalesce(m.sums, '[]') as sums, k.last_minute,
    coalesce((select w.rows_per_minute from campaign_paces w where w.partner_id = c.partner_id), ${ROWS_PER_MINUTE}) as rows_per_minute
  from campaigns c
  left join agents a on a.partner_id = c.partner_id and a.agent_id = c.created_by
  left join agents s on s.partner_id = c.partner_id and s.agent_id = c.submitted_by
  left join agents d on d.partner_id = c.partner_id and d.agent_id = c.decided_by
  cross join lateral (
    select json_object_agg(g.state, g.count) as counts, coalesce(sum(g.last_minute), 0)::integer as last_minute from (
      select ${SHOWN_STATE} as state, count(*) as count, count(*) filter (where r.finished_at > ${now} - interval '1 minute') as last_minute
      from campaign_rows r where ${OF_CAMPAIGN} group by 1) g) k
  cross join lateral (
    select json_agg(json_build_object('currency', g.currency, 'creditMinor', g.credit::text, 'chargeMinor', g.charge::text,
      'monthMinor', g.month::text, 'upgrades', g.upgrades, 'licenses', g.licenses, 'users', g.users, 'work', g.work,
      'needApproval', g.need_approval) order by g.currency) as sums
    from (
      select r.currency, sum(r.credit_minor) as credit, sum(r.charge_minor) as charge, sum(r.month_minor) as month, count(*) as upgrades,
        sum(r.licenses) as licenses, sum(r.users) as users, sum(r.work) as work,
        count(*) filter (where r.approval_reasons <> '[]') as need_approval
      from campaign_rows r where ${OF_CAMPAIGN} and ${SENT} and r.currency is not null group by r.currency) g) m`;

export async function findCampaign(
  tx: Transaction,
  partnerId: string,
  campaignId: string,
  now: Temporal.Instant,
): Promise<CampaignRow | undefined> {
  const [row] = await tx.query<CampaignRow>(
    `${campaigns('$3::timestamptz')} where c.partner_id = $1 and c.campaign_id = $2`,
    [partnerId, campaignId, now.toString()],
  );
  return row;
}

export type CampaignSort = 'newest' | 'oldest' | `${'' | '-'}${'name' | 'state' | 'upgrades'}`;
export type CampaignsAsked = {
  /** Part of the name, folded for search. */
  readonly search?: string | undefined;
  readonly state?: CampaignState | undefined;
  readonly sort: CampaignSort;
  readonly limit: number;
};
/** With that by which it stands where it does, as text. */
export type SortedCampaign = CampaignRow & { readonly sorted: string };

export async function findCampaigns(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  asked: CampaignsAsked & {
    readonly language: Language;
    /** Sort value and id of the last row of the page before. */
    readonly after?: readonly [string, string] | undefined;
  },
): Promise<SortedCampaign[]> {
  const { search, state, sort, limit, language, after } = asked;
  const { of, as } = orderOf(sort, language);
  const [order, beyond] = sort === 'newest' || sort.startsWith('-') ? ['desc', '<'] : ['asc', '>'];
  // The page is picked first, so that what is counted for a campaign is counted for those that are shown.
  return tx.query<SortedCampaign>(
    `with page as materialized (
       select c.partner_id, c.campaign_id, ${of} as sorted from campaigns c
       where c.partner_id = $1 and ($2::uuid is null or (${of}, c.campaign_id) ${beyond} ($7::${as}, $2))
         and ($5::text is null or c.state = $5) and ($6::text is null or position($6 in fold_for_search(c.name)) > 0)
       order by ${of} ${order}, c.campaign_id ${order} limit $3)
     ${campaigns('$4::timestamptz', ' p.sorted::text as sorted,')}
     join page p on p.partner_id = c.partner_id and p.campaign_id = c.campaign_id
     order by p.sorted ${order}, p.campaign_id ${order}`,
    [partnerId, after?.[1] ?? null, limit, now.toString(), state ?? null, search ?? null, after?.[0] ?? null],
  );
}

/** What comes before the id in an order, and as what type a cursor gives it back; ids alone are the order of time. */
function orderOf(sort: CampaignSort, language: Language): { readonly of: string; readonly as: string } {
  switch (sort) {
    case 'name':
    case '-name':
      return { of: `c.name collate ${COLLATIONS[language]}`, as: 'text' };
    case 'state':
    case '-state':
      return { of: `array_position('{${CAMPAIGN_STATES.join(',')}}', c.state)`, as: 'integer' };
    case 'upgrades':
    case '-upgrades':
      return { of: UPGRADES, as: 'bigint' };
    default:
      return { of: 'c.campaign_id', as: 'uuid' };
  }
}

/** How many it comes to: all that are to be sent, or were to be. */
const UPGRADES = `(select count(*) from campaign_rows r where ${OF_CAMPAIGN} and not r.left_out and r.state not in ('planning', 'refused'))`;

/** Holds a campaign, so that its acts happen one after the other; undefined: none of the partner. */
export async function lockCampaign(
  tx: Transaction,
  partnerId: string,
  campaignId: string,
  now: Temporal.Instant,
): Promise<CampaignRow | undefined> {
  await tx.query('select 1 from campaigns where partner_id = $1 and campaign_id = $2 for update', [
    partnerId,
    campaignId,
  ]);
  return findCampaign(tx, partnerId, campaignId, now);
}

/** Throws away one that is held, with its rows. */
export async function deleteHeldCampaign(
  tx: Transaction,
  { partner_id, campaign_id }: Pick<CampaignRow, 'partner_id' | 'campaign_id'>,
): Promise<void> {
  await tx.query('delete from campaigns where partner_id = $1 and campaign_id = $2', [partner_id, campaign_id]);
}

export type NewCampaign = Pick<
  CampaignRow,
  | 'campaign_id'
  | 'name'
  | 'source_offer_id'
  | 'target_offer_id'
  | 'upgrade_type'
  | 'chosen'
  | 'created_at'
  | 'created_by'
> &
  Pick<CampaignRow, 'starts_at' | 'effective_on'>;

/** With a place among the partners that take turns. */
export async function insertCampaign(tx: Transaction, partnerId: string, campaign: NewCampaign): Promise<void> {
  await tx.query('insert into campaign_paces (partner_id, rows_per_minute) values ($1, $2) on conflict do nothing', [
    partnerId,
    ROWS_PER_MINUTE,
  ]);
  await tx.query(
    `insert into campaigns (partner_id, campaign_id, name, state, source_offer_id, target_offer_id, upgrade_type, chosen, created_at,
       created_by, starts_at, effective_on)
     values ($1, $2, $3, 'planning', $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      partnerId,
      campaign.campaign_id,
      campaign.name,
      campaign.source_offer_id,
      campaign.target_offer_id,
      campaign.upgrade_type,
      JSON.stringify(campaign.chosen),
      campaign.created_at,
      campaign.created_by,
      campaign.starts_at,
      campaign.effective_on,
    ],
  );
}

type Changed = Pick<
  CampaignRow,
  | 'state'
  | 'starts_at'
  | 'effective_on'
  | 'submitted_at'
  | 'submitted_by'
  | 'approved'
  | 'decided_at'
  | 'decided_by'
  | 'decided_because'
  | 'started_at'
  | 'ended_at'
  | 'approval_reasons'
  | 'version'
> & { readonly approvers_told: boolean };

/** Changes a campaign that is held. */
export async function changeCampaign(
  tx: Transaction,
  { partner_id, campaign_id }: Pick<CampaignRow, 'partner_id' | 'campaign_id'>,
  changed: Partial<Changed>,
): Promise<void> {
  const names = Object.keys(changed) as (keyof Changed)[];
  const values = names.map((name) => {
    const value = changed[name];
    return name === 'approval_reasons' ? JSON.stringify(value) : value;
  });
  const sets = names.map((name, index) => `${name} = $${index + 3}`).join(', ');
  await tx.query(`update campaigns set ${sets} where partner_id = $1 and campaign_id = $2`, [
    partner_id,
    campaign_id,
    ...values,
  ]);
}
