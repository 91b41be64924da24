import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { LicenseIssueOnWire } from '../../contract/upgrades.ts';
import type { Language } from '../../contract/values.ts';
import { actionsFor } from '../../core/licenses/settle-issue.ts';
import { accepted } from '../../core/values/result.ts';
import { sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { presentFault, servicesOf, type Wording } from '../http/reason.presenter.ts';
import type { IssueRow } from './issue.store.ts';
import { listIssues } from './list-issues.ts';
import { settleIssues } from './settle-issues.ts';

export function issueRoutes(mount: Mount): void {
  mount.signedIn('listIssues', async ({ call, params, query, language, wording, request, reply }) => {
    const { service, ...filter } = query;
    const listed = await listIssues(call, params, filter);
    if (!listed.ok) return listed;
    const items = listed.value
      .map((row) => present(row, wording))
      .filter((item) => service === undefined || item.services.includes(service));
    if (wantsCsv(request.headers.accept)) {
      await sendCsv(reply, {
        name: `license-issues-${params.upgradeId}`,
        language,
        header: REASON_TEXTS[language].issueColumns,
        lots: [items],
        cells: (item) => toCells(item, language),
      });
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
    services: servicesOf(row.faults, row.offer_id, wording),
    actions: row.status === 'open' ? actionsFor(row.faults) : [],
    settledAt: row.settled_at === null ? null : Temporal.Instant.from(row.settled_at).toString(),
    settledBy: row.settled_by_name,
  };
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
