import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { openDesk, playRound, type RoundPlan, type RoundResult, type Strike } from './crash-rounds.ts';
import { createDirectory, endServers } from './server-process.ts';

const RESULT = new URL('../docs/measurements/crashes.md', import.meta.url);
const ROUNDS = 30;
const CUSTOMERS = 40;

type PlayedRound = RoundResult & { readonly strike: Strike };

/** Long tests by name, each with the rest of the command line; false: it found something. */
const TESTS: Readonly<Record<string, (args: readonly string[]) => Promise<boolean>>> = { crashes: playCrashes };

/** Kills the server and its database by turns, at moments drawn from a seed, and writes down what was found. */
async function playCrashes([roundsGiven = String(ROUNDS), seedGiven]: readonly string[]): Promise<boolean> {
  const rounds = numberOf('The number of rounds', roundsGiven);
  const seed = seedGiven === undefined ? randomInt(1, 1_000_000) : numberOf('The seed', seedGiven);
  console.log(`Seed ${seed}; the same again: node bootstrap.mjs test:long crashes ${rounds} ${seed}`);
  const draw = drawFrom(seed);
  const played: PlayedRound[] = [];
  try {
    const desk = await openDesk(join(createDirectory(), 'data'));
    for (let round = 1; round <= rounds; round++) {
      const strike = round % 2 === 1 ? 'server' : 'database';
      const plan: RoundPlan = {
        strike,
        customers: CUSTOMERS,
        afterSubmits: 1 + draw(CUSTOMERS - 4),
        delayMs: draw(20),
      };
      const result = await playRound(desk, plan);
      played.push({ ...result, strike });
      console.log(`Round ${round} of ${rounds}: ${describeRound(plan, result)}`);
      for (const finding of [...result.lost, ...result.halfDone, ...result.surprises]) console.error(`  ${finding}`);
    }
  } finally {
    await endServers();
  }
  mkdirSync(new URL('.', RESULT), { recursive: true });
  writeFileSync(RESULT, describeAll(played, seed));
  console.log('Written to docs/measurements/crashes.md');
  return played.every(({ lost, halfDone, surprises }) => lost.length + halfDone.length + surprises.length === 0);
}

function describeRound({ strike }: RoundPlan, result: RoundResult): string {
  const { acknowledged, acknowledgedBefore, repeated, lost, halfDone, recoveryMs } = result;
  return [
    `${strike} killed after ${acknowledgedBefore} of ${acknowledged} upgrades`,
    `back in ${seconds(recoveryMs)}`,
    `${repeated} sent again`,
    `${lost.length} lost`,
    `${halfDone.length} half done`,
  ].join(', ');
}

function describeAll(rounds: readonly PlayedRound[], seed: number): string {
  const count = (of: (round: PlayedRound) => number) => String(rounds.reduce((sum, round) => sum + of(round), 0));
  const recovery = (strike: Strike) => {
    const times = rounds.filter((round) => round.strike === strike).map((round) => round.recoveryMs);
    return times.length === 0 ? '–' : `${seconds(median(times))} / ${seconds(Math.max(...times))}`;
  };
  const rows = [
    ['Rounds', String(rounds.length)],
    ['Acknowledged upgrades', count((round) => round.acknowledged)],
    ['of these before the kill', count((round) => round.acknowledgedBefore)],
    ['Submits without an answer, sent again', count((round) => round.repeated)],
    ['Answers 503 with Retry-After', count((round) => round.unavailable)],
    ['Other failed answers', count((round) => round.surprises.length)],
    ['Lost', count((round) => round.lost.length)],
    ['Half done', count((round) => round.halfDone.length)],
    ['Recovery after the server was killed, median / max', recovery('server')],
    ['Recovery after the database was killed, median / max', recovery('database')],
  ];
  const day = Temporal.Now.plainDateISO('UTC').toString();
  return `# Crashes

Measured on ${day} with \`node bootstrap.mjs test:long crashes ${rounds.length} ${seed}\` on ${cpus().length} cores. In each round four
clients upgrade ${CUSTOMERS} customers while the server or the postmaster is killed (\`SIGKILL\`), by turns, at a moment drawn from the seed.
Then a killed server is started again (a database is by its server), all is finished and sent again, and the API and the database are
looked through: every upgrade that was ever acknowledged, and for each its subscriptions, quote, lines, licenses, issues and audit record.
Recovery is the time from the kill to the first upgrade after the last failed request.

| | |
|---|---:|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}

/** Mulberry32: whole numbers from 0 to below a limit, the same for the same seed. */
function drawFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function numberOf(what: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) stop(`${what} must be a whole number from 1, not “${text}”.`);
  return Number(text);
}

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const [name = '', ...rest] = process.argv.slice(2);
const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
if (!test) stop(`There is no long test “${name}”; there is: ${Object.keys(TESTS).join(', ')}.`);
process.exitCode = (await test(rest)) ? 0 : 1;
