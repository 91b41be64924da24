import type { z } from 'zod';
import en from './texts/fields.en.json' with { type: 'json' };
import tr from './texts/fields.tr.json' with { type: 'json' };

/** A sentence for each thing that can be wrong with a field, the same on server, portal and CLI. */
export const FIELD_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;
/** Rules beyond type, format and size. */
export type FieldRule = keyof typeof en.rules;

/** What a refinement of a field asks for. */
export const rule = (expected: FieldRule) => ({ params: { expected } });

/** Puts values into the places `{name}` of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** Words what a schema found, to pass as `error` when parsing. Never a pattern or a word of the schema library. */
export function issueWords(language: keyof typeof FIELD_TEXTS): z.core.$ZodErrorMap {
  const texts = FIELD_TEXTS[language];
  const find = (among: Readonly<Record<string, string>>, key: unknown) => among[String(key)] ?? texts.wrong;
  return (issue) => {
    switch (issue.code) {
      case 'invalid_type':
        return issue.input === undefined ? texts.needed : find(texts.types, issue.expected);
      case 'invalid_format':
        return find(texts.formats, issue.format);
      case 'custom':
        return find(texts.rules, issue.params?.['expected']);
      case 'too_small':
        if (issue.minimum === 1 && issue.origin !== 'number') return texts.needed;
        return fill(find(texts.tooSmall, issue.origin), { least: Number(issue.minimum) });
      case 'too_big':
        return fill(find(texts.tooBig, issue.origin), { most: Number(issue.maximum) });
      case 'invalid_value':
        return fill(texts.oneOf, { values: issue.values.map(String).join(', ') });
      case 'invalid_union':
        // Only a union with a discriminator knows what it could be.
        return 'options' in issue
          ? fill(texts.oneOf, { values: String(issue.options).replaceAll(',', ', ') })
          : texts.wrong;
      default:
        return texts.wrong;
    }
  };
}
