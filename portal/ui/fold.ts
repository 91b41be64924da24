/** Folds a text for search as the server does: lower case, all four i alike, no marks. */
export function foldForSearch(text: string): string {
  return text
    .replace(/[İIı]/g, 'i')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();
}
