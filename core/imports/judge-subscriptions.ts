import type { Catalog } from '../catalog/offer.ts';
import { getOffer } from '../catalog/offer.ts';
import { termEnd } from '../ledger/charge-cycle.ts';
import type { RecordDoubt, RecordLeftOut, SubscriptionFact } from './record.ts';

/** What becomes of a row; `before`: what there is of what it speaks of, where that is something else. */
export type Judged<Fact> =
  | { readonly state: 'new' | 'same' }
  | { readonly state: 'changed'; readonly before: Partial<Fact> }
  | { readonly state: 'left-out'; readonly reason: RecordLeftOut; readonly before?: Partial<Fact> }
  | { readonly state: 'in-doubt'; readonly reason: RecordDoubt; readonly found?: string };

export type SubscriptionFacts = {
  readonly catalog: Catalog;
  readonly today: Temporal.PlainDate;
  /** The customer's that the partner has, by id, also those that ended. */
  readonly held: ReadonlyMap<
    string,
    Pick<SubscriptionFact, 'offerId' | 'quantity' | 'termDuration' | 'billingCycle'> & { readonly status: string }
  >;
  /** Ids that are somebody else's, or another customer's. */
  readonly elsewhere: ReadonlySet<string>;
  /** What each would cost by the price list of its first day; null: it has no such price. */
  readonly listPrices: ReadonlyMap<string, string | null>;
};

/**
 * What becomes of each row of one customer: a subscription that is not there yet is new; one that is there stays as it is, because seats, terms and states
 * are changed by acts that are billed.
 */
export function judgeSubscriptions(
  rows: readonly SubscriptionFact[],
  facts: SubscriptionFacts,
): Judged<SubscriptionFact>[] {
  const inFile = new Map(rows.map((row) => [row.subscriptionId, row]));
  return rows.map((row): Judged<SubscriptionFact> => {
    const held = facts.held.get(row.subscriptionId);
    if (held) return keep(row, held);
    if (facts.elsewhere.has(row.subscriptionId)) return { state: 'in-doubt', reason: 'subscription-elsewhere' };
    if (row.startsOn > facts.today.toString())
      return { state: 'in-doubt', reason: 'starts-later', found: row.startsOn };
    if (endOf(row, facts.today) < facts.today.toString()) return { state: 'left-out', reason: 'not-running' };
    if (row.addOnOf !== undefined && !hasBase(row, row.addOnOf, facts, inFile))
      return { state: 'in-doubt', reason: 'base-unknown', found: row.addOnOf };
    if (row.unitPrice === undefined && facts.listPrices.get(row.subscriptionId) == null)
      return { state: 'in-doubt', reason: 'no-price' };
    return { state: 'new' };
  });
}

const COMPARED = ['offerId', 'quantity', 'termDuration', 'billingCycle', 'status'] as const;

function keep(
  row: SubscriptionFact,
  held: NonNullable<ReturnType<SubscriptionFacts['held']['get']>>,
): Judged<SubscriptionFact> {
  const differing = COMPARED.filter((name) => row[name] !== held[name]);
  if (differing.length === 0) return { state: 'same' };
  const before = Object.fromEntries(differing.map((name) => [name, held[name]])) as Partial<SubscriptionFact>;
  return { state: 'left-out', reason: 'subscription-kept', before };
}

/** The last day of the term that runs: what renews by itself has renewed since. */
function endOf({ startsOn, endsOn, termDuration, autoRenew }: SubscriptionFact, today: Temporal.PlainDate): string {
  if (endsOn !== undefined) return endsOn;
  return autoRenew ? today.toString() : termEnd(Temporal.PlainDate.from(startsOn), termDuration).toString();
}

/** An add-on belongs to a subscription of the same platform that is no add-on itself. */
function hasBase(
  { offerId }: SubscriptionFact,
  base: string,
  { catalog, held }: SubscriptionFacts,
  inFile: ReadonlyMap<string, SubscriptionFact>,
): boolean {
  const found = held.get(base) ?? inFile.get(base);
  if (!found || ('status' in found && found.status === 'deleted')) return false;
  const [own, other] = [getOffer(catalog, offerId), getOffer(catalog, found.offerId)];
  return own.addOn && !other.addOn && other.platform === own.platform;
}
