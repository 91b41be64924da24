import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { ListedCampaignOnWire } from '../../contract/campaigns.ts';
import { sortOf } from './sorts.ts';

type State = ListedCampaignOnWire['state'];
export const STATES = [
  'planning',
  'planned',
  'waitingForApproval',
  'scheduled',
  'running',
  'pausing',
  'paused',
  'stopped',
  'done',
] as const satisfies readonly State[];

export type CampaignsKey = 'q' | 'state' | 'sort';

const PAGE = 100;

/** The question that the address of the list asks. */
export function callForCampaigns(get: (key: CampaignsKey) => string | undefined) {
  const search = get('q');
  const state = STATES.find((one) => one === get('state'));
  const sort = sortOf(get('sort'));
  return (cursor: string | undefined): Call<Endpoints['listCampaigns']> => ({
    query: { limit: PAGE, sort, ...(search && { search }), ...(state && { state }), ...(cursor && { cursor }) },
  });
}
