import type { BillingLine } from '../../core/ledger/charge.ts';
import type { Platform } from '../../core/catalog/offer.ts';
import { creditForCancellation, cycleFeesDue } from '../../core/ledger/legacy-billing.ts';
import { formatUnitPrice, parseUnitPrice, type UnitPrice } from '../../core/values/money.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { termAt, utcDay } from '../../core/values/period.ts';
import { saveClient } from '../identity/api-client.store.ts';
import { type ChargedSubscription, insertCharges, toChargeRows } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { newCommerceHistory, type NewCommerceHistory } from './new-commerce-seed.ts';
import type { SeedCustomer, SeedSubscription, World } from './world.ts';

type Maker = { readonly now: Temporal.Instant; readonly newId: () => string };

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
    select l.price_list_id from price_lists l where l.currency = p.currency and l.market is null order by l.created_at desc limit 1)
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
  const insertOf = (table: Table, rowsOf: (customer: SeedCustomer) => readonly object[]) =>
    insert(
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
  for (const customer of customers)
    for (const seed of customer.subscriptions) await saveSubscription(tx, customer, seed, maker);
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

async function saveSubscription(
  tx: Transaction,
  { customerId, country }: SeedCustomer,
  seed: SeedSubscription,
  { now, newId }: Maker,
): Promise<void> {
  const { currency, listPrice, platform } = await findListPrice(tx, seed, country);
  // What other channels take is unknown, and a world may be loaded on a clock before every price; both count as 0.
  const unitPrice = parseUnitPrice(seed.unitPrice ?? listPrice ?? '0', currency);
  const isLegacy = platform === 'legacy';
  const history = isLegacy ? legacyHistory(seed, unitPrice, now) : newCommerceHistory(seed, unitPrice, now);
  const { lines } = history;
  const billedThrough = lines.findLast(({ amount }) => amount.minor >= 0n)?.period.end;
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
      unit_price: formatUnitPrice(unitPrice),
      currency,
      platform,
      term_duration: history.termDuration,
      purchased_on: seed.purchasedOn.toString(),
      term_starts_on: history.termStartsOn.toString(),
      term_ends_on: history.termEndsOn.toString(),
      status_until: history.statusUntil?.toString() ?? null,
      cancellable_until: history.cancellableUntil?.toString() ?? null,
      billed_through: (billedThrough ?? seed.purchasedOn.subtract({ days: 1 })).toString(),
      updates: 0,
      status: seed.status,
      provisioning: seed.provisioning,
      add_on_of: seed.addOnOf ?? null,
      ended_reason: seed.ended?.reason ?? null,
      ended_at: seed.ended?.at.toString() ?? null,
      version: 1,
    },
  ]);
  if (seed.partnerId === null) return;
  if (seed.status !== 'deleted')
    await saveBatch(tx, customerId, { ...seed, partnerId: seed.partnerId }, history, newId());
  const written = bookedRows(lines, { ...seed, ...history, friendlyName: seed.friendlyName ?? null }, { now, newId });
  const rows = {
    rows: '$3::jsonb',
    customerId: '$1::uuid',
    partnerId: '$2::uuid',
    upgradeId: 'null::uuid',
    referenceId: '$4::uuid',
    at: '$5::timestamptz',
  };
  const values = [customerId, seed.partnerId, JSON.stringify(written), newId(), now.toString()];
  await tx.query(insertCharges(rows), values);
}

/** Saves the seats of the running term as one batch, where they are of a kind that can be removed. */
async function saveBatch(
  tx: Transaction,
  customerId: string,
  { subscriptionId, partnerId, quantity }: SeedSubscription & { readonly partnerId: string },
  { seatsAddedAt, seatsRemovableUntil }: NewCommerceHistory,
  batchId: string,
): Promise<void> {
  if (!seatsAddedAt || !seatsRemovableUntil) return;
  await insert(tx, 'seat_batches', [
    {
      customer_id: customerId,
      subscription_id: subscriptionId,
      batch_id: batchId,
      partner_id: partnerId,
      quantity,
      added_at: seatsAddedAt.toString(),
      removable_until: seatsRemovableUntil.toString(),
    },
  ]);
}

/** What was billed fell due when its period began, and what was given back on the day of the end. */
function bookedRows(
  lines: readonly BillingLine[],
  seed: ChargedSubscription & Pick<SeedSubscription, 'ended'>,
  { now, newId }: { now: Temporal.Instant; newId: () => string },
) {
  const lastDay = utcDay(seed.ended?.at ?? now).toString();
  return toChargeRows(lines, seed, newId).map((row) => ({
    ...row,
    booked_on: row.amount_minor.startsWith('-') ? lastDay : row.period_start,
  }));
}

/** The history of a legacy seed at one price; it has neither windows nor batches of seats. */
function legacyHistory(seed: SeedSubscription, unitPrice: UnitPrice, now: Temporal.Instant): NewCommerceHistory {
  const lastDay = utcDay(seed.ended?.at ?? now);
  const { purchasedOn, billingCycle, quantity, autoRenew, ended } = seed;
  const { start, end } = termAt(purchasedOn, lastDay);
  const termEndsOn = seed.termEndsOn ?? end;
  const billedThrough = purchasedOn.subtract({ days: 1 });
  const terms = { purchasedOn, billingCycle, unitPrice, quantity, billedThrough, autoRenew, termEndsOn };
  const fees = cycleFeesDue(terms, seed.billedThrough ?? lastDay);
  const credits = ended && ended.reason !== 'expired' ? creditForCancellation(terms, fees, lastDay) : [];
  const isRunning = seed.status === 'active' || seed.status === 'suspended';
  return {
    termDuration: 'P1Y',
    billingCycle,
    termStartsOn: start,
    termEndsOn,
    lines: [...fees, ...credits],
    statusUntil: isRunning ? termEndsOn.add({ days: 1 }) : null,
    cancellableUntil: null,
    seatsAddedAt: null,
    seatsRemovableUntil: null,
  };
}

/**
 * The offer's platform, the seller's currency, and its list price of the purchase day, for new commerce in the customer's country where there is
 * a list for it; null: none.
 */
export async function findListPrice(
  tx: Transaction,
  seed: Pick<SeedSubscription, 'partnerId' | 'offerId' | 'billingCycle' | 'termDuration' | 'purchasedOn'>,
  country: string,
): Promise<{ platform: Platform; currency: string; listPrice: string | null }> {
  const { partnerId, offerId, billingCycle, purchasedOn } = seed;
  const termDuration = seed.termDuration ?? (billingCycle === 'none' ? 'P1M' : 'P1Y');
  const [row] = await tx.query<{ platform: Platform; currency: string | null; price: string | null }>(
    `select f.platform, o.currency, (select p.unit_price::text from prices p
       where p.price_list_id = coalesce(
           (select m.price_list_id from price_lists m where f.platform = 'newCommerce' and m.currency = o.currency and m.market = $6
             order by m.created_at desc limit 1), o.price_list_id)
         and p.offer_id = $2 and p.billing_cycle = $3 and p.term_duration = $5
         and $4::date between p.valid_from and p.valid_until order by p.valid_from desc limit 1) as price
     from offers f left join partners o on o.partner_id = $1 where f.offer_id = $2`,
    [partnerId, offerId, billingCycle, purchasedOn.toString(), termDuration, country],
  );
  if (!row) throw new RangeError(`no offer ${offerId}`);
  return { platform: row.platform, currency: row.currency ?? 'USD', listPrice: row.price };
}

type Table =
  | 'partners'
  | 'agents'
  | 'customers'
  | 'relationships'
  | 'delegated_privileges'
  | 'subscriptions'
  | 'seat_batches'
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
