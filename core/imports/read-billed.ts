import { formatMoney, parseMoney } from '../values/money.ts';
import type { RecordKind } from './file-kind.ts';
import { allCells, cellText, countOf, doubtOf, isCell, readDayCell, readDecimalCell, readId } from './record-cells.ts';
import { about, leftOut, type Reading, type RowReading } from './row-reading.ts';

type BilledKind = Extract<RecordKind, 'legacyReconciliation' | 'newCommerceReconciliation'>;

/** A line of a reconciliation file; what it comes to is its subtotal, without tax. */
export function readBilled(reading: Reading, kind: BilledKind): RowReading {
  const { currency } = reading.facts;
  const code = cellText(reading, 'currency', { fold: 'upper' });
  if (!isCell(code)) return doubtOf(reading, code);
  if (code !== '' && code !== currency) return leftOut(reading, 'other-currency', code);
  const cells = allCells({
    customer: cellText(reading, 'customer', { needed: true, fold: 'lower' }),
    subscriptionId: readId(reading, 'subscriptionId', { needed: true }),
    chargeType: cellText(reading, 'chargeType', { needed: true, longest: 100 }),
    startsOn: readDayCell(reading, 'from', { needed: true }),
    endsOn: readDayCell(reading, 'until', { needed: true }),
    bookedOn: kind === 'newCommerceReconciliation' ? readDayCell(reading, 'booked', { needed: true }) : '',
    count: cellText(reading, 'quantity', { needed: true }),
    decimal: readDecimalCell(reading, 'price'),
    named: cellText(reading, 'offer', { longest: 500 }),
    offerId: cellText(reading, kind === 'legacyReconciliation' ? 'offerId' : 'productId'),
  });
  if (!cells.ok) return doubtOf(reading, cells.refused);
  const { customer, count, decimal, named, offerId, bookedOn, ...line } = cells.value;
  const quantity = countOf(count);
  if (quantity === undefined) return doubtOf(reading, { reason: 'not-a-count', column: 'quantity' });
  const amount = amountOf(decimal, currency);
  if (amount === undefined) return doubtOf(reading, { reason: 'too-precise', column: 'price' });
  const { subscriptionId, chargeType, startsOn, endsOn } = line;
  const fact = { ...line, offer: named || offerId, quantity, bookedOn: bookedOn || startsOn };
  // Credits have the sign in the amount; some files write it before the number of seats as well.
  const key = [subscriptionId, chargeType.toLowerCase(), startsOn, endsOn, Math.abs(quantity)].join(' ');
  return { ...about(reading), state: 'read', record: { customer, key, fact, amount } };
}

/** Undefined: it is no amount of the currency, to the cent. */
function amountOf(decimal: string, currency: string): string | undefined {
  try {
    return formatMoney(parseMoney(decimal, currency));
  } catch {
    return undefined;
  }
}
