import type { Language } from '../contract/values.ts';
import { fill } from '../contract/words.ts';
import en from './texts/en.json' with { type: 'json' };
import tr from './texts/tr.json' with { type: 'json' };

const TEXTS = { en, tr } satisfies Record<Language, Record<keyof typeof en, string>>;
export type TextKey = keyof typeof en;
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** The words of the program in one language; what is put into them cannot move the cursor of a terminal. */
export function wordsOf(language: Language): Say {
  return (key, values = {}) => {
    const safe = Object.entries(values).map(([name, value]) => [name, harmless(String(value))]);
    return fill(TEXTS[language][key], Object.fromEntries(safe) as Record<string, string>);
  };
}

/** A text from elsewhere on one line, without anything that a terminal would obey. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

type Surroundings = Readonly<Record<string, string | undefined>>;

/** `--lang`, then YUKSELT_LANG, the settings, and the language of the system; anything but Turkish is English. */
export function languageOf(args: readonly string[], env: Surroundings, kept: Language | undefined): Language {
  const place = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const flag = place < 0 ? undefined : (args[place]?.split('=')[1] ?? args[place + 1]);
  const system = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'];
  const wanted = flag ?? env['YUKSELT_LANG'] ?? kept ?? system ?? '';
  return /^tr(?![a-z])/i.test(wanted) ? 'tr' : 'en';
}
