import { Command, Option } from 'commander';
import type { Language } from '../contract/values.ts';
import { type Api, createApi } from './api.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { badUsage, Failure } from './failure.ts';
import { type Format, formatFor } from './format.ts';
import { askYes, printJson, remark } from './output.ts';
import type { Settings } from './settings.ts';
import type { Say, TextKey } from './words.ts';

export const DEFAULT_URL = 'http://127.0.0.1:8080';

/** What every command knows before anything is typed. */
export type Cli = { readonly language: Language; readonly say: Say; readonly settings: Settings };

/** One command under way. */
export type Run = Cli & {
  readonly api: Api;
  readonly token: string | undefined;
  readonly format: Format;
  readonly json: boolean;
  readonly csv: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
};

type Given = {
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
};

type Handle<Options> = (
  run: Run,
  options: Options,
  ...args: readonly (string | undefined)[]
) => Promise<ExitCode | void>;

/** Turns what a command does into what the parser calls. */
export function does<Options extends object>(cli: Cli, handle: Handle<Options>) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<Given>();
    const args = given.slice(0, -2) as (string | undefined)[];
    process.exitCode = (await handle(runOf(cli, options), command.opts<Options>(), ...args)) ?? EXIT.done;
  };
}

function runOf(cli: Cli, given: Given): Run {
  const { language, say, settings } = cli;
  const url = given.url ?? process.env['YUKSELT_URL'] ?? settings.url ?? DEFAULT_URL;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw badUsage(say('error.url', { url }));
  const token = given.token ?? process.env['YUKSELT_TOKEN'] ?? settings.sessions[new URL(url).origin]?.token;
  const { json = false, csv = false, dryRun = false, yes = false } = given;
  const api = createApi({ url, token, language, say });
  return { ...cli, api, token, format: formatFor(language), json, csv, dryRun, yes };
}

/** A command with its words, below another. */
export function commandOf({ say }: Cli, parent: Command, usage: string, words: TextKey): Command {
  return parent.command(usage).description(say(words));
}

/** Options that several commands take. */
export function withCsv(command: Command, { say }: Cli): Command {
  return command.option('--csv', say('option.csv'));
}

export function withDryRun(command: Command, { say }: Cli): Command {
  return command.option('--dry-run', say('option.dryRun')).option('-y, --yes', say('option.yes'));
}

export function choiceOf(flags: string, words: string, choices: readonly string[]): Option {
  return new Option(flags, words).choices(choices);
}

/** A whole number as somebody typed it. */
export function wholeNumber({ say }: Cli, name: string): (typed: string) => number {
  return (typed) => {
    if (!/^\d{1,8}$/.test(typed)) throw badUsage(say('error.wholeNumber', { option: name, typed }));
    return Number(typed);
  };
}

/** The answer, as the caller wants it: as it came from the server, or in words. */
export function answer({ json }: Run, value: unknown, inWords: () => void): void {
  if (json) printJson(value);
  else inWords();
}

/** Asks before something is done that cannot be undone. */
export async function confirm({ yes, say }: Run, question: string): Promise<void> {
  if (yes) return;
  const answered = await askYes(question);
  if (answered === undefined) throw badUsage(say('error.needsYes'));
  if (!answered) throw new Failure(EXIT.notConfirmed, say('confirm.no'));
}

/** Says that nothing was done. */
export function remarkDryRun({ say }: Run): void {
  remark(say('dryRun.done'));
}
