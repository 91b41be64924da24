import type { CampaignRowState } from '../../contract/campaign-rows.ts';
import type { Failure } from '../failure.ts';
import type { UpgradeType } from '../../core/customers/relationship.ts';
import type { ApprovalReason } from '../../core/upgrades/approval.ts';
import type { Difference } from '../../core/upgrades/quote.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import type { Transaction } from '../postgres/database.ts';
import { SHOWN_STATE } from './campaign.store.ts';
import type { ChosenRow } from './chosen.ts';

/** Why a row was not done, as it is kept. */
export type RowOutcome = {
  readonly code: Failure['code'] | 'internal-error';
  readonly refusals: readonly Refusal[];
  readonly differences: readonly Difference[];
};

export type CampaignEntry = {
  readonly place: number;
  readonly line: number | null;
  readonly customer_id: string;
  readonly customer_name: string;
  readonly subscription_id: string;
  readonly friendly_name: string | null;
  readonly source_offer_id: string;
  readonly target_offer_id: string;
  readonly upgrade_type: UpgradeType;
  readonly licenses: number;
  /** That of the table, and `excluded`. */
  readonly state: Exclude<CampaignRowState, 'notStarted'>;
  readonly refusals: readonly Refusal[];
  readonly currency: string | null;
  readonly credit_minor: bigint | null;
  readonly charge_minor: bigint | null;
  readonly month_minor: bigint | null;
  readonly users: number;
  readonly work: number;
  readonly approval_reasons: readonly ApprovalReason[];
  readonly upgrade_id: string | null;
  readonly outcome: RowOutcome | null;
  readonly finished_at: string | null;
};

/** Rows in the order of their places, of the customers that the partner is related to. */
export async function findCampaignRows(
  tx: Transaction,
  partnerId: string,
  asked: {
    readonly campaignId: string;
    readonly state?: CampaignEntry['state'] | undefined;
    /** Part of the customer's name or domain, folded for search. */
    readonly search?: string | undefined;
    /** Those alone about which a second agent is asked. */
    readonly needsApproval: boolean;
    readonly after: number;
    readonly limit: number;
  },
): Promise<CampaignEntry[]> {
  return tx.query<CampaignEntry>(
    `select r.place, r.line, r.customer_id, c.name as customer_name, r.subscription_id, s.friendly_name, r.source_offer_id,
       r.target_offer_id, r.upgrade_type, r.licenses, ${SHOWN_STATE} as state, r.refusals, r.currency, r.credit_minor, r.charge_minor,
       r.month_minor, r.users, r.work, r.approval_reasons, r.upgrade_id, r.outcome, r.finished_at
     from campaign_rows r
     join customers c on c.customer_id = r.customer_id
     left join subscriptions s on s.customer_id = r.customer_id and s.subscription_id = r.subscription_id
     where r.partner_id = $1 and r.campaign_id = $2 and r.place > $3
       and ($4::text is null or ${SHOWN_STATE} = $4)
       and ($5::text is null or position($5 in c.name_folded) > 0 or position($5 in c.domain) > 0)
       and (not $7::boolean or (not r.left_out and r.approval_reasons <> '[]'))
     order by r.place limit $6`,
    [
      partnerId,
      asked.campaignId,
      asked.after,
      asked.state ?? null,
      asked.search ?? null,
      asked.limit,
      asked.needsApproval,
    ],
  );
}

/** Puts down what was chosen, in its order. */
export async function insertCampaignRows(
  tx: Transaction,
  partnerId: string,
  { campaignId, upgradeType }: { readonly campaignId: string; readonly upgradeType: UpgradeType },
  rows: readonly ChosenRow[],
): Promise<void> {
  await tx.query(
    `insert into campaign_rows (customer_id, campaign_id, place, partner_id, line, subscription_id, source_offer_id, target_offer_id,
       upgrade_type, asked_quantity, licenses)
     select r."customerId", $2, r.place, $1, r.line, r."subscriptionId", r."sourceOfferId", r."targetOfferId", $3, r.quantity,
       coalesce(r.quantity, r.licenses)
     from jsonb_to_recordset($4::jsonb) as r ("customerId" uuid, place integer, line integer, "subscriptionId" uuid,
       "sourceOfferId" text, "targetOfferId" text, quantity integer, licenses integer)`,
    [partnerId, campaignId, upgradeType, JSON.stringify(rows.map((row, index) => ({ ...row, place: index + 1 })))],
  );
}

/** Leaves rows out or puts them back; what is not eligible is out anyway. */
export async function leaveRowsOut(
  tx: Transaction,
  partnerId: string,
  { campaignId, places, leaveOut }: { campaignId: string; places: readonly number[] | undefined; leaveOut: boolean },
): Promise<void> {
  await tx.query(
    `update campaign_rows set left_out = $4 where partner_id = $1 and campaign_id = $2 and ($3::integer[] is null or place = any ($3))
       and left_out <> $4 and state = 'eligible'`,
    [partnerId, campaignId, places ?? null, leaveOut],
  );
}

/** Has rows planned anew, with another type where one is given; never what is under way or done. How many that are. */
export async function planRowsAnew(
  tx: Transaction,
  partnerId: string,
  asked: { campaignId: string; places?: readonly number[] | undefined; upgradeType?: UpgradeType | undefined },
): Promise<number> {
  const planned = await tx.query(
    `update campaign_rows set state = 'planning', upgrade_type = coalesce($4, upgrade_type), refusals = '[]', promised = null,
       outcome = null, attempts = 0, finished_at = null
     where partner_id = $1 and campaign_id = $2 and ($3::integer[] is null or place = any ($3))
       and ($4::text is null or upgrade_type <> $4) and state not in ('running', 'unknown', 'done')
     returning 1 as planned`,
    [partnerId, asked.campaignId, asked.places ?? null, asked.upgradeType ?? null],
  );
  return planned.length;
}

/** Failed rows are to be sent again. How many that are. */
export async function putBackFailed(tx: Transaction, partnerId: string, campaignId: string): Promise<number> {
  const back = await tx.query(
    `update campaign_rows set state = 'eligible', attempts = 0, outcome = null, finished_at = null
     where partner_id = $1 and campaign_id = $2 and state = 'failed' and promised is not null returning 1 as back`,
    [partnerId, campaignId],
  );
  return back.length;
}
