import { AUDIT_TEXTS, type AuditEntryOnWire, type AuditVerificationOnWire } from '../../contract/audit.ts';
import { PROBLEM_TEXTS } from '../../contract/problems.ts';
import type { Language } from '../../contract/values.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import type { AuditRecord } from './audit-search.store.ts';
import type { ShownVerification } from './show-verification.ts';

/** Words for every act; one without words does not compile. */
const ACTIONS: Readonly<Record<Language, Readonly<Record<AuditAction, string>>>> = {
  en: AUDIT_TEXTS.en.actions,
  tr: AUDIT_TEXTS.tr.actions,
};

export function actionText(action: AuditAction, language: Language): string {
  return ACTIONS[language][action];
}

type OwnPartner = { readonly partnerId: string; readonly name: string };

/** A row of the log in the reader's language. `own`: the reader's partner, whose acts for itself name no customer. */
export function presentEntry(row: AuditRecord, own: OwnPartner, language: Language): AuditEntryOnWire {
  const problems: Readonly<Record<string, { readonly title: string }>> = PROBLEM_TEXTS[language];
  const name = row.agent_name ?? row.agent_id;
  return {
    auditId: row.audit_id,
    at: Temporal.Instant.from(row.at).toString(),
    action: row.action,
    actionText: actionText(row.action, language),
    actor: row.agent_id === null || name === null ? null : { id: row.agent_id, name },
    via: row.via,
    client:
      row.via_client_id === null ? null : { id: row.via_client_id, name: row.via_client_name ?? row.via_client_id },
    customer:
      row.customer_id === own.partnerId ? null : { id: row.customer_id, name: row.customer_name ?? row.customer_id },
    subject: { id: row.subject_id, name: row.subject_id === own.partnerId ? own.name : row.subject_name },
    outcome: row.outcome,
    reason: row.reason,
    reasonText: row.reason === null ? null : (problems[row.reason]?.title ?? row.reason),
    address: row.address,
    correlationId: row.correlation_id,
    changes: changesOf(row.details, language),
    sealNumber: row.seal_number,
  };
}

/** An entry as a line of CSV, in the order of `columns`. */
export function toCells(entry: AuditEntryOnWire, language: Language): string[] {
  const texts = AUDIT_TEXTS[language];
  return [
    entry.at,
    entry.actor?.name ?? texts.server,
    entry.client?.name ?? '',
    entry.actionText,
    entry.customer?.name ?? '',
    entry.subject.name ?? '',
    entry.subject.id,
    texts.outcomes[entry.outcome],
    entry.reasonText ?? '',
    entry.address ?? '',
    entry.correlationId,
    entry.changes.map(({ label, before, after }) => `${label}: ${before ?? '–'} → ${after ?? '–'}`).join('; '),
    entry.sealNumber === null ? '' : String(entry.sealNumber),
    entry.auditId,
  ];
}

/** What is known of the log; moments to the second and what lies below it, as they are kept. */
export function presentVerification(shown: ShownVerification): AuditVerificationOnWire {
  const moment = (at: string | null) => (at === null ? null : Temporal.Instant.from(at).toString());
  const { mark, markedAt, whole, progress, beganAt } = shown;
  return {
    unbroken: shown.breaks.length === 0,
    breaks: [...shown.breaks],
    since: moment(shown.since),
    waiting: shown.waiting,
    head: shown.end,
    mark:
      mark.sealNumber === 0 || markedAt === null ? null : { ...mark, at: Temporal.Instant.from(markedAt).toString() },
    whole: whole && {
      at: whole.endedAt,
      entries: whole.entries,
      since: moment(whole.since),
      unbroken: whole.breaks.length === 0,
      head: whole.end.sealNumber === 0 ? null : whole.end,
    },
    running:
      progress && beganAt !== null
        ? { since: Temporal.Instant.from(beganAt).toString(), sealNumber: progress.end.sealNumber }
        : null,
    auditDays: shown.auditDays,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Each field that differs, or was told at all; acts that tell no before tell what came of them. */
function changesOf(details: Fields, language: Language): AuditEntryOnWire['changes'] {
  const told = 'before' in details || 'after' in details;
  const [before, after] = told ? [fieldsOf(details['before']), fieldsOf(details['after'])] : [{}, details];
  const labels: Readonly<Record<string, string>> = AUDIT_TEXTS[language].fields;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((field) => ({
      field,
      label: labels[field] ?? field,
      before: textOf(before[field], language),
      after: textOf(after[field], language),
    }))
    .filter((one) => one.before !== one.after);
}

function fieldsOf(told: unknown): Fields {
  if (typeof told === 'object' && told !== null && !Array.isArray(told)) return told as Fields;
  return told === undefined || told === null ? {} : { version: told };
}

function textOf(value: unknown, language: Language): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return AUDIT_TEXTS[language].values[value ? 'true' : 'false'];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? null : value.map((one) => textOf(one, language) ?? '–').join(', ');
  }
  const parts = Object.entries(value).map(([key, one]) => [key, textOf(one, language)] as const);
  return parts.flatMap(([key, one]) => (one === null ? [] : `${key}: ${one}`)).join(' · ');
}
