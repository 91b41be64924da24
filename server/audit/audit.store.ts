import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type Announcement, insertDeliveries } from '../webhooks/delivery.store.ts';

/** One line of the audit log, written in the transaction of the act. It holds ids, never names. */
export type AuditEntry = {
  readonly customerId: string;
  readonly action:
    | 'upgrade.applied'
    | 'seats.changed'
    | 'subscription.updated'
    | 'license-issue.settled'
    | 'path.switched';
  readonly subjectId: string;
  readonly details: object;
  /** The subscriptions that the act has changed, of which the partner's webhook tells. */
  readonly changed?: readonly string[];
};

export type AuditRow = ReturnType<typeof toAuditRow>;

export function toAuditRow({ newId, actor, correlationId, clock }: Call, entry: AuditEntry) {
  return {
    customer_id: entry.customerId,
    audit_id: newId(),
    partner_id: actor.partner.partnerId,
    agent_id: actor.agentId,
    action: entry.action,
    subject_id: entry.subjectId,
    details: entry.details,
    correlation_id: correlationId,
    at: clock.now().toString(),
    announcements: (entry.changed ?? []).map((subscription_id): Announcement => ({
      subscription_id,
      delivery_id: newId(),
    })),
  };
}

/** The parts of a larger `with` that insert audit rows out of a JSON list, and what is to be told of them. */
export function auditParts(rows: string): string {
  return `audited as (
    insert into audit_records select r.* from jsonb_to_recordset(${rows}) as r (customer_id uuid, audit_id uuid,
      partner_id uuid, agent_id uuid, action text, subject_id text, details jsonb, correlation_id text, at timestamptz)),
  announced as (${insertDeliveries(rows)})`;
}

export async function saveAudit(tx: Transaction, rows: readonly AuditRow[]): Promise<void> {
  await tx.query(`with ${auditParts('$1::jsonb')} select 1`, [JSON.stringify(rows)]);
}
