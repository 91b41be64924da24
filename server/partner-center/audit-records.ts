import { z } from 'zod';
import { id as storedId, moment as storedMoment } from '../../contract/values.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import type { AuditPlace, AuditRecord } from '../audit/audit-search.store.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import { listAudit, showAuditRecord } from '../audit/list-audit.ts';
import { readWindow } from './audit-dates.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { foldEnum, guidOf } from './input.ts';
import { nextPage, PAGE_QUERY, pageOf, readFilter } from './paging.ts';
import { collection, collectionOf, guid, kind, moment, resource } from './wire.ts';

const auditRecord = kind('AuditRecord', {
  id: z.string(),
  partnerId: guid,
  customerId: guid.optional(),
  customerName: z.string().optional(),
  userPrincipalName: z.string().optional(),
  applicationId: z.string().optional(),
  resourceType: z.string(),
  resourceOldValue: z.string().optional(),
  resourceNewValue: z.string().optional(),
  operationType: z.string(),
  originalCorrelationId: z.string(),
  operationDate: moment,
  operationStatus: z.literal('succeeded'),
  customizedData: z.array(z.object({ key: z.string(), value: z.string() })),
});

/** What was done: every act that changed something. */
export function auditResources(dialect: Dialect): void {
  dialect.get(
    '/auditrecords',
    {
      asks: 'viewAudit',
      summary: 'What the partner’s agents and applications did, the newest first',
      query: {
        startDate: 'From when; absent: 30 days ago',
        endDate: 'Until when; absent: now',
        filter: 'JSON with field (CompanyName, CustomerId or ResourceType), operator (substring or equals) and value',
        ...PAGE_QUERY,
      },
      answer: collectionOf(auditRecord),
    },
    list,
  );
}

/** One record at an address of its own, which webhooks name. */
export function auditRecordResource(dialect: Dialect): void {
  dialect.get(
    '/auditrecords/:recordid',
    { asks: 'viewAudit', summary: 'One record', answer: auditRecord },
    async (given) => {
      const [, customerId, auditId] = given.param('recordid').split('_');
      const key = { customerId: guidOf(customerId, 'audit record'), auditId: guidOf(auditId, 'audit record') };
      const shown = await showAuditRecord(given.call, key);
      if (!shown.ok) throw faultOf(shown.refused, given.wording);
      return present(shown.value, given);
    },
  );
}

async function list(given: Given) {
  const { call, query, wording } = given;
  const page = pageOf(given);
  const [startDate, endDate, filter] = [query.text('startDate'), query.text('endDate'), query.text('filter')];
  const found = await listAudit(call, {
    ...readWindow(startDate, endDate, call.clock.now()),
    ...conditionsOf(filter),
    after: page.cursor === undefined ? undefined : readCursor(page.cursor),
    limit: page.limit,
  });
  if (!found.ok) throw faultOf(found.refused, wording);
  const { records, next } = found.value;
  const asked = Object.entries({ startDate, endDate, filter, size: String(page.limit) });
  const inQuery = asked.filter((one): one is [string, string] => one[1] !== undefined);
  const self = `/auditrecords?${new URLSearchParams(inQuery).toString()}`;
  return collection(
    records.map((record) => present(record, given)),
    self,
    next && nextPage(self, page, writeCursor(next)),
  );
}

function conditionsOf(text: string | undefined) {
  if (text === undefined || text === '') return {};
  const { field, operator, value } = readFilter(text);
  const wanted = `${field} ${operator}`;
  if (wanted === 'companyname substring') return { customerName: foldForSearch(value) };
  if (wanted === 'customerid equals') return { customerId: guidOf(value, 'customer') };
  if (wanted === 'resourcetype equals') {
    const named = Object.entries(ON_WIRE).filter(([, [resourceType]]) => foldEnum(resourceType) === foldEnum(value));
    return { actions: named.map(([action]) => action as AuditAction) };
  }
  throw new Fault(400, 3000, 'filter must ask for CompanyName substring, CustomerId equals or ResourceType equals.');
}

/** What was done to what, and the key under which its id is told. */
type OnWire = readonly [resourceType: string, operationType: string, subject: string];

const OWN: OnWire = ['undefined', 'undefined', 'SubjectId'];

/** What the acts are called on the wire. The others have no name there that every client can read. */
const ON_WIRE: Readonly<Partial<Record<AuditAction, OnWire>>> = {
  'upgrade.applied': ['subscription', 'upgrade_subscription', 'UpgradeId'],
  // Nothing of the subscription has changed yet.
  'seats.changed': ['subscription', 'update_subscription', 'SubscriptionId'],
  'subscription.updated': ['subscription', 'update_subscription', 'SubscriptionId'],
  'subscription.purchased': ['order', 'create_order', 'SubscriptionId'],
  'subscription.cancelled': ['subscription', 'update_subscription', 'SubscriptionId'],
  'order.billing-cycle-changed': ['order', 'update_order', 'OrderId'],
  'license-issue.settled': ['license', 'update_customer_user_licenses', 'UpgradeId'],
  'licenses.updated': ['license', 'update_customer_user_licenses', 'CustomerUserId'],
  'customer.created': ['customer', 'add_customer', 'SubjectId'],
  'customer.billing-profile-updated': ['customer', 'update_customer_billing_profile', 'SubjectId'],
  'customer.qualified': ['customer', 'update_customer_qualification', 'SubjectId'],
  'customer.relationship-ended': ['customer', 'remove_partner_customer_relationship', 'SubjectId'],
  'customer.deleted': ['customer', 'delete_customer', 'SubjectId'],
  'agreement.attested': ['agreement', 'create_agreement', 'SubjectId'],
  'relationship.requested': ['customer', 'undefined', 'SubjectId'],
  'relationship.withdrawn': ['customer', 'undefined', 'SubjectId'],
  'relationship.accepted': ['customer', 'approve_customer_relationship', 'SubjectId'],
  'relationship.declined': ['customer', 'undefined', 'SubjectId'],
  'relationship.renewed': ['customer', 'undefined', 'SubjectId'],
  'privileges.revoked': ['customer', 'undefined', 'SubjectId'],
  'privileges.ending': ['customer', 'undefined', 'SubjectId'],
  // The service knows nothing of what a partner writes down for itself.
  'user.created': ['customer_user', 'create_customer_user', 'CustomerUserId'],
  'user.updated': ['customer_user', 'update_customer_user', 'CustomerUserId'],
  'user.password-reset': ['customer_user', 'reset_customer_user_password', 'CustomerUserId'],
  'user.deleted': ['customer_user', 'delete_customer_user', 'CustomerUserId'],
  'user.restored': ['customer_user', 'restore_customer_user', 'CustomerUserId'],
  // Their own names are newer than what the Java SDK reads.
  'role-member.added': ['customer_user', 'update_customer_user', 'CustomerUserId'],
  'role-member.removed': ['customer_user', 'update_customer_user', 'CustomerUserId'],
};

function present(record: AuditRecord, { call }: Given) {
  const { partnerId } = call.actor.partner;
  const [resourceType, operationType, subject] = ON_WIRE[record.action] ?? OWN;
  const isOwn = record.customer_id === partnerId;
  const { before, after = before === undefined ? record.details : {} } = record.details;
  return resource(auditRecord, {
    id: [partnerId, record.customer_id, record.audit_id].join('_'),
    partnerId,
    customerId: isOwn ? null : record.customer_id,
    customerName: record.customer_name,
    userPrincipalName: record.email,
    applicationId: record.client_id,
    resourceType,
    resourceOldValue: before === undefined ? null : JSON.stringify(inPascalCase(before)),
    resourceNewValue: JSON.stringify(inPascalCase(after)),
    operationType,
    originalCorrelationId: record.correlation_id,
    operationDate: Temporal.Instant.from(record.at).toString(),
    operationStatus: 'succeeded',
    customizedData: [{ key: subject, value: record.subject_id }],
  });
}

/** Values are texts with JSON inside whose keys begin with a capital. */
function inPascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inPascalCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key.charAt(0).toUpperCase() + key.slice(1), inPascalCase(one)]),
  );
}

const place = z.tuple([storedMoment, storedId]);

function writeCursor([at, auditId]: AuditPlace): string {
  return Buffer.from(JSON.stringify([Temporal.Instant.from(at).toString(), auditId])).toString('base64url');
}

/** @throws Fault 400/3000 for a token that no page had. */
function readCursor(cursor: string): AuditPlace {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Fault(400, 3000, 'MS-ContinuationToken is not that of a page.');
  }
}
