import type { z } from 'zod';
import { OFFERS } from '../demo/ids.ts';

type Schema = z.core.JSONSchema.JSONSchema;

/** Ids and words by the name of the field that they stand in. */
export type Known = Readonly<Record<string, unknown>>;

/**
 * A value that a schema takes, with every field that must be there: what is known by the name of a field, otherwise the plainest of its
 * kind. Made from JSON Schema, so that a new endpoint is covered by itself.
 */
export function soundValue(schema: Schema, known: Known, name = ''): unknown {
  if (name in known) return known[name];
  if (name in WORDS) return WORDS[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return soundValue(choices[0] as Schema, known, name);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => soundValue(part, known, name)));
  switch (schema.type) {
    case 'object':
      return soundObject(schema, known);
    case 'array':
      return schema.minItems ? [soundValue(schema.items as Schema, known, name)] : [];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return soundText(schema);
  }
}

function soundObject({ properties = {}, required = [] }: Schema, known: Known): object {
  // What is known is given even where it may be absent: another's ids must not be taken from there either.
  const names = Object.keys(properties).filter((one) => required.includes(one) || one in known);
  return Object.fromEntries(names.map((one) => [one, soundValue(properties[one] as Schema, known, one)]));
}

function soundText({ format = '', minLength = 1 }: Schema): string {
  const text = TEXTS[format] ?? 'a sound text';
  return text.padEnd(minLength, 'x');
}

/** Words whose rule the schema does not tell. */
const WORDS: Known = {
  sourceOfferId: OFFERS.businessBasic,
  targetOfferId: OFFERS.o365E3,
  assign: [{ skuId: '3b555118-da6a-4418-894f-7df1e2096870' }],
  domain: 'kaya.example',
  issuer: 'https://id.example',
  domains: ['kaya.example'],
  language: 'tr',
  country: 'TR',
  culture: 'tr-TR',
  netAbove: '10.00',
  officeHours: { timeZone: 'Europe/Istanbul', days: [1], from: '09:00', until: '18:00' },
};

const TEXTS: Readonly<Record<string, string>> = {
  uuid: '0b1c2d3e-0000-4000-8000-000000000001',
  guid: '0b1c2d3e-0000-4000-8000-000000000001',
  email: 'somebody@kaya.example',
  uri: 'https://hook.example/',
  url: 'https://hook.example/',
  date: '2026-11-16',
  datetime: '2026-11-16T09:00:00Z',
  'date-time': '2026-11-16T09:00:00Z',
  duration: 'P1D',
  country: 'TR',
  currency: 'USD',
  domain: 'kaya.example',
  language: 'tr',
  culture: 'tr-TR',
  price: '10',
  decimal: '10',
  userPrincipalName: 'ece@kaya.example',
};
