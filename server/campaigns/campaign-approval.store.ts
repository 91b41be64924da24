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
