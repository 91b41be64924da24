import { z } from 'zod';
import type { Language } from '../../contract/values.ts';

type Shape = z.ZodRawShape;
type Kind = z.ZodObject<Shape & { attributes: z.ZodObject<{ objectType: z.ZodLiteral<string> }> }>;

/** The fields of a kind of resource as they are given: what has no value may be null. */
type Fields<Of extends Kind> = Writable<Omit<z.output<Of>, 'attributes'>>;
type Writable<Of> = { [Key in keyof Of]: Of[Key] | (undefined extends Of[Key] ? null : never) };

/** Describes a resource: the name that `attributes.objectType` has, and its fields. */
export function kind<Of extends Shape>(objectType: string, shape: Of) {
  const attributes = z.object({ objectType: z.literal(objectType), etag: z.string().optional() });
  return z.object({ ...shape, attributes }).meta({ title: objectType });
}

/** A resource as the dialect writes it: what has no value is absent, never null, and `attributes` names its kind. */
export function resource<Of extends Kind>(of: Of, fields: Fields<Of>, attributes: { etag?: string } = {}) {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  const { value: objectType } = of.shape.attributes.shape.objectType;
  return { ...Object.fromEntries(present), attributes: { ...attributes, objectType } } as z.output<Of>;
}

/** A GUID in lower case. */
export const guid = z.guid();
/** A UTC moment, with a fraction of a second or without. */
export const moment = z.iso.datetime();
const header = z.object({ key: z.string(), value: z.string() });
export const linkOf = z.object({ uri: z.string(), method: z.literal('GET'), headers: z.array(header) });

/** Describes a page of resources of one kind. */
export function collectionOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    totalCount: z.int(),
    items: z.array(item),
    links: z.object({ self: linkOf, next: linkOf.optional() }),
    continuationToken: z.string().optional(),
    attributes: z.object({ objectType: z.literal('Collection') }),
  });
}

/** Where the next page is; pages that are counted by `offset` need no token. */
export type Next = { readonly path: string; readonly token?: string };

/** A page of resources; `totalCount` counts this page, and there is a next link only where there is a next page. */
export function collection<Item>(items: Item[], self: string, next?: Next) {
  return {
    totalCount: items.length,
    items,
    links: {
      self: link(self),
      ...(next && {
        next: {
          ...link(next.path),
          headers: next.token === undefined ? [] : [{ key: 'MS-ContinuationToken', value: next.token }],
        },
      }),
    },
    ...(next?.token !== undefined && { continuationToken: next.token }),
    attributes: { objectType: 'Collection' as const },
  };
}

/** A link without host and `/v1`. */
export function link(uri: string): z.output<typeof linkOf> {
  return { uri, method: 'GET', headers: [] };
}

/** A UTC day at its beginning. */
export function dayOnWire(day: Temporal.PlainDate): string {
  return `${day.toString()}T00:00:00Z`;
}

/** The sign of a currency, or its code where it has none. */
export function symbolOf(currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
}

export function cultureOf(language: Language): string {
  return language === 'tr' ? 'tr-TR' : 'en-US';
}
