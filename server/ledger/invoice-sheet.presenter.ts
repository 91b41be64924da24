import { INVOICE_SHEET_TEXTS } from '../../contract/invoices.ts';
import type { Language } from '../../contract/values.ts';
import { fill } from '../../contract/words.ts';
import type { SellPrice } from '../../core/ledger/sell-price.ts';
import { exponentOf, formatMoney, type Money } from '../../core/values/money.ts';
import { dayText, plainDayText } from '../http/day-text.ts';
import type { PdfFact, PdfRow, PdfSheet, PdfTable } from '../http/pdf.ts';
import type { Wording } from '../http/reason.presenter.ts';
import type { BillLine } from './bill-line.store.ts';
import { billedOfferName } from './charge.presenter.ts';
import type { PrintedInvoice } from './print-invoice.ts';

/** An invoice as it is printed, in the caller's language. */
export function presentInvoiceSheet(invoice: PrintedInvoice, wording: Wording): PdfSheet {
  const { head, partnerName, at } = invoice;
  const { language } = wording;
  const texts = INVOICE_SHEET_TEXTS[language];
  const title = fill(texts.title, { number: head.invoice_number });
  return {
    title,
    subtitle:
      head.closed_at === null
        ? texts.open
        : fill(texts.closed, { day: dayText(Temporal.Instant.from(head.closed_at), language) }),
    language,
    createdAt: at,
    facts: factsOf(invoice, language),
    tables: [customersOf(invoice, language), linesOf(invoice, wording)],
    footer: (page, pages) => [`${partnerName} · ${title}`, fill(texts.page, { page, pages })],
  };
}

function factsOf({ head, totals, partnerName }: PrintedInvoice, language: Language): PdfFact[] {
  const texts = INVOICE_SHEET_TEXTS[language];
  const first = Temporal.PlainDate.from(head.month);
  const last = first.add({ months: 1 }).subtract({ days: 1 });
  return [
    { label: texts.partner, value: partnerName, strong: true },
    { label: texts.period, value: rangeText(first, last, language) },
    { label: texts.platform, value: texts.platforms[head.platform] },
    { label: texts.currency, value: head.currency },
    { label: texts.cost, value: moneyText(totals.cost, language) },
    { label: texts.sell, value: moneyText(totals.sell, language) },
    { label: texts.tax, value: moneyText(totals.tax, language) },
    { label: texts.gross, value: moneyText(totals.gross, language), strong: true },
  ];
}

function customersOf({ totals, names }: PrintedInvoice, language: Language): PdfTable {
  const texts = INVOICE_SHEET_TEXTS[language];
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
  const rate = (basisPoints: number) => percent.format(basisPoints / 10_000);
  const prices = ({ cost, sell, tax, gross }: SellPrice) =>
    [cost, sell, tax, gross].map((money) => moneyText(money, language));
  return {
    title: texts.byCustomer,
    columns: [
      { header: texts.customer, width: 0.4 },
      { header: texts.cost, width: 0.15, align: 'right' },
      { header: texts.sell, width: 0.15, align: 'right' },
      { header: texts.tax, width: 0.15, align: 'right' },
      { header: texts.gross, width: 0.15, align: 'right' },
    ],
    count: totals.customers.length,
    rows: (async function* () {
      yield totals.customers.map((one): PdfRow => {
        const rates = { margin: rate(one.marginBasisPoints), vat: rate(one.vatBasisPoints) };
        return [[names.get(one.customerId) ?? texts.formerCustomer, fill(texts.rates, rates)], ...prices(one)];
      });
    })(),
    sum: [texts.total, ...prices(totals)],
  };
}

function linesOf({ head, totals, lots }: PrintedInvoice, wording: Wording): PdfTable {
  const texts = INVOICE_SHEET_TEXTS[wording.language];
  return {
    title: texts.lines,
    columns: [
      { header: texts.period, width: 0.25 },
      { header: texts.customerAndProduct, width: 0.41 },
      { header: texts.quantity, width: 0.08, align: 'right' },
      { header: texts.unitPrice, width: 0.12, align: 'right' },
      { header: texts.amount, width: 0.14, align: 'right' },
    ],
    count: head.lines,
    rows: (async function* () {
      for await (const lines of lots) yield lines.map((line) => rowOf(line, wording));
    })(),
    sum: [texts.total, '', '', '', moneyText(totals.cost, wording.language)],
  };
}

function rowOf(line: BillLine, wording: Wording): PdfRow {
  const { language } = wording;
  const texts = INVOICE_SHEET_TEXTS[language];
  const { days, period_days: periodDays, currency } = line;
  const [from, until] = [Temporal.PlainDate.from(line.period_start), Temporal.PlainDate.from(line.period_end)];
  return [
    [rangeText(from, until, language), fill(texts.days, { days, periodDays })],
    [line.customer_name ?? texts.formerCustomer, billedOfferName(line, wording)],
    numberText(String(line.quantity), 0, language),
    numberText(line.unit_price, exponentOf(currency), language),
    moneyText({ minor: line.amount_minor, currency }, language),
  ];
}

function rangeText(from: Temporal.PlainDate, until: Temporal.PlainDate, language: Language): string {
  return `${plainDayText(from, language)} – ${plainDayText(until, language)}`;
}

function moneyText(money: Money, language: Language): string {
  return numberText(formatMoney(money), exponentOf(money.currency), language);
}

/** An exact decimal in the reader's way. */
function numberText(decimal: string, minimumFractionDigits: number, language: Language): string {
  const numbers = language === 'tr' ? 'tr-TR' : 'en-US';
  const format = new Intl.NumberFormat(numbers, { minimumFractionDigits, maximumFractionDigits: 6 });
  return format.format(decimal as `${number}`).replace('-', '−');
}
