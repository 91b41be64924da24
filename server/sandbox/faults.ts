import type { Context } from '../context.ts';
import type { Deployment } from '../deployment.ts';
import {
  appliesToDelivery,
  appliesToRequest,
  askRules,
  type FaultSet,
  isSpent,
  type Strike,
  type StruckRequest,
} from './fault-rules.ts';
import { lockFaults, saveFaults } from './faults.store.ts';
import { holdsRealData } from './sandbox.ts';

/** What a sandbox asks before it answers a request and before it delivers a webhook. It keeps nothing itself; there is none outside a sandbox. */
export type Faults = {
  /** The fault that this request meets, counted; `client` is asked only where a rule wants to know. */
  readonly strikeRequest: (
    request: Omit<StruckRequest, 'client'> & { readonly client: () => Promise<string | undefined> },
  ) => Promise<Strike | undefined>;
  /** How much later than due, in milliseconds, and how often the webhook of this event is delivered, counted. */
  readonly strikeDelivery: (delivery: { readonly event: string }) => Promise<{ delayMs: number; copies: 1 | 2 }>;
};

type Applies = (rule: FaultSet['rules'][number]) => boolean;

export function createFaults({ database }: Pick<Context, 'database'>, deployment: Deployment): Faults {
  /** Draws and counts under one lock, so that of requests at once no more are struck than may be. */
  const strike = (applies: Applies, most: number): Promise<readonly Strike[]> =>
    database.asSystem(async (tx) => {
      if (await holdsRealData(tx, deployment)) return [];
      const before = await lockFaults(tx);
      if (!before.rules.some(applies)) return [];
      const { faults, strikes } = askRules(before, applies, most);
      await saveFaults(tx, faults);
      return strikes;
    });
  return {
    async strikeRequest({ client, ...request }) {
      // As each request of a sandbox reads them anew; most meet none, and then nothing is locked.
      const rules = deployment.faults.rules.filter((rule) => !isSpent(rule));
      const asksForClient = rules.some(({ on }) => on.client !== undefined);
      const known = { ...request, client: asksForClient ? await client() : undefined };
      const applies: Applies = (rule) => appliesToRequest(rule, known);
      if (!rules.some(applies)) return undefined;
      const [first] = await strike(applies, 1);
      return first;
    },
    async strikeDelivery(delivery) {
      const strikes = await strike((rule) => appliesToDelivery(rule, delivery), Infinity);
      const delays = strikes.map(({ fault }) => (fault.kind === 'webhook-late' ? fault.ms : 0));
      const doubled = strikes.some(({ fault }) => fault.kind === 'webhook-doubled');
      return { delayMs: Math.max(0, ...delays), copies: doubled ? 2 : 1 };
    },
  };
}
