import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type Announcement, insertDeliveries } from '../webhooks/delivery.store.ts';

export type AuditAction =
  | 'upgrade.applied'
  | 'seats.changed'
  | 'subscription.updated'
  | 'subscription.purchased'
  | 'license-issue.settled'
  | 'licenses.updated'
  | 'path.switched'
  | 'customer.created'
  | 'customer.billing-profile-updated'
  | 'customer.qualified'
  | 'customer.relationship-ended'
  | 'customer.deleted'
  | 'agreement.attested'
  | 'api-client.created'
  | 'api-client.secret-rotated'
  | 'api-client.revoked'
  | 'webhook.registered'
  | 'webhook.changed'
  | 'user.created'
  | 'user.updated'
  | 'user.password-reset'
  | 'user.deleted'
  | 'user.restored'
  | 'role-member.added'
  | 'role-member.removed';

/** One line of the audit log, written in the transaction of the act. It holds ids, never names. */
export type AuditEntry = {
  readonly customerId: string;
  readonly action: AuditAction;
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

/** A line of the audit log with the names that its ids have now. */
export type AuditRecord = {
  readonly customer_id: string;
  readonly audit_id: string;
  readonly action: AuditAction;
  readonly subject_id: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly correlation_id: string;
  readonly at: string;
  readonly email: string | null;
  /** Of an application that acted in its own name. */
  readonly client_id: string | null;
  readonly customer_name: string | null;
};

/** A place in the list: moment and id of a record. */
export type AuditPlace = readonly [at: string, auditId: string];

export type AuditQuery = {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly customerId?: string | undefined;
  /** Part of the customer's name, folded for search. */
  readonly customerName?: string | undefined;
  readonly actions?: readonly AuditAction[] | undefined;
  readonly after?: AuditPlace | undefined;
  readonly limit: number;
};

const RECORDS = `
  select r.customer_id, r.audit_id, r.action, r.subject_id, r.details, r.correlation_id, r.at, a.email, l.client_id,
    c.name as customer_name
  from audit_records r
  left join agents a on a.partner_id = r.partner_id and a.agent_id = r.agent_id and not a.application
  left join api_clients l on l.partner_id = r.partner_id and l.agent_id = r.agent_id and not l.user_context
  left join customers c on c.customer_id = r.customer_id
  where r.partner_id = $1`;

/** A partner's records, the newest first; one more than the limit tells that there is a next page. */
export async function findAuditRecords(
  tx: Transaction,
  partnerId: string,
  { from, until, customerId, customerName, actions, after, limit }: AuditQuery,
): Promise<AuditRecord[]> {
  return tx.query<AuditRecord>(
    `${RECORDS} and r.at between $2 and $3
       and ($4::uuid is null or r.customer_id = $4)
       and ($5::text is null or position($5 in c.name_folded) > 0)
       and ($6::text[] is null or r.action = any ($6))
       and ($7::timestamptz is null or (r.at, r.audit_id) < ($7, $8::uuid))
     order by r.at desc, r.audit_id desc limit $9`,
    [
      partnerId,
      from.toString(),
      until.toString(),
      customerId ?? null,
      customerName ?? null,
      actions ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ],
  );
}

export async function findAuditRecord(
  tx: Transaction,
  partnerId: string,
  { customerId, auditId }: { customerId: string; auditId: string },
): Promise<AuditRecord | undefined> {
  const [row] = await tx.query<AuditRecord>(`${RECORDS} and r.customer_id = $2 and r.audit_id = $3`, [
    partnerId,
    customerId,
    auditId,
  ]);
  return row;
}
