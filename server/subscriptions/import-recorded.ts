import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { type ComparedRow, compareRows } from './compare-recorded.ts';
import { type FileRow, type RecordedFile, readRecordedFile } from './read-recorded-file.ts';
import {
  findCounting,
  findNamedCustomers,
  type RecordedSubscription,
  saveRecorded,
} from './recorded-subscription.store.ts';

export type ImportPlan = { readonly file: RecordedFile; readonly rows: readonly ComparedRow[] };

/** What a file would record, line by line; nothing is done. Refused: role, a file that cannot be read. */
export async function previewImport(call: Call, text: string): Promise<Outcome<ImportPlan>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'recordSubscriptions');
  if (!allowed.ok) return allowed;
  const file = readRecordedFile(text);
  if (!file.ok) return refused({ code: 'invalid-field', field: 'body', expected: file.refused });
  const { partnerId } = actor.partner;
  const rows = await database.read(partnerId, (tx) => compare(tx, call, file.value.rows));
  return accepted({ file: file.value, rows });
}

/**
 * Records what a file says, a transaction for each customer. While any line is in doubt nothing is recorded at all; a repeat finds
 * everything the same. Refused: role, a file that cannot be read, lines in doubt.
 */
export async function importRecorded(call: Call, text: string): Promise<Outcome<ImportPlan>> {
  const planned = await previewImport(call, text);
  if (!planned.ok) return planned;
  const doubtful = linesInDoubt(planned.value.rows);
  if (doubtful.length > 0) return refused({ code: 'import-in-doubt', lines: doubtful });
  const { partnerId } = call.actor.partner;
  const ofCustomers = Map.groupBy(planned.value.rows, ({ customer }) => customer?.customerId ?? '');
  for (const [customerId, rows] of ofCustomers) {
    const overtaken = await call.database.change(partnerId, customerId, async (tx) => {
      // Again, under the lock: a colleague may have recorded meanwhile.
      const compared = await compare(
        tx,
        call,
        rows.map(({ row }) => row),
      );
      const lines = linesInDoubt(compared);
      if (lines.length === 0) await apply(tx, call, customerId, compared);
      return lines;
    });
    if (overtaken.length > 0) return refused({ code: 'import-in-doubt', lines: overtaken });
  }
  return planned;
}

function linesInDoubt(rows: readonly ComparedRow[]): number[] {
  return rows.filter(({ state }) => state === 'in-doubt').map(({ row }) => row.line);
}

async function compare(tx: Transaction, { actor, catalog }: Call, rows: readonly FileRow[]): Promise<ComparedRow[]> {
  const { partnerId } = actor.partner;
  const named = [...new Set(rows.map(({ customer }) => customer.toLowerCase()))];
  const customers = await findNamedCustomers(tx, partnerId, named);
  const ids = customers.map(({ customerId }) => customerId);
  return compareRows(catalog, rows, customers, await findCounting(tx, partnerId, ids));
}

async function apply(tx: Transaction, call: Call, customerId: string, rows: readonly ComparedRow[]): Promise<void> {
  const added: RecordedSubscription[] = [];
  const changed: RecordedSubscription[] = [];
  for (const compared of rows) {
    const { channel, quantity, endsOn } = compared.row;
    // Without a doubt every cell was understood.
    if (channel === undefined || quantity === undefined || endsOn === undefined || !compared.offerId) continue;
    if (compared.state === 'changed') {
      changed.push({ ...compared.before, quantity, endsOn, version: compared.before.version + 1 });
    } else if (compared.state === 'new') {
      const recordedSubscriptionId = call.newId();
      const at = { recordedAt: call.clock.now().toString(), endedAt: null, version: 1 };
      added.push({
        recordedSubscriptionId,
        offerId: compared.offerId,
        channel,
        quantity,
        endsOn,
        status: 'active',
        ...at,
      });
    }
  }
  if (added.length + changed.length === 0) return;
  const idsOf = (records: readonly RecordedSubscription[]) => records.map((one) => one.recordedSubscriptionId);
  const audit = toAuditRow(call, {
    customerId,
    action: 'recorded-subscriptions.imported',
    subjectId: customerId,
    details: { added: idsOf(added), changed: idsOf(changed) },
  });
  const owner = { customerId, partnerId: call.actor.partner.partnerId };
  await saveRecorded(tx, owner, [...added, ...changed], [audit]);
}
