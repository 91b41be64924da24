import type { Channel, SubscriptionStatus } from '../../core/subscriptions/subscription.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  deleteRecorded,
  findCounting,
  findRecorded,
  knowsCustomer,
  type RecordedSubscription,
  saveRecorded,
} from './recorded-subscription.store.ts';

type Said = {
  readonly offerId: string;
  readonly channel: Channel;
  readonly quantity: number;
  readonly endsOn: string | null;
  readonly status: SubscriptionStatus;
  /** One of the same offer and channel may be there. */
  readonly another: boolean;
};

type Named = { readonly customerId: string; readonly recordedSubscriptionId: string };

/** What this partner recorded of a customer. Refused: role, unknown customer. */
export async function listRecorded(
  { actor, database }: Call,
  customerId: string,
): Promise<Outcome<RecordedSubscription[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findRecorded(tx, { customerId, partnerId }));
  return found ? accepted(found) : notFound('customer', customerId);
}

/**
 * Records a subscription that was bought elsewhere (R13, M9). Refused: role, unknown customer or offer, one of the same offer and channel
 * that counts already, unless this is said to be another one.
 */
export async function recordSubscription(
  call: Call,
  customerId: string,
  said: Said,
): Promise<Outcome<RecordedSubscription>> {
  const { newId, clock } = call;
  return changeRecords(call, customerId, async (tx): Promise<Outcome<RecordedSubscription>> => {
    const checked = await check(tx, call, customerId, said);
    if (!checked.ok) return checked;
    const { another: _, ...facts } = said;
    const record = {
      ...facts,
      recordedSubscriptionId: newId(),
      recordedAt: clock.now().toString(),
      endedAt: null,
      version: 1,
    };
    await save(tx, call, customerId, { record, before: undefined });
    return accepted(record);
  });
}

/**
 * Corrects a record, or ends it: from then on it does not count. A repeat changes nothing. Refused: role, unknown record or offer, another
 * version than the one looked at, and as recording itself.
 */
export async function changeRecorded(
  call: Call,
  { customerId, recordedSubscriptionId }: Named,
  { version, ...said }: Said & { readonly version?: number | undefined },
): Promise<Outcome<RecordedSubscription>> {
  return changeRecords(call, customerId, async (tx): Promise<Outcome<RecordedSubscription>> => {
    const { partnerId } = call.actor.partner;
    const all = (await findRecorded(tx, { customerId, partnerId })) ?? [];
    const before = all.find((one) => one.recordedSubscriptionId === recordedSubscriptionId);
    if (!before) return notFound('recordedSubscription', recordedSubscriptionId);
    const { another: _, ...facts } = said;
    if (Object.entries(facts).every(([key, value]) => before[key as keyof typeof facts] === value)) {
      return accepted(before);
    }
    if (version !== undefined && version !== before.version) {
      return refused({ code: 'changed-meanwhile', version: before.version });
    }
    const sameKind = said.offerId === before.offerId && said.channel === before.channel && before.status !== 'deleted';
    if (said.status !== 'deleted' && !sameKind) {
      const checked = await check(tx, call, customerId, said, recordedSubscriptionId);
      if (!checked.ok) return checked;
    }
    const endedAt = said.status === 'deleted' ? (before.endedAt ?? call.clock.now().toString()) : null;
    const record = { ...before, ...facts, endedAt, version: before.version + 1 };
    await save(tx, call, customerId, { record, before });
    return accepted(record);
  });
}

/** Takes back a record that should not be there. Refused: role, unknown record. */
export async function removeRecorded(
  call: Call,
  { customerId, recordedSubscriptionId }: Named,
): Promise<Outcome<undefined>> {
  return changeRecords(call, customerId, async (tx): Promise<Outcome<undefined>> => {
    const owner = { customerId, partnerId: call.actor.partner.partnerId };
    const all = (await findRecorded(tx, owner)) ?? [];
    const before = all.find((one) => one.recordedSubscriptionId === recordedSubscriptionId);
    if (!before) return notFound('recordedSubscription', recordedSubscriptionId);
    const audit = toAuditRow(call, {
      customerId,
      action: 'recorded-subscription.removed',
      subjectId: recordedSubscriptionId,
      details: { before: factsOf(before), after: {} },
    });
    await deleteRecorded(tx, owner, recordedSubscriptionId, audit);
    return accepted(undefined);
  });
}

/** What is said of a subscription, as the audit log keeps it. */
export function factsOf({ offerId, channel, quantity, status, endsOn }: RecordedSubscription) {
  return { offerId, channel, quantity, status, endsOn };
}

async function changeRecords<Value>(
  { actor, database }: Call,
  customerId: string,
  work: (tx: Transaction) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'recordSubscriptions');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<Value>> => {
    return (await knowsCustomer(tx, customerId)) ? work(tx) : notFound('customer', customerId);
  });
}

/** Whether the offer exists and nothing of the same offer and channel counts yet, but for the record itself. */
async function check(
  tx: Transaction,
  { actor, catalog }: Call,
  customerId: string,
  { offerId, channel, another }: Said,
  itself?: string,
): Promise<Outcome<undefined>> {
  if (!catalog.offers.has(offerId)) return refused({ code: 'invalid-field', field: 'offerId', expected: 'offer' });
  if (another) return accepted(undefined);
  const counting = await findCounting(tx, actor.partner.partnerId, [customerId]);
  const [same] = counting
    .filter((one) => one.offerId === offerId && one.channel === channel)
    .filter(({ recorded }) => recorded === null || recorded.recordedSubscriptionId !== itself);
  if (!same) return accepted(undefined);
  return refused({ code: same.recorded ? 'already-recorded' : 'already-counts', offerId, channel });
}

async function save(
  tx: Transaction,
  call: Call,
  customerId: string,
  { record, before }: { record: RecordedSubscription; before: RecordedSubscription | undefined },
): Promise<void> {
  const audit = toAuditRow(call, {
    customerId,
    action: before ? 'recorded-subscription.changed' : 'recorded-subscription.added',
    subjectId: record.recordedSubscriptionId,
    details: { ...(before && { before: factsOf(before) }), after: factsOf(record) },
  });
  await saveRecorded(tx, { customerId, partnerId: call.actor.partner.partnerId }, [record], [audit]);
}
