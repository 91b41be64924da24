import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import {
  type AuditPlace,
  type AuditQuery,
  type AuditRecord,
  findAuditRecord,
  findAuditRecords,
} from './audit-search.store.ts';

export type AuditPage = {
  readonly records: readonly AuditRecord[];
  /** Where the next page begins; undefined on the last. */
  readonly next: AuditPlace | undefined;
};

/** What the partner's agents and applications did, the newest first, without what they were refused. Refused: role. */
export async function listAudit({ actor, database }: Call, query: AuditQuery): Promise<Outcome<AuditPage>> {
  const allowed = checkRole(actor.roles, 'viewAudit');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findAuditRecords(tx, partnerId, { ...query, outcome: 'done' }));
  const records = found.slice(0, query.limit);
  const last = found.length > query.limit ? records.at(-1) : undefined;
  return accepted({ records, next: last && [last.at, last.audit_id] });
}

/** One record. Refused: role, unknown record. */
export async function showAuditRecord(
  { actor, database }: Call,
  key: { readonly customerId: string; readonly auditId: string },
): Promise<Outcome<AuditRecord>> {
  const allowed = checkRole(actor.roles, 'viewAudit');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findAuditRecord(tx, partnerId, key));
  return found ? accepted(found) : notFound('auditRecord', key.auditId);
}
