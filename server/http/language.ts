import type { Language } from '../../contract/values.ts';

/** The best of Turkish and English for an Accept-Language header; English when neither is named. */
export function languageOf(header: string | undefined): Language {
  const wanted = preferences(header).map(({ name }) => name.slice(0, 2));
  return wanted.find((language) => language === 'tr' || language === 'en') === 'tr' ? 'tr' : 'en';
}

/** Whether an Accept header asks for CSV, and for nothing else before it. */
export function wantsCsv(header: string | undefined): boolean {
  const wanted = preferences(header).map(({ name }) => name);
  return wanted.find((type) => type === 'text/csv' || type === 'application/json') === 'text/csv';
}

/** What a header with quality values names, the best first; `q=0` names what is not wanted (RFC 9110, 12.4.2). */
function preferences(header = ''): { readonly name: string; readonly quality: number }[] {
  return header
    .split(',')
    .map((part) => {
      const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((found) => found !== undefined);
      return { name: name.trim(), quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
}
