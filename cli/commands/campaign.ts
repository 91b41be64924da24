import type { Command } from 'commander';
import { CAMPAIGN_TEXTS } from '../../contract/campaign-texts.ts';
import type { Value } from '../api.ts';
import { campaignState } from '../../contract/campaigns.ts';
import { answer, choiceOf, type Cli, commandOf, does, type Run, withCsv, withDryRun } from '../cli.ts';
import { follow, tellCampaign } from '../campaigns.ts';
import { findCampaign } from '../find.ts';
import { pour, print, printTable, remark } from '../output.ts';
import { addCampaignActs } from './campaign-acts.ts';
import { addNewCampaign } from './campaign-new.ts';

export function addCampaign(program: Command, cli: Cli): void {
  const { say } = cli;
  const group = commandOf(cli, program, 'campaign', 'help.campaign');
  addList(group, cli);
  addNewCampaign(group, cli);
  commandOf(cli, group, 'show <campaign>', 'help.campaignShow').action(
    does(cli, async (run, _options, typed = '') => void tellCampaign(run, await findCampaign(run, typed))),
  );
  withDryRun(commandOf(cli, group, 'rows <campaign>', 'help.campaignRows'), cli)
    .option('--leave-out <places>', say('option.leaveOut'))
    .option('--put-back <places>', say('option.putBack'))
    .action(
      does<{ leaveOut?: string; putBack?: string }>(cli, async (run, { leaveOut, putBack }, typed = '') => {
        const found = await findCampaign(run, typed);
        if (run.dryRun || (leaveOut === undefined && putBack === undefined)) return listRows(run, found.campaignId);
        let campaign = found;
        for (const [places, leave] of [
          [leaveOut, true],
          [putBack, false],
        ] as const) {
          if (places === undefined) continue;
          const body = { places: places.split(',').map(Number), leaveOut: leave };
          campaign = await run.api.ask('changeCampaignRows', { params: { campaignId: found.campaignId }, body });
        }
        return tellCampaign(run, campaign);
      }),
    );
  addCampaignActs(group, cli);
  commandOf(cli, group, 'watch <campaign>', 'help.campaignWatch').action(
    does(cli, async (run, _options, typed = '') =>
      tellCampaign(run, await follow(run, await findCampaign(run, typed))),
    ),
  );
  withCsv(commandOf(cli, group, 'report <campaign>', 'help.campaignReport'), cli)
    .option('--out <file>', say('option.out'))
    .action(
      does<{ out?: string }>(cli, async (run, { out }, typed = '') => {
        const { campaignId } = await findCampaign(run, typed);
        if (!run.csv && out === undefined) return listRows(run, campaignId);
        await pour((await run.api.file('listCampaignRows', { params: { campaignId } }, 'text/csv')).body, out);
      }),
    );
}

function addList(group: Command, cli: Cli): void {
  const { say } = cli;
  withCsv(commandOf(cli, group, 'list', 'help.campaignList'), cli)
    .addOption(choiceOf('--state <state>', say('option.state'), campaignState.options))
    .action(
      does<{ state?: (typeof campaignState.options)[number] }>(cli, async (run, { state }) => {
        const query = state ? { state } : {};
        if (run.csv) return pour((await run.api.file('listCampaigns', { query }, 'text/csv')).body, undefined);
        const listed = await run.api.ask('listCampaigns', { query });
        answer(run, listed, () => {
          const { campaignStates } = CAMPAIGN_TEXTS[run.language];
          printTable(
            [
              { title: say('column.name') },
              { title: say('column.status') },
              { title: say('column.upgrades'), right: true },
              { title: say('column.done'), right: true },
              { title: say('column.failed'), right: true },
              { title: say('column.created') },
            ],
            listed.items.map(({ name, state, totals, progress, createdAt }) => [
              name,
              campaignStates[state],
              String(totals.upgrades),
              String(progress.done),
              String(progress.failed),
              run.format.moment(createdAt),
            ]),
          );
          if (listed.items.length === 0) remark(say('list.empty'));
        });
      }),
    );
}

async function listRows(run: Run, campaignId: string): Promise<void> {
  const { api, say, language, format } = run;
  const items: Value<'listCampaignRows'>['items'] = [];
  let cursor: number | undefined;
  do {
    const query = { limit: 200, ...(cursor !== undefined && { cursor }) };
    const page = await api.ask('listCampaignRows', { params: { campaignId }, query });
    items.push(...page.items);
    cursor = page.nextCursor === null ? undefined : Number(page.nextCursor);
  } while (cursor !== undefined);
  answer(run, { items }, () => {
    const { rowStates } = CAMPAIGN_TEXTS[language];
    printTable(
      [
        { title: say('column.row'), right: true },
        { title: say('column.customer') },
        { title: say('column.target') },
        { title: say('column.licenses'), right: true },
        { title: say('column.status') },
        { title: say('quote.net'), right: true },
      ],
      items.map((row) => [
        String(row.place),
        row.customerName,
        row.target.name,
        format.number(row.licenses),
        rowStates[row.state],
        row.money === null ? '–' : format.money(row.money.net),
      ]),
    );
    for (const { place, outcome, refusals } of items)
      for (const { title, remedy } of outcome ? [outcome] : refusals)
        print(say('campaign.why', { row: place, title, remedy }));
  });
}
