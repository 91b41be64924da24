import { formatMoney, parseMoney } from '../values/money.ts';
import type { RecordKind } from './file-kind.ts';
import { cellText, countOf, doubtOf, isCell, readDayCell, readDecimalCell, readId } from './record-cells.ts';
import { about, leftOut, type Reading, type RowReading } from './row-reading.ts';

type BilledKind = Extract<RecordKind, 'legacyReconciliation' | 'newCommerceReconciliation'>;

/** A line of a reconciliation file; what it comes to is its subtotal, without tax. */
export function readBilled(reading: Reading, kind: BilledKind): RowReading {
  const { currency } = reading.facts;
  const named = cellText(reading, 'currency', { fold: 'upper' });
  if (!isCell(named)) return doubtOf(reading, named);
  if (named !== '' && named !== currency) return leftOut(reading, 'other-currency', named);
  const customer = cellText(reading, 'customer', { needed: true, fold: 'lower' });
  if (!isCell(customer)) return doubtOf(reading, customer);
  const subscriptionId = readId(reading, 'subscriptionId', { needed: true });
  if (!isCell(subscriptionId)) return doubtOf(reading, subscriptionId);
  const chargeType = cellText(reading, 'chargeType', { needed: true, longest: 100 });
  if (!isCell(chargeType)) return doubtOf(reading, chargeType);
  const startsOn = readDayCell(reading, 'from', { needed: true });
  if (!isCell(startsOn)) return doubtOf(reading, startsOn);
  const endsOn = readDayCell(reading, 'until', { needed: true });
  if (!isCell(endsOn)) return doubtOf(reading, endsOn);
  const count = cellText(reading, 'quantity', { needed: true });
  if (!isCell(count)) return doubtOf(reading, count);
  const quantity = countOf(count);
  if (quantity === undefined) return doubtOf(reading, { reason: 'not-a-count', column: 'quantity' });
  const decimal = readDecimalCell(reading, 'price');
  if (!isCell(decimal)) return doubtOf(reading, decimal);
  const amount = amountOf(decimal, currency);
  if (amount === undefined) return doubtOf(reading, { reason: 'too-precise', column: 'price' });
  const offer = cellText(reading, 'offer', { longest: 500 });
  if (!isCell(offer)) return doubtOf(reading, offer);
  const id = cellText(reading, kind === 'legacyReconciliation' ? 'offerId' : 'productId');
  const booked = kind === 'newCommerceReconciliation' ? readDayCell(reading, 'booked', { needed: true }) : startsOn;
  if (!isCell(booked)) return doubtOf(reading, booked);
  const fact = { subscriptionId, offer: offer || String(id), chargeType, startsOn, endsOn, quantity, bookedOn: booked };
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
