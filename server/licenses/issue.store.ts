import type { LicensedUser, LicenseFault } from '../../core/licenses/license.ts';
import type { Settlement } from '../../core/licenses/settle-issue.ts';
import type { Transaction } from '../postgres/database.ts';
import { customerFacts, type CustomerFactsRow } from '../subscriptions/customer-facts.store.ts';
import { dayOf, subscriptionJson, type SubscriptionJson } from '../subscriptions/subscription.store.ts';
import { usersOfIssuesJson } from './license.store.ts';

export type IssueRow = {
  user_id: string;
  display_name: string;
  user_principal_name: string;
  status: 'open' | 'moved' | 'left';
  faults: LicenseFault[];
  settled_at: string | null;
  settled_by_name: string | null;
  /** The offer that the faults were decided against. */
  offer_id: string;
};

export type IssueFilter = {
  readonly status?: 'open' | 'moved' | 'left' | 'settled' | undefined;
  readonly fault?: string | undefined;
  readonly userIds?: readonly string[] | undefined;
};

/** The license issues of an upgrade, by user principal name. Undefined: no such upgrade of the partner. */
export async function findIssues(
  tx: Transaction,
  partnerId: string,
  { customerId, upgradeId }: { customerId: string; upgradeId: string },
  { status, fault, userIds }: IssueFilter = {},
): Promise<IssueRow[] | undefined> {
  const upgrade = await tx.query(
    'select 1 from upgrades where customer_id = $1 and upgrade_id = $2 and partner_id = $3',
    [customerId, upgradeId, partnerId],
  );
  if (upgrade.length === 0) return undefined;
  return tx.query<IssueRow>(
    `select i.user_id, u.display_name, u.user_principal_name, i.status, i.faults, i.settled_at,
       a.display_name as settled_by_name, i.offer_id
     from license_issues i
     join users u on u.customer_id = i.customer_id and u.user_id = i.user_id
     left join agents a on a.partner_id = i.partner_id and a.agent_id = i.settled_by
     where i.customer_id = $1 and i.upgrade_id = $2
       and ($3::text is null or i.status = $3 or ($3 = 'settled' and i.status <> 'open'))
       and ($4::text is null or i.faults @> jsonb_build_array(jsonb_build_object('name', $4)))
       and ($5::uuid[] is null or i.user_id = any ($5))
     order by u.user_principal_name, i.user_id`,
    [customerId, upgradeId, status ?? null, fault ?? null, userIds ?? null],
  );
}

type SettlingRow = CustomerFactsRow & {
  source_id: string;
  source_offer_id: string;
  /** What the upgrade's target is by now: later upgrades may have made other subscriptions of it. */
  successor: SubscriptionJson;
  users: LicensedUser[];
};

/** What decides about settling the issues of some users of an upgrade, in one query. Undefined: no such upgrade of the partner. */
export async function findSettling(
  tx: Transaction,
  partnerId: string,
  asked: { customerId: string; upgradeId: string; userIds: readonly string[]; now: Temporal.Instant },
): Promise<SettlingRow | undefined> {
  const [row] = await tx.query<SettlingRow>(
    `with recursive chain as (
       select s.* from upgrades g
       join subscriptions s on s.customer_id = g.customer_id and s.subscription_id = g.target_subscription_id
       where g.customer_id = $1 and g.upgrade_id = $3
       union all
       select s.* from chain
       join subscriptions s on s.customer_id = chain.customer_id and s.subscription_id = chain.successor_id)
     select ${customerFacts('$5::date')}, coalesce(g.left_in, g.source_subscription_id) as source_id, g.source_offer_id,
       ${subscriptionJson('t', '$6::timestamptz')} as successor,
       ${usersOfIssuesJson('g', '$4::uuid[]', '$6::timestamptz')} as users
     from customers c
     join partners o on o.partner_id = $2
     join upgrades g on g.customer_id = c.customer_id and g.upgrade_id = $3 and g.partner_id = $2
     join chain t on t.successor_id is null
     where c.customer_id = $1`,
    [asked.customerId, partnerId, asked.upgradeId, asked.userIds, dayOf(asked.now), asked.now.toString()],
  );
  return row;
}

/** Writes what was settled: usage locations, licenses given up, licenses exchanged, and the issues themselves. */
export async function saveSettlements(
  tx: Transaction,
  settled: {
    customerId: string;
    upgradeId: string;
    sourceId: string;
    successor: { subscriptionId: string; offerId: string };
    at: string;
    agentId: string;
  },
  settlements: readonly Settlement[],
): Promise<void> {
  const rows = settlements.map(({ user, status, faults, switchedOff, removedFrom }) => ({
    user_id: user.userId,
    usage_location: user.usageLocation,
    status,
    faults,
    off: switchedOff,
    removed: removedFrom,
  }));
  await tx.query(
    `with s as materialized (
       select * from jsonb_to_recordset($1::jsonb) as s (user_id uuid, usage_location text, status text, faults jsonb, off text[],
         removed uuid[])),
     located as (
       update users u set usage_location = s.usage_location from s where u.customer_id = $2 and u.user_id = s.user_id),
     gone as (
       delete from licenses l using s where l.customer_id = $2 and l.user_id = s.user_id
         and (l.subscription_id = any (s.removed) or (s.status = 'moved' and l.subscription_id = $4))),
     given as (
       insert into licenses (customer_id, subscription_id, user_id, switched_off)
       select $2, $5, s.user_id, s.off from s where s.status = 'moved' on conflict do nothing)
     update license_issues i set status = s.status, faults = s.faults,
       offer_id = case when s.status = 'left' then i.offer_id else $8 end,
       settled_at = case when s.status <> 'open' then $6::timestamptz end,
       settled_by = case when s.status <> 'open' then $7::uuid end
     from s where i.customer_id = $2 and i.upgrade_id = $3 and i.user_id = s.user_id`,
    [
      JSON.stringify(rows),
      settled.customerId,
      settled.upgradeId,
      settled.sourceId,
      settled.successor.subscriptionId,
      settled.at,
      settled.agentId,
      settled.successor.offerId,
    ],
  );
}
