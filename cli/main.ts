import { CommanderError } from 'commander';
import type { Cli } from './cli.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { Failure, ProblemFailure } from './failure.ts';
import { remark } from './output.ts';
import { linesOfProblem } from './problem.ts';
import { createProgram, mistakeOf } from './program.ts';
import { readSettings, settingsFile } from './settings.ts';
import { harmless, languageOf, wordsOf } from './words.ts';

/** Reads what was typed, does it, and tells in a sentence what went wrong; nobody sees a stack. */
async function main(args: readonly string[]): Promise<ExitCode> {
  const kept = readSettings();
  const language = languageOf(args, process.env, kept?.lang);
  const say = wordsOf(language);
  if (kept === undefined) {
    remark(say('error.settings', { file: settingsFile() }));
    return EXIT.usage;
  }
  const cli: Cli = { language, say, settings: kept };
  try {
    const program = createProgram(cli);
    if (args.length === 0) {
      program.outputHelp();
      return EXIT.usage;
    }
    await program.parseAsync([...args], { from: 'user' });
    return (process.exitCode ?? EXIT.done) as ExitCode;
  } catch (error) {
    return explain(cli, error);
  }
}

function explain(cli: Cli, error: unknown): ExitCode {
  const { say } = cli;
  if (error instanceof CommanderError) {
    const mistake = mistakeOf(cli, error);
    if (mistake === undefined) return EXIT.done;
    // A group without a command has shown its help.
    if (error.code !== 'commander.help') remark(mistake);
    return EXIT.usage;
  }
  if (error instanceof ProblemFailure) {
    for (const line of linesOfProblem(error.problem, say)) remark(line);
    return error.exitCode;
  }
  if (error instanceof Failure) {
    remark(error.message);
    return error.exitCode;
  }
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined) {
    remark(say('error.file', { file: path, reason: code }));
    return EXIT.usage;
  }
  remark(say('error.unexpected', { message: harmless(message) }));
  return EXIT.failed;
}

// Whoever reads the output may have had enough of it, as `head` has.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === 'EPIPE' ? EXIT.done : EXIT.failed),
);
process.exitCode = await main(process.argv.slice(2));
