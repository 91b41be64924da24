import type { Command } from 'commander';
import { answer, type Cli, commandOf, does, remarkDryRun, type Run } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, printTable, remark } from '../output.ts';
import { askServer, runServer } from '../server-process.ts';
import { harmless, type TextKey } from '../words.ts';

type Check = { readonly name: string; readonly state: 'good' | 'bad' | 'absent'; readonly value: string };

/** What an operator does on the machine of the server: these need no sign-in, and the database instead. */
export function addOperation(program: Command, cli: Cli): void {
  const { say } = cli;
  commandOf(cli, program, 'serve', 'help.serve')
    .option('--sandbox', say('option.sandbox'))
    .option('--port <number>', say('option.port'))
    .action(
      does<{ sandbox?: boolean; port?: string }>(cli, (_run, { sandbox, port }) =>
        runServer(sandbox ? ['--sandbox'] : [], port === undefined ? {} : { PORT: port }),
      ),
    );
  commandOf(cli, program, 'migrate', 'help.migrate')
    .option('--dry-run', say('option.dryRun'))
    .action(does(cli, migrate));
  commandOf(cli, program, 'doctor', 'help.doctor').action(does(cli, examine));
}

async function migrate(run: Run): Promise<ExitCode> {
  const { code, output } = await askServer(['migrate', ...(run.dryRun ? ['--dry-run'] : [])]);
  if (code !== 0) return EXIT.failed;
  const found = JSON.parse(output) as { readonly migrations: readonly string[] };
  answer(run, found, () => {
    if (found.migrations.length === 0) return print(run.say('migrate.none'));
    print(run.say(run.dryRun ? 'migrate.would' : 'migrate.applied', { count: found.migrations.length }));
    for (const name of found.migrations) print(`  ${name}`);
  });
  if (run.dryRun) remarkDryRun(run);
  return EXIT.done;
}

/** What the machine has, and whether the server that is asked answers and knows the caller. */
async function examine(run: Run): Promise<ExitCode> {
  const { output } = await askServer(['doctor']);
  const { checks } = JSON.parse(output) as { readonly checks: readonly Check[] };
  const all = [...checks, ...(await lookAtServer(run))];
  const { say } = run;
  answer(run, { checks: all }, () =>
    printTable(
      [{ title: say('column.check') }, { title: say('column.status') }, { title: say('column.found') }],
      all.map(({ name, state, value }) => [say(`doctor.${name}` as TextKey), say(`doctor.${state}`), harmless(value)]),
    ),
  );
  const isSound = all.every(({ state }) => state !== 'bad');
  if (!run.json) remark(say(isSound ? 'doctor.sound' : 'doctor.unsound'));
  return isSound ? EXIT.done : EXIT.failed;
}

async function lookAtServer({ api, token }: Run): Promise<Check[]> {
  try {
    await api.ask('listSignInWays', {});
  } catch {
    return [{ name: 'server', state: 'absent', value: api.url }];
  }
  const server = { name: 'server', state: 'good', value: api.url } as const;
  if (token === undefined) return [server, { name: 'session', state: 'absent', value: '' }];
  try {
    const { agent } = await api.ask('showSession', {});
    return [server, { name: 'session', state: 'good', value: `${agent.email} · ${agent.partner.name}` }];
  } catch {
    return [server, { name: 'session', state: 'bad', value: '' }];
  }
}
