import { foldForSearch } from '../../core/values/fold.ts';
import type { Role } from '../../core/access/may.ts';
import type { SeedAgent, SeedCustomer, SeedPartner } from '../../server/sandbox/world.ts';
import { drawFrom, seedOf, shareOut } from './draw.ts';
import { makeCustomer } from './large-customer.ts';
import { FIRST_NAMES, LAST_NAMES, RESELLER_KINDS, RESELLER_NAMES } from './names.ts';

export type Sizes = {
  readonly partners: number;
  readonly customers: number;
  readonly subscriptions: number;
  readonly licenses: number;
};
export const DEFAULT_SIZES: Sizes = { partners: 200, customers: 20_000, subscriptions: 200_000, licenses: 2_000_000 };

export type LargeWorld = {
  readonly partners: readonly SeedPartner[];
  readonly agents: readonly SeedAgent[];
  /** Customers from one number up to another; each is the same whichever others are made. */
  customers(from: number, until: number): SeedCustomer[];
};

const KINDS = { partner: 1, customer: 2, agent: 3, size: 4 } as const;

/**
 * A distributor with its resellers. Every customer is related to the distributor, and to one reseller; each sells about half of what it holds. The
 * first resellers have far more customers than the last, as do some customers of licenses. The same seed and moment make the same world.
 */
export function largeWorld(sizes: Sizes, seed: number, now: Temporal.Instant): LargeWorld {
  const partners = Array.from({ length: sizes.partners }, (_, number) => makePartner(seed, number));
  const resellers = Array.from({ length: sizes.partners - 1 }, (_, index) => index + 1);
  const customersOf = shareOut(
    sizes.customers,
    resellers.map((number) => 1 / number),
    sizes.customers >= resellers.length ? 1 : 0,
  );
  const resellerOf = customersOf.flatMap((count, index) => Array.from({ length: count }, () => index + 1));
  const weights = Array.from(
    { length: sizes.customers },
    (_, number) => 0.2 + drawFrom(seedOf(seed, KINDS.size, number)).share() ** 3 * 8,
  );
  const subscriptions = shareOut(
    sizes.subscriptions,
    weights.map((weight) => Math.sqrt(weight)),
    1,
  );
  const licenses = shareOut(sizes.licenses, weights);
  const firstOf = runningSums(subscriptions);
  return {
    partners,
    agents: partners.flatMap(({ partnerId, domain }, number) => makeAgents(seed, number, partnerId, domain)),
    customers: (from, until) =>
      Array.from({ length: Math.min(until, sizes.customers) - from }, (_, index) => {
        const number = from + index;
        return makeCustomer({
          number,
          names: seed >>> 0,
          draw: drawFrom(seedOf(seed, KINDS.customer, number)),
          now,
          distributor: partners[0]?.partnerId ?? '',
          reseller: partners[resellerOf[number] ?? 0]?.partnerId ?? '',
          subscriptions: subscriptions[number] ?? 1,
          firstSubscription: firstOf[number] ?? 0,
          licenses: licenses[number] ?? 0,
        });
      }),
  };
}

function makePartner(seed: number, number: number): SeedPartner {
  const draw = drawFrom(seedOf(seed, KINDS.partner, number));
  const partnerId = draw.id(KINDS.partner, number);
  const place = Math.floor(number / RESELLER_NAMES.length);
  const called = `${RESELLER_NAMES[number % RESELLER_NAMES.length]} ${RESELLER_KINDS[(place + number) % RESELLER_KINDS.length]}`;
  const rounds = Math.floor(place / RESELLER_KINDS.length);
  const name = number === 0 ? 'Anadolu Dağıtım A.Ş.' : `${called}${rounds === 0 ? '' : ` ${rounds + 1}`}`;
  const domain = number === 0 ? 'dagitim.example' : `${foldForSearch(name).replaceAll(/[^a-z0-9]+/g, '-')}.example`;
  return { partnerId, name, domain, market: 'TR', currency: 'USD', language: 'tr' };
}

const ROLES_AT_DISTRIBUTOR: readonly Role[] = [
  'adminAgent',
  'globalAdmin',
  'userManagementAdmin',
  'salesAgent',
  'helpdeskAgent',
  'billingAdmin',
];

/** The distributor has an agent of each role, a reseller one Admin agent. */
function makeAgents(seed: number, number: number, partnerId: string, domain: string): SeedAgent[] {
  const roles = number === 0 ? ROLES_AT_DISTRIBUTOR : ROLES_AT_DISTRIBUTOR.slice(0, 1);
  return roles.map((role, index) => {
    const draw = drawFrom(seedOf(seed, KINDS.agent, number * ROLES_AT_DISTRIBUTOR.length + index));
    const displayName = `${draw.one(FIRST_NAMES)} ${draw.one(LAST_NAMES)}`;
    const agentId = draw.id(KINDS.agent, number * ROLES_AT_DISTRIBUTOR.length + index);
    const email = `${foldForSearch(displayName).replaceAll(' ', '.')}.${index + 1}@${domain}`;
    return { partnerId, agentId, email, displayName, roles: [role] };
  });
}

/** For each place the sum of the numbers before it. */
function runningSums(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((number) => {
    sum += number;
    return sum - number;
  });
}
