import type { Call, Context } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type EventName, EVENTS } from '../../contract/webhook-events.ts';
import { type Announcement, insertDeliveries } from '../webhooks/delivery.store.ts';
import { type EventToPlace, insertEventDeliveries } from '../webhooks/event-delivery.store.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';

/** One line of the audit log, written in the transaction of the act. It holds ids, never names. */
export type AuditEntry = {
  readonly customerId: string;
  readonly action: AuditAction;
  readonly subjectId: string;
  readonly details: object;
  /** The subscriptions that the act has changed, of which the partner's webhook tells. */
  readonly changed?: readonly string[];
};

/** A row as it is written. */
export type AuditRow = {
  readonly customer_id: string;
  readonly audit_id: string;
  readonly partner_id: string;
  /** Null: the server by itself. */
  readonly agent_id: string | null;
  readonly action: AuditAction;
  readonly subject_id: string;
  readonly details: object;
  readonly correlation_id: string;
  readonly at: string;
  readonly address: string | null;
  readonly via: 'session' | 'client' | 'server';
  readonly client_id: string | null;
  readonly outcome: 'done' | 'refused';
  /** Why it was refused: the code of the failure. */
  readonly reason: string | null;
  readonly announcements: readonly Announcement[];
  readonly events: readonly EventToPlace[];
};

/** Who acts, and from where; nobody of the partner where a customer or the clock does. */
export type AuditSource = Pick<Call, 'newId' | 'correlationId' | 'clock' | 'origin'> & {
  readonly actor: { readonly agentId: string | null; readonly partner: { readonly partnerId: string } };
};

export function toAuditRow({ newId, actor, correlationId, clock, origin }: AuditSource, entry: AuditEntry): AuditRow {
  const auditId = newId();
  const announcements = (entry.changed ?? []).map((subscription_id) => ({ subscription_id, delivery_id: newId() }));
  return {
    customer_id: entry.customerId,
    audit_id: auditId,
    partner_id: actor.partner.partnerId,
    agent_id: actor.agentId,
    action: entry.action,
    subject_id: entry.subjectId,
    details: entry.details,
    correlation_id: correlationId,
    at: clock.now().toString(),
    address: origin?.address ?? null,
    via: viaOf(origin),
    client_id: origin?.clientId ?? null,
    outcome: 'done',
    reason: null,
    announcements,
    events: [...eventOf(auditId, entry), ...announcements.map(changeOf)],
  };
}

/** Of what the server did by itself for a partner, because it became due. */
export function toSystemAuditRow(
  context: Pick<Context, 'newId' | 'clock'>,
  partnerId: string,
  entry: AuditEntry,
): AuditRow {
  const actor = { agentId: null, partner: { partnerId } };
  return toAuditRow({ ...context, actor, correlationId: context.newId() }, entry);
}

/** What is done for an agent by the clock, without anybody. */
export function byClock(call: Call): AuditSource {
  return { ...call, actor: { agentId: null, partner: call.actor.partner } };
}

function viaOf(origin: Call['origin']): AuditRow['via'] {
  if (!origin) return 'server';
  return origin.clientId === null ? 'session' : 'client';
}

/** The event that an act is by its own name; its id is that of the audit row. */
function eventOf(auditId: string, { action, subjectId, changed = [] }: AuditEntry): EventToPlace[] {
  return isEvent(action) ? [{ event_id: auditId, event: action, subject_id: subjectId, subscriptions: changed }] : [];
}

function isEvent(action: AuditAction): action is AuditAction & EventName {
  return (EVENTS as readonly string[]).includes(action);
}

function changeOf({ delivery_id, subscription_id }: Announcement): EventToPlace {
  const event: EventName = 'subscription-updated';
  return { event_id: delivery_id, event, subject_id: subscription_id, subscriptions: [subscription_id] };
}

const COLUMNS = `customer_id, audit_id, partner_id, agent_id, action, subject_id, details, correlation_id, at, address, via,
  client_id, outcome, reason`;

/** The parts of a larger `with` that insert audit rows out of a JSON list, and what is to be told of them. */
export function auditParts(rows: string): string {
  return `audited as (
    insert into audit_records (${COLUMNS}) select ${COLUMNS} from jsonb_to_recordset(${rows}) as r (customer_id uuid,
      audit_id uuid, partner_id uuid, agent_id uuid, action text, subject_id text, details jsonb, correlation_id text,
      at timestamptz, address text, via text, client_id text, outcome text, reason text)
    returning customer_id, audit_id, partner_id),
  left_to_seal as (insert into audit_unsealed select customer_id, audit_id, partner_id from audited),
  announced as (${insertDeliveries(rows)}),
  told as (${insertEventDeliveries(rows)})`;
}

export async function saveAudit(tx: Transaction, rows: readonly AuditRow[]): Promise<void> {
  await tx.query(`with ${auditParts('$1::jsonb')} select 1`, [JSON.stringify(rows)]);
}
