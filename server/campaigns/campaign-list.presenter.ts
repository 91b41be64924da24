import { CAMPAIGN_TEXTS } from '../../contract/campaign-texts.ts';
import type { Call } from '../context.ts';
import type { Cell } from '../../contract/csv.ts';
import type { Wording } from '../http/reason.presenter.ts';
import { presentListed } from './campaign.presenter.ts';
import type { CampaignRow } from './campaign.store.ts';

/** The head of the list as a file, and how each campaign is written: one row, with its money where it is of one currency. */
export function listFile(call: Call, wording: Wording) {
  const { listColumns, campaignStates } = CAMPAIGN_TEXTS[wording.language];
  return {
    header: Object.values(listColumns),
    cells(row: CampaignRow): readonly Cell[] {
      const one = presentListed(row, call, wording);
      const { totals, progress } = one;
      const money = totals.money.length === 1 ? totals.money[0] : undefined;
      const cells: Readonly<Record<keyof typeof listColumns, Cell>> = {
        name: one.name,
        from: one.source?.name ?? '',
        to: one.target?.name ?? '',
        status: campaignStates[one.state],
        upgrades: String(totals.upgrades),
        done: String(progress.done),
        failed: String(progress.failed),
        licenses: String(totals.licenses),
        net: money ? { decimal: money.net.amount } : '',
        currency: money?.net.currency ?? '',
        created: one.createdAt,
        createdBy: one.createdBy.name,
        id: one.campaignId,
      };
      return (Object.keys(listColumns) as (keyof typeof listColumns)[]).map((column) => cells[column]);
    },
  };
}
