import type { Command } from 'commander';
import { answer, choiceOf, type Cli, commandOf, does, wholeNumber, withCsv } from '../cli.ts';
import { pour, printTable, remark } from '../output.ts';
import type { Value } from '../api.ts';

const FILTERS = ['upgradable', 'deadline', 'noPrivileges', 'privilegesEnding', 'openWork'] as const;
const SORTS = ['name', '-name', 'domain', '-domain', 'deadline', '-upgradable'] as const;
const MOST_A_PAGE = 200;

type Options = {
  readonly filter?: (typeof FILTERS)[number];
  readonly sort?: (typeof SORTS)[number];
  readonly limit: number;
  readonly ids?: boolean;
};
type Customer = Value<'listCustomers'>['items'][number];

export function addCustomers(program: Command, cli: Cli): void {
  const { say } = cli;
  withCsv(commandOf(cli, program, 'customers [search]', 'help.customers'), cli)
    .addOption(choiceOf('--filter <filter>', say('option.customerFilter'), FILTERS))
    .addOption(choiceOf('--sort <order>', say('option.sort'), SORTS))
    .option('--limit <rows>', say('option.limit'), wholeNumber(cli, '--limit'), 50)
    .option('--ids', say('option.ids'))
    .action(
      does<Options>(cli, async (run, { filter, sort, limit, ids }, search) => {
        const query = { ...(search && { search }), ...(filter && { filter }), ...(sort && { sort }) };
        if (run.csv) return pour((await run.api.file('listCustomers', { query }, 'text/csv')).body, undefined);
        const items: Customer[] = [];
        let cursor: string | undefined;
        do {
          const pageLimit = Math.min(Math.max(limit - items.length, 1), MOST_A_PAGE);
          const page = await run.api.ask('listCustomers', {
            query: { ...query, limit: pageLimit, ...(cursor && { cursor }) },
          });
          items.push(...page.items);
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined && items.length < limit);
        answer(run, { items, nextCursor: cursor ?? null }, () => {
          printTable(
            [
              { title: say('column.customer') },
              { title: say('column.domain') },
              { title: say('column.subscriptions'), right: true },
              { title: say('column.upgradable'), right: true },
              { title: say('column.licenses'), right: true },
              { title: say('column.deadline') },
              ...(ids ? [{ title: say('column.id') }] : []),
            ],
            items.map((one) => [
              one.name,
              one.domain,
              String(one.subscriptionCount),
              String(one.upgradableCount),
              `${one.licenses.assigned}/${one.licenses.total}`,
              run.format.day(one.nextDeadline),
              ...(ids ? [one.customerId] : []),
            ]),
          );
          if (items.length === 0) remark(say('list.empty'));
          if (cursor !== undefined) remark(say('list.more', { limit }));
        });
      }),
    );
}
