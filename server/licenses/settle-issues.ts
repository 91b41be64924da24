import { getOffer } from '../../core/catalog/offer.ts';
import { type IssueAction, actionsFor, settleIssues as settle } from '../../core/licenses/settle-issue.ts';
import { privilegeRefusals } from '../../core/upgrades/eligibility.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { dayOf, toCustomerFacts } from '../subscriptions/subscription.store.ts';
import { findIssues, findSettling, type IssueRow, saveSettlements } from './issue.store.ts';

/** A license on an ended subscription is removed after this long at the latest (product decision 4). */
const KEPT_FOR = Temporal.Duration.from({ hours: 30 * 24 });

type Asked = { readonly customerId: string; readonly upgradeId: string; readonly userIds: readonly string[] };

/**
 * Works off license issues, one or many with one action; the move is tried again at once, and what still stands in the way stays open.
 * Refused: role, unknown upgrade or user, a settled issue, an action that fits no fault, missing privileges, a target that is not active.
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
    const asked = { customerId, upgradeId, userIds, day: dayOf(now), gone: now.subtract(KEPT_FOR).toString() };
    const row = await findSettling(tx, partnerId, asked);
    if (!row) return notFound('upgrade', upgradeId);

    if (action.action !== 'leave') {
      const facts = toCustomerFacts(row, catalog, actor, now);
      const refusals: Refusal[] = privilegeRefusals(facts, row.target_offer_id, 'assign_license');
      if (row.target_status !== 'active') refusals.push({ name: 'subscription-not-active', status: row.target_status });
      if (refusals.length > 0) return refused({ code: 'refused', refusals });
    }
    const faultsOf = new Map(issues?.map((issue) => [issue.user_id, issue.faults]));
    const users = row.users.map((user) => ({ user, faults: faultsOf.get(user.userId) ?? [] }));
    const settlements = settle(catalog, users, action, getOffer(catalog, row.target_offer_id), row.free_seats);
    const { agentId } = actor;
    const ids = {
      customerId,
      upgradeId,
      sourceId: row.source_id,
      targetId: row.target_id,
      at: now.toString(),
      agentId,
    };
    await saveSettlements(tx, ids, settlements);
    const details = {
      action: action.action,
      users: settlements.map(({ user, status }) => ({ userId: user.userId, status })),
    };
    await saveAudit(tx, [
      toAuditRow(call, { customerId, action: 'license-issue.settled', subjectId: upgradeId, details }),
    ]);
    return accepted((await findIssues(tx, partnerId, { customerId, upgradeId }, { userIds })) ?? []);
  });
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
