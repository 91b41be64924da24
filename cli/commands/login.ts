import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { PROGRAM } from '../api.ts';
import { answer, type Cli, commandOf, does, type Run } from '../cli.ts';
import { badUsage, ProblemFailure } from '../failure.ts';
import { print, printJson, remark } from '../output.ts';
import { saveSettings, settingsFile } from '../settings.ts';

export function addSignIn(program: Command, cli: Cli): void {
  const { say } = cli;
  commandOf(cli, program, 'login', 'help.login')
    .option('--demo <agent>', say('option.demo'))
    .action(does<{ demo?: string }>(cli, (run, { demo }) => signIn(run, demo)));
  commandOf(cli, program, 'logout', 'help.logout').action(does(cli, signOut));
  commandOf(cli, program, 'whoami', 'help.whoami').action(
    does(cli, async (run) => {
      const session = await run.api.ask('showSession', {});
      const { agent } = session;
      answer(run, session, () =>
        print(`${agent.displayName} <${agent.email}> · ${agent.partner.name} · ${run.api.url}`),
      );
    }),
  );
}

/** Shows a code, waits until an agent has confirmed it in a browser, and keeps the session for this server. */
async function signIn(run: Run, demo: string | undefined): Promise<void> {
  const { api, say, format } = run;
  const session = demo === undefined ? await byCode(run) : await api.ask('signIn', { body: { agent: demo } });
  const { token, expiresAt, agent } = session;
  const sessions = { ...run.settings.sessions, [new URL(api.url).origin]: { token, expiresAt, agent: agent.email } };
  saveSettings({ ...run.settings, url: api.url, sessions });
  answer(run, { url: api.url, expiresAt, agent }, () => {
    print(say('login.done', { name: agent.displayName, partner: agent.partner.name, until: format.moment(expiresAt) }));
    remark(say('login.kept', { file: settingsFile() }));
  });
}

async function byCode({ api, say, json }: Run) {
  const asked = await api.ask('requestDeviceCode', { body: { program: PROGRAM } });
  const { deviceCode, userCode, verificationUri, verificationUriComplete, expiresAt } = asked;
  if (json) printJson({ userCode, verificationUri, verificationUriComplete, expiresAt });
  else {
    remark(say('login.open', { address: verificationUri }));
    remark(say('login.code', { code: userCode }));
    remark(say('login.waiting'));
  }
  let seconds = asked.intervalSeconds;
  for (;;) {
    await pause(seconds * 1000);
    const { session, intervalSeconds } = await api.ask('askDeviceCode', { body: { deviceCode } });
    if (session !== null) return session;
    seconds = intervalSeconds;
  }
}

/** Ends the session at the server, too; one that has ended already is forgotten. */
async function signOut(run: Run): Promise<void> {
  const { origin } = new URL(run.api.url);
  const { [origin]: kept, ...sessions } = run.settings.sessions;
  if (kept === undefined) throw badUsage(run.say('logout.none', { url: origin }));
  try {
    await run.api.ask('signOut', {});
  } catch (error) {
    if (!(error instanceof ProblemFailure && error.problem.code === 'not-signed-in')) throw error;
  }
  saveSettings({ ...run.settings, sessions });
  answer(run, { url: origin }, () => print(run.say('logout.done', { url: origin })));
}
