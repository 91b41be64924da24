import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { Value } from '../api/query.ts';
import type { TextKey } from '../text.ts';
import type { RecordedSubscriptionOnWire } from '../../contract/recorded-subscriptions.ts';
import { foldForSearch } from '../ui/fold.ts';

/** What other channels sold; of our own records also what we know besides. */
export type ForeignSubscription = Value<'listSubscriptions'>['elsewhere'][number] & {
  readonly record?: RecordedSubscriptionOnWire | undefined;
};

/** One line of the list: what we sold, or what another channel did. */
export type SubscriptionRow =
  | { readonly kind: 'own'; readonly id: string; readonly name: string; readonly own: SubscriptionOnWire }
  | { readonly kind: 'foreign'; readonly id: string; readonly name: string; readonly foreign: ForeignSubscription };

export type RowFilter = {
  readonly search: string;
  readonly upgradable: boolean;
  readonly own: boolean;
  readonly ended: boolean;
};

/** Ours before foreign ones, active before the rest, then by name as the language sorts; ended ones only when asked for. */
export function toRows(
  { items, elsewhere }: Value<'listSubscriptions'>,
  records: readonly RecordedSubscriptionOnWire[],
  filter: RowFilter,
  language: string,
): SubscriptionRow[] {
  const collator = new Intl.Collator(language);
  const own = items.map((one): SubscriptionRow => ({
    kind: 'own',
    id: one.subscriptionId,
    name: one.friendlyName ?? one.offerName,
    own: one,
  }));
  const recorded = elsewhere.map((one): ForeignSubscription => ({
    ...one,
    record: records.find((record) => record.recordedSubscriptionId === one.recordedSubscriptionId),
  }));
  // What has ended counts no longer, so that the list of what counts has it no more.
  const over = records.filter(({ status }) => status === 'deleted').map(toForeign);
  const foreign = [...recorded, ...over].map((one, index): SubscriptionRow => ({
    kind: 'foreign',
    id: one.recordedSubscriptionId ?? `foreign-${index}`,
    name: one.offerName,
    foreign: one,
  }));
  const wanted = foldForSearch(filter.search);
  return [...own, ...foreign]
    .filter((row) => filter.ended || statusOf(row) !== 'deleted')
    .filter((row) => !filter.own || row.kind === 'own')
    .filter((row) => !filter.upgradable || (row.kind === 'own' && row.own.upgradability.upgradable))
    .filter((row) =>
      foldForSearch(`${row.name} ${row.kind === 'own' ? `${row.own.offerName} ${row.id}` : ''}`).includes(wanted),
    )
    .toSorted(
      (one, other) =>
        Number(one.kind === 'foreign') - Number(other.kind === 'foreign') ||
        Number(statusOf(one) !== 'active') - Number(statusOf(other) !== 'active') ||
        collator.compare(one.name, other.name),
    );
}

function toForeign(record: RecordedSubscriptionOnWire): ForeignSubscription {
  const { offerId, offerName, channel, channelName, status, endsOn, recordedSubscriptionId } = record;
  return { offerId, offerName, channel, channelName, status, termEndsOn: endsOn, recordedSubscriptionId, record };
}

export function statusOf(row: SubscriptionRow): SubscriptionOnWire['status'] {
  return row.kind === 'own' ? row.own.status : row.foreign.status;
}

/** Of two exact decimals the order; neither becomes a float. */
export function compareDecimals(one: string, other: string): number {
  const scaled = (text: string) => {
    const [whole = '0', decimals = ''] = text.split('.');
    return BigInt(whole + decimals.padEnd(6, '0'));
  };
  return Number(scaled(one) - scaled(other));
}

type Channel = ForeignSubscription['channel'];

/** Who sold it; another partner is never named. */
export const FOREIGN_CHANNEL_TEXT: Readonly<Record<Channel, TextKey>> = {
  csp: 'channel.otherPartner',
  direct: 'channel.direct',
  open: 'channel.open',
  ea: 'channel.ea',
  retail: 'channel.retail',
};
