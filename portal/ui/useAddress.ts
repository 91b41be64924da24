import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** The state of a page as it stands in the address: a copied link shows a colleague the same. An absent value is `undefined`. */
export function useAddress<Key extends string>() {
  const [search, setSearch] = useSearchParams();
  const get = (key: Key): string | undefined => search.get(key) ?? undefined;
  const set = useCallback(
    (changes: Partial<Record<Key, string | undefined>>) => {
      // Where the router is already: what is drawn may still be the page before.
      const after = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries<string | undefined>(changes)) {
        if (value) after.set(key, value);
        else after.delete(key);
      }
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
