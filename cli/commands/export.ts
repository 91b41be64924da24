import type { Command } from 'commander';
import type { Endpoints } from '../../contract/endpoints.ts';
import { type Cli, commandOf, does, type Run } from '../cli.ts';
import { badUsage } from '../failure.ts';
import { findCampaign, findCustomer } from '../find.ts';
import { pour, print, remark } from '../output.ts';

type Name = keyof Endpoints;
type Of = 'customer' | 'campaign' | 'invoice';

/** Every list that the API has as a file, by what it is called here. */
const LISTS = {
  audit: ['listAudit'],
  campaigns: ['listCampaigns'],
  'campaign-rows': ['listCampaignRows', 'campaign'],
  charges: ['listCustomerCharges', 'customer'],
  customers: ['listCustomers'],
  deadlines: ['listDeadlines'],
  'invoice-lines': ['listInvoiceLines', 'invoice'],
  licenses: ['listAllLicenses'],
  offers: ['listOffers'],
  relationships: ['listRelationships'],
  'report-issues': ['reportIssues'],
  'report-opportunities': ['reportOpportunities'],
  'report-refusals': ['reportRefusals'],
  'report-uplift': ['reportUplift'],
  'report-upgrades': ['reportUpgrades'],
  upgrades: ['listAllUpgrades'],
} as const satisfies Record<string, readonly [Name] | readonly [Name, Of]>;
type List = keyof typeof LISTS;

type Options = {
  readonly of?: string;
  readonly filter?: readonly string[];
  readonly out?: string;
};

/** A list as CSV: to standard output or a file, in the language of the caller. */
export function addExport(program: Command, cli: Cli): void {
  const { say } = cli;
  commandOf(cli, program, 'export', 'help.export')
    .addArgument(program.createArgument('[list]', say('argument.list')).choices(Object.keys(LISTS)))
    .option('--of <name>', say('option.of'))
    .option('--filter <name=value...>', say('option.filter'))
    .option('--out <file>', say('option.out'))
    .action(
      does<Options>(cli, async (run, { of, filter = [], out }, list) => {
        if (list === undefined) return Object.keys(LISTS).forEach((name) => print(name));
        const [name, owner] = LISTS[list as List] as readonly [Name, Of?];
        const params = owner === undefined ? {} : await paramsOf(run, owner, of);
        const call = { params, query: queryOf(run, filter) };
        await pour((await run.api.file(name, call, 'text/csv')).body, out);
        if (out !== undefined && out !== '-') remark(say('export.saved', { file: out }));
      }),
    );
}

async function paramsOf(run: Run, owner: Of, typed: string | undefined): Promise<object> {
  if (typed === undefined) throw badUsage(run.say(`error.of.${owner}`));
  if (owner === 'customer') return { customerId: (await findCustomer(run, typed)).customerId };
  if (owner === 'campaign') return { campaignId: (await findCampaign(run, typed)).campaignId };
  return { invoiceNumber: typed };
}

/** Filters as the API names them: it refuses what a list does not have, and says so. */
function queryOf({ say }: Run, filters: readonly string[]): Record<string, string> {
  const pairs = filters.map((one) => {
    const place = one.indexOf('=');
    if (place < 1) throw badUsage(say('error.filter', { typed: one }));
    return [one.slice(0, place), one.slice(place + 1)];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}
