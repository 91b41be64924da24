import type { BillingSettingsOnWire } from '../../contract/billing-settings.ts';
import type { TextKey } from '../text.ts';

/** What a way to round is called, and what it does. */
export type NamedRule = readonly [TextKey, TextKey];
export const LEGACY_ROUNDING: Readonly<Record<BillingSettingsOnWire['legacyRounding'], NamedRule>> = {
  'full-precision': ['settings.roundExact', 'settings.roundExactHint'],
  'daily-price-cut': ['settings.roundDaily', 'settings.roundDailyHint'],
};
export const NEW_COMMERCE_ROUNDING: Readonly<Record<BillingSettingsOnWire['newCommerceRounding'], NamedRule>> = {
  'cut-unit': ['settings.roundUnit', 'settings.roundUnitHint'],
  'cut-total': ['settings.roundTotal', 'settings.roundTotalHint'],
  'as-printed': ['settings.roundPrinted', 'settings.roundPrintedHint'],
};
