import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Value } from '../api.ts';
import { answer, type Cli, commandOf, confirm, does, remarkDryRun, type Run, withDryRun } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { heading, print, printTable, readBytes, readText, remark, showProgress } from '../output.ts';
import { harmless } from '../words.ts';

const ASK_EVERY_MS = 500;
const MOST_DOUBTS = 20;

type Import = Value<'showImport'>;
type Options = { readonly effectiveOn?: string; readonly leaveOutDoubts?: boolean };

/** Files of one’s own, from the disk or from standard input: read and compared first, and put in force after a yes. */
export function addImport(program: Command, cli: Cli): void {
  const { say } = cli;
  const group = commandOf(cli, program, 'import', 'help.import');
  withDryRun(commandOf(cli, group, 'file <file>', 'help.importFile'), cli)
    .option('--effective-on <day>', say('option.effectiveOn'))
    .option('--leave-out-doubts', say('option.leaveOutDoubts'))
    .action(does<Options>(cli, importFile));
  withDryRun(commandOf(cli, group, 'elsewhere <file>', 'help.importElsewhere'), cli).action(
    does(cli, importSubscriptions),
  );
  commandOf(cli, group, 'versions', 'help.importVersions').action(does(cli, listVersions));
}

async function importFile(run: Run, options: Options, file = ''): Promise<void> {
  const { api, say } = run;
  const fileName = file === '-' ? 'stdin.csv' : basename(file);
  let found = await send(run, fileName, await readBytes(file));
  const params = { importId: found.importId };
  const { effectiveOn, leaveOutDoubts = false } = options;
  if (effectiveOn !== undefined) found = await api.ask('checkImport', { params, body: { effectiveOn } });
  const doubts = await api.ask('listImportRows', { params, query: { state: 'in-doubt', limit: MOST_DOUBTS } });
  if (!run.json) {
    tellImport(run, found);
    for (const { line, reason } of doubts.items)
      remark(say('import.doubt', { line: line ?? '–', reason: reason ?? '' }));
  }
  if (run.dryRun) {
    await api.ask('removeImport', { params });
    if (run.json) answer(run, { ...found, doubts: doubts.items }, () => undefined);
    return remarkDryRun(run);
  }
  if (found.use === 'compared') return answer(run, { ...found, doubts: doubts.items }, () => undefined);
  await confirm(run, say('import.question', { changes: found.changes ?? 0 }));
  const applied = await api.ask('applyImport', { params, body: { leaveOutDoubts } });
  answer(run, applied, () =>
    print(applied.version === null ? say('import.broughtIn') : say('import.applied', { version: applied.version })),
  );
}

/** Sends a file, and tells meanwhile how many of its lines were read. */
async function send({ api, say }: Run, fileName: string, bytes: Buffer<ArrayBuffer>): Promise<Import> {
  const importId = randomUUID();
  const bar = showProgress(say('import.reading'), bytes.subarray(0).filter((one) => one === 10).length);
  let isSent = false;
  const sending = api
    .ask('sendImport', { query: { importId, fileName }, body: new Blob([bytes]) })
    .finally(() => (isSent = true));
  const watching = (async () => {
    for (;;) {
      await Promise.race([pause(ASK_EVERY_MS), sending.catch(() => undefined)]);
      if (isSent) return;
      const seen = await api.ask('showImport', { params: { importId } }).catch(() => undefined);
      if (seen) bar.update(seen.rows);
    }
  })();
  try {
    const [sent] = await Promise.all([sending, watching]);
    return sent;
  } finally {
    bar.stop();
  }
}

function tellImport({ say, format }: Run, found: Import): void {
  print(heading(harmless(`${found.fileName}: ${found.kindName ?? ''}`)));
  printTable(
    [{ title: say('column.rows') }, { title: '', right: true }],
    Object.entries(found.counts ?? {}).map(([state, count]) => [
      say(`row.${state as keyof NonNullable<Import['counts']>}`),
      format.number(count),
    ]),
  );
  if (found.effectiveOn !== null) print(say('import.effectiveOn', { day: format.day(found.effectiveOn) }));
}

async function importSubscriptions(run: Run, _options: object, file = ''): Promise<void> {
  const { api, say, format } = run;
  const body = await readText(file);
  const preview = await api.ask('previewRecordedImport', { body });
  const { counts } = preview;
  const doubts = preview.rows.filter(({ state }) => state === 'in-doubt');
  if (!run.json) {
    const states = [
      ['new', counts.new],
      ['changed', counts.changed],
      ['same', counts.same],
      ['in-doubt', counts.inDoubt],
    ] as const;
    printTable(
      [{ title: say('column.rows') }, { title: '', right: true }],
      states.map(([state, count]) => [say(`row.${state}`), format.number(count)]),
    );
    for (const { line, reason } of doubts) remark(say('import.doubt', { line, reason: reason ?? '' }));
  }
  if (run.dryRun) {
    if (run.json) answer(run, preview, () => undefined);
    remarkDryRun(run);
    if (doubts.length > 0) throw new Failure(EXIT.refused, say('import.inDoubt', { doubts: doubts.length }));
    return;
  }
  await confirm(run, say('import.question', { changes: counts.new + counts.changed }));
  const done = await api.ask('importRecordedSubscriptions', { body });
  answer(run, done, () => print(say('import.recorded', { count: done.counts.new + done.counts.changed })));
}

async function listVersions(run: Run): Promise<void> {
  const { say, format } = run;
  const listed = await run.api.ask('listImportVersions', {});
  answer(run, listed, () => {
    printTable(
      [
        { title: say('column.subject') },
        { title: say('column.version'), right: true },
        { title: say('column.file') },
        { title: say('column.validFrom') },
        { title: say('column.status') },
      ],
      listed.items.map((one) => [
        `${say(`subject.${one.subject}`)} ${one.scope}`,
        String(one.version),
        one.fileName ?? '–',
        format.day(one.effectiveOn),
        say(one.inForce ? 'version.inForce' : 'version.earlier'),
      ]),
    );
    if (listed.items.length === 0) remark(say('list.empty'));
  });
}
