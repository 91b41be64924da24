import type { ChangeOnWire } from '../../contract/changes.ts';
import { may } from '../../core/access/may.ts';
import type { Context } from '../context.ts';
import { findLiveSessions } from '../identity/session.store.ts';
import { isUnavailable } from '../postgres/database.ts';
import type { Listening } from '../postgres/listening.ts';
import { topicOf } from './topic.ts';

const CHANNEL = 'yukselt_changes';
/** Proxies give up on a silent connection after a minute, most of them. */
const BEATS_EVERY_MS = 20_000;
/** Of one agent on one server: tabs of a few browsers. */
export const MOST_OF_AGENT = 20;

/** Somebody who is told of changes. */
export type Follower = {
  readonly partnerId: string;
  readonly agentId: string;
  readonly sessionId: string | undefined;
  tell(change: ChangeOnWire): void;
  beat(): void;
  end(): void;
};

/** All who follow changes on this server. */
export type Followers = {
  /** From when this resolves on, the follower is told. False: its agent has as many as it may have. */
  join(follower: Follower): Promise<boolean>;
  leave(follower: Follower): void;
  /** Ends all of them, and lets nobody join. */
  close(): Promise<void>;
};

/** What is announced; see migration 0044. */
type Announced = { readonly partnerId: string; readonly act: string } & Omit<ChangeOnWire, 'topic'>;

/**
 * Tells followers what is announced to their partner, for as long as their sessions live and have a role that may view. Where the connection
 * that listens is lost, all are ended: they come again, and ask for what was told meanwhile.
 */
export function createFollowers(context: Context, beatMs: number = BEATS_EVERY_MS): Followers {
  const followers = new Set<Follower>();
  let listening: Promise<Listening> | undefined;
  let closed = false;
  const endAll = () => {
    for (const follower of followers) follower.end();
    followers.clear();
  };
  const ears = {
    heard: (payload: string) => tell(context, followers, JSON.parse(payload) as Announced),
    lost: () => {
      listening = undefined;
      endAll();
    },
  };
  const listen = async () => {
    try {
      await (listening ??= context.database.listen(CHANNEL, ears));
    } catch (error) {
      listening = undefined;
      throw error;
    }
  };
  const beating = setInterval(() => {
    for (const follower of followers) follower.beat();
    void endDeadOnes(context, followers);
    void listening?.then((connection) => connection.check()).catch(() => undefined);
  }, beatMs).unref();
  return {
    async join(follower) {
      const own = [...followers].filter(({ agentId }) => agentId === follower.agentId);
      if (own.length >= MOST_OF_AGENT) return false;
      followers.add(follower);
      try {
        await listen();
      } catch (error) {
        followers.delete(follower);
        throw error;
      }
      if (closed) follower.end();
      return true;
    },
    leave: (follower) => void followers.delete(follower),
    async close() {
      closed = true;
      clearInterval(beating);
      endAll();
      const connection = await listening?.catch(() => undefined);
      await connection?.stop();
    },
  };
}

function tell(context: Context, followers: Set<Follower>, { partnerId, act, customerId, subjectId }: Announced): void {
  const topic = topicOf(act);
  if (topic === null) return;
  for (const follower of followers) {
    if (follower.partnerId === partnerId) follower.tell({ topic, customerId, subjectId });
  }
  // A session may have been ended, or a role taken.
  if (topic === 'agents') void endDeadOnes(context, followers);
}

/** Ends those whose session is over, or whose agent has no role any more that may view. */
async function endDeadOnes({ database, clock, log, sessionLimits }: Context, followers: Set<Follower>): Promise<void> {
  const asked = [...followers];
  if (asked.length === 0) return;
  const ids = [...new Set(asked.flatMap(({ sessionId }) => sessionId ?? []))];
  try {
    const live = await database.asSystem((tx) =>
      findLiveSessions(tx, ids, clock.now().toString(), sessionLimits.idleMinutes),
    );
    for (const follower of asked) {
      if (may(live.get(follower.sessionId ?? '') ?? [], 'view')) continue;
      followers.delete(follower);
      follower.end();
    }
  } catch (error) {
    // While there is no database, requests say so already.
    if (!isUnavailable(error)) log.error({ err: error }, 'follow-changes');
  }
}
