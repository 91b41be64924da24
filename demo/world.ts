import { utcDay } from '../core/values/period.ts';
import type { SeedCustomer, SeedPrivileges, SeedSubscription, SeedUser, World } from '../server/sandbox/world.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from './ids.ts';
import { DEMO_AGENTS, DEMO_CLIENTS, DEMO_PARTNERS } from './partners.ts';
import { makeUsers } from './users.ts';

/** Partners and agents of the demo without any customer. */
export function emptyWorld(): World {
  return { partners: DEMO_PARTNERS, agents: DEMO_AGENTS, apiClients: DEMO_CLIENTS, customers: [] };
}

/** The demo world, relative to the moment of loading: one small world with every rule in it. */
export function demoWorld(now: Temporal.Instant): World {
  return {
    ...emptyWorld(),
    customers: [...kuzeyCustomers(now), ...newCommerceCustomers(now), ...otherCustomers(now)],
  };
}

/** What a customer's row says beyond the rule: reseller and DAP for all services, 12 months billed monthly, bought 70 days ago. */
type Row = {
  readonly partner?: keyof typeof PARTNERS;
  readonly privileges?: readonly SeedPrivileges[];
  readonly alsoRelatedTo?: keyof typeof PARTNERS;
  readonly subscriptions: readonly Held[];
  /** Makes users other than one clean user for each seat of the first subscription. */
  readonly users?: (domain: string) => readonly SeedUser[];
};
type Held = Partial<Omit<SeedSubscription, 'subscriptionId' | 'offerId' | 'quantity'>> & {
  readonly offer: keyof typeof OFFERS;
  readonly seats: number;
  readonly boughtDaysAgo?: number;
};

function kuzeyCustomers(now: Temporal.Instant): SeedCustomer[] {
  const customer = (number: number, name: string, domain: string, row: Row) =>
    toCustomer(now, number, name, `${domain}.example`, row);
  const day = utcDay(now);
  return [
    customer(1, 'Anadolu Lojistik', 'anadolu-lojistik', {
      subscriptions: [{ offer: 'businessBasic', seats: 25, boughtDaysAgo: 40 }],
    }),
    customer(2, 'Boğaz Mimarlık', 'bogaz-mimarlik', { subscriptions: [{ offer: 'appsBusiness', seats: 12 }] }),
    customer(3, 'Çınar Eczane', 'cinar-eczane', {
      subscriptions: [{ offer: 'businessStandard', seats: 8, status: 'suspended' }],
    }),
    customer(4, 'Deniz Turizm', 'deniz-turizm', {
      privileges: [],
      subscriptions: [{ offer: 'businessBasic', seats: 15 }],
    }),
    customer(5, 'Ege Gıda', 'ege-gida', {
      privileges: [gdap(now, 'directoryReader', 20)],
      subscriptions: [{ offer: 'businessBasic', seats: 30 }],
    }),
    customer(6, 'Fırat Enerji', 'firat-enerji', {
      privileges: [gdap(now, 'directoryWriter', -1)],
      subscriptions: [{ offer: 'businessBasic', seats: 20 }],
    }),
    customer(7, 'Göksu Hukuk', 'goksu-hukuk', {
      subscriptions: [
        { offer: 'businessBasic', seats: 10 },
        { offer: 'appsEnterprise', seats: 10, channel: 'direct', partnerId: null },
      ],
    }),
    customer(8, 'Haliç Denizcilik', 'halic-denizcilik', {
      alsoRelatedTo: 'westwind',
      subscriptions: [
        { offer: 'businessBasic', seats: 18 },
        { offer: 'o365E3', seats: 5, partnerId: PARTNERS.westwind },
      ],
    }),
    customer(9, 'Ilgaz Sağlık', 'ilgaz-saglik', {
      subscriptions: [
        { offer: 'businessBasic', seats: 9 },
        { offer: 'archivingAddOn', seats: 9, unitPrice: '3.00', addOnOf: subscriptionId(9) },
      ],
    }),
    customer(10, 'İzmir Tekstil', 'izmir-tekstil', {
      subscriptions: [
        { offer: 'businessBasic', seats: 40 },
        { offer: 'o365E1', seats: 5, channel: 'direct', partnerId: null },
        { offer: 'sahaFormlari', seats: 5, unitPrice: '2.00' },
      ],
      users: izmirUsers,
    }),
    customer(11, 'Kapadokya Otel', 'kapadokya-otel', { subscriptions: [{ offer: 'o365E5', seats: 50 }] }),
    customer(12, 'Lüleburgaz Cam', 'luleburgaz-cam', {
      subscriptions: [
        {
          offer: 'businessBasic',
          seats: 6,
          provisioning: 'pending',
          purchasedOn: utcDay(now.subtract({ minutes: 1 })),
        },
      ],
    }),
    customer(13, 'Manavgat Süt', 'manavgat-sut', {
      subscriptions: [{ offer: 'businessStandard', seats: 300, billingCycle: 'annual', boughtDaysAgo: 100 }],
    }),
    customer(14, 'Nevşehir Taş', 'nevsehir-tas', {
      subscriptions: [{ offer: 'businessStandard', seats: 22, boughtDaysAgo: 10 }],
    }),
    customer(15, 'Ordu Fındık', 'ordu-findik', {
      subscriptions: [
        {
          offer: 'businessBasic',
          seats: 5,
          status: 'deleted',
          autoRenew: false,
          ended: { reason: 'cancelled', at: now.subtract({ hours: 15 * 24 }) },
        },
      ],
    }),
    customer(16, 'Pamukkale Spa', 'pamukkale-spa', { subscriptions: [] }),
    customer(17, 'Polatlı Tarım', 'polatli-tarim', {
      privileges: [
        {
          kind: 'dap',
          roles: [],
          families: ['exchange', 'teams'],
          startsAt: at(day.subtract({ days: 400 })),
          endsAt: null,
        },
      ],
      subscriptions: [{ offer: 'businessStandard', seats: 12 }],
    }),
  ];
}

/** On new commerce every row is a yearly term billed monthly, and outside of its windows, unless it says otherwise. */
function newCommerceCustomers(now: Temporal.Instant): SeedCustomer[] {
  const customer = (number: number, name: string, domain: string, row: Row) =>
    toCustomer(now, number, name, `${domain}.example`, row);
  return [
    customer(21, 'Rize Çay', 'rize-cay', {
      subscriptions: [{ offer: 'nceBusinessBasic', seats: 100, boughtDaysAgo: 60 }],
    }),
    customer(22, 'Safranbolu Evleri', 'safranbolu-evleri', {
      subscriptions: [
        { offer: 'nceBusinessBasic', seats: 60 },
        { offer: 'nceBusinessStandard', seats: 20, boughtDaysAgo: 30 },
      ],
    }),
    customer(23, 'Tarsus Makina', 'tarsus-makina', {
      subscriptions: [
        { offer: 'nceBusinessBasic', seats: 30 },
        { offer: 'nceBusinessStandard', seats: 10, boughtDaysAgo: 2 },
      ],
    }),
    customer(24, 'Uşak Halı', 'usak-hali', {
      subscriptions: [{ offer: 'businessBasicTrial', seats: 25, billingCycle: 'none', boughtDaysAgo: 10 }],
    }),
    customer(25, 'Van Kahvaltı', 'van-kahvalti', {
      alsoRelatedTo: 'westwind',
      subscriptions: [
        { offer: 'nceBusinessBasic', seats: 290 },
        { offer: 'nceBusinessStandard', seats: 20, partnerId: PARTNERS.westwind },
      ],
    }),
  ];
}

function otherCustomers(now: Temporal.Instant): SeedCustomer[] {
  return [
    toCustomer(now, 31, 'Kaveri Textiles', 'kaveri-textiles.example', {
      partner: 'dakshin',
      subscriptions: [{ offer: 'businessBasicIndia', seats: 14 }],
    }),
    toCustomer(now, 32, 'Malabar Spices', 'malabar-spices.example', {
      partner: 'dakshin',
      subscriptions: [{ offer: 'appsBusinessIndia', seats: 7 }],
    }),
    toCustomer(now, 41, 'Fabrikam Hills', 'fabrikam-hills.example', {
      partner: 'westwind',
      subscriptions: [{ offer: 'businessBasic', seats: 11 }],
    }),
  ];
}

function toCustomer(now: Temporal.Instant, number: number, name: string, domain: string, row: Row): SeedCustomer {
  const { partner = 'kuzey', privileges = [fullPrivileges(now)], alsoRelatedTo } = row;
  const country = partner === 'dakshin' ? 'IN' : 'TR';
  const [first] = row.subscriptions;
  const licensed = first && first.status !== 'deleted' ? Math.min(first.seats, 25) : 0;
  return {
    customerId: customerId(number),
    name,
    domain,
    country,
    relationships: [
      { partnerId: PARTNERS[partner], privileges },
      ...(alsoRelatedTo ? [{ partnerId: PARTNERS[alsoRelatedTo], privileges: [fullPrivileges(now)] }] : []),
    ],
    subscriptions: row.subscriptions.map(({ offer, seats, boughtDaysAgo = 70, ...held }, index) => ({
      partnerId: PARTNERS[partner],
      channel: 'csp',
      billingCycle: 'monthly',
      status: 'active',
      provisioning: 'success',
      autoRenew: true,
      purchasedOn: utcDay(now).subtract({ days: boughtDaysAgo }),
      ...held,
      subscriptionId: subscriptionId(number, index + 1),
      offerId: OFFERS[offer],
      quantity: seats,
    })),
    users: row.users?.(domain) ?? makeUsers(number, licensed, domain, country),
  };
}

/** The forty users of İzmir Tekstil: seven of them cannot move to Office 365 E3, each kind of fault once. */
function izmirUsers(domain: string): SeedUser[] {
  const users = makeUsers(10, 40, domain, 'TR').map((user, index) => {
    const number = index + 1;
    const license = user.licenses[0] ?? { subscriptionId: subscriptionId(10), switchedOff: [] };
    const also = (which: number) => [...user.licenses, { subscriptionId: subscriptionId(10, which), switchedOff: [] }];
    if (number <= 2) return { ...user, usageLocation: null };
    if (number <= 4) return { ...user, licenses: also(2) };
    if (number === 5) return { ...user, licenses: also(3) };
    if (number === 6) return { ...user, addresses: [...user.addresses, `satis@${domain}`] };
    if (number === 7) return { ...user, usageLocation: 'KZ' };
    if (number <= 12) {
      return { ...user, licenses: [{ ...license, switchedOff: [number % 2 === 0 ? 'TEAMS1' : 'YAMMER_ENTERPRISE'] }] };
    }
    return user;
  });
  const sharedMailbox: SeedUser = {
    userId: userId(10, 41),
    displayName: 'Satış (paylaşılan posta kutusu)',
    userPrincipalName: `satis-ortak@${domain}`,
    usageLocation: null,
    addresses: [`satis-ortak@${domain}`, `satis@${domain}`],
    licenses: [],
  };
  return [...users, sharedMailbox];
}

function fullPrivileges(now: Temporal.Instant): SeedPrivileges {
  return { kind: 'dap', roles: [], families: null, startsAt: now.subtract({ hours: 400 * 24 }), endsAt: null };
}

function gdap(now: Temporal.Instant, role: SeedPrivileges['roles'][number], endsInDays: number): SeedPrivileges {
  const hours = endsInDays * 24;
  return {
    kind: 'gdap',
    roles: [role],
    families: null,
    startsAt: now.subtract({ hours: 90 * 24 }),
    endsAt: now.add({ hours }),
  };
}

function at(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime('UTC').toInstant();
}
