import { setTimeout as pause } from 'node:timers/promises';
import { CAMPAIGN_TEXTS } from '../contract/campaign-texts.ts';
import { answer, type Run } from './cli.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Campaign } from './find.ts';
import { heading, print, printTable, remark, showProgress } from './output.ts';
import { harmless } from './words.ts';

const ASK_EVERY_MS = 1000;
/** While it is in one of these it goes on by itself. */
const AT_WORK = new Set<Campaign['state']>(['running', 'pausing']);

const show = ({ api }: Run, campaignId: string) => api.ask('showCampaign', { params: { campaignId } });

/** Waits until every row is planned. */
export async function waitForPlan(run: Run, begun: Campaign): Promise<Campaign> {
  let campaign = begun;
  const bar = showProgress(run.say('campaign.planning'), campaign.rows.total);
  try {
    while (campaign.state === 'planning') {
      await pause(ASK_EVERY_MS / 4);
      campaign = await show(run, campaign.campaignId);
      bar.update(campaign.rows.total - campaign.rows.planning, campaign.rows.total);
    }
  } finally {
    bar.stop();
  }
  return campaign;
}

/** Follows a campaign for as long as it goes on by itself. */
export async function follow(run: Run, begun: Campaign): Promise<Campaign> {
  let campaign = begun;
  const bar = showProgress(run.say('campaign.running'), campaign.progress.total);
  try {
    while (AT_WORK.has(campaign.state)) {
      await pause(ASK_EVERY_MS);
      campaign = await show(run, campaign.campaignId);
      bar.update(campaign.progress.done + campaign.progress.failed, campaign.progress.total);
    }
  } finally {
    bar.stop();
  }
  return campaign;
}

/** The answer of every command about one campaign; rows that were not done count as a failure once it is over. */
export function tellCampaign(run: Run, campaign: Campaign): ExitCode {
  answer(run, campaign, () => inWords(run, campaign));
  const isOver = campaign.state === 'done' || campaign.state === 'stopped';
  return isOver && campaign.progress.failed > 0 ? EXIT.failed : EXIT.done;
}

function inWords({ say, format, language }: Run, campaign: Campaign): void {
  const { campaignStates, rowStates } = CAMPAIGN_TEXTS[language];
  const { name, campaignId, state, rows, totals, startsAt, approval, chosen } = campaign;
  print(heading(`${harmless(name)}: ${campaignStates[state]}`));
  print(say('campaign.id', { id: campaignId }));
  const counted = Object.entries(rows).filter(([key, count]) => key !== 'total' && count > 0);
  printTable(
    [{ title: say('column.rows') }, { title: '', right: true }],
    counted.map(([key, count]) => [rowStates[key as keyof typeof rowStates], format.number(count)]),
  );
  print(say('campaign.totals', { upgrades: totals.upgrades, licenses: totals.licenses, users: totals.users }));
  for (const { net, perMonth } of totals.money)
    print(say('campaign.money', { net: format.money(net), perMonth: format.money(perMonth) }));
  if (startsAt !== null) print(say('campaign.startsAt', { moment: format.moment(startsAt) }));
  if (state === 'waitingForApproval') print(say('upgrade.approvers', { names: approval.approvers.join(', ') }));
  if (chosen.by === 'file')
    for (const { line, problem } of chosen.badRows) remark(say('campaign.badRow', { line, problem }));
}
