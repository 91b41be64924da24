import { OFFERS } from '../demo/ids.ts';

/** Files as a partner has them: our own columns, and those of the admin center’s export of users. */
export const customersFile = (
  ...rows: readonly (readonly [name: string, domain: string, id?: string | undefined, country?: string])[]
) => [
  ['Company name', 'Primary domain name', 'Microsoft ID', 'Country', 'Relationship'],
  ...rows.map(([name, domain, id = '', country = 'TR']) => [name, domain, id, country, 'Indirect Reseller']),
];

const SUBSCRIPTION: Readonly<
  Record<
    | 'id'
    | 'customer'
    | 'offer'
    | 'seats'
    | 'from'
    | 'until'
    | 'term'
    | 'cycle'
    | 'status'
    | 'renews'
    | 'price'
    | 'base',
    string
  >
> = {
  id: 'd9000000-0000-4000-8000-000000000001',
  customer: 'deniz.example',
  offer: OFFERS.businessBasic,
  seats: '2',
  from: '2026-06-15',
  until: '',
  term: 'P1Y',
  cycle: 'monthly',
  status: 'Active',
  renews: 'yes',
  price: '',
  base: '',
};
export type SubscriptionLine = Partial<typeof SUBSCRIPTION>;

export function subscriptionsFile(lines: readonly SubscriptionLine[]): string[][] {
  return [
    'Customer,Subscription ID,Offer,Seats,Start date,End date,Term,Billing,Status,Auto renew,Unit price,Base subscription ID'.split(
      ',',
    ),
    ...lines.map((line) => {
      const { customer, id, offer, seats, from, until, term, cycle, status, renews, price, base } = {
        ...SUBSCRIPTION,
        ...line,
      };
      return [customer, id, offer, seats, from, until, term, cycle, status, renews, price, base];
    }),
  ];
}

const USER = {
  name: 'Elif Deniz',
  signIn: 'elif@deniz.example',
  location: 'TR',
  licenses: 'Unlicensed',
  id: '',
  title: 'Müdür',
};
export type UserLine = Partial<typeof USER>;

export function usersFile(lines: readonly UserLine[]): string[][] {
  return [
    ['Block credential', 'Display name', 'User principal name', 'Usage location', 'Licenses', 'Object Id', 'Title'],
    ...lines.map((line) => {
      const { name, signIn, location, licenses, id, title } = { ...USER, ...line };
      return ['False', name, signIn, location, licenses, id, title];
    }),
  ];
}
