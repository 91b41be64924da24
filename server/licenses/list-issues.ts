import { foldForSearch } from '../../core/values/fold.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findIssues, type IssueFilter, type IssueRow } from './issue.store.ts';

/** The accounts and services of an upgrade that need a person (R11). Refused: role, unknown upgrade. */
export async function listIssues(
  { actor, database }: Call,
  upgrade: { customerId: string; upgradeId: string },
  { search, ...filter }: IssueFilter & { readonly search?: string | undefined },
): Promise<Outcome<IssueRow[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const issues = await database.readOf(partnerId, upgrade.customerId, (tx) =>
    findIssues(tx, partnerId, upgrade, filter),
  );
  if (!issues) return notFound('upgrade', upgrade.upgradeId);
  const wanted = foldForSearch(search ?? '');
  return accepted(
    issues.filter((issue) => foldForSearch(`${issue.display_name} ${issue.user_principal_name}`).includes(wanted)),
  );
}
