import type { Language } from '../../contract/values.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import type { Transaction } from '../postgres/database.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';

/** A line of the audit log with the names that its ids have now. */
export type AuditRecord = {
  readonly customer_id: string;
  readonly audit_id: string;
  readonly action: AuditAction;
  readonly subject_id: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly correlation_id: string;
  readonly at: string;
  readonly address: string | null;
  readonly via: 'session' | 'client' | 'server' | null;
  readonly via_client_id: string | null;
  readonly via_client_name: string | null;
  readonly outcome: 'done' | 'refused';
  readonly reason: string | null;
  readonly agent_id: string | null;
  readonly agent_name: string | null;
  readonly email: string | null;
  /** Of an application that acted in its own name. */
  readonly client_id: string | null;
  readonly customer_name: string | null;
  /** The name of what it was done to, where that is a user, a subscription, an API client or an agent. */
  readonly subject_name: string | null;
  /** The seal that covers the row; null: none yet. */
  readonly seal_number: number | null;
};

/** A place in the list: moment and id of a record. */
export type AuditPlace = readonly [at: string, auditId: string];

export type AuditQuery = {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly customerId?: string | undefined;
  /** Part of the customer's name, folded for search. */
  readonly customerName?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly agentId?: string | undefined;
  readonly outcome?: 'done' | 'refused' | undefined;
  readonly correlationId?: string | undefined;
  /** Part of a name of whoever acted, of the customer or of what it was done to, folded for search; or a whole id. */
  readonly search?: string | undefined;
  readonly after?: AuditPlace | undefined;
  readonly limit: number;
};

const RECORDS = `
  select r.customer_id, r.audit_id, r.action, r.subject_id, r.details, r.correlation_id, r.at, r.address, r.via, r.outcome,
    r.reason, r.agent_id, p.display_name as agent_name, a.email, l.client_id, c.name as customer_name,
    r.client_id as via_client_id, v.name as via_client_name,
    coalesce(u.display_name, s.friendly_name, k.name, w.display_name) as subject_name, e.seal_number
  from audit_records r
  left join agents p on p.partner_id = r.partner_id and p.agent_id = r.agent_id
  left join agents a on a.partner_id = r.partner_id and a.agent_id = r.agent_id and not a.application
  left join api_clients l on l.partner_id = r.partner_id and l.agent_id = r.agent_id and not l.user_context
  left join api_clients v on v.partner_id = r.partner_id and v.client_id = r.client_id
  left join api_clients k on k.partner_id = r.partner_id and k.client_id = r.subject_id
  left join agents w on w.partner_id = r.partner_id and w.agent_id::text = r.subject_id
  left join customers c on c.customer_id = r.customer_id
  left join users u on u.customer_id = r.customer_id and u.user_id::text = r.subject_id
  left join subscriptions s on s.customer_id = r.customer_id and s.subscription_id::text = r.subject_id
  left join lateral (
    select x.seal_number from audit_seals x
    where x.partner_id = r.partner_id and x.until_at >= r.at and x.from_at <= r.at and r.audit_id = any (x.audit_ids)
    limit 1) e on true
  where r.partner_id = $1`;

/** A partner's records, the newest first; one more than the limit tells that there is a next page. */
export async function findAuditRecords(tx: Transaction, partnerId: string, query: AuditQuery): Promise<AuditRecord[]> {
  const { from, until, customerId, customerName, actions, agentId, outcome, correlationId, search, after, limit } =
    query;
  return tx.query<AuditRecord>(
    `${RECORDS} and r.at between $2 and $3
       and ($4::uuid is null or r.customer_id = $4)
       and ($5::text is null or position($5 in c.name_folded) > 0)
       and ($6::text[] is null or r.action = any ($6))
       and ($7::timestamptz is null or (r.at, r.audit_id) < ($7, $8::uuid))
       and ($10::uuid is null or r.agent_id = $10)
       and ($11::text is null or r.outcome = $11)
       and ($12::text is null or r.correlation_id = $12)
       and ($13::text is null or $13 in (r.subject_id, r.correlation_id, r.audit_id::text) or position($13 in fold_for_search(
         concat_ws(' ', p.display_name, a.email, c.name, v.name, k.name, u.display_name, u.user_principal_name,
           s.friendly_name))) > 0)
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
      agentId ?? null,
      outcome ?? null,
      correlationId ?? null,
      search ?? null,
    ],
  );
}

export async function findAuditRecord(
  tx: Transaction,
  partnerId: string,
  { customerId, auditId }: { customerId: string; auditId: string },
): Promise<AuditRecord | undefined> {
  const [row] = await tx.query<AuditRecord>(
    `${RECORDS} and r.customer_id = $2 and r.audit_id = $3 and r.outcome = 'done'`,
    [partnerId, customerId, auditId],
  );
  return row;
}

/** The acts that the partner's log has. */
export async function findAuditActions(tx: Transaction, partnerId: string): Promise<AuditAction[]> {
  const rows = await tx.query<{ action: AuditAction }>(
    'select distinct action from audit_records where partner_id = $1',
    [partnerId],
  );
  return rows.map((row) => row.action);
}

export type AuditActor = { readonly agent_id: string; readonly display_name: string };

/** Whoever may stand in the log: people and applications of the partner, by name in the order of the language. */
export async function findAuditActors(tx: Transaction, partnerId: string, language: Language): Promise<AuditActor[]> {
  return tx.query<AuditActor>(
    `select agent_id, display_name from agents where partner_id = $1
     order by display_name collate ${COLLATIONS[language]}, agent_id`,
    [partnerId],
  );
}

/** Whether a customer is the partner's. */
export async function isRelated(tx: Transaction, partnerId: string, customerId: string): Promise<boolean> {
  const related = 'select 1 from relationships where customer_id = $1 and partner_id = $2';
  return (await tx.query(related, [customerId, partnerId])).length > 0;
}
