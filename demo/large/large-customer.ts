import { foldForSearch } from '../../core/values/fold.ts';
import { utcDay } from '../../core/values/period.ts';
import type { SeedCustomer, SeedPrivileges, SeedSubscription, SeedUser } from '../../server/sandbox/world.ts';
import { OFFERS } from '../ids.ts';
import { type Draw, shareOut } from './draw.ts';
import { companyName, FIRST_NAMES, LAST_NAMES, NICKNAMES } from './names.ts';

type Made = {
  readonly number: number;
  /** Where the list of company names begins. */
  readonly names: number;
  readonly draw: Draw;
  readonly now: Temporal.Instant;
  readonly distributor: string;
  readonly reseller: string;
  readonly subscriptions: number;
  /** The number of the customer's first subscription among those of the world. */
  readonly firstSubscription: number;
  readonly licenses: number;
};

const KINDS = { customer: 0xc, subscription: 0xd, user: 0xf } as const;
/** Most people have more than one license. */
const LICENSES_OF_A_USER = 2.5;
const MOST_SEATS_OF_BUSINESS = 300;

type Sold = { readonly offerId: string; readonly unitPrice?: string };
const BUSINESS: readonly Sold[] = [
  { offerId: OFFERS.businessBasic },
  { offerId: OFFERS.businessStandard },
  { offerId: OFFERS.businessPremium },
  { offerId: OFFERS.appsBusiness },
  { offerId: OFFERS.nceBusinessBasic },
  { offerId: OFFERS.nceBusinessStandard },
];
const ENTERPRISE: readonly Sold[] = [
  { offerId: OFFERS.o365E1 },
  { offerId: OFFERS.o365E3 },
  { offerId: OFFERS.appsEnterprise },
];
const BESIDE: readonly Sold[] = [
  { offerId: '195416c1-3447-423a-b37b-ee59a99a19c4', unitPrice: '4' },
  { offerId: '3f22d04e-9353-46c1-bf48-b6b0c0a55a66', unitPrice: '5' },
  { offerId: 'b4d4b7f4-4089-43b6-9c44-de97b760fb11', unitPrice: '15' },
  { offerId: 'a56baa74-d4e3-49fd-b228-ca0b62d08bad', unitPrice: '30' },
  { offerId: '800f4f3b-cfe1-42c1-9cea-675512810488', unitPrice: '10' },
  { offerId: '16c9f982-a827-4003-a88e-e75df1927f27', unitPrice: '6' },
];

const WITH_TEAMS: readonly string[] = [OFFERS.businessBasic, OFFERS.businessStandard, OFFERS.businessPremium];

export function makeCustomer(made: Made): SeedCustomer {
  const { number, names, draw, distributor, reseller } = made;
  const customerId = draw.id(KINDS.customer, number);
  const name = companyName(number, names);
  const domain = `${foldForSearch(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')}.example`;
  const held = Array.from({ length: made.subscriptions }, (_, index) => makeSubscription(made, index));
  const live = held.map((seed) => (seed.status === 'deleted' ? 0 : 1));
  const places = live.reduce<number>((sum, one) => sum + one, 0);
  const people = Math.ceil(Math.max(made.licenses / LICENSES_OF_A_USER, made.licenses / places, 1));
  const seats = spread(made.licenses, people, live, draw);
  return {
    customerId,
    name,
    domain,
    country: 'TR',
    relationships: [distributor, reseller].map((partnerId) => ({ partnerId, privileges: privilegesOf(made) })),
    subscriptions: held.map((seed, index) => withSeats(seed, seats[index] ?? 0, draw)),
    users: makeUsers(made, held, { people, seats, domain }),
  };
}

/** One in twelve has no privileges, some have granular ones, of which a few end soon. */
function privilegesOf({ draw, now }: Made): SeedPrivileges[] {
  const drawn = draw.share();
  const startsAt = now.subtract({ hours: 24 * (100 + draw.below(300)) });
  if (drawn < 0.08) return [];
  if (drawn < 0.75) return [{ kind: 'dap', roles: [], families: null, startsAt, endsAt: null }];
  const days = drawn < 0.8 ? 1 + draw.below(30) : 60 + draw.below(500);
  return [
    { kind: 'gdap', roles: ['directoryWriter'], families: null, startsAt, endsAt: now.add({ hours: 24 * days }) },
  ];
}

/** The first is a suite and runs; what follows may also be something beside it, and may have ended. The seats come later. */
function makeSubscription(
  { draw, now, distributor, reseller, firstSubscription }: Made,
  index: number,
): SeedSubscription {
  const isSuite = index === 0 || draw.share() < 0.3;
  const sold = draw.one(isSuite ? BUSINESS : BESIDE);
  const ended = index > 0 && draw.share() < 0.04;
  const boughtDaysAgo = ended ? 120 + draw.below(200) : 2 + Math.floor(330 * draw.share() ** 2.2);
  const daysAgo = 35 + draw.below(60);
  return {
    subscriptionId: draw.id(KINDS.subscription, firstSubscription + index),
    partnerId: draw.share() < 0.5 ? distributor : reseller,
    channel: 'csp',
    ...sold,
    quantity: 1,
    billingCycle: 'monthly',
    purchasedOn: utcDay(now).subtract({ days: boughtDaysAgo }),
    status: ended ? 'deleted' : draw.share() < 0.03 ? 'suspended' : 'active',
    provisioning: 'success',
    ...(ended && { ended: { reason: 'cancelled', at: now.subtract({ hours: 24 * daysAgo }) } }),
    autoRenew: !ended && draw.share() < 0.9,
    ...(draw.share() < 0.2 && { friendlyName: draw.one(NICKNAMES) }),
  };
}

/** A few seats are free; a suite for more people than the business ones allow is an enterprise one. */
function withSeats(seed: SeedSubscription, used: number, draw: Draw): SeedSubscription {
  const quantity = Math.max(1, used + (draw.share() < 0.3 ? draw.below(1 + Math.ceil(used / 5)) : 0));
  const isBusiness = BUSINESS.some(({ offerId }) => offerId === seed.offerId);
  return {
    ...seed,
    quantity,
    ...(isBusiness && quantity > MOST_SEATS_OF_BUSINESS && { offerId: draw.one(ENTERPRISE).offerId }),
  };
}

/** So many licenses over subscriptions that run, no more of each than there are people. */
function spread(licenses: number, people: number, live: readonly number[], draw: Draw): number[] {
  const wanted = shareOut(
    licenses,
    live.map((one) => one * (0.2 + draw.share())),
  );
  const seats = wanted.map((count) => Math.min(count, people));
  let left = licenses - seats.reduce((sum, count) => sum + count, 0);
  return seats.map((count, index) => {
    const more = live[index] ? Math.min(left, people - count) : 0;
    left -= more;
    return count + more;
  });
}

/** Each subscription's licenses go to people who follow one another, and the next one's to those after them. */
function makeUsers(
  { draw, firstSubscription }: Made,
  held: readonly SeedSubscription[],
  { people, seats, domain }: { readonly people: number; readonly seats: readonly number[]; readonly domain: string },
): SeedUser[] {
  const licenses: SeedUser['licenses'][number][][] = Array.from({ length: people }, () => []);
  let next = 0;
  for (const [index, { subscriptionId, offerId }] of held.entries()) {
    const hasTeams = WITH_TEAMS.includes(offerId);
    for (let seat = 0; seat < (seats[index] ?? 0); seat++) {
      const switchedOff = hasTeams && draw.share() < 0.03 ? ['TEAMS1'] : [];
      licenses[next++ % people]?.push({ subscriptionId, switchedOff });
    }
  }
  const taken = new Map<string, number>();
  return licenses.map((ofUser, index) => {
    const second = draw.share() < 0.15 ? ` ${draw.one(FIRST_NAMES)}` : '';
    const firstName = `${draw.one(FIRST_NAMES)}${second}`;
    const lastName = draw.one(LAST_NAMES);
    const displayName = `${firstName} ${lastName}`;
    const local = foldForSearch(displayName).replaceAll(' ', '.');
    const count = (taken.get(local) ?? 0) + 1;
    taken.set(local, count);
    const address = `${local}${count === 1 ? '' : count}@${domain}`;
    return {
      // No customer has as many people as would reach the next one's first.
      userId: draw.id(KINDS.user, firstSubscription * 2 ** 20 + index),
      displayName,
      firstName,
      lastName,
      userPrincipalName: address,
      usageLocation: draw.share() < 0.02 ? null : 'TR',
      addresses: [address],
      licenses: ofUser,
    };
  });
}
