/** The sign before the decimals. */
export type DecimalSign = '.' | ',';

/** How often the numbers of a file can only be read with one sign, or with the other. */
export type SignCounts = Readonly<Record<DecimalSign, number>>;

export type DecimalDoubt = 'not-a-number' | 'mixed-decimals' | 'unclear-decimals' | 'too-precise';

const PLAIN = /^\d{1,12}$/;
/** With its decimals alone; three of them could be thousands as well, unless nothing but a zero stands before. */
const ONE_SIGN = /^(\d{1,12})([.,])(\d+)$/;
const GROUPED = /^(\d{1,3})((?:[.,'\u00A0\u202F ]\d{3})+)(?:([.,])(\d+))?$/;

/** The sign by which alone a number can be read; null: by either, or it has none. Undefined: it is no number. */
export function signOf(text: string): DecimalSign | null | undefined {
  if (PLAIN.test(text)) return null;
  const single = ONE_SIGN.exec(text);
  if (single) return isEither(single) ? null : (single[2] as DecimalSign);
  const grouped = GROUPED.exec(text);
  if (!grouped) return undefined;
  const groups = new Set((grouped[2] ?? '').replaceAll(/\d/g, ''));
  const [group] = groups;
  if (groups.size > 1 || group === undefined || group === grouped[3]) return undefined;
  if (grouped[3]) return grouped[3] as DecimalSign;
  // 1.234.567 has no decimals, but tells that the point is not their sign.
  if (group === '.' || group === ',') return group === '.' ? ',' : '.';
  return null;
}

/** The sign that the file uses; where it uses both, the more frequent one, and the rest is in doubt. Null: nothing tells. */
export function signOfFile(counts: SignCounts): DecimalSign | null {
  if (counts['.'] === counts[',']) return null;
  return counts['.'] > counts[','] ? '.' : ',';
}

/**
 * A number as a plain decimal with a point and at most six digits after it, read by the sign that the file uses. What could be another number by the other
 * sign is in doubt where the file uses both or does not tell.
 */
export function readDecimal(text: string, counts: SignCounts): string | { readonly doubt: DecimalDoubt } {
  const own = signOf(text);
  if (own === undefined) return { doubt: 'not-a-number' };
  if (PLAIN.test(text)) return text.replace(/^0+(?=\d)/, '');
  const sign = signOfFile(counts);
  const isMixed = counts['.'] > 0 && counts[','] > 0;
  if (own !== null && isMixed && own !== sign) return { doubt: 'mixed-decimals' };
  const single = ONE_SIGN.exec(text);
  const isUnclear = own === null && single !== null;
  if (isUnclear && (isMixed || sign === null)) return { doubt: isMixed ? 'mixed-decimals' : 'unclear-decimals' };
  const decimalSign = own ?? sign;
  const [whole = '', decimals = ''] = decimalSign === null ? [text] : splitAt(text, decimalSign);
  const digits = decimals.replace(/0+$/, '');
  if (digits.length > 6) return { doubt: 'too-precise' };
  const plain = whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '');
  return digits ? `${plain}.${digits}` : plain;
}

function isEither([, whole = '', , decimals = '']: RegExpExecArray): boolean {
  return decimals.length === 3 && whole.length <= 3 && !whole.startsWith('0');
}

function splitAt(text: string, sign: DecimalSign): [whole: string, decimals: string] {
  const at = text.lastIndexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
