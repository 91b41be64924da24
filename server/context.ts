import type { Role } from '../core/access/may.ts';
import type { Catalog } from '../core/catalog/offer.ts';
import type { Language } from '../contract/values.ts';
import type { Database } from './postgres/database.ts';

/** The current time; a sandbox can move it, so nothing else asks for it. */
export type Clock = { now(): Temporal.Instant };

export type Log = {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
};

/** What every use case may need of the deployment. A plain object, passed in. */
export type Context = {
  readonly database: Database;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** A new UUIDv7. */
  readonly newId: () => string;
  readonly log: Log;
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
};

/** One request of one actor. */
export type Call = Context & {
  readonly actor: Actor;
  readonly correlationId: string;
};
