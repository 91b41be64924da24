import { formatMoney, formatUnitPrice, parseUnitPrice, roundHalfUp } from '../../core/values/money.ts';
import type { BillingCycle, TermDuration } from '../../core/values/period.ts';
import type { Cell } from '../../contract/csv.ts';
import type { Wording } from '../http/reason.presenter.ts';
import type { BillLine } from './bill-line.store.ts';
import { billedOfferName } from './charge.presenter.ts';
import type { InvoiceHead } from './invoice.store.ts';

type Of = { readonly line: BillLine; readonly partnerId: string; readonly wording: Wording };
type Columns = Readonly<Record<string, (of: Of) => Cell>>;

/** The columns of the legacy reconciliation file, in its order (B1.6). What is charged here is without tax and other discounts. */
const LEGACY: Columns = {
  PartnerId: ({ partnerId }) => partnerId,
  CustomerId: ({ line }) => line.customer_id,
  CustomerName: ({ line }) => line.customer_name ?? '',
  MPNID: () => '',
  ResellerMPNID: () => '',
  OrderId: ({ line }) => line.order_id,
  SubscriptionId: ({ line }) => line.subscription_id,
  SyndicationPartnerSubscriptionNumber: () => '',
  OfferId: ({ line }) => line.offer_id,
  DurableOfferId: ({ line }) => line.offer_id,
  OfferName: ({ line, wording }) => billedOfferName(line, wording),
  SubscriptionStartDate: ({ line }) => begins(line.purchased_on),
  SubscriptionEndDate: ({ line }) => begins(line.term_ends_on),
  ChargeStartDate: ({ line }) => begins(line.period_start),
  ChargeEndDate: ({ line }) => `${line.period_end}T23:59:00Z`,
  ChargeType: ({ line }) => line.charge_type,
  UnitPrice: ({ line }) => ({ decimal: formatUnitPrice(parseUnitPrice(line.unit_price, line.currency)) }),
  Quantity: ({ line }) => ({ decimal: String(line.quantity) }),
  Amount: amountOf,
  TotalOtherDiscount: zero,
  Subtotal: amountOf,
  Tax: zero,
  TotalForCustomer: amountOf,
  Currency: ({ line }) => line.currency,
  DomainName: ({ line }) => line.customer_domain ?? '',
  SubscriptionName: ({ line, wording }) => line.friendly_name ?? billedOfferName(line, wording),
  SubscriptionDescription: ({ line, wording }) => billedOfferName(line, wording),
  BillingCycleType: ({ line }) => line.billing_cycle,
};

/** What the file of new commerce has beside them (B7.6). Prices are in the currency of the bill, so that nothing is exchanged. */
const NEW_COMMERCE: Columns = {
  ...LEGACY,
  OrderDate: ({ line }) => begins(line.booked_on),
  ProductId: ({ line }) => line.product?.productId ?? '',
  SkuId: ({ line }) => line.product?.skuId ?? '',
  AvailabilityId: ({ line }) => line.product?.availabilityId ?? '',
  EffectiveUnitPrice: ({ line }) => ({ decimal: effectivePrice(line) }),
  BillableQuantity: ({ line }) => ({ decimal: String(line.quantity) }),
  BillingFrequency: ({ line }) => line.billing_cycle,
  PricingCurrency: ({ line }) => line.currency,
  PCToBCExchangeRate: () => ({ decimal: '1' }),
  PCToBCExchangeRateDate: ({ line }) => begins(line.booked_on),
  TermAndBillingCycle: ({ line }) => `${TERMS[line.term_duration]} ${CYCLES[line.billing_cycle]}`.trim(),
  ReferenceId: ({ line }) => line.reference_id,
  ProductQualifiers: () => '',
  PromotionId: ({ line }) => line.promotion_id ?? '',
  PriceAdjustmentDescription: ({ line }) => (line.promotion_id === null ? '' : 'Promotion'),
  CreditReasonCode: () => '',
};

const TERMS: Readonly<Record<TermDuration, string>> = {
  P1M: 'One-Month commitment',
  P1Y: 'One-Year commitment',
  P3Y: 'Three-Year commitment',
};
const CYCLES: Readonly<Record<BillingCycle, string>> = {
  monthly: 'for monthly billing',
  annual: 'for yearly billing',
  triennial: 'for triennial billing',
  none: '',
};

/** The names of the columns, which are the same in every language. */
export function reconciliationColumns({ platform }: Pick<InvoiceHead, 'platform'>): string[] {
  return Object.keys(columnsOf(platform));
}

/** A line of the file. */
export function toReconciliationRow({ platform }: Pick<InvoiceHead, 'platform'>, of: Of): Cell[] {
  return Object.values(columnsOf(platform)).map((cell) => cell(of));
}

function columnsOf(platform: InvoiceHead['platform']): Columns {
  return platform === 'legacy' ? LEGACY : NEW_COMMERCE;
}

function amountOf({ line: { amount_minor: minor, currency } }: Of): Cell {
  return { decimal: formatMoney({ minor, currency }) };
}

function zero({ line: { currency } }: Of): Cell {
  return { decimal: formatMoney({ minor: 0n, currency }) };
}

/** Days and moments are UTC. */
function begins(day: string): string {
  return `${day}T00:00:00Z`;
}

/** Price of the charge cycle / its days x days billed, negative for a credit, to the millionth (B7.3). */
function effectivePrice({ unit_price, currency, days, period_days, amount_minor }: BillLine): string {
  const sign = amount_minor < 0n ? -1n : 1n;
  const { micros } = parseUnitPrice(unit_price, currency);
  return formatUnitPrice({ micros: sign * roundHalfUp(micros * BigInt(days), BigInt(period_days)), currency });
}
