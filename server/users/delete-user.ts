import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { notFound, type Outcome } from '../failure.ts';
import { changeDirectory } from './directory.ts';
import { findUser, removeUser } from './user.store.ts';

/**
 * Deletes a user, who can be restored for 30 days. Licenses are free at once; open license issues are left, because nobody is there
 * whose license could move.
 * Refused: role, unknown customer or user, one that is deleted already, missing privileges.
 */
export function deleteUser(
  call: Call,
  { customerId, userId }: { readonly customerId: string; readonly userId: string },
): Promise<Outcome<undefined>> {
  const { actor, clock } = call;
  return changeDirectory(call, customerId, 'delete_users', async (tx): Promise<Outcome<undefined>> => {
    const now = clock.now();
    const user = await findUser(tx, customerId, userId, now);
    if (!user || user.deleted_at !== null) return notFound('user', userId);
    const { freed, left } = await removeUser(tx, { customerId, userId, agentId: actor.agentId, at: now.toString() });
    const details = {
      before: { state: 'active' },
      after: { state: 'deleted', licensesFreed: freed, issuesLeft: left },
    };
    await saveAudit(tx, [toAuditRow(call, { customerId, action: 'user.deleted', subjectId: userId, details })]);
    return accepted(undefined);
  });
}
