import type { Language } from '../../contract/values.ts';

/** The best of Turkish and English for an Accept-Language header; English when neither is named. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((found) => found !== undefined);
      return { language: tag.slice(0, 2), quality: Number(quality ?? 1) };
    })
    .filter(({ language, quality }) => (language === 'tr' || language === 'en') && quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  return wanted[0]?.language === 'tr' ? 'tr' : 'en';
}

/** Puts values into the places `{name}` of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
