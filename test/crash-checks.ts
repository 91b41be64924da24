import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createClient } from '../contract/client.ts';
import type { UpgradeOnWire } from '../contract/upgrades.ts';
import { readPostmasterPort } from './server-process.ts';

/** What must hold of every applied upgrade `u`, whatever was killed while it was made. */
const OF_EACH_APPLIED = {
  'its source ended as upgraded and names its target': `exists (
    select 1 from subscriptions s where s.customer_id = u.customer_id and s.subscription_id = u.source_subscription_id
      and s.status = 'deleted' and s.ended_reason = 'upgraded' and s.successor_id = u.target_subscription_id)`,
  'its target comes from one source': `(
    select count(*) from subscriptions s
    where s.customer_id = u.customer_id and s.successor_id = u.target_subscription_id) = 1`,
  'its target is active with every seat': `exists (
    select 1 from subscriptions s where s.customer_id = u.customer_id and s.subscription_id = u.target_subscription_id
      and s.status = 'active' and s.provisioning = 'success' and s.offer_id = u.target_offer_id and s.quantity = u.quantity)`,
  'its quote is marked, and no other': `(
    select array_agg(q.quote_id) from quotes q
    where q.customer_id = u.customer_id and q.upgrade_id = u.upgrade_id) = array[u.quote_id]`,
  // Fees that had fallen due stand on the source beside the credits and belong to no total; they are positive.
  'its lines add up to its totals': `(
    select coalesce(sum(c.amount_minor) filter (where c.subscription_id = u.source_subscription_id and c.amount_minor < 0), 0)
        = u.credit_minor
      and coalesce(sum(c.amount_minor) filter (where c.subscription_id = u.target_subscription_id), 0) = u.charge_minor
      and count(*) filter (where c.subscription_id not in (u.source_subscription_id, u.target_subscription_id)) = 0
    from charges c where c.customer_id = u.customer_id and c.upgrade_id = u.upgrade_id)`,
  'every user is licensed once: moved, or left with an open issue': `not exists (
    select 1 from users x
    left join licenses old on old.customer_id = x.customer_id and old.user_id = x.user_id
      and old.subscription_id = u.source_subscription_id
    left join licenses new on new.customer_id = x.customer_id and new.user_id = x.user_id
      and new.subscription_id = u.target_subscription_id
    left join license_issues i on i.customer_id = x.customer_id and i.user_id = x.user_id and i.upgrade_id = u.upgrade_id
      and i.status = 'open'
    where x.customer_id = u.customer_id
      and ((old.user_id is null) = (new.user_id is null) or (old.user_id is null) <> (i.user_id is null)))`,
  'as many users moved as it says': `(
    select count(*) from licenses l
    where l.customer_id = u.customer_id and l.subscription_id = u.target_subscription_id) = u.moved_users`,
  'one audit record tells of it': `(
    select count(*) from audit_records a where a.customer_id = u.customer_id and a.action = 'upgrade.applied'
      and a.subject_id = u.upgrade_id::text) = 1`,
};

/** What must hold of every upgrade `u` that waits: nothing of it has happened yet. */
const OF_EACH_WAITING = {
  'its source is as it was': `exists (
    select 1 from subscriptions s where s.customer_id = u.customer_id and s.subscription_id = u.source_subscription_id
      and s.status = 'active' and s.successor_id is null)`,
  'it has no target and no moment': 'u.target_subscription_id is null and u.applied_at is null',
  'no line belongs to it': `not exists (
    select 1 from charges c where c.customer_id = u.customer_id and c.upgrade_id = u.upgrade_id)`,
  'every user keeps the license': `(
    select count(*) from licenses l where l.customer_id = u.customer_id and l.subscription_id = u.source_subscription_id)
      = (select count(*) from users x where x.customer_id = u.customer_id)`,
  'no user has an issue': `not exists (
    select 1 from license_issues i where i.customer_id = u.customer_id and i.upgrade_id = u.upgrade_id)`,
  'the audit log tells that it was submitted, once, and not that it was applied': `(
    select array_agg(a.action order by a.action) from audit_records a where a.customer_id = u.customer_id
      and a.subject_id = u.upgrade_id::text and a.action in ('upgrade.submitted', 'upgrade.applied')) = array['upgrade.submitted']`,
};

/** What must not be there beside the upgrades: traces of one that was broken off. */
const TRACES = {
  'a subscription ended as upgraded without its upgrade': `
    select s.subscription_id as id from subscriptions s where s.ended_reason = 'upgraded' and not exists (
      select 1 from upgrades u where u.customer_id = s.customer_id and u.source_subscription_id = s.subscription_id)`,
  'two upgrades of one subscription': `
    select u.source_subscription_id as id from upgrades u group by u.customer_id, u.source_subscription_id having count(*) > 1`,
  'a customer without exactly one active subscription': `
    select c.customer_id as id from customers c where (
      select count(*) from subscriptions s where s.customer_id = c.customer_id and s.status = 'active') <> 1`,
  'a user without exactly one license': `
    select x.user_id as id from users x where (
      select count(*) from licenses l where l.customer_id = x.customer_id and l.user_id = x.user_id) <> 1`,
  'a credit without its upgrade': `
    select c.charge_id as id from charges c where c.amount_minor < 0 and c.upgrade_id is null`,
};

export type StoredUpgrade = { readonly upgradeId: string; readonly quoteId: string };

/** Looks into the database past the server: everything that is half done, in words, and the upgrades that are there. */
export async function inspectDatabase(
  dataDirectory: string,
): Promise<{ halfDone: string[]; stored: readonly StoredUpgrade[] }> {
  return lookInto(dataDirectory, async (client) => {
    const halfDone: string[] = [];
    for (const [rules, applied] of [
      [OF_EACH_APPLIED, true],
      [OF_EACH_WAITING, false],
    ] as const) {
      for (const [rule, condition] of Object.entries(rules)) {
        // `is not true`: where something is missing, a condition may be null.
        const broken = await client.query<{ id: string }>(
          `select u.upgrade_id as id from upgrades u where (u.state = 'applied') = $1 and (${condition}) is not true`,
          [applied],
        );
        halfDone.push(...broken.rows.map(({ id }) => `upgrade ${id} breaks “${rule}”`));
      }
    }
    for (const [trace, question] of Object.entries(TRACES)) {
      const found = await client.query<{ id: string }>(question);
      halfDone.push(...found.rows.map(({ id }) => `${trace}: ${id}`));
    }
    const { rows: stored } = await client.query<StoredUpgrade>(
      'select upgrade_id as "upgradeId", quote_id as "quoteId" from upgrades order by upgrade_id',
    );
    return { halfDone, stored };
  });
}

/** How many of some upgrades are applied, by the database. */
export async function countApplied(dataDirectory: string, upgrades: readonly UpgradeOnWire[]): Promise<number> {
  return lookInto(dataDirectory, async (client) => {
    const ids = upgrades.map(({ upgradeId }) => upgradeId);
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::integer as n from upgrades where state = 'applied' and upgrade_id = any ($1)`,
      [ids],
    );
    return rows[0]?.n ?? 0;
  });
}

async function lookInto<Value>(dataDirectory: string, look: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: readPostmasterPort(dataDirectory),
    user: 'postgres',
    password: readFileSync(join(dataDirectory, 'postgres-password'), 'utf8'),
    database: 'yukselt',
  });
  await client.connect();
  try {
    return await look(client);
  } finally {
    await client.end();
  }
}

/**
 * Asks the API for upgrades of customers with as many users as seats: each must be there as it was answered, and alone, with both
 * subscriptions, its charge and every user. Returns what is not, in words.
 */
export async function findChanged(
  baseUrl: string,
  token: string,
  upgrades: readonly UpgradeOnWire[],
): Promise<string[]> {
  const api = createClient({ baseUrl, token });
  const findings = upgrades.map(async (upgrade) => {
    const { customerId, upgradeId, source, target, totals, licenses } = upgrade;
    const [listed, held, charges, issues] = await Promise.all([
      api('listUpgrades', { params: { customerId } }),
      api('listSubscriptions', { params: { customerId } }),
      api('listCharges', { params: { customerId, subscriptionId: target.subscriptionId ?? '' } }),
      api('listIssues', { params: { customerId, upgradeId }, query: { status: 'open' } }),
    ]);
    if (!listed.ok || !held.ok || !charges.ok || !issues.ok) return [`upgrade ${upgradeId} cannot be looked at`];
    const find = (id: string) => held.value.items.find((one) => one.subscriptionId === id);
    const holds = {
      'it is listed as it was answered, and alone': JSON.stringify(listed.value.items) === JSON.stringify([upgrade]),
      'its source names its successor': find(source.subscriptionId)?.successorId === target.subscriptionId,
      'its target is active': find(target.subscriptionId ?? '')?.status === 'active',
      'its target is charged as answered': charges.value.total.amount === totals.charge.amount,
      'every user has moved or has an issue': issues.value.items.length + licenses.moved === upgrade.quantity,
    };
    return Object.entries(holds).flatMap(([what, is]) => (is ? [] : [`upgrade ${upgradeId} breaks “${what}”`]));
  });
  return (await Promise.all(findings)).flat();
}
