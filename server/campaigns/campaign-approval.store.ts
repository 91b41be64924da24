import type { Language } from '../../contract/values.ts';
import type { ApprovalReason } from '../../core/upgrades/approval.ts';
import { approves } from '../approvals/approval-policy.store.ts';
import type { Transaction } from '../postgres/database.ts';
import type { CampaignRow } from './campaign.store.ts';

/** What a second agent would be asked about the rows that are to be sent, one of each kind. */
export async function findReasonsOfRows(
  tx: Transaction,
  { partner_id, campaign_id }: CampaignRow,
): Promise<ApprovalReason[]> {
  const rows = await tx.query<{ reason: ApprovalReason }>(
    `select distinct on (reason->>'name') reason
     from campaign_rows r cross join lateral jsonb_array_elements(r.approval_reasons) as reason
     where r.partner_id = $1 and r.campaign_id = $2 and r.state = 'eligible' and not r.left_out
     order by reason->>'name', r.place`,
    [partner_id, campaign_id],
  );
  return rows.map(({ reason }) => reason);
}

/** Names of those who may decide about a campaign, but whoever submitted it. */
export async function findApprovers(
  tx: Transaction,
  { partner_id, submitted_by }: Pick<CampaignRow, 'partner_id' | 'submitted_by'>,
): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select a.display_name as name from agents a where ${approves('$1')} and a.agent_id is distinct from $2
     order by a.display_name limit 10`,
    [partner_id, submitted_by],
  );
  return rows.map(({ name }) => name);
}

/** A campaign that waits for an approval, and those who may give it and were not told yet. */
export type CampaignToTell = {
  readonly partner_id: string;
  readonly campaign_id: string;
  readonly campaign: string;
  /** Of the partner; that of an agent is not known. */
  readonly language: Language;
  readonly submitter: string;
  readonly submitter_email: string;
  readonly upgrades: number;
  readonly licenses: number;
  readonly approvers: readonly { readonly name: string; readonly email: string }[];
};

/** Some of what is to be told, told from now on; each is taken by one server alone. */
export async function takeCampaignsToTell(tx: Transaction, most: number): Promise<CampaignToTell[]> {
  return tx.query<CampaignToTell>(
    `with taken as (
       select partner_id, campaign_id from campaigns where state = 'waitingForApproval' and not approvers_told
       order by campaign_id limit $1 for update skip locked),
     told as (
       update campaigns c set approvers_told = true from taken t
       where c.partner_id = t.partner_id and c.campaign_id = t.campaign_id returning c.*)
     select c.partner_id, c.campaign_id, c.name as campaign, p.language, s.display_name as submitter, s.email as submitter_email,
       r.upgrades, r.licenses,
       (select coalesce(json_agg(json_build_object('name', a.display_name, 'email', a.email) order by a.email), '[]')
         from agents a where ${approves('c.partner_id')} and a.agent_id <> c.submitted_by) as approvers
     from told c
     join partners p on p.partner_id = c.partner_id
     join agents s on s.partner_id = c.partner_id and s.agent_id = c.submitted_by
     cross join lateral (
       select count(*)::integer as upgrades, coalesce(sum(r.licenses), 0)::integer as licenses from campaign_rows r
       where r.partner_id = c.partner_id and r.campaign_id = c.campaign_id and r.state = 'eligible' and not r.left_out) r
     order by c.campaign_id`,
    [most],
  );
}
