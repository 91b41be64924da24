import { type Argument, Command, CommanderError, type HelpConfiguration, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { Cli } from './cli.ts';
import { addAudit } from './commands/audit.ts';
import { addCampaign } from './commands/campaign.ts';
import { addCompletion } from './commands/completion.ts';
import { addCustomers } from './commands/customers.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addInvoice } from './commands/invoice.ts';
import { addSignIn } from './commands/login.ts';
import { addOperation } from './commands/operate.ts';
import { addQuote } from './commands/quote.ts';
import { addSubscriptions } from './commands/subscriptions.ts';
import { addToken } from './commands/token.ts';
import { addWhyNot } from './commands/why-not.ts';
import type { TextKey } from './words.ts';

const TITLES: Readonly<Record<string, TextKey>> = {
  'Usage:': 'title.usage',
  'Arguments:': 'title.arguments',
  'Options:': 'title.options',
  'Global Options:': 'title.global',
  'Commands:': 'title.commands',
};

/** The program with all its commands, in the language of the caller; what the parser would say by itself is thrown. */
export function createProgram(cli: Cli): Command {
  const { say } = cli;
  const program = new Command('yukselt');
  program
    .description(say('help.program'))
    .version(packageJson.version, '-V, --version', say('option.version'))
    .helpOption('-h, --help', say('option.help'))
    .helpCommand(false)
    .option('--url <address>', say('option.url'))
    .option('--token <token>', say('option.token'))
    .addOption(new Option('--lang <language>', say('option.lang')).choices(['tr', 'en']))
    .option('--json', say('option.json'))
    .option('--no-color', say('option.noColor'))
    .on('option:no-color', () => (process.env['NO_COLOR'] = '1'))
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp(helpOf(cli));
  addSignIn(program, cli);
  addCustomers(program, cli);
  addSubscriptions(program, cli);
  addWhyNot(program, cli);
  addQuote(program, cli);
  addCampaign(program, cli);
  addInvoice(program, cli);
  addImport(program, cli);
  addExport(program, cli);
  addAudit(program, cli);
  addToken(program, cli);
  addOperation(program, cli);
  for (const command of allBelow(program)) command.helpOption('-h, --help', say('option.help')).helpCommand(false);
  addCompletion(program, cli);
  return program;
}

/** The parser's own help in the language of the caller, places for values included. */
function helpOf({ say }: Cli): HelpConfiguration {
  const inWords = (term: string) => placesIn(say, term);
  const choices = ({ argChoices, description }: Pick<Option, 'argChoices' | 'description'>) =>
    argChoices === undefined
      ? description
      : `${description}; ${say('option.choices', { choices: argChoices.join(', ') })}`;
  return {
    showGlobalOptions: true,
    styleTitle: (title) => say(TITLES[title] ?? 'title.options'),
    styleUsage: inWords,
    optionTerm: ({ flags }) => inWords(flags),
    optionDescription: choices,
    argumentTerm: (argument) => placesIn(say, termOf(argument)).slice(1, -1),
    argumentDescription: choices,
    subcommandTerm: (command) => inWords([command.name(), ...command.registeredArguments.map(termOf)].join(' ')),
  };
}

/** `<customer>` in the language of the caller. */
function placesIn(say: Cli['say'], term: string): string {
  return term.replace(/(<|\[)([a-z]+(?:=[a-z]+)?)(?=[\].>])/g, (_all, open: string, name: string) => {
    return open + say(`place.${name}` as TextKey);
  });
}

function termOf(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function allBelow(command: Command): Command[] {
  return command.commands.flatMap((one) => [one, ...allBelow(one)]);
}

const MISTAKES: Readonly<Record<string, TextKey>> = {
  'commander.unknownCommand': 'mistake.command',
  'commander.unknownOption': 'mistake.option',
  'commander.missingArgument': 'mistake.argument',
  'commander.missingMandatoryOptionValue': 'mistake.neededOption',
  'commander.optionMissingArgument': 'mistake.optionValue',
  'commander.invalidArgument': 'mistake.value',
  'commander.excessArguments': 'mistake.excess',
};

/** What was wrong with what was typed, in the caller's language; undefined: nothing was, help or version was asked for. */
export function mistakeOf({ say }: Cli, error: CommanderError): string | undefined {
  if (error.exitCode === 0) return undefined;
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  // What the parser names is a place for an argument, or an option with the place for its value.
  const isPlace = error.code === 'commander.missingArgument';
  const named = isPlace ? placesIn(say, `<${quoted}>`) : placesIn(say, quoted);
  const choices = /Allowed choices are ([^.]*)\./.exec(error.message)?.[1];
  const meant = /\(Did you mean (?:one of )?([^?]*)\?\)/.exec(error.message)?.[1];
  const key = MISTAKES[error.code] ?? 'mistake.other';
  return [
    say(key, { named }),
    ...(choices === undefined ? [] : [say('mistake.choices', { choices })]),
    ...(meant === undefined ? [] : [say('mistake.meant', { meant })]),
  ].join(' ');
}
