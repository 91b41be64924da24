import type { Command } from 'commander';
import { CAMPAIGN_TEXTS } from '../../contract/campaign-texts.ts';
import { type Cli, commandOf, confirm, does, remarkDryRun, type Run, withDryRun } from '../cli.ts';
import { follow, tellCampaign, waitForPlan } from '../campaigns.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { type Campaign, findCampaign } from '../find.ts';
import type { TextKey } from '../words.ts';

type Act = Campaign['acts'][number];

/** What is done to a campaign as it stands: each is looked at first, and asked about where it cannot be taken back. */
export function addCampaignActs(group: Command, cli: Cli): void {
  const { say } = cli;
  withDryRun(commandOf(cli, group, 'plan <campaign>', 'help.campaignPlan'), cli)
    .option('--starts-at <moment>', say('option.startsAt'))
    .action(
      does<{ startsAt?: string }>(cli, async (run, { startsAt = null }, typed = '') =>
        act(run, typed, 'renew', async ({ campaignId }) =>
          waitForPlan(run, await run.api.ask('renewCampaign', { params: { campaignId }, body: { startsAt } })),
        ),
      ),
    );
  withDryRun(commandOf(cli, group, 'submit <campaign>', 'help.campaignSubmit'), cli).action(
    does(cli, (run, _options, typed = '') => act(run, typed, 'submit', (campaign) => submit(run, campaign))),
  );
  withDryRun(commandOf(cli, group, 'start <campaign>', 'help.campaignStart'), cli).action(
    does(cli, (run, _options, typed = '') =>
      act(run, typed, 'submit', async (campaign) => follow(run, await submit(run, campaign))),
    ),
  );
  const steer = (
    name: string,
    words: Parameters<typeof commandOf>[3],
    doing: Act,
    endpoint: Steering,
    question?: TextKey,
  ) =>
    withDryRun(commandOf(cli, group, `${name} <campaign>`, words), cli).action(
      does(cli, (run, _options, typed = '') =>
        act(run, typed, doing, async ({ campaignId, name: campaign }) => {
          if (question) await confirm(run, say(question, { name: campaign }));
          return run.api.ask(endpoint, { params: { campaignId } });
        }),
      ),
    );
  steer('approve', 'help.campaignApprove', 'approve', 'approveCampaign', 'campaign.approveQuestion');
  withDryRun(commandOf(cli, group, 'reject <campaign>', 'help.campaignReject'), cli)
    .requiredOption('--reason <text>', say('option.reason'))
    .action(
      does<{ reason: string }>(cli, (run, { reason }, typed = '') =>
        act(run, typed, 'reject', ({ campaignId }) =>
          run.api.ask('rejectCampaign', { params: { campaignId }, body: { reason } }),
        ),
      ),
    );
  steer('pause', 'help.campaignPause', 'pause', 'pauseCampaign');
  steer('resume', 'help.campaignResume', 'resume', 'resumeCampaign');
  steer('stop', 'help.campaignStop', 'stop', 'stopCampaign', 'campaign.stopQuestion');
  steer('retry', 'help.campaignRetry', 'retry', 'retryCampaign');
}

type Steering = 'approveCampaign' | 'pauseCampaign' | 'resumeCampaign' | 'stopCampaign' | 'retryCampaign';

async function act(
  run: Run,
  typed: string,
  wanted: Act,
  perform: (campaign: Campaign) => Promise<Campaign>,
): Promise<ExitCode> {
  const campaign = await findCampaign(run, typed);
  if (!run.dryRun) return tellCampaign(run, await perform(campaign));
  tellCampaign(run, campaign);
  if (!campaign.acts.includes(wanted)) {
    const state = CAMPAIGN_TEXTS[run.language].campaignStates[campaign.state];
    throw new Failure(EXIT.refused, run.say('campaign.notNow', { state }));
  }
  remarkDryRun(run);
  return EXIT.done;
}

async function submit(run: Run, { campaignId, version, totals, name }: Campaign): Promise<Campaign> {
  if (totals.upgrades === 0) throw new Failure(EXIT.refused, run.say('campaign.nothing', { name }));
  const net = totals.money.map((one) => run.format.money(one.net)).join(' + ') || '0';
  await confirm(run, run.say('campaign.submitQuestion', { name, upgrades: totals.upgrades, net }));
  return run.api.ask('submitCampaign', { params: { campaignId }, body: { upgrades: totals.upgrades, version } });
}
