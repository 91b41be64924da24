const TURKISH: Readonly<Record<string, string>> = { İ: 'i', I: 'i', ı: 'i' };

/** Folds a text for search, so that ığdır, IĞDIR, Iğdır and igdir are one: lower case, all four i alike, no marks. */
export function foldForSearch(text: string): string {
  return text
    .replace(/[İIı]/g, (letter) => TURKISH[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
