import { styleText } from 'node:util';
import type { Problem } from '../contract/problems.ts';
import { harmless, type Say } from './words.ts';

/** What the server said, line by line: what is wrong, each field or reason, and what helps. */
export function linesOfProblem({ title, detail, remedy, fields, refusals, code }: Problem, say: Say): string[] {
  const red = (text: string) => styleText('red', harmless(text), { stream: process.stderr });
  if (fields) return [red(title), ...fields.map(({ field, message }) => `  ${harmless(`${field}: ${message}`)}`)];
  if (refusals && refusals.length > 0)
    return [red(title), ...refusals.flatMap((one) => [`  ${one.message}`, `    ${one.remedy}`].map(clean))];
  const signIn = code === 'not-signed-in' ? [say('error.signIn')] : [harmless(remedy)];
  return [red(title), harmless(detail), ...signIn];
}

function clean(line: string): string {
  return line.replace(/^( *)(.*)$/s, (_all, blanks: string, text: string) => blanks + harmless(text));
}
