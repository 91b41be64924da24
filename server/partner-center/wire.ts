type Fields = Readonly<Record<string, unknown>>;
export type Resource = Readonly<Record<string, unknown>>;

/** A resource as the dialect writes it: what has no value is absent, never null, and `attributes` names its kind. */
export function resource(objectType: string, fields: Fields, attributes: Fields = {}): Resource {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return { ...Object.fromEntries(present), attributes: { ...attributes, objectType } };
}

export type Next = { readonly path: string; readonly token: string };

/** A page of resources; `totalCount` counts this page, and there is a next link only where there is a next page. */
export function collection(items: readonly Resource[], self: string, next?: Next): Resource {
  return {
    totalCount: items.length,
    items,
    links: {
      self: link(self),
      ...(next && { next: { ...link(next.path), headers: [{ key: 'MS-ContinuationToken', value: next.token }] } }),
    },
    ...(next && { continuationToken: next.token }),
    attributes: { objectType: 'Collection' },
  };
}

/** A link without host and `/v1`. */
export function link(uri: string): Resource {
  return { uri, method: 'GET', headers: [] };
}

/** A UTC day at its beginning. */
export function dayOnWire(day: Temporal.PlainDate): string {
  return `${day.toString()}T00:00:00Z`;
}
