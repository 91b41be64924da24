import type { CampaignFileRefusal } from '../../contract/campaign-texts.ts';
import type { Language } from '../../contract/values.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { readTable } from '../imports/read-table.ts';
import { createTurns } from '../jobs/turns.ts';
import type { CampaignRow } from './campaign.store.ts';
import { chooseByFile, unknownOffer } from './choose-rows.ts';
import type { FileReading } from './chosen.ts';
import { createCampaign, type NewPlan } from './create-campaign.ts';
import { readCampaignTable, type WrittenFile } from './read-campaign-file.ts';

/** A file takes a core and a part of the disk while it is read; what more comes waits to be sent on. */
const inTurn = createTurns({ atOnce: 4, waiting: 20 });

type Bytes = AsyncIterable<Uint8Array>;

/** How a file would be read; nothing is kept. Refused: role, a file that cannot be read, an unknown offer. */
export async function readFile(
  call: Call,
  { bytes, targetOfferId }: { readonly bytes: Bytes; readonly targetOfferId?: string | undefined },
): Promise<Outcome<FileReading>> {
  const { actor, catalog, database } = call;
  const allowed = checkRole(actor.roles, 'runCampaigns');
  if (!allowed.ok) return allowed;
  if (targetOfferId !== undefined && !catalog.offers.has(targetOfferId)) return unknownOffer('targetOfferId');
  const file = await takeFile(bytes);
  if (!file.ok) return file;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) => {
    const { reading } = await chooseByFile(tx, call, file.value, targetOfferId);
    return accepted(reading);
  });
}

/** Keeps the subscriptions of a file as what is to be upgraded together. Refused: role, a file that cannot be read, and as any campaign. */
export async function createFromFile(
  call: Call,
  { bytes, ...plan }: NewPlan & { readonly bytes: Bytes },
  language: Language,
): Promise<Outcome<CampaignRow>> {
  const allowed = checkRole(call.actor.roles, 'runCampaigns');
  if (!allowed.ok) return allowed;
  const file = await takeFile(bytes);
  return file.ok ? createCampaign(call, { ...plan, choose: { by: 'file', file: file.value } }, language) : file;
}

async function takeFile(bytes: Bytes): Promise<Outcome<WrittenFile>> {
  return inTurn(async () => {
    const opened = await readTable(bytes);
    if (!opened.ok) return unreadable(opened.refused);
    try {
      const read = await readCampaignTable(opened.value);
      return read.ok ? read : unreadable(read.refused);
    } finally {
      await opened.value.close();
    }
  });
}

function unreadable(refusal: CampaignFileRefusal) {
  return refused({ code: 'campaign-file-not-read' as const, refusal });
}
