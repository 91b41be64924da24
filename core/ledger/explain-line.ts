import type { Platform } from '../catalog/offer.ts';
import { exponentOf, type Money, roundHalfUp, type UnitPrice } from '../values/money.ts';
import { type ChargeType, LEGACY_CREDITS } from './charge.ts';

/** What of a written line tells how it came about. */
type ExplainableLine = {
  readonly platform: Platform;
  readonly chargeType: ChargeType;
  readonly days: number;
  readonly periodDays: number;
  readonly quantity: number;
  readonly unitPrice: UnitPrice;
  readonly amount: Money;
  readonly upgradeId: string | null;
  readonly reverses: string | null;
  readonly promotionId: string | null;
};

/** Why a line was written. */
export type LineAct =
  | 'purchase'
  | 'renewal'
  | 'cycle'
  | 'seats'
  | 'seatsAdded'
  | 'seatsRemoved'
  | 'moved'
  | 'cancellation'
  | 'upgrade'
  | 'billingPlan'
  | 'term';

/** How it came to a whole number of cents; `dailyPrice`: by a price that was rounded on the way (C4). */
export type LineRounding = 'exact' | 'halfUp' | 'cutUnit' | 'cutTotal' | 'dailyPrice';

export type LineExplanation = {
  readonly act: LineAct;
  readonly kind: 'charge' | 'credit' | 'reversal';
  /** Whether it is for the whole charge cycle or service period. */
  readonly whole: boolean;
  /** What the unit price is for. */
  readonly priceOf: 'month' | 'year' | 'cycle';
  readonly rounding: LineRounding;
  readonly promotion: boolean;
};

/** How a line came about, as facts to be put into words. */
export function explainLine(line: ExplainableLine): LineExplanation {
  const { amount, chargeType, reverses, days, periodDays, promotionId } = line;
  const givesBack = amount.minor < 0n || LEGACY_CREDITS.includes(chargeType);
  return {
    act: actOf(line),
    kind: reverses !== null ? 'reversal' : givesBack ? 'credit' : 'charge',
    whole: days === periodDays,
    priceOf: line.platform === 'newCommerce' ? 'cycle' : isYear(line) ? 'year' : 'month',
    rounding: roundingOf(line),
    promotion: promotionId !== null,
  };
}

const ACTS: Readonly<Record<ChargeType, LineAct>> = {
  'Cycle fee': 'cycle',
  'Cycle instance prorate': 'seats',
  'Cancel fee': 'cancellation',
  'Cancel instance prorate': 'seats',
  'Prorate fees when purchase': 'purchase',
  'Prorate fees when convert away from current offering': 'billingPlan',
  'Prorate fees when convert to a new offering': 'billingPlan',
  new: 'purchase',
  renew: 'renewal',
  cycleCharge: 'cycle',
  addQuantity: 'seatsAdded',
  removeQuantity: 'seatsRemoved',
  moveQuantity: 'moved',
  cancelImmediate: 'cancellation',
  convert: 'upgrade',
  changeBillingPlan: 'billingPlan',
  extendTerm: 'term',
};

/** On the legacy platform an upgrade is a cancellation and a purchase (B6), and a year that is not whole comes of a change of seats (B4). */
function actOf({ platform, chargeType, upgradeId, days, periodDays }: ExplainableLine): LineAct {
  const act = ACTS[chargeType];
  if (platform === 'legacy' && upgradeId !== null && act !== 'seats') return 'upgrade';
  return act === 'purchase' && platform === 'legacy' && days < periodDays ? 'seats' : act;
}

/** No month has more days than 31, no year fewer than 365. */
function isYear({ platform, periodDays }: ExplainableLine): boolean {
  return platform === 'legacy' && periodDays > 31;
}

/** Found by computing again: the line does not tell by which convention it was rounded. */
function roundingOf(line: ExplainableLine): LineRounding {
  const { platform, unitPrice, amount, days, periodDays, quantity } = line;
  const seats = BigInt(quantity) * (amount.minor < 0n ? -1n : 1n);
  const divisor = 10n ** BigInt(6 - exponentOf(unitPrice.currency)) * BigInt(periodDays);
  const ofSeat = unitPrice.micros * BigInt(days) * (isYear(line) ? 12n : 1n);
  if (ofSeat * seats === amount.minor * divisor) return 'exact';
  if (platform === 'legacy') return roundHalfUp(ofSeat * seats, divisor) === amount.minor ? 'halfUp' : 'dailyPrice';
  return (ofSeat / divisor) * seats === amount.minor ? 'cutUnit' : 'cutTotal';
}
