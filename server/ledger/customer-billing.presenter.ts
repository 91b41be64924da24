import {
  type BilledUpgradeOnWire,
  CUSTOMER_CHARGE_TEXTS,
  type CustomerChargeOnWire,
  type NextInvoiceOnWire,
  type UpcomingLineOnWire,
} from '../../contract/customer-billing.ts';
import type { Language } from '../../contract/values.ts';
import { fill } from '../../contract/words.ts';
import { sellPrice, type SellRates } from '../../core/ledger/sell-price.ts';
import { formatUnitPrice } from '../../core/values/money.ts';
import type { Cell } from '../../contract/csv.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { moneyOf, soldOf } from '../http/sold.presenter.ts';
import type { QuotedOfCustomer } from './billed-upgrade.store.ts';
import { billedOfferName, presentCharge, presentLine } from './charge.presenter.ts';
import type { balanceQuoted } from './compare-quoted.ts';
import type { ChargedThing } from './customer-charge.store.ts';
import type { SoldCharge } from './show-customer-billing.ts';
import type { ExpectedInvoice, UpcomingLine } from './show-next-invoice.ts';

export function presentChargedThing(
  { subscription_id: subscriptionId, name, offer_id }: ChargedThing,
  wording: Wording,
) {
  return { subscriptionId, name: name ?? offerName(offer_id, wording) };
}

/** A line of a customer, with how it came about, at what it is sold on and whether its upgrade was billed as quoted. */
export function presentCustomerCharge(
  { charge, rates, difference }: SoldCharge,
  wording: Wording,
): CustomerChargeOnWire {
  const { platform, upgrade_id: upgradeId } = charge;
  return {
    ...presentCharge(charge, platform, wording),
    subscription: {
      subscriptionId: charge.subscription_id,
      name: charge.friendly_name ?? billedOfferName(charge, wording),
    },
    platform,
    invoiceNumber: charge.invoice_number,
    sold: soldOf(sellPrice({ minor: charge.amount_minor, currency: charge.currency }, rates)),
    upgrade: upgradeId === null ? null : { upgradeId, difference: difference ? moneyOf(difference) : null },
  };
}

/** The same as a row of the file, in the order of its columns. */
export function toChargeCells(line: CustomerChargeOnWire, language: Language): Cell[] {
  const { subscription, amount, sold, upgrade, explained } = line;
  return [
    line.bookedOn,
    line.invoiceNumber,
    upgrade?.upgradeId ?? '',
    subscription.name,
    line.offerName,
    line.chargeType,
    line.periodStart,
    line.periodEnd,
    { decimal: line.unitPrice },
    { decimal: String(line.quantity) },
    { decimal: amount.amount },
    { decimal: sold.sell.amount },
    { decimal: sold.tax.amount },
    amount.currency,
    checkText(upgrade, language),
    explained.sentence,
  ];
}

function checkText(upgrade: CustomerChargeOnWire['upgrade'], language: Language): string {
  const texts = CUSTOMER_CHARGE_TEXTS[language];
  if (!upgrade?.difference) return texts.notQuoted;
  const { amount, currency } = upgrade.difference;
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const difference = format.format(amount as Intl.StringNumericLiteral);
  return Number(amount) === 0 ? texts.asQuoted : fill(texts.differs, { difference });
}

/** A line that is not written yet. */
export function presentUpcoming(
  { day, subscription, line }: UpcomingLine,
  rates: SellRates,
  wording: Wording,
): UpcomingLineOnWire {
  const { platform, offerId, friendlyName, subscriptionId } = subscription;
  const name = offerName(offerId, wording);
  const row = {
    charge_type: line.chargeType,
    period_start: line.period.start.toString(),
    period_end: line.period.end.toString(),
    days: line.days,
    period_days: line.periodDays,
    quantity: line.quantity,
    unit_price: formatUnitPrice(line.unitPrice),
    amount_minor: line.amount.minor,
    currency: line.amount.currency,
    upgrade_id: null,
    reverses: null,
    promotion_id: line.promotionId ?? null,
  };
  return {
    ...presentLine(row, platform, wording),
    bookedOn: day.toString(),
    subscription: { subscriptionId, name: friendlyName ?? name },
    platform,
    offerName: name,
    sold: soldOf(sellPrice(line.amount, rates)),
  };
}

export function presentExpected({ number, platform, soFar, ...invoice }: ExpectedInvoice): NextInvoiceOnWire {
  return {
    invoiceNumber: number,
    platform,
    lines: soFar.lines,
    credits: moneyOf(invoice.credits),
    charges: moneyOf(invoice.charges),
    soFar: soldOf(soFar),
    expected: soldOf(invoice.expected),
  };
}

/** An upgrade as it was approved and as it was billed. */
export function presentBilledUpgrade(
  of: QuotedOfCustomer,
  { quoted, billed, difference, missing, unexpected }: ReturnType<typeof balanceQuoted>,
  wording: Wording,
): BilledUpgradeOnWire {
  return {
    upgradeId: of.upgrade_id,
    appliedAt: Temporal.Instant.from(of.applied_at).toString(),
    sourceName: offerName(of.source_offer_id, wording),
    targetName: offerName(of.target_offer_id, wording),
    quoted: moneyOf(quoted),
    billed: moneyOf(billed),
    difference: moneyOf(difference),
    missing: [...missing],
    unexpected: [...unexpected],
  };
}
