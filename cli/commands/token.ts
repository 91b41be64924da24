import type { Command } from 'commander';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { role } from '../../contract/values.ts';
import type { Value } from '../api.ts';
import { answer, choiceOf, type Cli, commandOf, confirm, does, remarkDryRun, type Run, withDryRun } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { print, printTable, remark } from '../output.ts';

/** Tokens: that of one’s own session, and the clients by which programs get theirs. */
export function addToken(program: Command, cli: Cli): void {
  const { say } = cli;
  const group = commandOf(cli, program, 'token', 'help.token');
  commandOf(cli, group, 'show', 'help.tokenShow').action(
    does(cli, async (run) => {
      const { token } = run;
      if (token === undefined) throw new Failure(EXIT.notAllowed, say('error.signIn'));
      answer(run, { url: run.api.url, token }, () => print(token));
    }),
  );
  commandOf(cli, group, 'list', 'help.tokenList').action(does(cli, listClients));
  withDryRun(commandOf(cli, group, 'create <name>', 'help.tokenCreate'), cli)
    .addOption(choiceOf('--role <role...>', say('option.role'), role.options))
    .action(
      does<{ role?: Value<'listApiClients'>['rolesToGive'] }>(cli, async (run, { role: roles }, name = '') => {
        if (run.dryRun) {
          const { rolesToGive } = await run.api.ask('listApiClients', {});
          const refused = (roles ?? ['adminAgent']).filter((one) => !rolesToGive.includes(one));
          if (refused.length > 0)
            throw new Failure(EXIT.notAllowed, say('token.rolesRefused', { roles: refused.join(', ') }));
          return remarkDryRun(run);
        }
        tellSecret(run, await run.api.ask('createApiClient', { body: { name, ...(roles && { roles }) } }));
      }),
    );
  withDryRun(commandOf(cli, group, 'rotate <client>', 'help.tokenRotate'), cli).action(
    does(cli, async (run, _options, typed = '') => {
      const { clientId, name } = await findClient(run, typed);
      if (run.dryRun) return remarkDryRun(run);
      await confirm(run, say('token.rotateQuestion', { name }));
      tellSecret(run, await run.api.ask('rotateSecret', { params: { clientId } }));
    }),
  );
  withDryRun(commandOf(cli, group, 'revoke <client>', 'help.tokenRevoke'), cli).action(
    does(cli, async (run, _options, typed = '') => {
      const { clientId, name } = await findClient(run, typed);
      if (run.dryRun) return remarkDryRun(run);
      await confirm(run, say('token.revokeQuestion', { name }));
      await run.api.ask('revokeApiClient', { params: { clientId } });
      answer(run, { clientId }, () => print(say('token.revoked', { name })));
    }),
  );
}

async function findClient({ api, say }: Run, typed: string) {
  const { items } = await api.ask('listApiClients', {});
  const [found, another] = items.filter(({ clientId, name }) => clientId === typed || name === typed);
  if (found === undefined || another) throw new Failure(EXIT.usage, say('error.noClient', { typed }));
  return found;
}

async function listClients(run: Run): Promise<void> {
  const { say, language, format } = run;
  const listed = await run.api.ask('listApiClients', {});
  const { roles } = REASON_TEXTS[language];
  answer(run, listed, () => {
    printTable(
      [
        { title: say('column.name') },
        { title: say('column.client') },
        { title: say('column.roles') },
        { title: say('column.lastUsed') },
      ],
      listed.items.map((one) => [
        one.name,
        one.clientId,
        one.roles.map((role) => roles[role]).join(', '),
        one.lastUsedAt === null ? '–' : format.moment(one.lastUsedAt),
      ]),
    );
    if (listed.items.length === 0) remark(say('list.empty'));
  });
}

function tellSecret(run: Run, created: Value<'createApiClient'>): void {
  const { say } = run;
  answer(run, created, () => {
    print(say('token.tenant', { id: created.tenantId }));
    print(say('token.client', { id: created.clientId }));
    print(say('token.secret', { secret: created.secret }));
    remark(say('token.once'));
  });
}
