import { foldForSearch } from '../../core/values/fold.ts';
import { saveClient } from '../identity/api-client.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { insertRows } from './insert-rows.store.ts';
import { saveSubscriptions } from './seed-subscriptions.store.ts';
import type { SeedCustomer, World } from './world.ts';

type Maker = { readonly now: Temporal.Instant; readonly newId: () => string };

/** Loads a world. Partners are pointed at the newest price list of their currency, and everything sold by them is billed to this day. */
export async function saveWorld(tx: Transaction, world: World, maker: Maker): Promise<void> {
  await insertRows(
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
    select l.price_list_id from price_lists l where l.partner_id is null and l.currency = p.currency and l.market is null order by l.created_at desc limit 1)
    where p.price_list_id is null`);
  await insertRows(
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
  await saveCustomers(tx, world.customers, maker);
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

/** Saves customers with all that they hold, a statement for each table; or adds that to ones who are there already. */
export async function saveCustomers(
  tx: Transaction,
  customers: readonly SeedCustomer[],
  maker: Maker,
  known = false,
): Promise<void> {
  const created_at = maker.now.toString();
  const insertOf = (table: Parameters<typeof insertRows>[1], rowsOf: (customer: SeedCustomer) => readonly object[]) =>
    insertRows(
      tx,
      table,
      customers.flatMap((customer) => rowsOf(customer).map((row) => ({ customer_id: customer.customerId, ...row }))),
    );
  if (!known)
    await insertOf('customers', ({ name, domain, country }) => [
      { name, name_folded: foldForSearch(name), domain, country, created_at },
    ]);
  await insertOf('relationships', ({ relationships }) =>
    relationships.map(({ partnerId }) => ({ partner_id: partnerId, reseller: true, created_at })),
  );
  await insertOf('delegated_privileges', ({ relationships }) =>
    relationships.flatMap(({ partnerId, privileges }) =>
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
  );
  await saveSubscriptions(tx, customers, maker);
  await insertOf('users', ({ users }) =>
    users.map((user) => ({
      user_id: user.userId,
      user_principal_name: user.userPrincipalName,
      display_name: user.displayName,
      first_name: user.firstName ?? null,
      last_name: user.lastName ?? null,
      usage_location: user.usageLocation,
    })),
  );
  await insertOf('user_addresses', ({ users }) =>
    users.flatMap(({ userId, addresses }) => addresses.map((address) => ({ user_id: userId, address }))),
  );
  await insertOf('licenses', ({ users }) =>
    users.flatMap(({ userId, licenses }) =>
      licenses.map(({ subscriptionId, switchedOff }) => ({
        subscription_id: subscriptionId,
        user_id: userId,
        switched_off: switchedOff,
      })),
    ),
  );
}
