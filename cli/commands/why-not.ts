import type { Command } from 'commander';
import { answer, type Cli, commandOf, does, type Run } from '../cli.ts';
import { findCustomer, findSubscription, findTarget, type Target } from '../find.ts';
import { heading, print, printIndented } from '../output.ts';
import { harmless } from '../words.ts';

type Refusal = Target['types'][number]['refusals'][number];

/** Why a subscription cannot go to an offer, or to any: every reason, and what clears it. */
export function addWhyNot(program: Command, cli: Cli): void {
  const { say } = cli;
  commandOf(cli, program, 'why-not <customer> <subscription>', 'help.whyNot')
    .option('--to <offer>', say('option.to'))
    .action(
      does<{ to?: string }>(cli, async (run, { to }, customer = '', subscription = '') => {
        const { customerId } = await findCustomer(run, customer);
        const { subscriptionId } = await findSubscription(run, customerId, subscription);
        const found = await run.api.ask('showEligibility', { params: { customerId, subscriptionId } });
        const targets = to === undefined ? found.targets : [findTarget(run, found.targets, to)];
        answer(run, { ...found, targets }, () => {
          for (const refusal of found.refusals) tell(refusal);
          for (const target of targets) tellTarget(run, target);
        });
      }),
    );
}

function tellTarget({ say }: Run, { name, types }: Target): void {
  const open = types.filter(({ eligible }) => eligible);
  if (open.length === types.length) return print(`${heading(harmless(name))}: ${say('whyNot.eligible')}`);
  print(heading(harmless(name)));
  // What holds for every way is said once.
  const [first, ...others] = types;
  const key = (refusals: readonly Refusal[]) => JSON.stringify(refusals);
  const same = others.every(({ refusals }) => key(refusals) === key(first?.refusals ?? []));
  for (const { upgradeType, eligible, refusals } of same ? types.slice(0, 1) : types) {
    if (!same) print(`  ${say(`type.${upgradeType}`)}${eligible ? `: ${say('whyNot.eligible')}` : ''}`);
    for (const refusal of refusals) tell(refusal);
  }
}

function tell({ message, remedy }: Refusal): void {
  printIndented(2, harmless(message));
  printIndented(4, harmless(remedy));
}
