import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { changeCustomer } from './change-customer.ts';
import { type Agreement, saveAgreement } from './agreement.store.ts';

/**
 * Attests that a customer accepted an agreement (R9). Without a named user it is the one who acts.
 * Refused: role, unknown customer, a moment to come, an agreement with the same details.
 */
export async function attestAgreement(call: Call, customerId: string, asked: Agreement): Promise<Outcome<Agreement>> {
  const { actor, clock, newId } = call;
  const { partnerId } = actor.partner;
  const agreement = { ...asked, userId: asked.userId ?? (actor.userContext ? actor.agentId : null) };
  return changeCustomer(call, customerId, async (tx): Promise<Outcome<Agreement>> => {
    const now = clock.now();
    if (Temporal.Instant.compare(Temporal.Instant.from(agreement.agreedAt), now) > 0) {
      return refused({ code: 'invalid-field', field: 'dateAgreed', expected: 'notFuture' });
    }
    const agreementId = newId();
    const ids = { customerId, partnerId, agreementId, at: now.toString() };
    if (!(await saveAgreement(tx, ids, agreement))) {
      return refused({ code: 'invalid-field', field: 'agreement', expected: 'newAgreement' });
    }
    const { type, templateId } = agreement;
    const entry = { customerId, action: 'agreement.attested' as const, subjectId: agreementId };
    await saveAudit(tx, [toAuditRow(call, { ...entry, details: { after: { type, templateId } } })]);
    return accepted(agreement);
  });
}
