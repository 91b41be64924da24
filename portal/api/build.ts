import { useSyncExternalStore } from 'react';

let isOld = false;
const listeners = new Set<() => void>();

/** Compares what the server says of itself with what this page was made of. */
export function noticeBuild(headers: Headers): void {
  const own = document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content;
  const current = headers.get('x-yukselt-build');
  if (current !== null && current !== own) noticeNewVersion();
}

/** There is a newer version than the one that this tab has loaded; only loading it anew changes that. */
export function noticeNewVersion(): void {
  isOld = true;
  for (const listen of listeners) listen();
}

export function useIsOld(): boolean {
  return useSyncExternalStore(subscribe, () => isOld);
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}
