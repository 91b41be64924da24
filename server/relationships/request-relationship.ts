import type { NewRequest } from '../../contract/relationships.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { composeEmail, draftEmail, settleText } from './compose-email.ts';
import { acceptanceLink, makeToken } from './link-token.ts';
import { findPartnersCustomer, findRelationship } from './relationship.store.ts';
import { type Request, saveLink, saveRequest } from './request.store.ts';

/** A request that nobody answers lapses (R13). */
const OPEN_DAYS = 90;

/** Drafts the email that a request would send. Refused: role, unknown customer, a new one that the partner has already. */
export async function draftRequest(call: Call, asked: NewRequest): Promise<Outcome<{ subject: string; text: string }>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'requestRelationship');
  if (!allowed.ok) return allowed;
  return database.read(actor.partner.partnerId, async (tx) => {
    const request = await prepare(tx, call, asked);
    return request.ok ? accepted(draftEmail(request.value, actor)) : request;
  });
}

/**
 * Asks a customer, or a tenant that is none yet, for a relationship and privileges. The answer holds the email with a link that is shown
 * this once. Refused: role, unknown customer, a new one that the partner has already, a text with two links.
 */
export async function requestRelationship(
  call: Call,
  asked: NewRequest,
  publicUrl: string,
): Promise<Outcome<ReturnType<typeof composeEmail>>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'requestRelationship');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<ReturnType<typeof composeEmail>>> => {
    const prepared = await prepare(tx, call, asked);
    if (!prepared.ok) return prepared;
    const drafted = asked.email ?? draftEmail(prepared.value, actor);
    const text = settleText(drafted.text, publicUrl);
    if (!text.ok) return text;
    const request: Request = { ...prepared.value, subject: drafted.subject, text: text.value };
    const { token, hash } = makeToken();
    await saveRequest(tx, request);
    await saveLink(tx, request, { hash, kind: 'answer', at: request.createdAt });
    await saveAudit(tx, [
      toAuditRow(call, {
        // Whoever is no customer yet has no records: it is an act of the partner alone.
        customerId: request.customerId ?? partnerId,
        action: 'relationship.requested',
        subjectId: request.requestId,
        details: {
          privileges: request.privileges,
          roles: request.roles,
          days: request.days,
          families: request.families,
          indirectReseller: request.indirectReseller?.tenantId ?? null,
        },
      }),
    ]);
    return accepted(composeEmail(request, acceptanceLink(publicUrl, token)));
  });
}

/** The request that is asked for, without the words of its email. */
async function prepare(tx: Transaction, { actor, clock, newId }: Call, asked: NewRequest): Promise<Outcome<Request>> {
  const { partnerId } = actor.partner;
  const now = clock.now();
  const customer = await customerOf(tx, partnerId, asked, now);
  if (!customer.ok) return customer;
  const { privileges } = asked;
  return accepted({
    partnerId,
    requestId: newId(),
    ...customer.value,
    indirectReseller: asked.indirectReseller ?? null,
    privileges: privileges.kind,
    roles: privileges.kind === 'gdap' ? privileges.roles : [],
    days: privileges.kind === 'gdap' ? privileges.days : null,
    families: privileges.kind === 'none' ? null : privileges.families,
    language: asked.language,
    recipient: asked.to ?? null,
    subject: '',
    text: '',
    createdAt: now.toString(),
    createdBy: actor.agentId,
    expiresAt: now.add({ hours: OPEN_DAYS * 24 }).toString(),
  });
}

async function customerOf(
  tx: Transaction,
  partnerId: string,
  { customerId, customer }: NewRequest,
  now: Temporal.Instant,
): Promise<Outcome<Pick<Request, 'customerId' | 'customerName' | 'domain'>>> {
  if ((customerId === undefined) === (customer === undefined)) {
    return refused({ code: 'invalid-field', field: 'customer', expected: 'customerOrNew' });
  }
  if (customerId !== undefined) {
    const found = await findRelationship(tx, partnerId, customerId, now);
    if (!found) return notFound('customer', customerId);
    return accepted({ customerId, customerName: found.name, domain: found.domain });
  }
  const { name, domain } = customer ?? { name: '', domain: '' };
  if (await findPartnersCustomer(tx, partnerId, domain)) {
    return refused({ code: 'invalid-field', field: 'customer.domain', expected: 'newCustomerDomain' });
  }
  return accepted({ customerId: null, customerName: name, domain });
}
