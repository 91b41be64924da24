import type { Call } from '../../contract/client.ts';
import type { CampaignRowState } from '../../contract/campaign-rows.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { ROW_STATE_TEXT } from './RowState.tsx';

export type RowsKey = 'q' | 'filter' | 'row';
type Get = (key: RowsKey) => string | undefined;

const PAGE = 200;
const STATES = Object.keys(ROW_STATE_TEXT) as readonly CampaignRowState[];
/** What the rows can be narrowed to: those in a state, or those about which a second agent is asked. */
export type RowFilter = CampaignRowState | 'needsApproval';

export function filterOf(given: string | undefined): RowFilter | undefined {
  return given === 'needsApproval' ? given : STATES.find((one) => one === given);
}

/** What the address asks of the rows. */
export function queryOf(get: Get) {
  const search = get('q');
  const filter = filterOf(get('filter'));
  return {
    ...(search && { search }),
    ...(filter === 'needsApproval' ? { needsApproval: 'true' as const } : filter && { state: filter }),
  };
}

/** The question, page by page. */
export function callForRows(campaignId: string, get: Get) {
  const query = queryOf(get);
  return (cursor: string | undefined): Call<Endpoints['listCampaignRows']> => ({
    params: { campaignId },
    query: { ...query, limit: PAGE, ...(cursor && { cursor: Number(cursor) }) },
  });
}
