import type { RecordKind } from '../../core/imports/file-kind.ts';
import type { CustomerFact, PlanFact, SubscriptionFact, UserFact } from '../../core/imports/record.ts';
import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { compareBilled } from './compare-billed.store.ts';
import type { ImportKey } from './import.store.ts';
import { judgeCustomers, judgeSubscriptionRows, judgeUserRows, meanCustomer } from './judge-records.ts';
import { findKnownCustomers } from './known-customer.store.ts';
import { findGonePlans, judgePlan, saveGonePlans } from './compare-plans.store.ts';
import {
  countRecords,
  findCustomerRefs,
  findReadRows,
  findRowsOfCustomer,
  resetRecords,
  saveJudged,
} from './record.store.ts';

const LOT = 500;
const READ = ['read'];

type Asked = ImportKey & { readonly kind: RecordKind; readonly effectiveOn: string };

/** Says of each row what it would do, again from the start, whenever asked; of a reconciliation file, how it stands to our lines. */
export async function compareRecords(tx: Transaction, call: Call, { kind, effectiveOn, ...key }: Asked): Promise<void> {
  const isBilled = kind === 'legacyReconciliation' || kind === 'newCommerceReconciliation';
  await resetRecords(tx, key, { mayRepeat: isBilled });
  if (isBilled) {
    const { currency } = call.actor.partner;
    const platform = kind === 'legacyReconciliation' ? 'legacy' : 'newCommerce';
    const totals = await compareBilled(tx, key, { platform, currency, month: `${effectiveOn.slice(0, 7)}-01` });
    return countRecords(tx, key, effectiveOn, totals);
  }
  if (kind === 'customers') await compareCustomers(tx, call, key);
  else if (kind === 'servicePlans') await comparePlans(tx, call, key);
  else await compareOfCustomers(tx, call, key, kind);
  return countRecords(tx, key, effectiveOn);
}

async function compareCustomers(tx: Transaction, call: Call, key: ImportKey): Promise<void> {
  for (;;) {
    const rows = await findReadRows<CustomerFact>(tx, key, LOT);
    if (rows.length === 0) return;
    await saveJudged(tx, key, await judgeCustomers(tx, call, rows));
  }
}

async function comparePlans(tx: Transaction, { catalog }: Call, key: ImportKey): Promise<void> {
  for (;;) {
    const rows = await findReadRows<PlanFact>(tx, key, LOT);
    if (rows.length === 0) break;
    await saveJudged(
      tx,
      key,
      rows.map(({ place, fact }) => ({ place, judged: judgePlan(catalog, fact) })),
    );
  }
  await saveGonePlans(tx, key, await findGonePlans(tx, key, catalog));
}

async function compareOfCustomers(
  tx: Transaction,
  call: Call,
  key: ImportKey,
  kind: 'subscriptions' | 'users',
): Promise<void> {
  for (let after = ''; ;) {
    const refs = await findCustomerRefs(tx, key, { states: READ, after, limit: LOT });
    const last = refs.at(-1);
    if (last === undefined) return;
    after = last;
    const known = await findKnownCustomers(tx, key.partnerId, refs);
    for (const ref of refs) {
      const customer = meanCustomer(ref, known);
      const of = { ref, states: READ };
      if (typeof customer === 'string') {
        const rows = await findRowsOfCustomer(tx, key, of);
        const judged = { state: 'in-doubt', reason: customer, found: ref } as const;
        await saveJudged(
          tx,
          key,
          rows.map(({ place }) => ({ place, judged })),
        );
      } else if (kind === 'subscriptions') {
        const rows = await findRowsOfCustomer<SubscriptionFact>(tx, key, of);
        const { judged } = await judgeSubscriptionRows(tx, call, customer, rows);
        await saveJudged(tx, key, judged);
      } else {
        const rows = await findRowsOfCustomer<UserFact>(tx, key, of);
        const { judged } = await judgeUserRows(tx, call, customer, rows);
        await saveJudged(tx, key, judged);
      }
    }
  }
}
