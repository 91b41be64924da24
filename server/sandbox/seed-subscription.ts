import type { FieldRule } from '../../contract/words.ts';
import type { Offer } from '../../core/catalog/offer.ts';
import { BILLING_PLANS } from '../../core/catalog/product.ts';
import type { EndedReason } from '../../core/subscriptions/subscription.ts';
import { termAt, utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import { notFound, type Outcome } from '../failure.ts';
import { firstTerm, runningTerm } from './new-commerce-seed.ts';
import type { SeedSubscription, SeedUser } from './world.ts';
import { findListPrices } from './seed-subscriptions.store.ts';
import { findSeedFacts, lockSeeds, saveCustomers } from './world.store.ts';

export type Seed = Omit<
  SeedSubscription,
  'purchasedOn' | 'termEndsOn' | 'billedThrough' | 'subscriptionId' | 'ended' | 'partnerId'
> & {
  readonly partnerId: string;
  readonly customerId: string;
  readonly customerName?: string | undefined;
  readonly country?: string | undefined;
  readonly subscriptionId?: string | undefined;
  readonly purchasedOn: string;
  readonly termEndsOn?: string | undefined;
  readonly billedThrough?: string | undefined;
  readonly endedReason?: EndedReason | undefined;
  readonly endedAt?: string | undefined;
  readonly users: number;
};

export type Seeded = { readonly customerId: string; readonly subscriptionId: string; readonly userIds: string[] };

/**
 * Creates a subscription in any state, with licensed users; a name given also creates the customer. A partner that is not related to the
 * customer yet becomes its reseller, with DAP for all services.
 * Refused: unknown offer, partner, customer or base subscription, a subscription that exists, dates that do not fit, no price.
 */
export async function seedSubscription(
  { catalog, clock, database, newId }: Context,
  seed: Seed,
): Promise<Outcome<Seeded>> {
  const now = clock.now();
  const offer = catalog.offers.get(seed.offerId);
  if (!offer) return wrong('offerId', 'offer');
  if (!fitsTerm(offer, seed)) return wrong('billingCycle', 'billingPlan');
  const dates = datesOf(offer, seed, now);
  if (!dates.ok) return dates;
  const { customerId } = seed;
  const subscription: SeedSubscription = {
    ...seed,
    ...dates.value,
    subscriptionId: seed.subscriptionId ?? newId(),
    partnerId: seed.channel === 'csp' ? seed.partnerId : null,
  };
  return database.asSystem(async (tx): Promise<Outcome<Seeded>> => {
    await lockSeeds(tx, customerId);
    const found = await findSeedFacts(tx, { ...seed, subscriptionId: subscription.subscriptionId });
    if (!found.partner) return notFound('partner', seed.partnerId);
    if (found.country === null && !seed.customerName) return notFound('customer', customerId);
    if (found.taken) return wrong('subscriptionId', 'newSubscription');
    if (seed.addOnOf && !found.base) return wrong('addOnOf', 'addOn');
    const country = found.country ?? seed.country ?? 'TR';
    if (subscription.partnerId !== null && seed.unitPrice === undefined) {
      const [found] = await findListPrices(tx, [{ country, seed: subscription }]);
      if (!found || found.listPrice === null) return wrong('unitPrice', 'unitPrice');
    }
    const domain = `${customerId.slice(0, 8)}.example`;
    const license = { subscriptionId: subscription.subscriptionId, switchedOff: [] };
    const users = Array.from({ length: seed.users }, (_, index) =>
      makeUser(newId(), index + 1, { domain, usageLocation: country, licenses: [license] }),
    );
    const startsAt = now.subtract({ hours: 24 });
    const privileges = [{ kind: 'dap' as const, roles: [], families: null, startsAt, endsAt: null }];
    const relationships = found.related ? [] : [{ partnerId: seed.partnerId, privileges }];
    const name = seed.customerName ?? '';
    const customer = { customerId, name, domain, country, relationships, subscriptions: [subscription], users };
    await saveCustomers(tx, [customer], { now, newId }, found.country !== null);
    const userIds = users.map((user) => user.userId);
    return accepted({ customerId, subscriptionId: subscription.subscriptionId, userIds });
  });
}

/** Whether a subscription of the offer can have such a term and be billed so (N20, B1.2). */
function fitsTerm({ platform, product }: Offer, { termDuration, billingCycle }: Seed): boolean {
  if (product?.trial) return billingCycle === 'none' && termDuration !== 'P1Y' && termDuration !== 'P3Y';
  if (platform === 'legacy' && termDuration !== undefined && termDuration !== 'P1Y') return false;
  return BILLING_PLANS[termDuration ?? 'P1Y'].includes(billingCycle);
}

type Dates = Required<Pick<SeedSubscription, 'purchasedOn' | 'termEndsOn' | 'billedThrough' | 'ended'>>;

/** The dates of a seed, which must follow each other. */
function datesOf({ platform }: Offer, seed: Seed, now: Temporal.Instant): Outcome<Dates> {
  const day = (text: string | undefined) => (text === undefined ? undefined : Temporal.PlainDate.from(text));
  const isAfter = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Temporal.PlainDate.compare(one, other) > 0;
  const purchasedOn = Temporal.PlainDate.from(seed.purchasedOn);
  if (isAfter(purchasedOn, utcDay(now))) return wrong('purchasedOn', 'pastDay');
  if (seed.status !== 'deleted' && seed.endedReason) return wrong('endedReason', 'onlyEnded');
  if (seed.status !== 'deleted' && seed.endedAt) return wrong('endedAt', 'onlyEnded');
  const first =
    platform === 'legacy' ? termAt(purchasedOn, purchasedOn).end : firstTerm({ ...seed, purchasedOn }).termEndsOn;
  const at = seed.endedAt === undefined ? endOf(first, now) : Temporal.Instant.from(seed.endedAt);
  if (isAfter(purchasedOn, utcDay(at)) || Temporal.Instant.compare(at, now) > 0) return wrong('endedAt', 'endedAt');
  const ended = seed.status === 'deleted' ? { reason: seed.endedReason ?? 'cancelled', at } : undefined;
  const termEndsOn = day(seed.termEndsOn);
  if (termEndsOn && isAfter(purchasedOn, termEndsOn)) return wrong('termEndsOn', 'termEnd');
  const billedThrough = day(seed.billedThrough);
  const lastDay = utcDay(ended?.at ?? now);
  const running = () =>
    platform === 'legacy'
      ? termAt(purchasedOn, lastDay).end
      : runningTerm({ ...seed, purchasedOn, termEndsOn }, lastDay).termEndsOn;
  const lastEnd = termEndsOn ?? running();
  if (billedThrough && (isAfter(purchasedOn.subtract({ days: 1 }), billedThrough) || isAfter(billedThrough, lastEnd))) {
    return wrong('billedThrough', 'billedThrough');
  }
  return accepted({ purchasedOn, termEndsOn, billedThrough, ended });
}

/** A user whose address no other seed makes again. */
function makeUser(
  userId: string,
  number: number,
  { domain, ...rest }: Pick<SeedUser, 'usageLocation' | 'licenses'> & { readonly domain: string },
): SeedUser {
  const address = `user${number}.${userId.slice(-12)}@${domain}`;
  return { userId, displayName: `User ${number}`, userPrincipalName: address, addresses: [address], ...rest };
}

/** A deleted subscription ended now, or at the end of its first term if that is over. */
function endOf(firstTermEnd: Temporal.PlainDate, now: Temporal.Instant): Temporal.Instant {
  const end = firstTermEnd.toZonedDateTime('UTC').toInstant();
  return Temporal.Instant.compare(end, now) < 0 ? end : now;
}

function wrong(field: string, expected: FieldRule): Outcome<never> {
  return refused({ code: 'invalid-field', field, expected });
}
