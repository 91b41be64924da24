import type { Call } from '../context.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import { saveAudit, toAuditRow } from './audit.store.ts';
import { isRelated } from './audit-search.store.ts';

/** An act that was not done, as the one who asked for it was told. */
export type RefusedAct = {
  /** Method and path, with the names of the parameters. */
  readonly operation: string;
  readonly customerId: string | undefined;
  readonly subjectId: string | undefined;
  readonly code: string;
  /** The names of the rules against it. */
  readonly reasons: readonly string[];
};

/** Failures by which a rule or a role said no. What is malformed, unknown or was overtaken is a slip, not an attempt. */
const WORTH_A_ROW: ReadonlySet<string> = new Set([
  'role-not-allowed',
  'refused',
  'quote-outdated',
  'quote-expired',
  'path-refused-by-name',
  'action-does-not-apply',
  'cart-already-ordered',
  'licenses-refused',
  'user-context-required',
  'own-upgrade',
  'approval-needed',
  'own-account',
  'last-global-admin',
]);

/**
 * Writes down that an act was refused, in a transaction of its own: that of the act was rolled back. Previews are no acts. Whoever asked gets
 * the answer even if the row cannot be written.
 */
export async function recordRefusal(call: Call, act: RefusedAct): Promise<void> {
  if (!WORTH_A_ROW.has(act.code) || PREVIEW.test(act.operation)) return;
  const { actor, database, log, correlationId } = call;
  const { partnerId } = actor.partner;
  try {
    await database.write(partnerId, async (tx) => {
      // Only somebody's own customer: the id comes from outside.
      const ofCustomer = act.customerId !== undefined && (await isRelated(tx, partnerId, act.customerId));
      const customerId = ofCustomer && act.customerId !== undefined ? act.customerId : partnerId;
      const row = toAuditRow(call, {
        customerId,
        action: actionOf(act.operation),
        subjectId: act.subjectId?.slice(0, 200) ?? customerId,
        details: { after: { operation: act.operation, ...(act.reasons.length > 0 && { reasons: act.reasons }) } },
      });
      await saveAudit(tx, [{ ...row, outcome: 'refused', reason: act.code }]);
    });
  } catch (error) {
    log.error({ err: error, correlationId }, 'a refused act could not be written down');
  }
}

const PREVIEW = /^(GET|HEAD) |\/preview$|^POST \/api\/.*\/quotes$/;

/** What the act would have been. */
const ACTS: readonly (readonly [operation: RegExp, action: AuditAction])[] = [
  [/^POST .*\/quotes\/:\w+\/submit$|^POST \/v1\/.*\/(upgrades|conversions)$/, 'upgrade.applied'],
  [/^PUT .*\/seats$/, 'seats.changed'],
  [/^PATCH .*\/subscriptions\/:\w+$/, 'subscription.updated'],
  [/^POST .*\/(orders|checkout|purchases)$/, 'subscription.purchased'],
  [/^POST .*\/cancellation$/, 'subscription.cancelled'],
  [/^PATCH .*\/orders\/:\w+$/, 'order.billing-cycle-changed'],
  [/^POST .*\/issues\/resolve$/, 'license-issue.settled'],
  [/^POST .*\/licenseupdates$/, 'licenses.updated'],
  [/^(PUT|DELETE) \/api\/paths\/:\w+$/, 'path.switched'],
  [/^POST \/api\/imports/, 'import.applied'],
  [/^POST \/api\/import-versions\/restore$/, 'import.restored'],
  [/^POST \/api\/api-clients$/, 'api-client.created'],
  [/^POST \/api\/api-clients\/:\w+\/rotate$/, 'api-client.secret-rotated'],
  [/^DELETE \/api\/api-clients\/:\w+$/, 'api-client.revoked'],
  [/^POST .*\/webhooks\/v1\/registration$/, 'webhook.registered'],
  [/^PUT .*\/webhooks\/v1\/registration$/, 'webhook.changed'],
  [/^PUT \/api\/settings$/, 'settings.changed'],
  [/^POST \/v1\/customers$/, 'customer.created'],
  [/^PUT .*\/profiles\/billing$/, 'customer.billing-profile-updated'],
  [/^DELETE \/v1\/customers\/:\w+$/, 'customer.deleted'],
  [/^POST .*\/agreements$/, 'agreement.attested'],
  [/^POST \/v1\/customers\/:\w+\/users$/, 'user.created'],
  [/^PATCH .*\/users\/:\w+$/, 'user.updated'],
  [/^DELETE \/v1\/customers\/:\w+\/users\/:\w+$/, 'user.deleted'],
  [/^POST .*\/usermembers$/, 'role-member.added'],
  [/^DELETE .*\/usermembers\/:\w+$/, 'role-member.removed'],
];

function actionOf(operation: string): AuditAction {
  return ACTS.find(([pattern]) => pattern.test(operation))?.[1] ?? 'act.refused';
}
