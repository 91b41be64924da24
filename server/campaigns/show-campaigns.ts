import type { CampaignRowState } from '../../contract/campaign-rows.ts';
import type { Language } from '../../contract/values.ts';
import { isDraft } from '../../core/campaigns/campaign-state.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type CampaignEntry, findCampaignRows } from './campaign-row.store.ts';
import { type CampaignRow, type CampaignsAsked, findCampaign, findCampaigns } from './campaign.store.ts';

const ROWS_AT_ONCE = 500;

type Asked = CampaignsAsked & { readonly cursor?: string | undefined };

/** The partner's campaigns. Refused: role, a cursor of another list. */
export async function listCampaigns(
  { actor, clock, database }: Call,
  { search, cursor, ...asked }: Asked,
  language: Language,
): Promise<Outcome<{ rows: CampaignRow[]; nextCursor: string | null }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const { limit, sort } = asked;
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  const page = { ...asked, search: search && foldForSearch(search), limit: limit + 1, language, after };
  const rows = await database.read(partnerId, (tx) => findCampaigns(tx, partnerId, clock.now(), page));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return accepted({
    rows: rows.slice(0, limit),
    nextCursor: last ? writeCursor(sort, last.sorted, last.campaign_id) : null,
  });
}

/** All of them, in lots. Refused: role. */
export async function exportCampaigns(
  call: Call,
  asked: Omit<Asked, 'limit' | 'cursor'>,
  language: Language,
): Promise<Outcome<AsyncGenerator<readonly CampaignRow[]>>> {
  const allowed = checkRole(call.actor.roles, 'view');
  return allowed.ok ? accepted(lots()) : allowed;

  async function* lots(): AsyncGenerator<readonly CampaignRow[]> {
    let cursor: string | undefined;
    do {
      const read = await listCampaigns(call, { ...asked, limit: ROWS_AT_ONCE, cursor }, language);
      if (!read.ok) return;
      yield read.value.rows;
      cursor = read.value.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}

/** Refused: role, unknown campaign. */
export async function showCampaign(
  { actor, clock, database }: Call,
  campaignId: string,
): Promise<Outcome<CampaignRow>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findCampaign(tx, partnerId, campaignId, clock.now()));
  return found ? accepted(found) : notFound('campaign', campaignId);
}

type AskedRows = {
  readonly campaignId: string;
  readonly state?: CampaignRowState | undefined;
  readonly search?: string | undefined;
  readonly needsApproval?: 'true' | undefined;
  readonly limit: number;
  /** The place after which they begin. */
  readonly cursor?: number | undefined;
};
export type FoundRows = {
  readonly campaign: CampaignRow;
  readonly rows: readonly CampaignEntry[];
  readonly nextCursor: string | null;
};

/** Rows in the order in which they were chosen. Refused: role, unknown campaign. */
export async function listCampaignRows(call: Call, asked: AskedRows): Promise<Outcome<FoundRows>> {
  const { actor, database } = call;
  const shown = await showCampaign(call, asked.campaignId);
  if (!shown.ok) return shown;
  const campaign = shown.value;
  const { campaignId, limit, search, needsApproval } = asked;
  const state = storedState(asked.state, campaign);
  if (state === 'none') return accepted({ campaign, rows: [], nextCursor: null });
  const page = {
    campaignId,
    state,
    search: search && foldForSearch(search),
    needsApproval: needsApproval === 'true',
    after: asked.cursor ?? 0,
    limit: limit + 1,
  };
  const { partnerId } = actor.partner;
  const rows = await database.read(partnerId, (tx) => findCampaignRows(tx, partnerId, page));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return accepted({ campaign, rows: rows.slice(0, limit), nextCursor: last ? String(last.place) : null });
}

/** All rows in lots. Refused: role, unknown campaign. */
export async function exportCampaign(
  call: Call,
  asked: Omit<AskedRows, 'limit' | 'cursor'>,
): Promise<Outcome<{ campaign: CampaignRow; lots: AsyncGenerator<readonly CampaignEntry[]> }>> {
  const shown = await showCampaign(call, asked.campaignId);
  return shown.ok ? accepted({ campaign: shown.value, lots: lots() }) : shown;

  async function* lots(): AsyncGenerator<readonly CampaignEntry[]> {
    let cursor: number | undefined;
    do {
      const read = await listCampaignRows(call, { ...asked, limit: ROWS_AT_ONCE, cursor });
      if (!read.ok) return;
      yield read.value.rows;
      cursor = read.value.nextCursor === null ? undefined : Number(read.value.nextCursor);
    } while (cursor !== undefined);
  }
}

/** What is eligible has not started once the campaign was submitted. `none`: no row can be in the state. */
function storedState(state: CampaignRowState | undefined, campaign: CampaignRow) {
  const isPlanned = isDraft(campaign.state);
  if (state === 'notStarted') return isPlanned ? 'none' : 'eligible';
  return state === 'eligible' && !isPlanned ? 'none' : state;
}
