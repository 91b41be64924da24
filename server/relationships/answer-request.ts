import type { Language } from '../../contract/values.ts';
import { keepsRelationship } from '../../core/subscriptions/subscription.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { type AuditEntry, saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { removeRelationship } from '../customers/profile.store.ts';
import type { Outcome } from '../failure.ts';
import type { Mailing } from '../mail/mail.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { acceptRequest, type Agreement } from './accept-request.ts';
import { lockTenant } from './acceptance.store.ts';
import { checkProof, type Given } from './check-proof.ts';
import { removeGrants } from './relationship.store.ts';
import { answerRequest, lockRequest } from './request.store.ts';
import { isAnswerable, proofsOf } from './send-code.ts';
import { type Acceptance, findAcceptance } from './show-acceptance.ts';

export type Answer = Given & {
  /** Of what was shown. */
  readonly digest: string;
  readonly decision: 'accept' | 'decline' | 'withdrawPrivileges' | 'endRelationship';
  readonly agreement?: Agreement | undefined;
};

/** The deployment’s part in an answer. */
export type Desk = {
  readonly publicUrl: string;
  readonly mailing: Mailing;
  readonly language: Language;
  readonly correlationId: string;
};

export type Answered = 'accepted' | 'declined' | 'privilegesWithdrawn' | 'ended';

/** An answer being given, by somebody who has proved to be an administrator. */
export type Answering = {
  readonly context: Context;
  readonly tx: Transaction;
  readonly shown: Acceptance;
  readonly answer: Answer;
  readonly desk: Desk;
  readonly now: Temporal.Instant;
  readonly email: string;
  /** Writes down what the customer did, and how it was proved. */
  readonly audit: (entry: Omit<AuditEntry, 'details'> & { readonly details?: object }) => Promise<void>;
};

/**
 * Lets an administrator of the customer grant or decline exactly what was shown, or take back what was granted. One answer a request,
 * whoever gives it first. Refused: unknown link, nothing to answer, something else than was shown, a proof that does not hold; and by
 * decision a foreign market (R2), another tenant, subscriptions that still run (R11).
 */
export async function answerLink(context: Context, answer: Answer, desk: Desk): Promise<Outcome<Answered>> {
  const now = context.clock.now();
  return context.database.asSystem(async (tx): Promise<Outcome<Answered>> => {
    const first = await findAcceptance(tx, answer.token, now);
    if (!first.ok) return first;
    await lockRequest(tx, first.value.partnerId, first.value.requestId);
    const proofs = await proofsOf(tx, first.value, now);
    if (first.value.customerId !== null) await lockTenant(tx, first.value.customerId);
    // Read anew: whoever held the locks may have answered or withdrawn it.
    const found = await findAcceptance(tx, answer.token, now);
    if (!found.ok) return found;
    const shown = found.value;
    const isOfKind = shown.kind === 'answer' ? ANSWERS : CHANGES;
    if (!isAnswerable(shown) || !isOfKind.includes(answer.decision)) {
      return refused({ code: 'request-not-open', state: shown.standing });
    }
    if (shown.digest !== answer.digest) return refused({ code: 'shown-changed' });
    const proof = await checkProof(tx, shown, answer, { now: now.toString(), ...proofs });
    if (!proof.ok) return proof;
    const { email, told, settle } = proof.value;
    const { partnerId } = shown;
    const actor = { agentId: null, partner: { partnerId } };
    const by = { by: 'customer', ...told };
    const answering: Answering = {
      context,
      tx,
      shown,
      answer,
      desk,
      now,
      email,
      audit: async ({ details = {}, ...entry }) => {
        const source = { ...context, actor, correlationId: desk.correlationId };
        await saveAudit(tx, [toAuditRow(source, { ...entry, details: { ...by, ...details } })]);
      },
    };
    const done = await DECISIONS[answer.decision](answering);
    await settle(done.ok);
    return done;
  });
}

const ANSWERS: readonly Answer['decision'][] = ['accept', 'decline'];
const CHANGES: readonly Answer['decision'][] = ['withdrawPrivileges', 'endRelationship'];

const DECISIONS: Readonly<Record<Answer['decision'], (answering: Answering) => Promise<Outcome<Answered>>>> = {
  accept: acceptRequest,
  async decline({ tx, shown, now, audit }) {
    await answerRequest(tx, shown, { state: 'declined', customerId: null, at: now.toString() });
    const customerId = shown.customerId ?? shown.partnerId;
    await audit({ customerId, action: 'relationship.declined', subjectId: shown.requestId });
    return accepted('declined');
  },
  async withdrawPrivileges({ tx, shown, audit }) {
    const customerId = shown.customerId ?? '';
    await removeGrants(tx, customerId, shown.partnerId);
    await audit({ customerId, action: 'privileges.revoked', subjectId: customerId });
    return accepted('privilegesWithdrawn');
  },
  async endRelationship({ tx, shown, audit }): Promise<Outcome<Answered>> {
    if (shown.relation?.statuses.some(keepsRelationship)) {
      return refused({ code: 'invalid-field', field: 'decision', expected: 'noneActiveThere' });
    }
    const customerId = shown.customerId ?? '';
    await removeRelationship(tx, shown.partnerId, customerId);
    await audit({ customerId, action: 'customer.relationship-ended', subjectId: customerId });
    return accepted('ended');
  },
};
