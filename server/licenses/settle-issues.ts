import { getOffer } from '../../core/catalog/offer.ts';
import type { LicensedUser, LicenseFault } from '../../core/licenses/license.ts';
import {
  type IssueAction,
  actionsFor,
  type Settlement,
  settleIssues as settle,
} from '../../core/licenses/settle-issue.ts';
import { privilegeRefusals } from '../../core/upgrades/legacy-rules.ts';
import { notActive, type Refusal } from '../../core/upgrades/refusal.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { toCustomerFacts } from '../subscriptions/customer-facts.store.ts';
import { toSubscription, toSubscriptionRow } from '../subscriptions/subscription.store.ts';
import { completeReassignment } from '../upgrades/transition.store.ts';
import { findIssues, findSettling, type IssueRow, saveSettlements } from './issue.store.ts';

type Asked = { readonly customerId: string; readonly upgradeId: string; readonly userIds: readonly string[] };

/**
 * Works off license issues, one or many with one action; the move is tried again at once, and what still stands in the way stays open.
 * A license is exchanged for one of what the upgrade's target is by now: later upgrades may have made other subscriptions of it.
 * Refused: role, unknown upgrade or user, a settled issue, an action that fits no fault, missing privileges, a successor that is not active.
 */
export async function settleIssues(
  call: Call,
  { customerId, upgradeId, userIds }: Asked,
  action: IssueAction,
): Promise<Outcome<IssueRow[]>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'resolveIssues');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<IssueRow[]>> => {
    const now = clock.now();
    const issues = await findIssues(tx, partnerId, { customerId, upgradeId }, { userIds });
    const wrong = checkIssues(issues, { upgradeId, userIds }, action);
    if (wrong) return wrong;
    const row = await findSettling(tx, partnerId, { customerId, upgradeId, userIds, now });
    if (!row) return notFound('upgrade', upgradeId);

    const held = toSubscriptionRow(row.successor);
    const successor = toSubscription(held);
    const target = getOffer(catalog, successor.offerId);
    if (action.action !== 'leave') {
      // Condition 2 is that of the upgrade which the move belongs to: the source's services.
      const facts = toCustomerFacts(row, catalog, actor, now);
      const refusals: Refusal[] = privilegeRefusals(facts, row.source_offer_id, 'assign_license');
      if (successor.status !== 'active') refusals.push(notActive(successor));
      if (refusals.length > 0) return refused({ code: 'refused', refusals });
    }
    const faultsOf = new Map(issues?.map((issue) => [issue.user_id, issue.faults]));
    const users = row.users.map((user) => ({ user, faults: faultsOf.get(user.userId) ?? [] }));
    const settlements = settle(catalog, users, action, target, successor.quantity - held.assigned);
    await saveSettlements(
      tx,
      { customerId, upgradeId, sourceId: row.source_id, successor, at: now.toString(), agentId: actor.agentId },
      settlements,
    );
    await completeReassignment(tx, { customerId, upgradeId, at: now.toString() });
    const details = { action: action.action, users: describeChanges(row.users, faultsOf, settlements) };
    await saveAudit(tx, [
      toAuditRow(call, { customerId, action: 'license-issue.settled', subjectId: upgradeId, details }),
    ]);
    return accepted((await findIssues(tx, partnerId, { customerId, upgradeId }, { userIds })) ?? []);
  });
}

/** What the audit log keeps of each user: before, after, and the subscriptions whose license was given up. */
function describeChanges(
  before: readonly LicensedUser[],
  faultsBefore: ReadonlyMap<string, readonly LicenseFault[]>,
  settlements: readonly Settlement[],
) {
  const locations = new Map(before.map(({ userId, usageLocation }) => [userId, usageLocation]));
  const names = (faults: readonly LicenseFault[] = []) => faults.map((fault) => fault.name);
  return settlements.map(({ user: { userId, usageLocation }, status, faults, removedFrom }) => ({
    userId,
    before: { status: 'open', faults: names(faultsBefore.get(userId)), usageLocation: locations.get(userId) },
    after: { status, faults: names(faults), usageLocation },
    removedFrom,
  }));
}

/** Nothing is done for anybody when one of them does not fit. */
function checkIssues(
  issues: IssueRow[] | undefined,
  { upgradeId, userIds }: Pick<Asked, 'upgradeId' | 'userIds'>,
  { action }: IssueAction,
) {
  if (!issues) return notFound('upgrade', upgradeId);
  const missing = userIds.find((id) => !issues.some((issue) => issue.user_id === id));
  if (missing) return notFound('licenseIssue', missing);
  const settled = issues.find((issue) => issue.status !== 'open');
  if (settled) return refused({ code: 'issue-already-resolved', user: settled.user_principal_name } as const);
  const unfit = issues.find((issue) => !actionsFor(issue.faults).includes(action));
  return unfit && refused({ code: 'action-does-not-apply', user: unfit.user_principal_name } as const);
}
