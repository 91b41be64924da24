import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/audit.en.json' with { type: 'json' };
import tr from './texts/audit.tr.json' with { type: 'json' };
import { id, moment, pageLimit, pageOf, storable, text } from './values.ts';

/** What acts and their fields are called. */
export const AUDIT_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

type Act = keyof typeof en.actions;
const act = z.enum(Object.keys(en.actions) as [Act, ...Act[]]);

const named = z.object({ id: z.string(), name: z.string() });

/** One field that an act changed, in words of the reader's language; null: there was nothing, or there is nothing any more. */
const change = z.object({
  field: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const auditEntry = z.object({
  auditId: id,
  at: moment,
  /** What was done, as `audit.actions` names it, and in words. */
  action: z.string(),
  actionText: z.string(),
  /** The person or the application that acted; null: the server itself. */
  actor: named.nullable(),
  /** Null: written before that was kept. */
  via: z.enum(['session', 'client', 'server']).nullable(),
  /** The API client through which it came. */
  client: named.nullable(),
  /** On whose behalf; null: the partner's own. */
  customer: named.nullable(),
  subject: z.object({ id: z.string(), name: z.string().nullable() }),
  outcome: z.enum(['done', 'refused']),
  /** Why it was refused: the code of the problem, and its words. */
  reason: z.string().nullable(),
  reasonText: z.string().nullable(),
  /** From where. */
  address: z.string().nullable(),
  correlationId: z.string(),
  changes: z.array(change),
  /** The seal that covers the entry; null: it waits for one. */
  sealNumber: z.number().int().nullable(),
});
export type AuditEntryOnWire = z.infer<typeof auditEntry>;

const auditQuery = {
  /** Part of the name of whoever acted, of the customer or of what it was done to; or a whole id. */
  search: storable.trim().max(200).optional(),
  action: act.optional(),
  agentId: id.optional(),
  customerId: id.optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  correlationId: text(64).optional(),
  /** Absent: from the beginning. */
  from: moment.optional(),
  /** Absent: to now. */
  until: moment.optional(),
};

const chainBreak = z.object({
  kind: z.enum(['changed', 'removed', 'inserted', 'seal-changed', 'seal-removed']),
  /** Null where a whole seal is concerned. */
  auditId: id.nullable(),
  sealNumber: z.number().int().nullable(),
});

const chainPlace = z.object({ sealNumber: z.number().int(), hash: z.string() });

const auditVerification = z.object({
  /** Nothing is known to have been changed from outside: not by the last whole verification, nor by the looks since. */
  unbroken: z.boolean(),
  /** The first twenty. */
  breaks: z.array(chainBreak),
  /** The moment of the oldest entry; null: there is none. */
  since: moment.nullable(),
  /** Entries that no seal covers yet. */
  waiting: z.number().int(),
  /** The end of the chain. */
  head: chainPlace.nullable(),
  /** The last seal that was recomputed when it was new, and when that was; what lies before it the next whole verification looks at again. */
  mark: chainPlace.extend({ at: moment }).nullable(),
  /** What the last whole verification has found; null: there was none yet. */
  whole: z
    .object({
      at: moment,
      entries: z.number().int(),
      since: moment.nullable(),
      unbroken: z.boolean(),
      head: chainPlace.nullable(),
    })
    .nullable(),
  /** The whole verification that is under way: when it began, and the last seal that it came to; null: none is. */
  running: z.object({ since: moment, sealNumber: z.number().int() }).nullable(),
  /** How many days entries are kept; null: for ever. */
  auditDays: z.number().int().nullable(),
});
export type AuditVerificationOnWire = z.infer<typeof auditVerification>;

export const auditEndpoints = {
  listAudit: {
    ...routes.listAudit,
    asks: 'viewAudit',
    tag: 'Audit log',
    summary: 'Who did what, the newest first; as CSV all of it, which is itself written down',
    query: z.object({ ...auditQuery, limit: pageLimit, cursor: text(2000).optional() }),
    csv: true,
    status: 200,
    answer: pageOf(auditEntry),
    problems: ['role-not-allowed'],
  },
  listAuditFilters: {
    ...routes.listAuditFilters,
    asks: 'viewAudit',
    tag: 'Audit log',
    summary: 'What the log can be filtered by: acts in words, people and applications',
    status: 200,
    /** Acts that the log has. */
    answer: z.object({ actions: z.array(z.object({ action: z.string(), text: z.string() })), actors: z.array(named) }),
    problems: ['role-not-allowed'],
  },
  showAuditVerification: {
    ...routes.showAuditVerification,
    asks: 'viewAudit',
    tag: 'Audit log',
    summary: 'Whether the log is as it was written, after a look at what is new since the last one',
    status: 200,
    answer: auditVerification,
    problems: ['role-not-allowed'],
  },
  verifyAudit: {
    ...routes.verifyAudit,
    asks: 'viewAudit',
    tag: 'Audit log',
    summary:
      'Recomputes the whole log; a long one is gone through in the background, and `running` tells how far that is',
    status: 200,
    answer: auditVerification,
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
