import { MOST_CAMPAIGN_ROWS } from '../../contract/campaigns.ts';
import type { Language } from '../../contract/values.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findNamedCustomers } from '../subscriptions/recorded-subscription.store.ts';
import { findByFilter, findSold, type SoldSubscription } from './choose.store.ts';
import type { CampaignFilter, Chosen, ChosenRow, FileReading } from './chosen.ts';
import { idsIn, understandRows, type WrittenFile } from './read-campaign-file.ts';

export type Choice =
  | ({ readonly by: 'filter' } & CampaignFilter)
  | {
      readonly by: 'hand';
      readonly subscriptions: readonly { readonly customerId: string; readonly subscriptionId: string }[];
    }
  | { readonly by: 'file'; readonly file: WrittenFile };

export type ChosenRows = { readonly chosen: Chosen; readonly rows: readonly ChosenRow[] };

/** The subscriptions that are meant, in order. Refused: an unknown offer or subscription. */
export async function chooseRows(
  tx: Transaction,
  call: Call,
  asked: { readonly choose: Choice; readonly targetOfferId: string | undefined; readonly language: Language },
): Promise<Outcome<ChosenRows>> {
  const { choose, targetOfferId, language } = asked;
  const { catalog, actor } = call;
  const { partnerId } = actor.partner;
  if (targetOfferId !== undefined && !catalog.offers.has(targetOfferId)) return unknownOffer('targetOfferId');
  if (choose.by === 'file') {
    const { reading, rows } = await chooseByFile(tx, call, choose.file, targetOfferId);
    return accepted({ chosen: { by: 'file', ...reading }, rows });
  }
  // Only a file can name a target for each row.
  if (targetOfferId === undefined) return refused({ code: 'invalid-field', field: 'targetOfferId', expected: 'offer' });
  const toRow = ({ offerId, ...one }: SoldSubscription): ChosenRow => {
    const { customerId, subscriptionId, quantity: licenses } = one;
    return { customerId, subscriptionId, licenses, sourceOfferId: offerId, targetOfferId, line: null, quantity: null };
  };
  if (choose.by === 'filter') {
    const { by: _, ...filter } = choose;
    if (!catalog.offers.has(filter.sourceOfferId)) return unknownOffer('choose.sourceOfferId');
    const folded = { ...filter, search: filter.search && foldForSearch(filter.search) };
    const found = await findByFilter(tx, partnerId, { filter: folded, language, limit: MOST_CAMPAIGN_ROWS + 1 });
    return accepted({ chosen: choose, rows: found.map(toRow) });
  }
  const found = await findSold(
    tx,
    partnerId,
    choose.subscriptions.map(({ subscriptionId }) => subscriptionId),
  );
  const byId = new Map(found.map((one) => [one.subscriptionId, one]));
  const rows = new Map<string, ChosenRow>();
  for (const { customerId, subscriptionId } of choose.subscriptions) {
    const one = byId.get(subscriptionId.toLowerCase());
    if (one?.customerId !== customerId.toLowerCase()) return notFound('subscription', subscriptionId);
    rows.set(one.subscriptionId, toRow(one));
  }
  return accepted({ chosen: { by: 'hand' }, rows: [...rows.values()] });
}

/** What the rows of a file mean, and how it was read. */
export async function chooseByFile(
  tx: Transaction,
  { catalog, actor }: Call,
  file: WrittenFile,
  targetOfferId: string | undefined,
): Promise<{ readonly reading: FileReading; readonly rows: readonly ChosenRow[] }> {
  const { partnerId } = actor.partner;
  const names = [...new Set(file.rows.map(({ customer }) => customer.toLowerCase()))];
  const customers = await findNamedCustomers(tx, partnerId, names);
  const sold = await findSold(tx, partnerId, idsIn(file.rows));
  const { rows, ...told } = understandRows(file, { catalog, customers, sold, targetOfferId });
  const { separator, encoding, zippedAs, ignoredColumns } = file;
  return { reading: { separator, encoding, zippedAs, ignoredColumns, rows: file.rows.length, ...told }, rows };
}

export function unknownOffer(field: string) {
  return refused({ code: 'invalid-field', field, expected: 'offer' } as const);
}
