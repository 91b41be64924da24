import type { Command } from 'commander';
import { answer, type Cli, commandOf, does, type Run, withCsv } from '../cli.ts';
import { heading, pour, print, printTable, remark } from '../output.ts';

export function addInvoice(program: Command, cli: Cli): void {
  const { say } = cli;
  const group = commandOf(cli, program, 'invoice', 'help.invoice');
  commandOf(cli, group, 'list', 'help.invoiceList').action(does(cli, listInvoices));
  commandOf(cli, group, 'show <number>', 'help.invoiceShow').action(
    does(cli, (run, _options, number = '') => showInvoice(run, number)),
  );
  withCsv(commandOf(cli, group, 'lines <number>', 'help.invoiceLines'), cli)
    .option('--out <file>', say('option.out'))
    .action(
      does<{ out?: string }>(cli, async (run, { out }, invoiceNumber = '') => {
        const params = { invoiceNumber };
        if (run.csv || out !== undefined)
          return pour((await run.api.file('listInvoiceLines', { params }, 'text/csv')).body, out);
        const page = await run.api.ask('listInvoiceLines', { params, query: { limit: 200 } });
        answer(run, page, () => {
          printTable(
            [
              { title: say('column.customer') },
              { title: say('column.subscription') },
              { title: say('column.line') },
              { title: say('column.period') },
              { title: say('column.amount'), right: true },
            ],
            page.items.map((line) => [
              line.customer.name ?? line.customer.customerId,
              line.subscription.offerName,
              line.explained.what,
              `${run.format.day(line.periodStart)} – ${run.format.day(line.periodEnd)}`,
              run.format.money(line.amount),
            ]),
          );
          if (page.nextCursor !== null) remark(say('list.more', { limit: 200 }));
        });
      }),
    );
  commandOf(cli, group, 'pdf <number>', 'help.invoicePdf')
    .requiredOption('--out <file>', say('option.out'))
    .action(
      does<{ out: string }>(cli, async (run, { out }, invoiceNumber = '') => {
        await pour((await run.api.file('printInvoice', { params: { invoiceNumber } }, 'application/pdf')).body, out);
        if (out !== '-') remark(say('export.saved', { file: out }));
      }),
    );
}

async function listInvoices(run: Run): Promise<void> {
  const { say, format } = run;
  const listed = await run.api.ask('listInvoices', {});
  answer(run, listed, () => {
    printTable(
      [
        { title: say('column.number') },
        { title: say('column.platform') },
        { title: say('column.period') },
        { title: say('column.status') },
        { title: say('column.lines'), right: true },
        { title: say('column.amount'), right: true },
      ],
      listed.items.map((one) => [
        one.invoiceNumber,
        say(`platform.${one.platform}`),
        `${format.day(one.periodStart)} – ${format.day(one.periodEnd)}`,
        say(`invoice.${one.status}`),
        format.number(one.lines),
        format.money(one.total),
      ]),
    );
    if (listed.items.length === 0) remark(say('list.empty'));
  });
}

async function showInvoice(run: Run, invoiceNumber: string): Promise<void> {
  const { say, format } = run;
  const invoice = await run.api.ask('showInvoice', { params: { invoiceNumber } });
  answer(run, invoice, () => {
    print(
      heading(
        `${invoice.invoiceNumber} · ${say(`platform.${invoice.platform}`)} · ${say(`invoice.${invoice.status}`)}`,
      ),
    );
    const amounts = ({ cost, sell, tax, gross }: typeof invoice.totals) =>
      [cost, sell, tax, gross].map((one) => format.money(one));
    printTable(
      [
        { title: say('column.customer') },
        { title: say('column.lines'), right: true },
        ...(['column.cost', 'column.sell', 'column.tax', 'column.gross'] as const).map((key) => ({
          title: say(key),
          right: true,
        })),
      ],
      [
        ...invoice.customers.map((one) => [
          one.customer.name ?? one.customer.customerId,
          String(one.lines),
          ...amounts(one),
        ]),
        [say('invoice.total'), String(invoice.lines), ...amounts(invoice.totals)],
      ],
    );
    print(say('invoice.quotes', { compared: invoice.quotes.compared, differing: invoice.quotes.differing.length }));
    if (invoice.unchanged === false) remark(say('invoice.changed'));
  });
}
