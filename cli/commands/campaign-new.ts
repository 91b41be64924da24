import type { Command } from 'commander';
import { platform } from '../../contract/catalog.ts';
import {
  answer,
  choiceOf,
  type Cli,
  commandOf,
  does,
  remarkDryRun,
  type Run,
  wholeNumber,
  withDryRun,
} from '../cli.ts';
import { tellCampaign, waitForPlan } from '../campaigns.ts';
import { badUsage } from '../failure.ts';
import { findCustomer, findOffer, type Platform } from '../find.ts';
import { print, printTable, readBytes, remark } from '../output.ts';

type Options = {
  readonly from?: string;
  readonly to?: string;
  readonly platform?: Platform;
  readonly file?: string;
  readonly customer?: readonly string[];
  readonly search?: string;
  readonly endsFrom?: string;
  readonly endsUntil?: string;
  readonly licensesFrom?: number;
  readonly licensesUntil?: number;
  readonly keepLicenses?: boolean;
  readonly startsAt?: string;
};

/** Many subscriptions at once, chosen by a filter or by a file. */
export function addNewCampaign(group: Command, cli: Cli): void {
  const { say } = cli;
  withDryRun(commandOf(cli, group, 'new <name>', 'help.campaignNew'), cli)
    .option('--from <offer>', say('option.from'))
    .option('--to <offer>', say('option.to'))
    .addOption(choiceOf('--platform <platform>', say('option.platform'), platform.options))
    .option('--file <csv>', say('option.campaignFile'))
    .option('--customer <customer...>', say('option.customers'))
    .option('--search <text>', say('option.search'))
    .option('--ends-from <day>', say('option.endsFrom'))
    .option('--ends-until <day>', say('option.endsUntil'))
    .option('--licenses-from <number>', say('option.licensesFrom'), wholeNumber(cli, '--licenses-from'))
    .option('--licenses-until <number>', say('option.licensesUntil'), wholeNumber(cli, '--licenses-until'))
    .option('--keep-licenses', say('option.keepLicenses'))
    .option('--starts-at <moment>', say('option.startsAt'))
    .action(
      does<Options>(cli, async (run, options, name = '') => {
        const { file, from, to, keepLicenses, startsAt } = options;
        if ((file === undefined) === (from === undefined)) throw badUsage(say('error.fileOrFrom'));
        const source = from === undefined ? undefined : await findOffer(run, from, options.platform);
        const among = source?.platform ?? options.platform;
        const targetOfferId = to === undefined ? undefined : (await findOffer(run, to, among)).offerId;
        const plan = {
          name,
          upgradeType: keepLicenses ? 'upgrade_only' : 'upgrade_with_license_transfer',
          ...(startsAt && { startsAt }),
        } as const;
        if (source) {
          if (targetOfferId === undefined) throw badUsage(say('error.fromWithoutTo'));
          const filter = await filterOf(run, source.offerId, options);
          if (run.dryRun) {
            await tellCandidates(run, filter);
            return remarkDryRun(run);
          }
          const body = { ...plan, targetOfferId, choose: { by: 'filter', ...filter } } as const;
          return tellCampaign(run, await waitForPlan(run, await run.api.ask('createCampaign', { body })));
        }
        const target = targetOfferId && { targetOfferId };
        const body = new Blob([await readBytes(file ?? '-')]);
        if (run.dryRun) {
          await tellFile(run, { query: { ...target }, body });
          return remarkDryRun(run);
        }
        const query = { ...plan, ...target };
        return tellCampaign(run, await waitForPlan(run, await run.api.ask('createCampaignFromFile', { query, body })));
      }),
    );
}

async function filterOf(run: Run, sourceOfferId: string, options: Options) {
  const { customer = [], search, endsFrom, endsUntil, licensesFrom, licensesUntil } = options;
  const customerIds: string[] = [];
  for (const typed of customer) customerIds.push((await findCustomer(run, typed)).customerId);
  return {
    sourceOfferId,
    ...(customerIds.length > 0 && { customerIds }),
    ...(search && { search }),
    ...(endsFrom && { endsFrom }),
    ...(endsUntil && { endsUntil }),
    ...(licensesFrom !== undefined && { licensesFrom }),
    ...(licensesUntil !== undefined && { licensesUntil }),
  };
}

async function tellFile(run: Run, call: { query: { targetOfferId?: string }; body: Blob }): Promise<void> {
  const { say } = run;
  const read = await run.api.ask('readCampaignFile', call);
  answer(run, read, () => {
    print(say('import.read', { rows: read.rows, doubts: read.badRows.length }));
    for (const { line, problem } of read.badRows) remark(say('campaign.badRow', { line, problem }));
  });
}

async function tellCandidates(
  run: Run,
  { customerIds, ...query }: Awaited<ReturnType<typeof filterOf>>,
): Promise<void> {
  const { say, format } = run;
  const listed = await run.api.ask('listCampaignCandidates', { query });
  // The list of candidates knows no choice of customers.
  const items = listed.items.filter(({ customerId }) => customerIds?.includes(customerId) ?? true);
  answer(run, { ...listed, items }, () => {
    printTable(
      [
        { title: say('column.customer') },
        { title: say('column.licenses'), right: true },
        { title: say('column.deadline') },
      ],
      items.map(({ customerName, licenses, endsOn }) => [customerName, format.number(licenses), format.day(endsOn)]),
    );
    if (customerIds === undefined) print(say('campaign.candidates', { total: listed.total }));
  });
}
