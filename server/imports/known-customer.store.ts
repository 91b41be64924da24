import type { KnownUser } from '../../core/imports/judge-users.ts';
import type { SubscriptionFacts } from '../../core/imports/judge-subscriptions.ts';
import { findLicenseHolders } from '../licenses/license.store.ts';
import type { Transaction } from '../postgres/database.ts';

export type KnownCustomer = {
  readonly customerId: string;
  readonly name: string;
  readonly domain: string;
  readonly country: string;
};

/** Those of the partner's customers that have one of some ids or domains, both in lower case. */
export async function findKnownCustomers(
  tx: Transaction,
  partnerId: string,
  names: readonly string[],
): Promise<KnownCustomer[]> {
  return tx.query(
    `select c.customer_id as "customerId", c.name, lower(c.domain) as domain, c.country
     from relationships r join customers c on c.customer_id = r.customer_id
     where r.partner_id = $1 and (lower(c.domain) = any ($2) or c.customer_id::text = any ($2))`,
    [partnerId, names],
  );
}

/** Which of some ids and domains somebody else's customers have. */
export async function findElsewhere(
  tx: Transaction,
  { ids, domains }: { readonly ids: readonly string[]; readonly domains: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ name: string }>('select name from customers_elsewhere($1::uuid[], $2) as name', [
    ids,
    domains,
  ]);
  return new Set(rows.map(({ name }) => name));
}

/** Those of some subscriptions that the partner has at a customer, also ended ones, and which ids are somebody else's. */
export async function findKnownSubscriptions(
  tx: Transaction,
  { partnerId, customerId }: { readonly partnerId: string; readonly customerId: string },
  ids: readonly string[],
): Promise<Pick<SubscriptionFacts, 'held' | 'elsewhere'>> {
  const rows = await tx.query<{ id: string } & NonNullable<ReturnType<SubscriptionFacts['held']['get']>>>(
    `select subscription_id as id, offer_id as "offerId", quantity, term_duration as "termDuration", billing_cycle as "billingCycle",
       status
     from subscriptions where customer_id = $1 and partner_id = $2 and subscription_id = any ($3::uuid[])`,
    [customerId, partnerId, ids],
  );
  const elsewhere = await tx.query<{ id: string }>('select id from subscription_ids_elsewhere($1, $2::uuid[]) as id', [
    customerId,
    ids,
  ]);
  return {
    held: new Map(rows.map(({ id, ...held }) => [id, held])),
    elsewhere: new Set(elsewhere.map(({ id }) => id)),
  };
}

/** The living users of a customer that have one of some sign-in names or ids, with their licenses; and which of the ids were ever given. */
export async function findKnownUsers(
  tx: Transaction,
  customerId: string,
  {
    names,
    ids,
    now,
  }: { readonly names: readonly string[]; readonly ids: readonly string[]; readonly now: Temporal.Instant },
): Promise<{ readonly known: readonly KnownUser[]; readonly takenIds: ReadonlySet<string> }> {
  const rows = await tx.query<{
    user_id: string;
    first_name: string | null;
    last_name: string | null;
    living: boolean;
  }>(
    `select user_id, first_name, last_name, deleted_at is null as living from users
     where customer_id = $1 and (user_id = any ($3::uuid[]) or deleted_at is null and lower(user_principal_name) = any ($2))`,
    [customerId, names, ids],
  );
  const living = new Map(rows.filter((row) => row.living).map((row) => [row.user_id, row]));
  const holders = await findLicenseHolders(tx, { customerId, userIds: [...living.keys()] }, now);
  const known = holders.map((holder) => {
    const { first_name: firstName = null, last_name: lastName = null } = living.get(holder.userId) ?? {};
    return { ...holder, firstName, lastName };
  });
  return { known, takenIds: new Set(rows.map((row) => row.user_id)) };
}
