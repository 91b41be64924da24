import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';

/** All countries by their names in the reader’s language, in its order. */
export function useCountries(): readonly { readonly code: string; readonly name: string }[] {
  const { language } = useTranslation().i18n;
  const format = useFormat();
  return useMemo(
    () =>
      COUNTRY_CODES.map((code) => ({ code, name: format.country(code) })).toSorted((one, other) =>
        one.name.localeCompare(other.name, language),
      ),
    [format, language],
  );
}

/**
 * Every ISO 3166 code that the browser has a name for. Codes of former countries go by the name of a present one, and some names belong to
 * codes of other lists.
 */
const COUNTRY_CODES = (() => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const others = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));
  return letters
    .flatMap((one) => letters.map((other) => one + other))
    .filter((code) => names.of(code) !== undefined && !others.has(code))
    .filter((code) => new Intl.Locale(`und-${code}`).region === code);
})();
