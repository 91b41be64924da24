import { useCallback, useEffect } from 'react';
import { useSearchParams } from 'react-router';

/** Where the page is about to be: while the router is on its way, a further choice adds to what was chosen before. */
let ahead: { readonly path: string; readonly search: URLSearchParams } | undefined;

/** The state of a page as it stands in the address: a copied link shows a colleague the same. An absent value is `undefined`. */
export function useAddress<Key extends string>() {
  const [search, setSearch] = useSearchParams();
  const get = (key: Key): string | undefined => search.get(key) ?? undefined;
  useEffect(() => {
    ahead = undefined;
  }, [search]);
  const set = useCallback(
    (changes: Partial<Record<Key, string | undefined>>) => {
      const { pathname: path, search: reached } = window.location;
      const after = new URLSearchParams(ahead?.path === path ? ahead.search : reached);
      for (const [key, value] of Object.entries<string | undefined>(changes)) {
        if (value) after.set(key, value);
        else after.delete(key);
      }
      ahead = { path, search: after };
      // A choice is seen at once, not when the router comes to it.
      setSearch(after, { replace: true, flushSync: true });
    },
    [setSearch],
  );
  return { get, set };
}

/** Where a page is, with what of this stands in its query: what has no value does not. */
export function addressWith(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `${path}?${new URLSearchParams(given).toString()}` : path;
}
