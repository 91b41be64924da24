import type { Transaction } from '../postgres/database.ts';
import { UPGRADES, type UpgradeRow } from './upgrade.store.ts';

export type UpgradeTab = 'all' | 'toApprove' | 'waiting' | 'needsWork' | 'failed';
export type CustomerUpgradeRow = UpgradeRow & { customer_name: string };

/** What is on each tab; $2 is who looks, `looks` whether that agent may approve. */
const CONDITIONS: Readonly<Record<UpgradeTab, string>> = {
  all: 'true',
  toApprove: `u.state = 'waitingForApproval' and u.submitted_by <> $2`,
  waiting: `u.state in ('waitingForApproval', 'held')`,
  needsWork: `exists (select 1 from license_issues w where w.partner_id = $1 and w.customer_id = u.customer_id
    and w.upgrade_id = u.upgrade_id and w.status = 'open')`,
  failed: `u.state in ('rejected', 'refused')`,
};

type Reader = { readonly partnerId: string; readonly agentId: string; readonly approves: boolean };
type Page = {
  readonly tab: UpgradeTab;
  /** Part of the customer's name, folded for search. */
  readonly search?: string | undefined;
  readonly oldestFirst: boolean;
  readonly limit: number;
  readonly after?: string | undefined;
};

/** Upgrades of the customers that the partner is related to; ids are made in the order of time. */
export async function findAllUpgrades(
  tx: Transaction,
  { partnerId, agentId, approves }: Reader,
  { tab, search, oldestFirst, limit, after }: Page,
): Promise<CustomerUpgradeRow[]> {
  if (tab === 'toApprove' && !approves) return [];
  const [order, than] = oldestFirst ? ['asc', '>'] : ['desc', '<'];
  return tx.query<CustomerUpgradeRow>(
    `select shown.*, c.name as customer_name
     from (${UPGRADES} join customers n on n.customer_id = u.customer_id
       where u.partner_id = $1 and $2::uuid is not null and ${CONDITIONS[tab]}
         and ($3::text is null or position($3 in n.name_folded) > 0)
         and ($4::uuid is null or u.upgrade_id ${than} $4)
       order by u.upgrade_id ${order} limit $5) shown
     join customers c on c.customer_id = shown.customer_id
     order by shown.upgrade_id ${order}`,
    [partnerId, agentId, search ?? null, after ?? null, limit],
  );
}

export type UpgradeCounts = { toApprove: number; waiting: number; needsWork: number; failed: number; forYou: number };

/** How much is on each tab, and how much of it is for the agent to see to. Customers that were left do not count. */
export async function countAllUpgrades(
  tx: Transaction,
  { partnerId, agentId, approves }: Reader,
): Promise<UpgradeCounts> {
  const [row] = await tx.query<Record<keyof UpgradeCounts | 'givenBack', bigint>>(
    `select count(*) filter (where ${CONDITIONS.toApprove}) as "toApprove", count(*) filter (where ${CONDITIONS.waiting}) as waiting,
       count(*) filter (where ${CONDITIONS.failed}) as failed,
       count(*) filter (where u.state = 'refused' and u.submitted_by = $2 and not exists (select 1 from upgrades later
         where later.customer_id = u.customer_id and later.source_subscription_id = u.source_subscription_id
           and later.upgrade_id > u.upgrade_id)) as "givenBack",
       (select count(distinct (w.customer_id, w.upgrade_id)) from license_issues w
         join customers n on n.customer_id = w.customer_id
         where w.partner_id = $1 and w.status = 'open') as "needsWork"
     from upgrades u join customers c on c.customer_id = u.customer_id
     where u.partner_id = $1 and u.state <> 'applied'`,
    [partnerId, agentId],
    'count-upgrades',
  );
  const toApprove = approves ? Number(row?.toApprove ?? 0) : 0;
  return {
    toApprove,
    waiting: Number(row?.waiting ?? 0),
    needsWork: Number(row?.needsWork ?? 0),
    failed: Number(row?.failed ?? 0),
    forYou: toApprove + Number(row?.givenBack ?? 0),
  };
}
