import type { QuoteOnWire } from '../../contract/upgrades.ts';
import type { TextKey } from '../text.ts';
import type { Format } from '../ui/format.ts';

/** One thing that two previews show differently. */
export type QuoteDifference = { readonly what: TextKey; readonly before: string; readonly after: string };

/** What changed between the preview that was submitted and the one of now, as the reader saw it; empty when nothing did. */
export function compareQuotes(before: QuoteOnWire, after: QuoteOnWire, format: Format): QuoteDifference[] {
  const { currency } = after.totals.net;
  const rows: QuoteDifference[] = [
    { what: 'stale.whatLicenses', before: format.number(before.quantity), after: format.number(after.quantity) },
    {
      what: 'stale.whatPrice',
      before: format.money({ amount: before.target.unitPrice, currency }),
      after: format.money({ amount: after.target.unitPrice, currency }),
    },
    { what: 'stale.whatCredit', before: format.money(before.totals.credit), after: format.money(after.totals.credit) },
    { what: 'stale.whatCharge', before: format.money(before.totals.charge), after: format.money(after.totals.charge) },
    { what: 'stale.whatNet', before: format.money(before.totals.net), after: format.money(after.totals.net) },
    { what: 'stale.whatAccounts', ...namesOf(before, after, ({ moves }) => moves) },
    { what: 'stale.whatWork', ...namesOf(before, after, ({ moves }) => !moves) },
  ];
  return rows.filter((row) => row.before !== row.after);
}

type User = QuoteOnWire['transfer']['users'][number];

/** How many, and by name those that only one of the two has. */
function namesOf(before: QuoteOnWire, after: QuoteOnWire, counts: (user: User) => boolean) {
  const [was, is] = [before, after].map((quote) => quote.transfer.users.filter(counts));
  const text = (users: readonly User[] = [], others: readonly User[] = []) => {
    const known = new Set(others.map(({ userId }) => userId));
    const names = users.filter(({ userId }) => !known.has(userId)).map(({ displayName }) => displayName);
    return [String(users.length), ...names].join(' · ');
  };
  return { before: text(was, is), after: text(is, was) };
}
