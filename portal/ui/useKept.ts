import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';
import { useLocation } from 'react-router';

const KEPT = 'yukselt.typed ';
const OWNER = 'yukselt.typed-by';

let held = false;

/**
 * As useState, for what somebody types into a form, and never for a secret: it outlasts a reload and a new sign-in of the same person in this
 * tab. It is forgotten when the form is left, whether it was sent or not. `name` tells it from the rest of the page.
 */
export function useKept<Value>(name: string, first: Value | (() => Value)): [Value, Dispatch<SetStateAction<Value>>] {
  const key = `${KEPT}${useLocation().pathname} ${name}`;
  const [start] = useState<Value>(first);
  const [value, setValue] = useState(() => read(key, start));
  useEffect(() => {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined || text === JSON.stringify(start)) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  }, [key, value, start]);
  useEffect(
    () => () => {
      if (!held) sessionStorage.removeItem(key);
    },
    [key],
  );
  return [value, setValue];
}

/** Forms go now without having been left: the session has ended, or the page broke. */
export function holdKept(): void {
  held = true;
}

/** Lets what is kept be seen by whom it is of alone. */
export function keepFor(owner: string): void {
  if (sessionStorage.getItem(OWNER) !== owner) forgetKept();
  sessionStorage.setItem(OWNER, owner);
  held = false;
}

export function hasKept(): boolean {
  return keys().length > 0;
}

export function forgetKept(): void {
  for (const key of keys()) sessionStorage.removeItem(key);
}

function keys(): string[] {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT));
}

/** What is kept, where it still has the form of what the field takes: a newer version may take another. */
function read<Value>(key: string, start: Value): Value {
  const text = sessionStorage.getItem(key);
  if (text === null) return start;
  const kept = JSON.parse(text) as Value;
  if (start === undefined) return kept;
  if (typeof kept !== typeof start || Array.isArray(kept) !== Array.isArray(start)) return start;
  return isRecord(kept) && isRecord(start) ? { ...start, ...kept } : kept;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
