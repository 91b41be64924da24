import type { FastifyReply, FastifyRequest } from 'fastify';
import { REPORT_TEXTS } from '../../contract/reports.ts';
import type { Language } from '../../contract/values.ts';
import { accepted } from '../../core/values/result.ts';
import type { Cell } from '../../contract/csv.ts';
import { sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { moneyOf } from '../http/sold.presenter.ts';
import { findOpportunities } from './find-opportunities.ts';
import {
  issueCells,
  opportunityCells,
  presentFigures,
  presentIssues,
  presentOpportunity,
  presentRefusals,
  presentUpgrades,
  presentUplift,
  refusalCells,
  upgradeCells,
  upliftCells,
} from './report.presenter.ts';
import { reportIssues, reportRefusals, reportUpgrades, reportUplift, showFigures } from './show-reports.ts';

/** More dots than these nobody tells apart. */
const MOST_SHOWN = 300;

export function reportRoutes(mount: Mount): void {
  mount.signedIn('showFigures', async ({ call, query }) => {
    const found = await showFigures(call, query.period);
    if (!found.ok) return found;
    const { span, now, before } = found.value;
    const { currency } = call.actor.partner;
    return accepted({ ...span, ...presentFigures(now, currency), yearBefore: presentFigures(before, currency) });
  });
  mount.signedIn('reportUpgrades', async ({ call, query, wording, request, reply }) => {
    const found = await reportUpgrades(call, query.period);
    if (!found.ok) return found;
    const { span, rows } = found.value;
    await sendReport('upgrades', { request, reply, language: wording.language }, () => upgradeCells(rows, wording));
    return accepted(presentUpgrades(rows, span, wording));
  });
  mount.signedIn('reportUplift', async ({ call, query, wording, request, reply }) => {
    const found = await reportUplift(call, query.period);
    if (!found.ok) return found;
    const { span, rows } = found.value;
    const items = rows.map((row) => presentUplift(row, call.actor.partner.currency, wording));
    await sendReport('uplift', { request, reply, language: wording.language }, () => upliftCells(items));
    return accepted({ ...span, items });
  });
  mount.signedIn('reportOpportunities', async ({ call, wording, request, reply }) => {
    const outcome = await findOpportunities(call);
    if (!outcome.ok) return outcome;
    const { found, extraPerMonth, lookedAt, all } = outcome.value;
    await sendReport('opportunities', { request, reply, language: wording.language }, () =>
      opportunityCells(found, wording),
    );
    return accepted({
      items: found.slice(0, MOST_SHOWN).map((one) => presentOpportunity(one, wording)),
      found: found.length,
      extraPerMonth: moneyOf(extraPerMonth),
      customers: { lookedAt, all },
    });
  });
  mount.signedIn('reportRefusals', async ({ call, query, wording, request, reply }) => {
    const found = await reportRefusals(call, query.period);
    if (!found.ok) return found;
    const items = presentRefusals(found.value.rows, wording);
    await sendReport('refusals', { request, reply, language: wording.language }, () => refusalCells(items));
    return accepted({ ...found.value.span, items });
  });
  mount.signedIn('reportIssues', async ({ call, wording, request, reply }) => {
    const found = await reportIssues(call);
    if (!found.ok) return found;
    const items = presentIssues(found.value, wording);
    await sendReport('issues', { request, reply, language: wording.language }, () => issueCells(items));
    return accepted({ items });
  });
}

type Asking = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly language: Language };

/** Answers with the rows as CSV where that is asked for. */
async function sendReport(
  report: keyof (typeof REPORT_TEXTS)['en']['columns'],
  { request, reply, language }: Asking,
  cells: () => readonly (readonly Cell[])[],
): Promise<void> {
  if (!wantsCsv(request.headers.accept)) return;
  const header = REPORT_TEXTS[language].columns[report];
  await sendCsv(reply, { name: report, language, header, lots: [cells()], cells: (row) => row });
}
