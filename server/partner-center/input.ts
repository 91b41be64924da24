import { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import { issueWords } from '../../contract/words.ts';
import { Fault } from './fault.ts';

/** A GUID in either case. */
export const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * What a client sent, its keys folded to lower case at every depth: clients write them in Pascal and camel case, one even both ways in
 * one object. Null counts as absent.
 */
export class Input {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #nulls: ReadonlySet<string>;
  readonly #place: string;
  /** The whole of it, where it is a text and no object. */
  readonly bare: string | undefined;

  constructor(value: unknown, place = 'body') {
    this.bare = typeof value === 'string' ? value : undefined;
    const entries = isObject(value) ? Object.entries(value) : [];
    this.#nulls = new Set(entries.flatMap(([key, one]) => (one === null ? [key.toLowerCase()] : [])));
    this.#fields = new Map(entries.filter(([, one]) => one !== null).map(([key, one]) => [key.toLowerCase(), one]));
    this.#place = place;
  }

  has(key: string): boolean {
    return this.#fields.has(key.toLowerCase());
  }

  /** Whether it is there, and null: for the few fields where that says something. */
  isNull(key: string): boolean {
    return this.#nulls.has(key.toLowerCase());
  }

  object(key: string): Input {
    return new Input(this.#fields.get(key.toLowerCase()), key);
  }

  list(key: string): Input[] {
    const value = this.#fields.get(key.toLowerCase());
    return Array.isArray(value) ? value.map((one) => new Input(one, key)) : [];
  }

  /** @throws Fault 400/3000 for what is there and no text. */
  text(key: string): string | undefined {
    const value = this.#fields.get(key.toLowerCase());
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.#invalid(key, 'a text');
    return value;
  }

  /** A list of texts; one alone is one, as in a query. */
  texts(key: string): string[] {
    const value = this.#fields.get(key.toLowerCase());
    if (value === undefined) return [];
    if (typeof value === 'string') return [value];
    if (!Array.isArray(value) || value.some((one) => typeof one !== 'string'))
      throw this.#invalid(key, 'a list of texts');
    return value as string[];
  }

  whole(key: string): number | undefined {
    const value = this.#fields.get(key.toLowerCase());
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw this.#invalid(key, 'a whole number');
    return value;
  }

  flag(key: string): boolean | undefined {
    const value = this.#fields.get(key.toLowerCase());
    if (value === undefined) return undefined;
    if (typeof value !== 'boolean') throw this.#invalid(key, 'true or false');
    return value;
  }

  /** One of the named values: as a number by its place, or as a text in snake, Pascal or camel case. */
  choice<Value extends string>(key: string, values: readonly Value[]): Value | undefined {
    const value = this.#fields.get(key.toLowerCase());
    if (value === undefined) return undefined;
    const named = (text: string) => values.find((one) => foldEnum(one) === foldEnum(text));
    const found = typeof value === 'number' ? values[value] : typeof value === 'string' ? named(value) : undefined;
    if (found === undefined) throw new Fault(400, 900126, `${key} must be one of ${values.join(', ')}.`);
    return found;
  }

  /**
   * The fields that a schema names, in its casing; an empty text counts as absent, too.
   * @throws Fault 400/3000 naming every field that is wrong, in the caller's language.
   */
  parse<Of extends z.ZodObject>(schema: Of, language: Language): z.output<Of> {
    const parsed = schema.safeParse(this.#pick(schema), { error: issueWords(language) });
    if (parsed.success) return parsed.data;
    throw faultOfFields(parsed.error);
  }

  #pick({ shape }: z.ZodObject): Record<string, unknown> {
    const picked: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(shape)) {
      const value = this.#fields.get(key.toLowerCase());
      if (value === undefined || (typeof value === 'string' && value.trim() === '')) continue;
      const within = field instanceof z.ZodOptional ? field.unwrap() : field;
      picked[key] = within instanceof z.ZodObject && isObject(value) ? new Input(value).#pick(within) : value;
    }
    return picked;
  }

  #invalid(key: string, expected: string): Fault {
    return new Fault(400, 3000, `${this.#place}.${key} must be ${expected}.`);
  }
}

/** A sentence for each field that is wrong. */
export function faultOfFields({ issues }: z.ZodError): Fault {
  return new Fault(400, 3000, issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function foldEnum(text: string): string {
  return text.replaceAll('_', '').toLowerCase();
}

/** @throws Fault 400: no GUID where one is due; 900118 for customers, 3000 elsewhere. */
export function guidOf(text: string | undefined, what: string): string {
  if (text !== undefined && GUID.test(text)) return text.toLowerCase();
  throw new Fault(400, what === 'customer' ? 900118 : 3000, `The ${what} id must be a GUID.`);
}
