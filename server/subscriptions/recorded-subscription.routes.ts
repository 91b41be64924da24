import { CHANNEL_TEXTS } from '../../contract/channel-texts.ts';
import type { ImportOnWire, RecordedSubscriptionOnWire } from '../../contract/recorded-subscriptions.ts';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { channelName, offerName, type Wording } from '../http/reason.presenter.ts';
import type { ComparedRow } from './compare-recorded.ts';
import { type ImportPlan, importRecorded, previewImport } from './import-recorded.ts';
import { changeRecorded, listRecorded, recordSubscription, removeRecorded } from './record-subscriptions.ts';
import type { RecordedSubscription } from './recorded-subscription.store.ts';

export function recordedSubscriptionRoutes(mount: Mount): void {
  mount.signedIn('listRecordedSubscriptions', async ({ call, params, wording }) => {
    const listed = await listRecorded(call, params.customerId);
    return listed.ok ? accepted({ items: listed.value.map((one) => present(one, wording)) }) : listed;
  });
  mount.signedIn('recordSubscription', async ({ call, params, body, wording }) => {
    const recorded = await recordSubscription(call, params.customerId, body);
    return recorded.ok ? accepted(present(recorded.value, wording)) : recorded;
  });
  mount.signedIn('changeRecordedSubscription', async ({ call, params, body, wording }) => {
    const changed = await changeRecorded(call, params, body);
    return changed.ok ? accepted(present(changed.value, wording)) : changed;
  });
  mount.signedIn('removeRecordedSubscription', ({ call, params }) => removeRecorded(call, params));
  mount.signedIn('previewRecordedImport', async ({ call, body, wording }) => {
    const planned = await previewImport(call, body);
    return planned.ok ? accepted(presentImport(planned.value, wording)) : planned;
  });
  mount.signedIn('importRecordedSubscriptions', async ({ call, body, wording }) => {
    const imported = await importRecorded(call, body);
    return imported.ok ? accepted(presentImport(imported.value, wording)) : imported;
  });
}

function present(record: RecordedSubscription, wording: Wording): RecordedSubscriptionOnWire {
  return {
    ...record,
    offerName: offerName(record.offerId, wording),
    channelName: channelName({ channel: record.channel, ours: false }, wording),
    endedAt: record.endedAt && Temporal.Instant.from(record.endedAt).toString(),
    recordedAt: Temporal.Instant.from(record.recordedAt).toString(),
  };
}

function presentImport({ file, rows }: ImportPlan, wording: Wording): ImportOnWire {
  const count = (state: ComparedRow['state']) => rows.filter((row) => row.state === state).length;
  return {
    read: { separator: file.separator, rows: file.rows.length, ignoredColumns: [...file.ignoredColumns] },
    counts: { new: count('new'), changed: count('changed'), same: count('same'), inDoubt: count('in-doubt') },
    rows: rows.map((row) => presentRow(row, wording)),
  };
}

function presentRow(compared: ComparedRow, wording: Wording): ImportOnWire['rows'][number] {
  const { row, customer, offerId, state } = compared;
  const before = state === 'changed' ? compared.before : undefined;
  return {
    line: row.line,
    state,
    customer: row.customer,
    customerId: customer?.customerId ?? null,
    customerName: customer?.name ?? null,
    offerId: offerId ?? null,
    offerName: offerId === undefined ? row.offer : offerName(offerId, wording),
    channel: row.channel ?? null,
    channelName:
      row.channel === undefined ? row.channelText : channelName({ channel: row.channel, ours: false }, wording),
    quantity: row.quantity ?? null,
    endsOn: row.endsOn ?? null,
    before: before ? { quantity: before.quantity, endsOn: before.endsOn } : null,
    reason: state === 'in-doubt' ? CHANNEL_TEXTS[wording.language].importDoubts[compared.doubt] : null,
  };
}
