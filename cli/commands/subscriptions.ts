import type { Command } from 'commander';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { toCsv } from '../../contract/csv.ts';
import { answer, type Cli, commandOf, does, type Run, withCsv } from '../cli.ts';
import { findCustomer, type Subscription } from '../find.ts';
import { heading, pour, print, printTable, remark } from '../output.ts';

/** The subscriptions of a customer, and what could be upgraded. */
export function addSubscriptions(program: Command, cli: Cli): void {
  const { say } = cli;
  withCsv(commandOf(cli, program, 'subscriptions <customer>', 'help.subscriptions'), cli)
    .option('--ids', say('option.ids'))
    .action(
      does<{ ids?: boolean }>(cli, async (run, { ids = false }, typed = '') => {
        const customer = await findCustomer(run, typed);
        const { customerId } = customer;
        const listed = await run.api.ask('listSubscriptions', { params: { customerId } });
        if (run.csv) return void process.stdout.write(csvOf(run, listed.items));
        answer(run, listed, () => {
          print(heading(say('subscriptions.of', { name: customer.name })));
          printTable(...rowsOf(run, listed.items, ids));
          if (listed.items.length === 0) remark(say('list.empty'));
          for (const { offerName, channelName } of listed.elsewhere)
            print(say('subscriptions.elsewhere', { offer: offerName, channel: channelName }));
        });
      }),
    );
  withCsv(commandOf(cli, program, 'upgradable [customer]', 'help.upgradable'), cli).action(
    does(cli, async (run, _options, typed) => {
      if (typed === undefined) return showOpportunities(run);
      const { customerId } = await findCustomer(run, typed);
      const { items } = await run.api.ask('listSubscriptions', { params: { customerId } });
      const found = items.filter(({ upgradability }) => upgradability.upgradable);
      if (run.csv) return void process.stdout.write(csvOf(run, found));
      answer(run, { items: found }, () => {
        if (found.length === 0) return remark(say('upgradable.none'));
        printTable(
          [
            { title: say('column.subscription') },
            { title: say('column.licenses'), right: true },
            { title: say('column.target') },
            { title: say('column.unitPrice'), right: true },
          ],
          found.flatMap((one) =>
            one.upgradability.eligibleTargets.map(({ name, unitPrice }, place) => [
              place === 0 ? nameOf(one) : '',
              place === 0 ? String(one.quantity) : '',
              name,
              unitPrice === null ? '–' : run.format.money({ amount: unitPrice, currency: one.currency }),
            ]),
          ),
        );
      });
    }),
  );
}

export function nameOf({ friendlyName, offerName }: Pick<Subscription, 'friendlyName' | 'offerName'>): string {
  return friendlyName === null ? offerName : `${friendlyName} (${offerName})`;
}

function rowsOf({ say, language, format }: Run, items: readonly Subscription[], ids: boolean) {
  const { statuses } = REASON_TEXTS[language];
  return [
    [
      { title: say('column.subscription') },
      { title: say('column.status') },
      { title: say('column.licenses'), right: true },
      { title: say('column.unitPrice'), right: true },
      { title: say('column.termEnds') },
      { title: say('column.targets'), right: true },
      ...(ids ? [{ title: say('column.id') }] : []),
    ],
    items.map((one) => [
      nameOf(one),
      statuses[one.status],
      `${one.assigned}/${one.quantity}`,
      format.money({ amount: one.unitPrice, currency: one.currency }),
      format.day(one.termEndsOn),
      String(one.upgradability.eligibleTargets.length),
      ...(ids ? [one.subscriptionId] : []),
    ]),
  ] as const;
}

function csvOf({ say, language }: Run, items: readonly Subscription[]): string {
  const { statuses } = REASON_TEXTS[language];
  const heads = [
    ...(['column.id', 'column.subscription', 'column.status', 'column.assigned', 'column.licenses'] as const),
    ...(['column.unitPrice', 'column.currency', 'column.termEnds', 'column.targets'] as const),
  ].map((key) => say(key));
  return toCsv(
    language,
    heads,
    items.map((one) => [
      one.subscriptionId,
      nameOf(one),
      statuses[one.status],
      String(one.assigned),
      String(one.quantity),
      { decimal: one.unitPrice },
      one.currency,
      one.termEndsOn,
      one.upgradability.eligibleTargets.map(({ name }) => name).join(', '),
    ]),
  );
}

/** What could be upgraded over all customers, and what it would bring. */
async function showOpportunities(run: Run): Promise<void> {
  const { api, say, format } = run;
  if (run.csv) return pour((await api.file('reportOpportunities', {}, 'text/csv')).body, undefined);
  const report = await api.ask('reportOpportunities', {});
  answer(run, report, () => {
    printTable(
      [
        { title: say('column.customer') },
        { title: say('column.from') },
        { title: say('column.target') },
        { title: say('column.licenses'), right: true },
        { title: say('column.perMonth'), right: true },
      ],
      report.items.map((one) => [
        one.customerName,
        one.source.name,
        one.target.name,
        String(one.licenses),
        format.money(one.extraPerMonth),
      ]),
    );
    print(say('upgradable.found', { found: report.found, sum: format.money(report.extraPerMonth) }));
    if (report.found > report.items.length) remark(say('upgradable.more', { shown: report.items.length }));
  });
}
