import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { answer, type Cli, commandOf, does, type Run, wholeNumber, withCsv } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { pour, print, printTable, showProgress } from '../output.ts';
import { runServer } from '../server-process.ts';

const ASK_EVERY_MS = 1000;

export function addAudit(program: Command, cli: Cli): void {
  const { say } = cli;
  const group = commandOf(cli, program, 'audit', 'help.audit');
  commandOf(cli, group, 'verify', 'help.auditVerify')
    .option('--local', say('option.local'))
    .option('--partner <id>', say('option.partner'))
    .action(
      does<{ local?: boolean; partner?: string }>(cli, async (run, { local, partner }) => {
        if (local || partner !== undefined)
          return runServer(['audit', 'verify', ...(partner === undefined ? [] : ['--partner', partner])]);
        return verify(run);
      }),
    );
  withCsv(commandOf(cli, group, 'list', 'help.auditList'), cli)
    .option('--search <text>', say('option.auditSearch'))
    .option('--from <moment>', say('option.fromMoment'))
    .option('--until <moment>', say('option.untilMoment'))
    .option('--limit <rows>', say('option.limit'), wholeNumber(cli, '--limit'), 50)
    .action(
      does<{ search?: string; from?: string; until?: string; limit: number }>(cli, async (run, options) => {
        const { limit, ...query } = options;
        const asked = { query: { ...query, limit } };
        if (run.csv) return pour((await run.api.file('listAudit', asked, 'text/csv')).body, undefined);
        const page = await run.api.ask('listAudit', asked);
        answer(run, page, () =>
          printTable(
            [
              { title: say('column.at') },
              { title: say('column.actor') },
              { title: say('column.act') },
              { title: say('column.customer') },
            ],
            page.items.map(({ at, actor, actionText, customer, outcome, reasonText }) => [
              run.format.moment(at),
              actor?.name ?? say('audit.server'),
              outcome === 'refused' ? say('audit.refused', { act: actionText, reason: reasonText ?? '' }) : actionText,
              customer?.name ?? '–',
            ]),
          ),
        );
      }),
    );
}

/** Has the server recompute the whole log, and waits for it. */
async function verify(run: Run): Promise<ExitCode> {
  const { api, say, format } = run;
  let found = await api.ask('verifyAudit', {});
  const bar = showProgress(say('audit.verifying'), found.head?.sealNumber ?? 0);
  try {
    while (found.running !== null) {
      bar.update(found.running.sealNumber, found.head?.sealNumber);
      await pause(ASK_EVERY_MS);
      found = await api.ask('showAuditVerification', {});
    }
  } finally {
    bar.stop();
  }
  answer(run, found, () => {
    if (found.unbroken) {
      const { entries = 0 } = found.whole ?? {};
      print(say('audit.unbroken', { entries: format.number(entries), waiting: format.number(found.waiting) }));
      if (found.head) print(say('audit.head', { seal: found.head.sealNumber, hash: found.head.hash }));
    } else {
      print(say('audit.broken', { breaks: found.breaks.length }));
      for (const { kind, auditId, sealNumber } of found.breaks)
        print(`  ${say(`break.${kind}`, { entry: auditId ?? '–', seal: sealNumber ?? '–' })}`);
    }
  });
  return found.unbroken ? EXIT.done : EXIT.failed;
}
