import { useSyncExternalStore } from 'react';
import { SCREEN } from '../ui/screen.ts';

const query = window.matchMedia(SCREEN.belowTable.replace('@media ', ''));

function subscribe(changed: () => void): () => void {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Whether the screen is one on which tables are lists. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
