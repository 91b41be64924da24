import type { Language } from '../../contract/values.ts';

/** The order of texts in a language, as SQL names it. */
export const COLLATIONS: Readonly<Record<Language, string>> = { tr: '"tr-x-icu"', en: '"en-x-icu"' };
