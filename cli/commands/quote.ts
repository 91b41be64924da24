import type { Command } from 'commander';
import { billingCycle, termDuration } from '../../contract/values.ts';
import type { Value } from '../api.ts';
import {
  answer,
  choiceOf,
  type Cli,
  commandOf,
  confirm,
  does,
  remarkDryRun,
  type Run,
  wholeNumber,
  withDryRun,
} from '../cli.ts';
import { badUsage } from '../failure.ts';
import { findCustomer, findSubscription, findTarget } from '../find.ts';
import { heading, print, printTable, remark } from '../output.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { harmless } from '../words.ts';

type Quote = Value<'showQuote'>;
type Upgrade = Value<'submitQuote'>;
type Options = {
  readonly to?: string;
  readonly quote?: string;
  readonly keepLicenses?: boolean;
  readonly quantity?: number;
  readonly into?: string;
  readonly term?: 'P1M' | 'P1Y' | 'P3Y';
  readonly billing?: 'monthly' | 'annual' | 'triennial' | 'none';
};

export function addQuote(program: Command, cli: Cli): void {
  withWay(commandOf(cli, program, 'quote <customer> <subscription>', 'help.quote'), cli).action(
    does<Options>(cli, async (run, options, customer = '', subscription = '') => {
      const { quote, customerId } = await quoteOf(run, options, customer, subscription);
      answer(run, { customerId, ...quote }, () => {
        tellQuote(run, quote);
        print(run.say('quote.submit', { customer: customerId, quote: quote.quoteId }));
      });
    }),
  );
  const { say } = cli;
  withDryRun(withWay(commandOf(cli, program, 'upgrade <customer> [subscription]', 'help.upgrade'), cli), cli)
    .option('--quote <id>', say('option.quote'))
    .action(
      does<Options>(cli, async (run, options, customer = '', subscription) => {
        const { quote, customerId } = await quoteOf(run, options, customer, subscription);
        if (!run.json) tellQuote(run, quote);
        if (run.dryRun) {
          if (run.json) answer(run, { customerId, ...quote }, () => undefined);
          return remarkDryRun(run);
        }
        await confirm(run, say('upgrade.question', { net: run.format.money(quote.totals.net) }));
        const done = await run.api.ask('submitQuote', { params: { customerId, quoteId: quote.quoteId } });
        answer(run, done, () => tellUpgrade(run, done));
      }),
    );
}

function withWay(command: Command, cli: Cli): Command {
  const { say } = cli;
  return command
    .option('--to <offer>', say('option.to'))
    .option('--keep-licenses', say('option.keepLicenses'))
    .option('--quantity <licenses>', say('option.quantity'), wholeNumber(cli, '--quantity'))
    .option('--into <subscription>', say('option.into'))
    .addOption(choiceOf('--term <term>', say('option.term'), termDuration.options))
    .addOption(choiceOf('--billing <cycle>', say('option.billing'), billingCycle.options));
}

/** The quote that was named, or a new one. */
async function quoteOf(run: Run, options: Options, typed: string, subscription: string | undefined) {
  const { api, say } = run;
  const { customerId } = await findCustomer(run, typed);
  if (options.quote !== undefined)
    return { customerId, quote: await api.ask('showQuote', { params: { customerId, quoteId: options.quote } }) };
  if (subscription === undefined) throw badUsage(say('error.subscriptionOrQuote'));
  if (options.to === undefined) throw badUsage(say('error.toNeeded'));
  const { subscriptionId } = await findSubscription(run, customerId, subscription);
  const params = { customerId, subscriptionId };
  const { targets } = await api.ask('showEligibility', { params });
  const { offerId } = findTarget(run, targets, options.to);
  const { keepLicenses, quantity, into, term, billing } = options;
  const targetId = into === undefined ? undefined : (await findSubscription(run, customerId, into)).subscriptionId;
  const quote = await api.ask('quoteUpgrade', {
    params,
    body: {
      targetOfferId: offerId,
      upgradeType: keepLicenses ? 'upgrade_only' : 'upgrade_with_license_transfer',
      ...(quantity !== undefined && { quantity }),
      ...(targetId !== undefined && { targetSubscriptionId: targetId }),
      ...(term && { termDuration: term }),
      ...(billing && { billingCycle: billing }),
    },
  });
  return { customerId, quote };
}

function tellQuote({ say, format }: Run, quote: Quote): void {
  const { source, target, quantity, effectiveOn, totals, transfer, waiting } = quote;
  print(heading(say('quote.title', { from: source.offerName, to: target.offerName })));
  print(say('quote.facts', { quantity: format.number(quantity), day: format.day(effectiveOn) }));
  const line = (kind: 'line.credit' | 'line.charge') => (one: Quote['charges'][number]) => [
    say(kind),
    `${format.day(one.periodStart)} – ${format.day(one.periodEnd)}`,
    format.number(one.quantity),
    format.money({ amount: one.unitPrice, currency: one.amount.currency }),
    format.money(one.amount),
  ];
  printTable(
    [
      { title: say('column.line') },
      { title: say('column.period') },
      { title: say('column.licenses'), right: true },
      { title: say('column.unitPrice'), right: true },
      { title: say('column.amount'), right: true },
    ],
    [
      ...quote.credits.map(line('line.credit')),
      ...quote.charges.map(line('line.charge')),
      [say('quote.net'), '', '', '', format.money(totals.net)],
    ],
  );
  print(say('quote.accounts', { moving: transfer.moving, staying: transfer.staying }));
  for (const { displayName, faults } of transfer.users.filter((user) => user.faults.length > 0))
    print(`  ${harmless(displayName)}: ${harmless(faults.map(({ title }) => title).join(' '))}`);
  if (waiting.reasons.length > 0) remark(say('quote.needsApproval'));
  print(say('quote.expires', { moment: format.moment(quote.expiresAt) }));
  if (quote.upgradeId !== null) remark(say('quote.used'));
}

function tellUpgrade({ say, language }: Run, { state, upgradeId, licenses, waiting }: Upgrade): void {
  print(say('upgrade.state', { state: REASON_TEXTS[language].upgradeStates[state], id: upgradeId }));
  if (state === 'applied') print(say('upgrade.licenses', { moved: licenses.moved, open: licenses.openIssues }));
  if (waiting.approvers.length > 0 && state === 'waitingForApproval')
    print(say('upgrade.approvers', { names: waiting.approvers.join(', ') }));
}
