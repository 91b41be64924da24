import type { ChangeOnWire } from '../../contract/changes.ts';
import { routes } from '../../contract/routes.ts';
import { isFollowing, setFollowing } from './connection.ts';
import { askAgain, queryClient } from './query.ts';
import { isTouched, waitsForNextSight } from './topics.ts';

/** Changes that come together are answered by one round of questions. */
const TOGETHER_MS = 200;
/** However much happens, nothing is asked more often. */
const ROUNDS_EVERY_MS = 2_000;
/** The first pause after a refusal; it doubles up to the longest, and is spread so that not all tabs come at once. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Follows what changes as long as the page is in sight, and asks again what a change has made old. A browser opens few connections to a host
 * over HTTP/1.1, which all its tabs share, so that one that is hidden gives its own back. After each gap everything is asked anew.
 */
export function followChanges(): { stop(): void } {
  const rounds = createRounds();
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let pause = FIRST_PAUSE_MS;
  let wasOpen = false;

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
    setFollowing(false);
  };
  const open = () => {
    close();
    const opened = new EventSource(routes.followChanges.path);
    source = opened;
    opened.addEventListener('open', () => {
      pause = FIRST_PAUSE_MS;
      setFollowing(true);
      if (wasOpen) askAgain();
      wasOpen = true;
    });
    opened.addEventListener('message', ({ data }) => rounds.add(JSON.parse(data as string) as ChangeOnWire));
    opened.addEventListener('error', () => {
      const isRefused = opened.readyState === EventSource.CLOSED;
      // It may be the session that has ended.
      if (isFollowing() || isRefused) void queryClient.invalidateQueries({ queryKey: ['showSession'] });
      setFollowing(false);
      // By itself a browser comes again after a lost connection, and not after a refusal.
      if (!isRefused || source !== opened) return;
      retry = setTimeout(open, pause * (0.5 + Math.random() / 2));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    });
  };
  const onSight = () => (document.hidden ? close() : open());
  document.addEventListener('visibilitychange', onSight);
  if (!document.hidden) open();
  return {
    stop() {
      document.removeEventListener('visibilitychange', onSight);
      close();
      rounds.stop();
    },
  };
}

function createRounds() {
  let changes: ChangeOnWire[] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let lastAt = -Infinity;
  const ask = () => {
    const told = changes;
    changes = [];
    waiting = undefined;
    lastAt = performance.now();
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => told.some((change) => isTouched(queryKey, change)),
    });
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => waitsForNextSight(queryKey),
      refetchType: 'none',
    });
  };
  return {
    add(change: ChangeOnWire) {
      changes.push(change);
      waiting ??= setTimeout(ask, Math.max(TOGETHER_MS, lastAt + ROUNDS_EVERY_MS - performance.now()));
    },
    stop: () => clearTimeout(waiting),
  };
}
