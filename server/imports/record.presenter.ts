import { IMPORT_TEXTS, type PriceImportRowOnWire } from '../../contract/imports.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { RecordFact } from '../../core/imports/record.ts';
import { formatMoney, parseMoney } from '../../core/values/money.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { plainDayText } from '../http/day-text.ts';
import type { ImportLineRow } from './import.store.ts';

type Field = PriceImportRowOnWire['fields'][number];
type Name = keyof (typeof IMPORT_TEXTS)['en']['fields'];

/** What a row says and what there is of it, field by field: of one that is new all, of one that is here what differs. */
export function presentFields(row: ImportLineRow, currency: string, wording: Wording): Field[] {
  if (row.fact === null && row.fact_before === null) return [];
  const labels = IMPORT_TEXTS[wording.language].fields;
  const [after, before] = [valuesOf(row.fact, wording), valuesOf(row.fact_before, wording)];
  if (row.fact && 'autoRenew' in row.fact && row.fact.unitPrice === undefined)
    after.set('unitPrice', IMPORT_TEXTS[wording.language].answers.listPrice);
  // Of something that is here and in the file: where they differ.
  const isTold = (name: Name) => row.fact_before === null || row.fact === null || before.has(name);
  const names = (Object.keys(labels) as Name[]).filter((name) => (after.has(name) || before.has(name)) && isTold(name));
  const fields = names.map((name) => ({
    label: labels[name],
    before: before.get(name) ?? null,
    after: after.get(name) ?? null,
  }));
  return [...fields, ...amountOf(row, currency, wording)];
}

function amountOf({ fact, fact_before: before, ...row }: ImportLineRow, currency: string, wording: Wording): Field[] {
  if (!isBilled(fact) && !isBilled(before)) return [];
  const amount = (text: string | null) => {
    if (text === null) return null;
    // As the database keeps it: with more decimals than any currency has.
    const money = parseMoney(text.replace(/\.?0+$/, ''), currency);
    return `${decimalText(formatMoney(money), wording)} ${currency}`;
  };
  const label = IMPORT_TEXTS[wording.language].fields.amount;
  return [{ label, before: amount(row.price_before), after: fact === null ? null : amount(row.unit_price) }];
}

function isBilled(fact: Partial<RecordFact> | null): boolean {
  return fact !== null && 'chargeType' in fact;
}

function valuesOf(fact: Partial<RecordFact> | null, wording: Wording): Map<Name, string> {
  return new Map(
    Object.entries(fact ?? {}).map(([name, value]) => [name as Name, textOf(name as Name, value, wording)]),
  );
}

function textOf(name: Name, value: unknown, wording: Wording): string {
  const { billingCycles, statuses, termDurations } = REASON_TEXTS[wording.language];
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    billingCycle: billingCycles,
    status: statuses,
    termDuration: termDurations,
  };
  const text = String(value);
  if (name === 'startsOn' || name === 'endsOn') return plainDayText(Temporal.PlainDate.from(text), wording.language);
  if (name === 'unitPrice') return decimalText(text, wording);
  if (typeof value === 'boolean') return IMPORT_TEXTS[wording.language].answers[value ? 'yes' : 'no'];
  if (name === 'skuIds') return (value as string[]).map((skuId) => skuName(skuId, wording)).join(', ') || '–';
  if (name === 'unknownProducts') return (value as string[]).join(', ') || '–';
  if (name === 'offerId' || (name === 'offer' && wording.catalog.offers.has(text))) return offerName(text, wording);
  return words[name]?.[text] ?? text;
}

function decimalText(text: string, { language }: Wording): string {
  return language === 'tr' ? text.replace('.', ',') : text;
}

/** What a doubt is about: an offer and a SKU by their names, anything else as it is. */
export function foundText(found: string | null, wording: Wording): string | null {
  if (found === null) return null;
  return wording.catalog.offers.has(found) ? offerName(found, wording) : skuName(found, wording);
}

function skuName(skuId: string, wording: Wording): string {
  const offer = [...wording.catalog.offers.values()].find((one) => one.skuId === skuId);
  return offer ? offerName(offer.offerId, wording) : skuId;
}

/** A row as a line of a file. */
export function toImportCells(row: PriceImportRowOnWire, language: Wording['language']): string[] {
  const told = (side: 'before' | 'after') =>
    row.fields.flatMap((field) => (field[side] === null ? [] : [`${field.label}: ${field[side]}`])).join('; ');
  const price = (money: PriceImportRowOnWire['before']) => (money ? `${money.amount} ${money.currency}` : '');
  return [
    row.line === null ? '' : String(row.line),
    IMPORT_TEXTS[language].states[row.state],
    row.customer ?? '',
    row.toName === null ? row.name : `${row.name} → ${row.toName}`,
    told('before') || price(row.before),
    told('after') || price(row.after),
    row.reason ?? '',
    row.column ?? '',
    row.found ?? '',
  ];
}
