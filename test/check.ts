import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));

/** Everything that is checked beside the tests. */
const CHECKS: readonly (readonly [string, string, ...string[]])[] = [
  ['types', 'tsc', '-p', '.'],
  ['types of core, which knows neither Node nor browser', 'tsc', '-p', 'core'],
  ['types of the portal', 'tsc', '-p', 'portal'],
  ['lint and the import rule', 'oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'oxfmt', '--check'],
  ['unused code', 'knip'],
];

/** Runs every check, prints what fails, and closes with the counts. */
let failed = 0;
for (const [name, program, ...args] of CHECKS) {
  const run = spawnSync(join(home, 'node_modules', '.bin', program), args, { cwd: home, encoding: 'utf8' });
  const good = run.status === 0;
  if (!good) failed += 1;
  console.log(`${good ? 'good' : 'FAILED'}  ${name}${good ? '' : `\n${run.stdout}${run.stderr}`}`);
}
console.log(`checks: ${CHECKS.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
