import { CHARGE_TEXTS } from '../../contract/ledger.ts';
import type { Language } from '../../contract/values.ts';
import { fill } from '../../contract/words.ts';
import type { Platform } from '../../core/catalog/offer.ts';
import { explainLine, type LineAct, type LineExplanation, type LineRounding } from '../../core/ledger/explain-line.ts';
import { exponentOf, formatMoney, formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import { plainDayText } from '../http/day-text.ts';
import type { Wording } from '../http/reason.presenter.ts';
import type { WrittenCharge } from './charge.store.ts';

/** Words for every act and every way of rounding; one without words does not compile. */
const TEXTS: Readonly<
  Record<
    Language,
    { readonly acts: Readonly<Record<LineAct, string>>; readonly roundings: Readonly<Record<LineRounding, string>> }
  >
> = CHARGE_TEXTS;

/** What of a line tells how it came about, written or not. */
export type ExplainedRow = Omit<
  WrittenCharge,
  'charge_id' | 'reference_id' | 'offer_id' | 'offer_name' | 'booked_on' | 'created_at'
>;

/** A written line, with how it came about in the reader's language. */
export function presentCharge(row: WrittenCharge, platform: Platform, wording: Wording) {
  return {
    chargeId: row.charge_id,
    upgradeId: row.upgrade_id,
    referenceId: row.reference_id,
    reverses: row.reverses,
    promotionId: row.promotion_id,
    offerId: row.offer_id,
    offerName: billedOfferName(row, wording),
    bookedOn: row.booked_on,
    createdAt: Temporal.Instant.from(row.created_at).toString(),
    ...presentLine(row, platform, wording),
  };
}

/** The line itself, with how it comes about. */
export function presentLine(row: ExplainedRow, platform: Platform, { language }: Pick<Wording, 'language'>) {
  const { currency } = row;
  const unitPrice = parseUnitPrice(row.unit_price, currency);
  const amount = { minor: row.amount_minor, currency };
  const explained = explainLine({
    platform,
    chargeType: row.charge_type,
    days: row.days,
    periodDays: row.period_days,
    quantity: row.quantity,
    unitPrice,
    amount,
    upgradeId: row.upgrade_id,
    reverses: row.reverses,
    promotionId: row.promotion_id,
  });
  const { act, kind, whole, rounding } = explained;
  return {
    chargeType: row.charge_type,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    days: row.days,
    periodDays: row.period_days,
    quantity: row.quantity,
    unitPrice: formatUnitPrice(unitPrice),
    amount: { amount: formatMoney(amount), currency },
    explained: {
      act,
      kind,
      whole,
      rounding,
      what: whatOf(explained, language),
      sentence: sentenceOf(row, explained, language),
    },
  };
}

/** The offer of a line, as it was called when the line was written. */
export function billedOfferName(
  { offer_id, offer_name }: Pick<WrittenCharge, 'offer_id' | 'offer_name'>,
  { language }: Pick<Wording, 'language'>,
): string {
  return offer_name?.[language] ?? offer_id;
}

function whatOf({ kind, act }: LineExplanation, language: Language): string {
  return fill(CHARGE_TEXTS[language].kinds[kind], { act: TEXTS[language].acts[act] });
}

function sentenceOf(row: ExplainedRow, explained: LineExplanation, language: Language): string {
  const texts = CHARGE_TEXTS[language];
  const day = (text: string) => plainDayText(Temporal.PlainDate.from(text), language);
  const span = {
    from: day(row.period_start),
    until: day(row.period_end),
    days: row.days,
    periodDays: row.period_days,
  };
  const price = priceText(row, language);
  return fill(texts.sentence, {
    kind: whatOf(explained, language),
    span: fill(explained.whole ? texts.spans.whole : texts.spans.part, span),
    price: fill(texts.prices[explained.priceOf], { seats: row.quantity, price }),
    promotion: row.promotion_id === null ? '' : fill(texts.promotion, { promotion: row.promotion_id }),
    rounding: TEXTS[language].roundings[explained.rounding],
  });
}

/** A unit price in the reader's way, with all the decimals that it has. */
function priceText({ unit_price, currency }: ExplainedRow, language: Language): string {
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: exponentOf(currency),
    maximumFractionDigits: 6,
  });
  return format.format(unit_price as `${number}`);
}
