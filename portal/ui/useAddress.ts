import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** The state of a page as it stands in the address: a copied link shows a colleague the same. An absent value is `undefined`. */
export function useAddress<Key extends string>() {
  const [search, setSearch] = useSearchParams();
  const get = (key: Key): string | undefined => search.get(key) ?? undefined;
  const set = useCallback(
    (changes: Partial<Record<Key, string | undefined>>) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [key, value] of Object.entries<string | undefined>(changes)) {
            if (value) after.set(key, value);
            else after.delete(key);
          }
          return after;
        },
        // A choice is seen at once, not when the router comes to it.
        { replace: true, flushSync: true },
      ),
    [setSearch],
  );
  return { get, set };
}
