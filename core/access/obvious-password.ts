import { foldForSearch } from '../values/fold.ts';

/** The fewest characters of a password (NIST SP 800-63B-4 section 3.1.1.2 asks for 15 where it stands alone, 8 beside a second factor). */
export const SHORTEST_PASSWORD = 12;
/** What must be left of a password when the words that anybody would try are taken out of it. */
const LEAST_REST = 6;
/** Rows of a keyboard and of the alphabet, which look long and are tried first. */
const ROWS = ['01234567890', '09876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const COMMON = ['password', 'parola', 'sifre', 'welcome', 'hosgeldin', 'admin', 'letmein', 'iloveyou', 'changeme'];

/**
 * Whether a password is too easy to guess: fewer than 12 characters, few different ones, or little beside a common word, a row of keys, or
 * what is known of its owner. There are no rules of composition (NIST SP 800-63B).
 */
export function isObviousPassword(password: string, known: readonly string[]): boolean {
  if (Array.from(password).length < SHORTEST_PASSWORD) return true;
  const folded = foldForSearch(password);
  if (new Set(folded).size < 5) return true;
  const words = known
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .map(foldForSearch)
    .filter((word) => word.length >= 3)
    .toSorted((one, other) => other.length - one.length);
  const rest = [...words, ...COMMON].reduce((left, word) => left.replaceAll(word, ''), withoutRows(folded));
  return Array.from(rest).filter((sign) => /[\p{L}\p{N}]/u.test(sign)).length < LEAST_REST && rest !== folded;
}

/** Takes out every piece of four keys or more that stand in a row. */
function withoutRows(text: string): string {
  let left = text;
  for (const row of ROWS) {
    for (let length = row.length; length >= 4; length--) {
      for (let start = 0; start + length <= row.length; start++)
        left = left.replaceAll(row.slice(start, start + length), '');
    }
  }
  return left;
}
