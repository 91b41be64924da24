import { useEffect } from 'react';
import { followChanges } from '../api/follow-changes.ts';

/** Keeps what is shown up to date as long as somebody is signed in who may look at anything. */
export function useChanges(may: boolean): void {
  useEffect(() => {
    if (!may) return undefined;
    const following = followChanges();
    return () => following.stop();
  }, [may]);
}
