import { useSyncExternalStore } from 'react';

let following = false;
const listeners = new Set<() => void>();

/** Whether changes are told to this tab as they happen. */
export const isFollowing = (): boolean => following;

export function setFollowing(now: boolean): void {
  following = now;
  for (const listen of listeners) listen();
}

export function useFollowing(): boolean {
  return useSyncExternalStore(subscribe, isFollowing);
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}
