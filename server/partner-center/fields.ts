import type { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import { issueWords } from '../../contract/words.ts';
import { faultOfFields, type Input } from './input.ts';

/** Reads the texts that a schema describes. @throws Fault 400/3000 with a sentence for each field that is wrong, in the caller's language. */
export function readTexts<Shape extends z.ZodObject>(body: Input, schema: Shape, language: Language): z.output<Shape> {
  const given = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, body.text(key)]));
  const read = schema.safeParse(given, { error: issueWords(language) });
  if (read.success) return read.data;
  throw faultOfFields(read.error);
}
