import i18next from 'i18next';
import ICU from 'i18next-icu';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../contract/values.ts';
import type en from './locales/en.json';

export type TextKey = keyof typeof en;
/** A string of the deck (ICU MessageFormat) in the reader's language. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

const COOKIE = 'yukselt_language';
const YEAR_SECONDS = 31_536_000;

/** A file for each language, since hardly anybody reads two. The server's page names its own, so that it arrives with the code. */
const TEXTS = { en: () => import('./locales/en.json'), tr: () => import('./locales/tr.json') };

export async function initTexts(): Promise<void> {
  const language = document.documentElement.lang === 'tr' ? 'tr' : 'en';
  const { default: translation } = await TEXTS[language]();
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      resources: { [language]: { translation } },
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
      initAsync: false,
    });
}

export function useText(): { readonly say: Say; readonly language: Language } {
  const { t, i18n } = useTranslation();
  return { say: t, language: i18n.language as Language };
}

/** Switches the language of this browser; the server writes the next page in it too. */
export async function switchLanguage(language: Language): Promise<void> {
  const { default: translation } = await TEXTS[language]();
  i18next.addResourceBundle(language, 'translation', translation);
  document.cookie = `${COOKIE}=${language}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
