import type { Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';
import { DARK, LIGHT } from './theme.ts';

export type ThemeChoice = 'light' | 'dark' | 'system';

const KEPT = 'yukselt.theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** The theme of this browser: chosen, or the system's. */
export function useTheme(): { readonly choice: ThemeChoice; readonly theme: Theme } {
  const choice = useSyncExternalStore(subscribe, readChoice);
  const systemIsDark = useSyncExternalStore(subscribe, () => system.matches);
  return { choice, theme: choice === 'dark' || (choice === 'system' && systemIsDark) ? DARK : LIGHT };
}

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(KEPT, choice);
  for (const listen of listeners) listen();
}

function readChoice(): ThemeChoice {
  const kept = localStorage.getItem(KEPT);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  system.addEventListener('change', listen);
  return () => {
    listeners.delete(listen);
    system.removeEventListener('change', listen);
  };
}
