import type { Language } from '../../contract/values.ts';

const BYTE_ORDER_MARK = '\uFEFF';
/** A cell that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** CSV as spreadsheets of the language open it: semicolons in Turkish, where the comma is the decimal sign; with byte order mark. */
export function toCsv(language: Language, header: readonly string[], rows: readonly (readonly string[])[]): string {
  const separator = language === 'tr' ? ';' : ',';
  const cell = (text: string) => {
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return BYTE_ORDER_MARK + [header, ...rows].map((row) => `${row.map(cell).join(separator)}\r\n`).join('');
}
