import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { LicenseIssueOnWire } from '../../contract/upgrades.ts';
import type { Language } from '../../contract/values.ts';
import type { LicenseFault } from '../../core/licenses/license.ts';
import { actionsFor } from '../../core/licenses/settle-issue.ts';
import { accepted } from '../../core/values/result.ts';
import { toCsv } from '../http/csv.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { familyName, offerName, planName, presentFault, type Wording } from '../http/reason.presenter.ts';
import type { IssueRow } from './issue.store.ts';
import { listIssues } from './list-issues.ts';
import { settleIssues } from './settle-issues.ts';

export function issueRoutes(mount: Mount): void {
  mount.signedIn('listIssues', async ({ call, params, query, language, wording, request, reply }) => {
    const listed = await listIssues(call, params, query);
    if (!listed.ok) return listed;
    const items = listed.value.map((row) => present(row, wording));
    if (wantsCsv(request.headers.accept)) {
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="license-issues-${params.upgradeId}.csv"`)
        .send(
          toCsv(
            language,
            REASON_TEXTS[language].issueColumns,
            items.map((item) => toCells(item, language)),
          ),
        );
    }
    return accepted({ items });
  });
  mount.signedIn('resolveIssues', async ({ call, params, body: { userIds, ...action }, wording }) => {
    const settled = await settleIssues(call, { ...params, userIds: [...new Set(userIds)] }, action);
    return settled.ok ? accepted({ items: settled.value.map((row) => present(row, wording)) }) : settled;
  });
}

function present(row: IssueRow, wording: Wording): LicenseIssueOnWire {
  return {
    userId: row.user_id,
    displayName: row.display_name,
    userPrincipalName: row.user_principal_name,
    status: row.status,
    faults: row.faults.map((fault) => presentFault(fault, row.offer_id, wording)),
    services: [...new Set(row.faults.map((fault) => serviceOf(fault, row.offer_id, wording)))],
    actions: row.status === 'open' ? actionsFor(row.faults) : [],
    settledAt: row.settled_at === null ? null : Temporal.Instant.from(row.settled_at).toString(),
    settledBy: row.settled_by_name,
  };
}

/** The service that a fault is about; the new offer where it is about all of it. */
function serviceOf(fault: LicenseFault, targetOfferId: string, wording: Wording): string {
  switch (fault.name) {
    case 'plans-exclude-each-other':
      return planName(fault.addedPlan, wording);
    case 'dependent-product':
      return planName(fault.dependsOn, wording);
    case 'duplicate-address':
      return familyName('exchange', wording);
    default:
      return offerName(targetOfferId, wording);
  }
}

function toCells(item: LicenseIssueOnWire, language: Language): string[] {
  const { userId, displayName, userPrincipalName, status, faults } = item;
  const joined = (word: 'title' | 'message' | 'remedy') => faults.map((fault) => fault[word]).join(' / ');
  return [
    userPrincipalName,
    displayName,
    userId,
    REASON_TEXTS[language].issueStatuses[status],
    joined('title'),
    joined('message'),
    joined('remedy'),
  ];
}
