import type { Transaction } from '../postgres/database.ts';

/** A page that an agent has open. */
export type Visit = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly partnerId: string;
  readonly agentId: string;
  readonly visitId: string;
};

export type Visitor = { readonly displayName: string; readonly since: string };

const KEY = 'customer_id = $1 and subscription_id = $2 and partner_id = $3 and agent_id = $4 and visit_id = $5';

/** Begins a visit, which is announced, or renews it. */
export async function saveVisit(tx: Transaction, visit: Visit, now: string, until: string): Promise<void> {
  await tx.query(
    `with renewed as (
       update upgrade_visits set expires_at = $7 where ${KEY} and expires_at > $6 returning 1),
     begun as (
       insert into upgrade_visits (customer_id, subscription_id, partner_id, agent_id, visit_id, since, expires_at)
       select $1, $2, $3, $4, $5, $6::timestamptz, $7::timestamptz where not exists (select 1 from renewed)
       on conflict (customer_id, subscription_id, partner_id, agent_id, visit_id)
         do update set since = excluded.since, expires_at = excluded.expires_at
       returning customer_id, subscription_id, partner_id)
     select announce_change(partner_id, customer_id, 'visit.changed', subscription_id::text) from begun`,
    [...keyOf(visit), now, until],
  );
}

/** Ends a visit, which is announced where there was one. */
export async function removeVisit(tx: Transaction, visit: Visit): Promise<void> {
  await tx.query(
    `with ended as (delete from upgrade_visits where ${KEY} returning customer_id, subscription_id, partner_id)
     select announce_change(partner_id, customer_id, 'visit.changed', subscription_id::text) from ended`,
    keyOf(visit),
  );
}

/** Which other agents of the partner are there, the longest there first. */
export async function findVisitors(
  tx: Transaction,
  { customerId, subscriptionId, partnerId, agentId }: Visit,
  now: string,
): Promise<Visitor[]> {
  return tx.query<Visitor>(
    `select a.display_name as "displayName", min(v.since) as since
     from upgrade_visits v join agents a on a.partner_id = v.partner_id and a.agent_id = v.agent_id
     where v.customer_id = $1 and v.subscription_id = $2 and v.partner_id = $3 and v.agent_id <> $4 and v.expires_at > $5
     group by a.agent_id, a.display_name
     order by since, a.agent_id`,
    [customerId, subscriptionId, partnerId, agentId, now],
  );
}

const AT_ONCE = 1000;

/** Removes a thousand visits that are over; tells whether there may be more. */
export async function clearVisits(tx: Transaction, now: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from upgrade_visits where (customer_id, subscription_id, partner_id, agent_id, visit_id) in (
       select customer_id, subscription_id, partner_id, agent_id, visit_id from upgrade_visits where expires_at <= $1
       limit ${AT_ONCE} for update skip locked) returning 1`,
    [now],
  );
  return rows.length === AT_ONCE;
}

function keyOf({ customerId, subscriptionId, partnerId, agentId, visitId }: Visit): string[] {
  return [customerId, subscriptionId, partnerId, agentId, visitId];
}
