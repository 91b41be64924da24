import type { RecordKind } from '../../core/imports/file-kind.ts';
import type { CustomerFact, SubscriptionFact, UserFact } from '../../core/imports/record.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { claimDomain } from '../customers/new-customer.store.ts';
import { addCustomer } from './add-customer.ts';
import { addSubscriptions } from './add-subscriptions.ts';
import { addUsers } from './add-users.ts';
import { findImport, findImportRows, type ImportKey, type ImportRow } from './import.store.ts';
import { judgeCustomers, judgeSubscriptionRows, judgeUserRows, meanCustomer } from './judge-records.ts';
import { findKnownCustomers, type KnownCustomer } from './known-customer.store.ts';
import { checkKind } from './read-import.ts';
import {
  countRecords,
  findCustomerRefs,
  findRowsOfCustomer,
  finishApplying,
  saveJudged,
  startApplying,
} from './record.store.ts';

type AppliedKind = Extract<RecordKind, 'customers' | 'subscriptions' | 'users'>;

/** As many lines as a person reads in one answer. */
const MOST_LINES = 20;
const LOT = 200;
const TO_APPLY = ['new', 'changed'];

/**
 * Brings in what a file says, a transaction for each customer: all that it says of one, or nothing. Whoever breaks off goes on where it stopped, by the same
 * request; what is done already is not done again. Rows that something has overtaken since they were shown are left out, in doubt.
 * Refused: role, a file that is compared alone, not read to its end, rows in doubt unless they shall be left out.
 */
export async function applyRecords(
  call: Call,
  key: ImportKey,
  { leaveOutDoubts }: { readonly leaveOutDoubts: boolean },
): Promise<Outcome<ImportRow>> {
  const begun = await begin(call, key, leaveOutDoubts);
  if (!begun.ok) return begun;
  if (begun.value !== null) {
    const kind = begun.value;
    for (let after = ''; ;) {
      const refs = await findNext(call, key, kind, after);
      const last = refs.at(-1);
      if (last === undefined) break;
      after = last;
      for (const ref of refs) await applyOne(call, key, kind, ref);
    }
    await finish(call, key, kind);
  }
  const row = await call.database.read(key.partnerId, (tx) => findImport(tx, key.partnerId, key.importId));
  return row ? accepted(row) : notFound('import', key.importId);
}

/** Null: it was applied before. */
async function begin(call: Call, key: ImportKey, leaveOutDoubts: boolean): Promise<Outcome<AppliedKind | null>> {
  const allowed = checkRole(call.actor.roles, 'importPrices');
  if (!allowed.ok) return allowed;
  return call.database.write(key.partnerId, async (tx): Promise<Outcome<AppliedKind | null>> => {
    const found = await findImport(tx, key.partnerId, key.importId);
    if (!found?.kind) return found ? refused({ code: 'import-not-read' }) : notFound('import', key.importId);
    const permitted = checkKind(call, found.kind);
    if (!permitted.ok) return permitted;
    const kind = found.kind as RecordKind;
    if (kind !== 'customers' && kind !== 'subscriptions' && kind !== 'users')
      return refused({ code: 'import-compares-only' });
    if (found.state === 'reading') return refused({ code: 'import-not-read' });
    if (found.state === 'applied') return accepted(null);
    if (found.state === 'checked' && (found.counts?.['in-doubt'] ?? 0) > 0 && !leaveOutDoubts) {
      const doubtful = await findImportRows(tx, key, { state: 'in-doubt', after: 0, limit: MOST_LINES });
      return refused({ code: 'import-in-doubt', lines: doubtful.flatMap(({ line }) => line ?? []) });
    }
    await startApplying(tx, key);
    return accepted(kind);
  });
}

/** The next customers of a file that are not done; of a file of customers itself, the domains. */
function findNext({ database }: Call, key: ImportKey, kind: AppliedKind, after: string): Promise<string[]> {
  const by = kind === 'customers' ? ('row_key' as const) : ('customer_ref' as const);
  return database.read(key.partnerId, (tx) => findCustomerRefs(tx, key, { by, states: TO_APPLY, after, limit: LOT }));
}

async function applyOne(call: Call, key: ImportKey, kind: AppliedKind, ref: string): Promise<void> {
  const { partnerId } = key;
  if (kind === 'customers') return applyCustomer(call, key, ref);
  const known = await call.database.read(partnerId, (tx) => findKnownCustomers(tx, partnerId, [ref]));
  const customer = meanCustomer(ref, known);
  if (typeof customer === 'string') {
    return call.database.write(partnerId, async (tx) => {
      const rows = await findRowsOfCustomer(tx, key, { ref, states: TO_APPLY });
      const judged = { state: 'in-doubt', reason: customer, found: ref } as const;
      await saveJudged(
        tx,
        key,
        rows.map(({ place }) => ({ place, judged })),
        true,
      );
    });
  }
  const apply = kind === 'subscriptions' ? applySubscriptions : applyUsers;
  return call.database.change(partnerId, customer.customerId, (tx) => apply(tx, call, key, ref, customer));
}

async function applyCustomer(call: Call, key: ImportKey, domain: string): Promise<void> {
  const find = (tx: Transaction) =>
    findRowsOfCustomer<CustomerFact>(tx, key, { by: 'row_key', ref: domain, states: TO_APPLY });
  const judged = await call.database.read(key.partnerId, async (tx) => judgeCustomers(tx, call, await find(tx)));
  // As the system: until it is written, there is no relationship by which the partner could see or write the customer.
  await call.database.asSystem(async (tx) => {
    await claimDomain(tx, domain);
    const isLeft = (await find(tx)).length > 0;
    for (const row of isLeft ? judged : []) {
      const isOvertaken = row.judged.state === 'new' && !(await addCustomer(tx, call, row.fact, key.importId));
      const overtaken = { state: 'in-doubt', reason: 'customer-elsewhere', found: domain } as const;
      await saveJudged(tx, key, [{ ...row, judged: isOvertaken ? overtaken : row.judged }], true);
    }
  });
}

async function applySubscriptions(
  tx: Transaction,
  call: Call,
  key: ImportKey,
  ref: string,
  customer: KnownCustomer,
): Promise<void> {
  const rows = await findRowsOfCustomer<SubscriptionFact>(tx, key, { ref, states: TO_APPLY });
  const { judged, listPrices } = await judgeSubscriptionRows(tx, call, customer, rows);
  const added = judged.filter((row) => row.judged.state === 'new').map(({ fact }) => fact);
  await addSubscriptions(tx, call, { customer, importId: key.importId, listPrices }, added);
  await saveJudged(tx, key, judged, true);
}

async function applyUsers(
  tx: Transaction,
  call: Call,
  key: ImportKey,
  ref: string,
  customer: KnownCustomer,
): Promise<void> {
  const rows = await findRowsOfCustomer<UserFact>(tx, key, { ref, states: TO_APPLY });
  const { judged, takenIds } = await judgeUserRows(tx, call, customer, rows);
  await addUsers(tx, call, { customerId: customer.customerId, importId: key.importId, takenIds }, judged);
  await saveJudged(tx, key, judged, true);
}

async function finish(call: Call, key: ImportKey, kind: AppliedKind): Promise<void> {
  const { actor, clock, database } = call;
  await database.write(key.partnerId, async (tx) => {
    await countRecords(tx, key, utcDay(clock.now()).toString());
    if (!(await finishApplying(tx, key, clock.now()))) return;
    const counts = (await findImport(tx, key.partnerId, key.importId))?.counts;
    const details = { importId: key.importId, kind, counts };
    const customerId = actor.partner.partnerId;
    await saveAudit(tx, [toAuditRow(call, { customerId, action: 'import.applied', subjectId: kind, details })]);
  });
}
