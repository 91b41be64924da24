import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';

/** `completion bash|zsh|fish|powershell` prints the script; after all other commands are there. */
export function addCompletion(program: Command, { say }: Cli): void {
  tab(program, { completionCommandName: 'completion' });
  const added = program.commands.find((command) => command.name() === 'completion');
  added?.description(say('help.completion'));
  for (const argument of added?.registeredArguments ?? []) argument.description = say('argument.shell');
}
