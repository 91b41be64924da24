import type { Judged } from '../../core/imports/judge-subscriptions.ts';
import type { RecordFact } from '../../core/imports/record.ts';
import type { Transaction } from '../postgres/database.ts';
import type { ImportKey } from './import.store.ts';

/** A row that says something of a customer, a subscription, a user or a service. */
export type FactRow<Fact = RecordFact> = { readonly place: number; readonly name: string; readonly fact: Fact };

/** What there is of a row before it is applied; `found`: what it is about, where the reason needs it. */
export type JudgedRow = { readonly place: number; readonly judged: Judged<RecordFact> };

/** Takes back what an earlier comparison has said, and sorts out rows about one thing: the same twice is one, and two that differ are in doubt. */
export async function resetRecords(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  { mayRepeat }: { readonly mayRepeat: boolean },
): Promise<void> {
  const key = [partnerId, importId];
  await tx.query(`delete from import_rows where partner_id = $1 and import_id = $2 and state = 'gone'`, key);
  await tx.query(
    `update import_rows set state = 'read', reason = null, found = null, fact_before = null, price_before = null
     where partner_id = $1 and import_id = $2 and row_key is not null and not done`,
    key,
  );
  if (mayRepeat) return;
  await joinWhole(tx, () =>
    tx.query(
      `with k as (
       select place, row_number() over (partition by row_key order by place) as nth, count(*) over w as rows,
         min(fact::text || coalesce(customer_ref, '')) over w <> max(fact::text || coalesce(customer_ref, '')) over w as differ
       from import_rows where partner_id = $1 and import_id = $2 and row_key is not null and not done
       window w as (partition by row_key))
     update import_rows r set state = case when k.differ then 'in-doubt' else 'left-out' end,
       reason = case when k.differ then 'twice' else 'repeated' end, found = r.row_key
     from k where r.partner_id = $1 and r.import_id = $2 and r.place = k.place and k.rows > 1 and (k.differ or k.nth > 1)`,
      key,
    ),
  );
}

/**
 * Runs a statement that joins all rows of a file with what is computed of them. Of that the planner knows no size, takes it for a few rows, and would look
 * through all of it for each row of the file.
 */
export async function joinWhole<Value>(tx: Transaction, work: () => Promise<Value>): Promise<Value> {
  const allowLoops = (allowed: 'on' | 'off') => tx.query(`select set_config('enable_nestloop', $1, true)`, [allowed]);
  await allowLoops('off');
  const value = await work();
  await allowLoops('on');
  return value;
}

/** Rows that nothing is said of yet, in the order of the file. */
export async function findReadRows<Fact>(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  limit: number,
): Promise<FactRow<Fact>[]> {
  return tx.query(
    `select place, name, fact from import_rows where partner_id = $1 and import_id = $2 and state = 'read' and row_key is not null
     order by place limit $3`,
    [partnerId, importId, limit],
  );
}

/** By which column rows name their customer; those that make one, by its domain. */
type Named = { readonly by?: 'customer_ref' | 'row_key' };

/** The next customers, by the names that the file has for them, with rows in some states that are not done. */
export async function findCustomerRefs(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  {
    by = 'customer_ref',
    states,
    after,
    limit,
  }: Named & { readonly states: readonly string[]; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await tx.query<{ ref: string }>(
    `select distinct ${by} as ref from import_rows
     where partner_id = $1 and import_id = $2 and ${by} > $3 and state = any ($4) and not done order by 1 limit $5`,
    [partnerId, importId, after, states, limit],
  );
  return rows.map(({ ref }) => ref);
}

export async function findRowsOfCustomer<Fact>(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  { by = 'customer_ref', ref, states }: Named & { readonly ref: string; readonly states: readonly string[] },
): Promise<FactRow<Fact>[]> {
  return tx.query(
    `select place, name, fact from import_rows
     where partner_id = $1 and import_id = $2 and ${by} = $3 and state = any ($4) and not done order by place`,
    [partnerId, importId, ref, states],
  );
}

/** Writes what becomes of rows; `done`: it has. */
export async function saveJudged(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  rows: readonly JudgedRow[],
  done = false,
): Promise<void> {
  const stored = rows.map(({ place, judged }) => ({
    place,
    state: judged.state,
    reason: 'reason' in judged ? judged.reason : null,
    found: 'found' in judged ? (judged.found ?? null)?.slice(0, 100) : null,
    before: 'before' in judged ? (judged.before ?? null) : null,
  }));
  await tx.query(
    `update import_rows r set state = j.state, reason = j.reason, found = j.found, fact_before = j.before, done = $4
     from jsonb_to_recordset($3::jsonb) as j (place integer, state text, reason text, found text, before jsonb)
     where r.partner_id = $1 and r.import_id = $2 and r.place = j.place`,
    [partnerId, importId, JSON.stringify(stored), done],
  );
}

/** Counts the rows by state, and keeps the counts; while it is being applied it stays so. */
export async function countRecords(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  effectiveOn: string,
  totals: object | null = null,
): Promise<void> {
  await tx.query(
    `update imports set state = case state when 'reading' then 'checked' else state end, effective_on = $3, totals = $4, counts = (
       select jsonb_build_object('new', count(*) filter (where state = 'new'), 'changed', count(*) filter (where state = 'changed'),
         'gone', count(*) filter (where state = 'gone'), 'same', count(*) filter (where state = 'same'),
         'left-out', count(*) filter (where state = 'left-out'), 'in-doubt', count(*) filter (where state = 'in-doubt'))
       from import_rows where partner_id = $1 and import_id = $2)
     where partner_id = $1 and import_id = $2`,
    [partnerId, importId, effectiveOn, totals && JSON.stringify(totals)],
  );
}

export async function startApplying(tx: Transaction, { partnerId, importId }: ImportKey): Promise<void> {
  await tx.query(
    `update imports set state = 'applying' where partner_id = $1 and import_id = $2 and state = 'checked'`,
    [partnerId, importId],
  );
}

/** Ends applying: what files say of persons and companies is not kept beyond it. False: it was ended before. */
export async function finishApplying(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  at: Temporal.Instant,
): Promise<boolean> {
  const ended = await tx.query(
    `update imports set state = 'applied', applied_at = $3 where partner_id = $1 and import_id = $2 and state = 'applying'
     returning import_id`,
    [partnerId, importId, at.toString()],
  );
  if (ended.length === 0) return false;
  await tx.query(
    `update import_rows r set name = '', fact = null, fact_before = null, found = null, row_key = null, customer_ref = null
     from imports i where r.partner_id = $1 and r.import_id = $2 and i.partner_id = $1 and i.import_id = $2
       and i.kind in ('customers', 'users')`,
    [partnerId, importId],
  );
  return true;
}

/** Writes charges that stand in invoices of elsewhere, and in none of ours. */
export async function billedElsewhere(tx: Transaction, write: () => Promise<void>): Promise<void> {
  const say = (on: 'on' | '') => tx.query(`select set_config('yukselt.billed_elsewhere', $1, true)`, [on]);
  await say('on');
  await write();
  await say('');
}
