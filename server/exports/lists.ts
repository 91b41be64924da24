import type { Cell } from '../../contract/csv.ts';
import type { Catalog } from '../../core/catalog/offer.ts';
import { formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  type After,
  type CustomerLine,
  findCustomerLines,
  findSubscriptionLines,
  findUserLines,
  type SubscriptionLine,
  type UserLine,
} from './list.store.ts';

/** A list as a file: its headings, and its rows lot by lot. */
export type ListFile = {
  readonly header: readonly string[];
  readonly lots: AsyncIterable<readonly (readonly Cell[])[]>;
};
type Row = { readonly customer_id: string };
type Find<Line> = (
  tx: Transaction,
  asked: { readonly partnerId: string; readonly customerId: string | undefined; readonly after: After },
) => Promise<Line[]>;
type Columns<Line> = Readonly<Record<string, (line: Line, catalog: Catalog) => Cell>>;

const number = (value: number): Cell => ({ decimal: String(value) });

const CUSTOMERS: Columns<CustomerLine> = {
  customerId: (one) => one.customer_id,
  name: (one) => one.name,
  domain: (one) => one.domain,
  country: (one) => one.country,
  qualification: (one) => one.qualification,
  email: (one) => one.email ?? '',
  registrationNumber: (one) => one.registration_number ?? '',
  reseller: (one) => String(one.reseller),
  createdAt: (one) => Temporal.Instant.from(one.created_at).toString(),
};

const SUBSCRIPTIONS: Columns<SubscriptionLine> = {
  customerId: (one) => one.customer_id,
  domain: (one) => one.domain,
  subscriptionId: (one) => one.subscription_id,
  offerId: (one) => one.offer_id,
  offerName: (one, { offers }) => offers.get(one.offer_id)?.name.en ?? '',
  platform: (one) => one.platform,
  friendlyName: (one) => one.friendly_name ?? '',
  status: (one) => one.status,
  quantity: (one) => number(one.quantity),
  assigned: (one) => number(one.assigned),
  termDuration: (one) => one.term_duration,
  billingCycle: (one) => one.billing_cycle,
  autoRenew: (one) => String(one.auto_renew),
  unitPrice: (one) => ({ decimal: formatUnitPrice(parseUnitPrice(one.unit_price, one.currency)) }),
  currency: (one) => one.currency,
  purchasedOn: (one) => one.purchased_on,
  termStartsOn: (one) => one.term_starts_on,
  termEndsOn: (one) => one.term_ends_on,
  orderId: (one) => one.order_id,
  addOnOf: (one) => one.add_on_of ?? '',
};

const USERS: Columns<UserLine> = {
  customerId: (one) => one.customer_id,
  domain: (one) => one.domain,
  userId: (one) => one.user_id,
  userPrincipalName: (one) => one.user_principal_name,
  displayName: (one) => one.display_name,
  firstName: (one) => one.first_name ?? '',
  lastName: (one) => one.last_name ?? '',
  usageLocation: (one) => one.usage_location ?? '',
  addresses: (one) => one.addresses.join(';'),
  skus: (one, { offers }) => one.licenses.map(({ offerId }) => offers.get(offerId)?.skuPartNumber ?? offerId).join(';'),
  subscriptionIds: (one) => one.licenses.map(({ subscriptionId }) => subscriptionId).join(';'),
  switchedOff: (one) => one.licenses.map(({ switchedOff }) => switchedOff.join('+')).join(';'),
};

/** The lists of what a partner has with its customers, or with one of them. */
export const LISTS = {
  customers: (call: Call, customerId?: string) =>
    listFile(call, CUSTOMERS, { find: findCustomerLines, idOf: (one) => one.customer_id, customerId }),
  subscriptions: (call: Call, customerId?: string) =>
    listFile(call, SUBSCRIPTIONS, { find: findSubscriptionLines, idOf: (one) => one.subscription_id, customerId }),
  users: (call: Call, customerId?: string) =>
    listFile(call, USERS, { find: findUserLines, idOf: (one) => one.user_id, customerId }),
};

/** Each lot is read in a transaction of its own: whoever reads slowly keeps no connection. */
function listFile<Line extends Row>(
  { actor, catalog, database }: Call,
  columns: Columns<Line>,
  {
    find,
    idOf,
    customerId,
  }: {
    readonly find: Find<Line>;
    readonly idOf: (line: Line) => string;
    readonly customerId: string | undefined;
  },
): ListFile {
  const { partnerId } = actor.partner;
  return { header: Object.keys(columns), lots: lots() };

  async function* lots() {
    let after: After;
    for (;;) {
      const from = after;
      const lines = await database.read(partnerId, (tx) => find(tx, { partnerId, customerId, after: from }));
      const last = lines.at(-1);
      if (!last) return;
      yield lines.map((line) => Object.values(columns).map((cell) => cell(line, catalog)));
      after = [last.customer_id, idOf(last)];
    }
  }
}
