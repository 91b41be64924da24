import type { CampaignEntry } from './campaign-row.store.ts';
import type { CampaignRow } from './campaign.store.ts';
import type { BadRow } from './chosen.ts';

/** Rows as they are read, and between them, where all are asked for, those of the file that were not understood: in the order of the file. */
export async function* inOrderOfFile(
  { chosen }: CampaignRow,
  lots: AsyncIterable<readonly CampaignEntry[]>,
  asked: {
    readonly state?: string | undefined;
    readonly search?: string | undefined;
    readonly needsApproval?: string | undefined;
  },
): AsyncGenerator<readonly (CampaignEntry | BadRow)[]> {
  const bad = chosen.by === 'file' && !asked.state && !asked.search && !asked.needsApproval ? [...chosen.badRows] : [];
  const badBefore = (line: number) => {
    const next = bad.findIndex((one) => one.line > line);
    return bad.splice(0, next === -1 ? bad.length : next);
  };
  for await (const rows of lots) {
    yield rows.flatMap((row) => [...(bad.length > 0 ? badBefore(row.line ?? 0) : []), row]);
  }
  yield bad;
}
