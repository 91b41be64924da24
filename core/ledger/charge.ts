import type { Money, UnitPrice } from '../values/money.ts';
import type { Period } from '../values/period.ts';

/** Charge types of the legacy reconciliation file that are written here (B1.7). */
export type LegacyChargeType =
  | 'Cycle fee'
  | 'Cycle instance prorate'
  | 'Cancel fee'
  | 'Cancel instance prorate'
  | 'Prorate fees when purchase'
  | 'Prorate fees when convert away from current offering'
  | 'Prorate fees when convert to a new offering';

/** Charge types of the new commerce reconciliation file that are written here (B1.8). */
export type NewCommerceChargeType =
  | 'new'
  | 'renew'
  | 'cycleCharge'
  | 'addQuantity'
  | 'removeQuantity'
  | 'moveQuantity'
  | 'cancelImmediate'
  | 'convert'
  | 'changeBillingPlan'
  | 'extendTerm';

/** Those that give back; such a line may come to 0.00, and is no charge then either. */
export const LEGACY_CREDITS: readonly ChargeType[] = [
  'Cancel fee',
  'Cancel instance prorate',
  'Prorate fees when convert to a new offering',
];

export type ChargeType = LegacyChargeType | NewCommerceChargeType;

/**
 * One signed line of a service period. It carries how it was computed: `amount` is `unitPrice` (per seat and month; times 12 when billed
 * annually) / `periodDays` x `days` x `quantity`, rounded once. A credit is negative. Lines are never changed, only reversed.
 */
export type BillingLine = {
  readonly chargeType: ChargeType;
  readonly period: Period;
  readonly days: number;
  readonly periodDays: number;
  readonly quantity: number;
  readonly unitPrice: UnitPrice;
  readonly amount: Money;
  /** What the unit price is lower by; null or absent: nothing (N44). */
  readonly promotionId?: string | null;
  /** The very line that this one takes back, if it takes back a whole one; it may be a due line of the same act, not written yet. */
  readonly reverses: BilledLine | null;
};

/** A positive line that was billed for the running service period and not taken back; `chargeId` once it is written. */
export type BilledLine = Omit<BillingLine, 'reverses'> & { readonly chargeId?: string };
