import type { Language } from './values.ts';

const BYTE_ORDER_MARK = '\uFEFF';
/** A cell that a spreadsheet would take for a formula, also by the wide signs of East Asian keyboards (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** CSV as spreadsheets of the language open it: semicolons in Turkish, where the comma is the decimal sign; with byte order mark. */
export function toCsv(language: Language, header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + toCsvRows(language, [header, ...rows]);
}

/** A text, or an amount, which is written with the decimal sign of the language and is a number to a spreadsheet. */
export type Cell = string | { readonly decimal: string };

/** Further rows of the same file. */
export function toCsvRows(language: Language, rows: readonly (readonly Cell[])[]): string {
  const separator = language === 'tr' ? ';' : ',';
  const cell = (text: Cell) => {
    if (typeof text !== 'string') return language === 'tr' ? text.decimal.replace('.', ',') : text.decimal;
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join('');
}
