import { useEffect, useRef } from 'react';

const SWITCHED_OFF = 'yukselt.singleKeysOff';

/** Keys by what they are called on the keyboard; `g c` are two in a row, `ctrl+enter` and `meta+k` work while typing too. */
export type Keys = Readonly<Record<string, () => void>>;

const TWO_IN_A_ROW_MS = 1000;

/** Shortcuts of a page. Single keys never act while typing, and can be switched off (WCAG 2.1.4). */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const held = event.ctrlKey ? 'ctrl+' : event.metaKey ? 'meta+' : '';
      const name = `${held}${event.key.toLowerCase()}`;
      if (!held && (isTyping(event.target) || singleKeysAreOff())) return;
      const pair = first && event.timeStamp - first.at < TWO_IN_A_ROW_MS ? `${first.key} ${name}` : undefined;
      const act = (pair !== undefined && latest.current[pair]) || latest.current[name];
      first = { key: name, at: event.timeStamp };
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

export function singleKeysAreOff(): boolean {
  return localStorage.getItem(SWITCHED_OFF) === 'true';
}

export function switchSingleKeys(off: boolean): void {
  localStorage.setItem(SWITCHED_OFF, String(off));
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
