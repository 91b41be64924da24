import type { Role } from '../core/access/may.ts';
import type { Catalog } from '../core/catalog/offer.ts';
import type { Language } from '../contract/values.ts';
import type { PasswordCost } from './identity/password.ts';
import type { Database } from './postgres/database.ts';

/** The current time; a sandbox can move it, so nothing else asks for it. */
export type Clock = { now(): Temporal.Instant };

export type Log = {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
};

/** How long a session lasts unused, and at most. */
export type SessionLimits = { readonly idleMinutes: number; readonly hours: number };

/** What every use case may need of the deployment. A plain object, passed in. */
export type Context = {
  readonly database: Database;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** A new UUIDv7. */
  readonly newId: () => string;
  readonly log: Log;
  readonly sessionLimits: SessionLimits;
  /** What new hashes of passwords cost; absent: what takes an attacker long enough. */
  readonly passwordCost?: PasswordCost;
};

/** Who is acting: an agent of a partner. */
export type Actor = {
  readonly agentId: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly partner: {
    readonly partnerId: string;
    readonly name: string;
    readonly market: string;
    readonly currency: string;
    readonly language: Language;
  };
  /** False for an application without a signed-in user. */
  readonly userContext: boolean;
  /** The session that is acting; undefined for an API client. */
  readonly sessionId?: string;
};

/** From where and through what a request came. */
export type Origin = {
  /** The address of the client, as far as the proxies in between are trusted; null: it has gone. */
  readonly address: string | null;
  /** The API client that sent it, also where a person stands behind it; null: the portal, or a session of its own. */
  readonly clientId: string | null;
};

/** One request of one actor. */
export type Call = Context & {
  readonly actor: Actor;
  readonly correlationId: string;
  /** Absent: the server acts by itself, by the clock. */
  readonly origin?: Origin;
};
