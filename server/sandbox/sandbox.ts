import type { FaultRule } from '../../contract/faults.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import { type Deployment, saveDeployment } from '../deployment.ts';
import { notFound, type Outcome } from '../failure.ts';
import { countAgents } from '../identity/agent.store.ts';
import { extendSessions } from '../identity/session.store.ts';
import { clearSetupCode } from '../identity/setup.store.ts';
import { hasChargesAfter } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { type FaultSet, freshRules, NO_FAULTS } from './fault-rules.ts';
import { saveFaults } from './faults.store.ts';
import type { World } from './world.ts';
import { clearWorld } from './clear-world.store.ts';
import { saveWorld } from './world.store.ts';

const LAST_YEAR = 2200;

/** The named worlds that a sandbox can load, made from the moment of loading. */
export type Scenarios = Readonly<Record<'demo' | 'empty', (now: Temporal.Instant) => World>>;

/** Does an act of the sandbox. Refused where a real partner's data would be touched: neither the demo world nor an empty database. */
export async function inSandbox<Value>(
  { database }: Pick<Context, 'database'>,
  deployment: Deployment,
  act: () => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const isReal = await database.asSystem((tx) => holdsRealData(tx, deployment));
  return isReal ? refused({ code: 'sandbox-only' }) : act();
}

/** Whether there is a real partner's data: neither the demo world nor an empty database. */
export async function holdsRealData(tx: Transaction, deployment: Deployment): Promise<boolean> {
  return !deployment.demo && (await countAgents(tx)) > 0;
}

/** The moment that a request wants the clock to be at. Refused: one past the years that billing is meant for. */
export function destinationOf(
  now: Temporal.Instant,
  { now: to, advance }: { readonly now?: string | undefined; readonly advance?: string | undefined },
): Outcome<Temporal.Instant> {
  if (to !== undefined) return accepted(Temporal.Instant.from(to));
  const tooFar = refused({ code: 'invalid-field', field: 'advance', expected: 'knownMoment' } as const);
  try {
    const moment = now.toZonedDateTimeISO('UTC').add(advance ?? 'PT0S');
    return moment.year > LAST_YEAR ? tooFar : accepted(moment.toInstant());
  } catch {
    // Temporal knows no moment that late.
    return tooFar;
  }
}

/**
 * Moves the deployment's clock; it goes on from there. Sessions last as much longer or shorter, so that nobody is signed out by it.
 * Refused: a moment before the newest charge, from which no period could be billed right.
 */
export async function moveClock(
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  deployment: Deployment,
  to: Temporal.Instant,
): Promise<Outcome<Temporal.Instant>> {
  const byMs = to.epochMilliseconds - clock.now().epochMilliseconds;
  const clockOffsetMs = deployment.clockOffsetMs + byMs;
  return database.asSystem(async (tx): Promise<Outcome<Temporal.Instant>> => {
    if (await hasChargesAfter(tx, to)) return refused({ code: 'invalid-field', field: 'now', expected: 'clock' });
    await saveDeployment(tx, { demo: deployment.demo, clockOffsetMs });
    await extendSessions(tx, byMs);
    deployment.clockOffsetMs = clockOffsetMs;
    return accepted(clock.now());
  });
}

/** Throws everything away, fault rules too, and loads a world; the clock stays where it is, and sessions of agents that are there again go on. */
export async function loadScenario(
  { database, clock, newId }: Context,
  deployment: Deployment,
  scenarios: Scenarios,
  name: keyof Scenarios,
): Promise<number> {
  const now = clock.now();
  const world = scenarios[name](now);
  await database.asSystem(async (tx) => {
    await clearWorld(tx);
    await saveWorld(tx, world, { now, newId });
    await saveFaults(tx, NO_FAULTS);
    await clearSetupCode(tx);
    await saveDeployment(tx, { demo: true, clockOffsetMs: deployment.clockOffsetMs });
  });
  deployment.demo = true;
  deployment.faults = NO_FAULTS;
  return world.customers.length;
}

/** Sets the fault rules anew: counts and draws begin from the start. */
export async function setFaults(
  { database }: Pick<Context, 'database'>,
  deployment: Deployment,
  { seed, rules }: { readonly seed: number; readonly rules: readonly FaultRule[] },
): Promise<FaultSet> {
  const faults = { seed, rules: freshRules(rules) };
  await database.asSystem((tx) => saveFaults(tx, faults));
  deployment.faults = faults;
  return faults;
}

/** Lets a pending order finish. Refused: unknown subscription. */
export async function completeProvisioning(
  { database }: Context,
  { customerId, subscriptionId }: { customerId: string; subscriptionId: string },
  provisioning: 'success' | 'pending' | 'failed',
): Promise<Outcome<{ subscriptionId: string; provisioning: typeof provisioning }>> {
  const changed = await database.asSystem((tx) =>
    tx.query(
      `update subscriptions set provisioning = $3, version = version + 1
       where customer_id = $1 and subscription_id = $2 returning 1`,
      [customerId, subscriptionId, provisioning],
    ),
  );
  return changed.length > 0 ? accepted({ subscriptionId, provisioning }) : notFound('subscription', subscriptionId);
}
