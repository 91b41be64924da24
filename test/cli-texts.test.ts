import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageOf, wordsOf } from '../cli/words.ts';
import en from '../cli/texts/en.json' with { type: 'json' };
import tr from '../cli/texts/tr.json' with { type: 'json' };

const CLI = fileURLToPath(new URL('../cli/', import.meta.url));
const SOURCES = readdirSync(CLI, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(CLI, path), 'utf8'))
  .join('\n');
const TEXTS: Readonly<Record<'en' | 'tr', Readonly<Record<string, string>>>> = { en, tr };
const placesOf = (text = '') => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

describe('the texts of the command line', () => {
  it('are the same in Turkish and in English, sorted, and take the same values', () => {
    const keys = Object.keys(en);
    expect(Object.keys(tr)).toEqual(keys);
    expect(keys).toEqual(keys.toSorted());
    expect(keys.map((key) => placesOf(TEXTS.tr[key]))).toEqual(keys.map((key) => placesOf(TEXTS.en[key])));
  });

  it('are all used', () => {
    // A key that is put together stands in the source by its beginning: `doctor.${name}`.
    const begun = [...SOURCES.matchAll(/`([a-z.]+\.)\$\{/gi)].map(([, start = '']) => start);
    const unused = Object.keys(en).filter(
      (key) => !SOURCES.includes(`'${key}'`) && !begun.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('are not empty, do not shout, and have typographic quotes', () => {
    const wrong = (['en', 'tr'] as const).flatMap((language) =>
      Object.entries(TEXTS[language]).filter(([, text]) => /^\s*$|^\s|\s$|!|["']/.test(text)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the language of the command line', () => {
  it('is what was asked for, before what is kept, before that of the system', () => {
    expect(languageOf(['--lang', 'tr'], { LANG: 'en_US.UTF-8' }, 'en')).toBe('tr');
    expect(languageOf(['x', '--lang=en'], { YUKSELT_LANG: 'tr' }, 'tr')).toBe('en');
    expect(languageOf([], { YUKSELT_LANG: 'tr', LANG: 'C' }, 'en')).toBe('tr');
    expect(languageOf([], { LC_ALL: '', LANG: 'tr_TR.UTF-8' }, undefined)).toBe('tr');
    expect(languageOf([], { LANG: 'C.UTF-8' }, undefined)).toBe('en');
  });

  it('lets no value move the cursor of a terminal', () => {
    expect(wordsOf('en')('error.noCustomer', { typed: 'A\u001b[2J\nB\u009b1m' })).not.toMatch(/\p{Cc}/u);
  });
});
