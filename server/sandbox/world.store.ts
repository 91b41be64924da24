import { creditForCancellation, cycleFeesDue, type LegacyTerms } from '../../core/ledger/legacy-billing.ts';
import { formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { termAt, utcDay } from '../../core/values/period.ts';
import { saveClient } from '../identity/api-client.store.ts';
import { insertCharges, toChargeRows } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import type { SeedCustomer, SeedSubscription, World } from './world.ts';

type Maker = { readonly now: Temporal.Instant; readonly newId: () => string };

/** What a customer holds, and in the end itself; nothing refers to what stands after it. */
const OF_A_CUSTOMER = [
  'carts',
  'agreements',
  'billing_profiles',
  'license_issues',
  'charges',
  'quotes',
  'upgrades',
  'licenses',
  'directory_role_members',
  'user_addresses',
  'users',
  'subscriptions',
  'delegated_privileges',
  'relationships',
  'customers',
];

/** Throws away everything but the deployment's own rows, the offers and the sessions. */
export async function clearWorld(tx: Transaction): Promise<void> {
  await tx.query(`
    alter table charges disable trigger charges_insert_only;
    alter table audit_records disable trigger audit_records_insert_only;
    truncate ${OF_A_CUSTOMER.join(', ')}, audit_records, path_switches, replies, webhook_deliveries,
      webhook_registrations, refresh_tokens, api_clients, agents, partners;
    alter table charges enable trigger charges_insert_only;
    alter table audit_records enable trigger audit_records_insert_only`);
}

/** Throws one customer away with all that anybody holds there; the audit rows stay. False: none that the partner is related to. */
export async function clearCustomer(tx: Transaction, partnerId: string, customerId: string): Promise<boolean> {
  await tx.query('select 1 from customers where customer_id = $1 for update', [customerId]);
  const related = 'select 1 from relationships where customer_id = $1 and partner_id = $2';
  if ((await tx.query(related, [customerId, partnerId])).length === 0) return false;
  await tx.query('alter table charges disable trigger charges_insert_only');
  for (const table of OF_A_CUSTOMER) await tx.query(`delete from ${table} where customer_id = $1`, [customerId]);
  await tx.query('alter table charges enable trigger charges_insert_only');
  return true;
}

/** Loads a world. Partners are pointed at the newest price list of their currency, and everything sold by them is billed to this day. */
export async function saveWorld(tx: Transaction, world: World, maker: Maker): Promise<void> {
  await insert(
    tx,
    'partners',
    world.partners.map((partner) => ({
      partner_id: partner.partnerId,
      name: partner.name,
      domain: partner.domain,
      market: partner.market,
      currency: partner.currency,
      language: partner.language,
    })),
  );
  await tx.query(`update partners p set price_list_id = (
    select l.price_list_id from price_lists l where l.currency = p.currency order by l.created_at desc limit 1)
    where p.price_list_id is null`);
  await insert(
    tx,
    'agents',
    world.agents.map((agent) => ({
      partner_id: agent.partnerId,
      agent_id: agent.agentId,
      email: agent.email,
      display_name: agent.displayName,
      roles: agent.roles,
    })),
  );
  for (const client of world.apiClients) await saveClient(tx, client, maker.now);
  for (const customer of world.customers) await saveCustomer(tx, customer, maker);
}

/** Seeds of one customer come one after the other; there may be no row to lock yet. */
export async function lockSeeds(tx: Transaction, customerId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [customerId]);
}

/** What is there already of what a seed names; `country` is that of the customer, null where there is none. */
export async function findSeedFacts(
  tx: Transaction,
  seed: { partnerId: string; customerId: string; subscriptionId: string; addOnOf?: string | undefined },
): Promise<{ partner: boolean; country: string | null; related: boolean; taken: boolean; base: boolean }> {
  const [row] = await tx.query<Awaited<ReturnType<typeof findSeedFacts>>>(
    `select exists (select 1 from partners where partner_id = $1) as partner,
       (select country from customers where customer_id = $2) as country,
       exists (select 1 from relationships where customer_id = $2 and partner_id = $1) as related,
       exists (select 1 from subscriptions where customer_id = $2 and subscription_id = $3) as taken,
       exists (select 1 from subscriptions where customer_id = $2 and subscription_id = $4) as base`,
    [seed.partnerId, seed.customerId, seed.subscriptionId, seed.addOnOf ?? null],
  );
  return row ?? { partner: false, country: null, related: false, taken: false, base: false };
}

/** Saves a customer with all it holds, or adds that to one who is there already. */
export async function saveCustomer(
  tx: Transaction,
  customer: SeedCustomer,
  maker: Maker,
  known = false,
): Promise<void> {
  const { customerId, name, domain, country } = customer;
  const created_at = maker.now.toString();
  const of = <Row extends object>(rows: readonly Row[]) => rows.map((row) => ({ customer_id: customerId, ...row }));
  if (!known)
    await insert(tx, 'customers', of([{ name, name_folded: foldForSearch(name), domain, country, created_at }]));
  await insert(
    tx,
    'relationships',
    of(customer.relationships.map(({ partnerId }) => ({ partner_id: partnerId, reseller: true, created_at }))),
  );
  await insert(
    tx,
    'delegated_privileges',
    of(
      customer.relationships.flatMap(({ partnerId, privileges }) =>
        privileges.map(({ kind, roles, families, startsAt, endsAt }) => ({
          partner_id: partnerId,
          privileges_id: maker.newId(),
          kind,
          roles,
          families,
          starts_at: startsAt.toString(),
          ends_at: endsAt?.toString() ?? null,
        })),
      ),
    ),
  );
  for (const subscription of customer.subscriptions) await saveSubscription(tx, customerId, subscription, maker);
  await insert(
    tx,
    'users',
    of(
      customer.users.map((user) => ({
        user_id: user.userId,
        user_principal_name: user.userPrincipalName,
        display_name: user.displayName,
        first_name: user.firstName ?? null,
        last_name: user.lastName ?? null,
        usage_location: user.usageLocation,
      })),
    ),
  );
  await insert(
    tx,
    'user_addresses',
    of(customer.users.flatMap(({ userId, addresses }) => addresses.map((address) => ({ user_id: userId, address })))),
  );
  await insert(
    tx,
    'licenses',
    of(
      customer.users.flatMap(({ userId, licenses }) =>
        licenses.map(({ subscriptionId, switchedOff }) => ({
          subscription_id: subscriptionId,
          user_id: userId,
          switched_off: switchedOff,
        })),
      ),
    ),
  );
}

async function saveSubscription(
  tx: Transaction,
  customerId: string,
  seed: SeedSubscription,
  { now, newId }: Maker,
): Promise<void> {
  const { currency, listPrice } = await findListPrice(tx, seed);
  // What other channels take is unknown, and a world may be loaded on a clock before every price; both count as 0.
  const price = seed.unitPrice ?? listPrice ?? '0';
  const lastDay = utcDay(seed.ended?.at ?? now);
  const terms: LegacyTerms = {
    purchasedOn: seed.purchasedOn,
    billingCycle: seed.billingCycle,
    unitPrice: parseUnitPrice(price, currency),
    quantity: seed.quantity,
    billedThrough: seed.purchasedOn.subtract({ days: 1 }),
    autoRenew: seed.autoRenew,
    termEndsOn: seed.termEndsOn ?? termAt(seed.purchasedOn, lastDay).end,
  };
  const fees = cycleFeesDue(terms, seed.billedThrough ?? lastDay);
  const credited = seed.ended && seed.ended.reason !== 'expired';
  const credits = credited ? creditForCancellation(terms, fees, lastDay) : [];
  await insert(tx, 'subscriptions', [
    {
      customer_id: customerId,
      subscription_id: seed.subscriptionId,
      partner_id: seed.partnerId,
      channel: seed.channel,
      offer_id: seed.offerId,
      order_id: newId(),
      friendly_name: seed.friendlyName ?? null,
      quantity: seed.quantity,
      billing_cycle: seed.billingCycle,
      auto_renew: seed.autoRenew,
      unit_price: formatUnitPrice(terms.unitPrice),
      currency,
      purchased_on: seed.purchasedOn.toString(),
      term_ends_on: terms.termEndsOn.toString(),
      billed_through: (fees.at(-1)?.period.end ?? terms.billedThrough).toString(),
      status: seed.status,
      provisioning: seed.provisioning,
      add_on_of: seed.addOnOf ?? null,
      ended_reason: seed.ended?.reason ?? null,
      ended_at: seed.ended?.at.toString() ?? null,
      version: 1,
    },
  ]);
  if (seed.partnerId === null) return;
  const written = toChargeRows([...fees, ...credits], seed.subscriptionId, newId);
  const rows = {
    rows: '$3::jsonb',
    customerId: '$1::uuid',
    partnerId: '$2::uuid',
    upgradeId: 'null::uuid',
    referenceId: '$4::uuid',
    at: '$5::timestamptz',
  };
  await tx.query(insertCharges(rows), [customerId, seed.partnerId, JSON.stringify(written), newId(), now.toString()]);
}

/** The seller's currency, and its list price of the purchase day; null: none. */
export async function findListPrice(
  tx: Transaction,
  {
    partnerId,
    offerId,
    billingCycle,
    purchasedOn,
  }: Pick<SeedSubscription, 'partnerId' | 'offerId' | 'billingCycle' | 'purchasedOn'>,
): Promise<{ currency: string; listPrice: string | null }> {
  const [row] = await tx.query<{ currency: string; price: string | null }>(
    `select o.currency, (select p.unit_price::text from prices p
       where p.price_list_id = o.price_list_id and p.offer_id = $2 and p.billing_cycle = $3
         and $4::date between p.valid_from and p.valid_until order by p.valid_from desc limit 1) as price
     from partners o where o.partner_id = $1`,
    [partnerId, offerId, billingCycle, purchasedOn.toString()],
  );
  return { currency: row?.currency ?? 'USD', listPrice: row?.price ?? null };
}

type Table =
  | 'partners'
  | 'agents'
  | 'customers'
  | 'relationships'
  | 'delegated_privileges'
  | 'subscriptions'
  | 'users'
  | 'user_addresses'
  | 'licenses';

/** Inserts rows by their column names; what is there already stays. */
async function insert(tx: Transaction, table: Table, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await tx.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}
