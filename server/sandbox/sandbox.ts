import { accepted, refused } from '../../core/values/result.ts';
import { termAt, utcDay } from '../../core/values/period.ts';
import type { Context } from '../context.ts';
import { type Deployment, saveDeployment } from '../deployment.ts';
import { notFound, type Outcome } from '../failure.ts';
import type { SeedSubscription, World } from './world.ts';
import { clearWorld, saveCustomer, saveWorld } from './world.store.ts';

/** The named worlds that a sandbox can load, made from the moment of loading. */
export type Scenarios = Readonly<Record<'demo' | 'empty', (now: Temporal.Instant) => World>>;

/** Moves the deployment's clock; it goes on from there. */
export async function moveClock(
  { database, clock }: Context,
  deployment: Deployment,
  to: Temporal.Instant,
): Promise<Temporal.Instant> {
  const clockOffsetMs = deployment.clockOffsetMs + to.epochMilliseconds - clock.now().epochMilliseconds;
  await database.asSystem((tx) => saveDeployment(tx, { demo: deployment.demo, clockOffsetMs }));
  deployment.clockOffsetMs = clockOffsetMs;
  return clock.now();
}

/** Throws everything away and loads a world; the clock stays where it is, and sessions of agents that are there again go on. */
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
    await saveDeployment(tx, { demo: true, clockOffsetMs: deployment.clockOffsetMs });
  });
  deployment.demo = true;
  deployment.setupCode = undefined;
  return world.customers.length;
}

export type Seed = Omit<SeedSubscription, 'purchasedOn' | 'subscriptionId' | 'ended' | 'partnerId'> & {
  readonly partnerId: string;
  readonly customerId: string;
  readonly customerName?: string | undefined;
  readonly country?: string | undefined;
  readonly subscriptionId?: string | undefined;
  readonly purchasedOn: string;
  readonly users: number;
};

export type Seeded = { readonly customerId: string; readonly subscriptionId: string; readonly userIds: string[] };

/**
 * Creates a subscription in any state, with licensed users; a name given also creates the customer, with DAP for all services.
 * Refused: unknown offer, partner, customer or base subscription, a purchase after today.
 */
export async function seedSubscription(
  { catalog, clock, database, newId }: Context,
  seed: Seed,
): Promise<Outcome<Seeded>> {
  const now = clock.now();
  const offer = catalog.offers.get(seed.offerId);
  if (!offer) return refused({ code: 'invalid-field', field: 'offerId', expected: 'offer' });
  const purchasedOn = Temporal.PlainDate.from(seed.purchasedOn);
  if (Temporal.PlainDate.compare(purchasedOn, utcDay(now)) > 0) {
    return refused({ code: 'invalid-field', field: 'purchasedOn', expected: 'pastDay' });
  }
  const subscriptionId = seed.subscriptionId ?? newId();
  return database.asSystem(async (tx): Promise<Outcome<Seeded>> => {
    const exists = async (table: 'partners' | 'customers', column: string, id: string) =>
      (await tx.query(`select 1 from ${table} where ${column} = $1`, [id])).length > 0;
    if (!(await exists('partners', 'partner_id', seed.partnerId))) return notFound('partner', seed.partnerId);
    const known = await exists('customers', 'customer_id', seed.customerId);
    if (!known && !seed.customerName) return notFound('customer', seed.customerId);
    if (seed.addOnOf) {
      const base = await tx.query('select 1 from subscriptions where customer_id = $1 and subscription_id = $2', [
        seed.customerId,
        seed.addOnOf,
      ]);
      if (base.length === 0) return refused({ code: 'invalid-field', field: 'addOnOf', expected: 'addOn' });
    }
    const domain = `${seed.customerId.slice(0, 8)}.example`;
    const userIds = Array.from({ length: seed.users }, () => newId());
    const startsAt = now.subtract({ hours: 24 });
    await saveCustomer(
      tx,
      {
        customerId: seed.customerId,
        name: seed.customerName ?? '',
        domain,
        country: seed.country ?? 'TR',
        relationships: known
          ? []
          : [
              {
                partnerId: seed.partnerId,
                privileges: [{ kind: 'dap', roles: [], families: null, startsAt, endsAt: null }],
              },
            ],
        subscriptions: [
          {
            ...seed,
            subscriptionId,
            purchasedOn,
            partnerId: seed.channel === 'csp' ? seed.partnerId : null,
            ended: seed.status === 'deleted' ? { reason: 'cancelled', at: endOf(purchasedOn, now) } : undefined,
          },
        ],
        users: userIds.map((userId, index) => {
          const address = `user${index + 1}.${subscriptionId.slice(-12)}@${domain}`;
          return {
            userId,
            displayName: `User ${index + 1}`,
            userPrincipalName: address,
            usageLocation: seed.country ?? 'TR',
            addresses: [address],
            licenses: [{ subscriptionId, switchedOff: [] }],
          };
        }),
      },
      { now, newId },
      known,
    );
    return accepted({ customerId: seed.customerId, subscriptionId, userIds });
  });
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

/** A deleted subscription ended now, or at the end of its first term if that is over. */
function endOf(purchasedOn: Temporal.PlainDate, now: Temporal.Instant): Temporal.Instant {
  const end = termAt(purchasedOn, purchasedOn).end.toZonedDateTime('UTC').toInstant();
  return Temporal.Instant.compare(end, now) < 0 ? end : now;
}
