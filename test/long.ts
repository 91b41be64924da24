import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { type Desk, openDesk, playRound, type RoundPlan, type RoundResult, type Strike } from './crash-rounds.ts';
import { type Cause, playWaitingRound, type WaitingResult } from './crash-waiting.ts';
import { type BillingRun, runBilling } from './billing-run.ts';
import { drawFrom } from './draw.ts';
import { fuzz, type FuzzResult } from './fuzz.ts';
import { createDirectory, endServers, startServer } from './server-process.ts';

const CRASHES = new URL('../docs/measurements/crashes.md', import.meta.url);
const FUZZ = new URL('../docs/measurements/fuzz.md', import.meta.url);
const SCREENS = new URL('../docs/measurements/screens.md', import.meta.url);
const BILLING = new URL('../docs/measurements/billing.md', import.meta.url);
const REQUESTS = 10_000;
const ROUNDS = 30;
const SUBSCRIPTIONS = 100_000;
const KILLS = 120;
const CUSTOMERS = 40;

/** On the disk, like a server's: what is measured must not be spared it. */
const dataDirectory = () => join(createDirectory(0o755, tmpdir()), 'data');

type PlayedRound = RoundResult & { readonly strike: Strike };

/** Long tests by name, each with the rest of the command line; false: it found something. */
const TESTS: Readonly<Record<string, (args: readonly string[]) => Promise<boolean>>> = {
  crashes: playCrashes,
  fuzz: playFuzz,
  billing: playBilling,
  screens: walkEveryView,
  campaigns: playCampaigns,
  pictures: comparePictures,
  rows: runThousandRows,
};

/** Kills the server and its database by turns, at moments drawn from a seed, and writes down what was found. */
async function playCrashes([roundsGiven = String(ROUNDS), seedGiven]: readonly string[]): Promise<boolean> {
  const rounds = numberOf('The number of rounds', roundsGiven);
  const seed = seedOf(seedGiven);
  console.log(`Seed ${seed}; the same again: node bootstrap.mjs test:long crashes ${rounds} ${seed}`);
  const draw = drawFrom(seed);
  const played: PlayedRound[] = [];
  const waited: WaitingResult[] = [];
  try {
    const desk = await openDesk(dataDirectory());
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
      if (round % 2 === 0) waited.push(await playWaiting(desk, round % 4 === 0 ? 'approval' : 'clock', draw));
    }
  } finally {
    await endServers();
  }
  writeDown(CRASHES, describeAll(played, waited, seed));
  return (
    played.every(({ lost, halfDone, surprises }) => lost.length + halfDone.length + surprises.length === 0) &&
    waited.every(({ lost, halfDone }) => lost.length + halfDone.length === 0)
  );
}

/** After every second round the server is killed once more, while upgrades that waited are applied. */
async function playWaiting(desk: Desk, cause: Cause, draw: (limit: number) => number): Promise<WaitingResult> {
  const plan = { cause, customers: CUSTOMERS, afterApplied: 1 + draw(CUSTOMERS / 2), delayMs: draw(20) };
  const result = await playWaitingRound(desk, plan);
  console.log(
    `  waiting, by ${cause}: server killed after ${result.appliedBefore} of ${result.applied}, ${result.lost.length} lost, ${result.halfDone.length} half done`,
  );
  for (const finding of [...result.lost, ...result.halfDone]) console.error(`  ${finding}`);
  return result;
}

/**
 * Bills a month of many subscriptions by the server's own routine, and writes down how long that took; then kills the servers that drive the calendar
 * in rounds, at moments drawn from a seed.
 */
async function playBilling([given = String(SUBSCRIPTIONS), kills = String(KILLS), seedGiven]: readonly string[]) {
  const subscriptions = numberOf('The number of subscriptions', given);
  const rounds = numberOf('The number of rounds', kills);
  const seed = seedOf(seedGiven);
  console.log(`Seed ${seed}; the same again: node bootstrap.mjs test:long billing ${subscriptions} ${rounds} ${seed}`);
  const run = await runBilling(dataDirectory(), subscriptions, { rounds, seed });
  for (const finding of run.kills.wrong) console.error(finding);
  writeDown(BILLING, describeBilling(run, seed));
  return run.wrong === 0 && run.kills.wrong.length === 0;
}

function describeBilling(
  { subscriptions, customers, ms, memoryMb, lines, wrong, kills }: BillingRun,
  seed: number,
): string {
  const day = new Date().toISOString().slice(0, 10);
  const each = Math.round(subscriptions / (ms / 1000)).toLocaleString('en');
  return `# A monthly billing run

Measured on ${day} with \`node bootstrap.mjs test:long billing ${subscriptions} ${kills.rounds} ${seed}\` on ${cpus().length} cores, the database on the same machine. Half of the
subscriptions are legacy, half new commerce, of which every fifth renews; one process brings all of them up to date, with an audit row for each.

| | |
|---|---:|
| subscriptions, of so many customers | ${subscriptions.toLocaleString('en')}, ${customers.toLocaleString('en')} |
| time; goal for 100,000: under 3 minutes | ${seconds(ms)} |
| subscriptions a second | ${each} |
| memory of the process: before, and at most | ${memoryMb.before.toFixed(0)} MB, ${memoryMb.most.toFixed(0)} MB |
| lines that were written | ${lines.toLocaleString('en')} |
| subscriptions without a line, or with more than one | ${wrong} |

Then the calendar of a few other subscriptions runs on, by weeks at a time. In each round the servers that drive it are killed, each at a statement
drawn from the seed: nothing of theirs reaches the database from then on. Others are started, and the ledger is compared with a model.

| | |
|---|---:|
| rounds, of so many servers each | ${kills.rounds}, ${kills.servers / kills.rounds} |
| servers that were killed at work | ${kills.killed} |
| lines that were written, of these before the others were started | ${kills.lines}, ${kills.before} |
| subscriptions with a line too many or too few after a round | ${kills.wrong.length} |
`;
}

/** Looks at every screen in both languages, at both widths and in both themes, and writes down what was found. */
async function walkEveryView(): Promise<boolean> {
  const { looked, failed } = await runTests('test/browser/every-view.long.ts');
  writeDown(SCREENS, describeScreens(looked, failed));
  return looked > 0 && failed.length === 0;
}

/** Runs a campaign of a thousand rows in the browser, from the dropped file to the report. */
async function runThousandRows(): Promise<boolean> {
  process.env['CAMPAIGN_ROWS'] = '1000';
  const { looked, failed } = await runTests('test/browser/campaigns.test.ts');
  return looked > 0 && failed.length === 0;
}

/** Compares each screen with the picture of it that somebody has found good; what differs is put into `dist/pictures`. */
async function comparePictures(): Promise<boolean> {
  const { looked, failed } = await runTests('test/browser/pictures.long.ts');
  return looked > 0 && failed.length === 0;
}

/** Kills the servers of campaigns a hundred times, and measures planning and sending; it writes down itself what it found. */
async function playCampaigns(): Promise<boolean> {
  const { looked, failed } = await runTests('test/campaigns.long.ts');
  return looked > 0 && failed.length === 0;
}

async function runTests(file: string): Promise<{ looked: number; failed: string[] }> {
  const vitest = await startVitest('test', [], { watch: false, include: [file] });
  const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
  const failed = tests.filter((test) => test.result().state !== 'passed').map(({ fullName }) => fullName);
  await vitest.close();
  return { looked: tests.length, failed };
}

function describeScreens(looked: number, failed: readonly string[]): string {
  const day = Temporal.Now.plainDateISO('UTC').toString();
  return `# Screens

Looked at on ${day} with \`node bootstrap.mjs test:long screens\`: every screen and state of the portal in Turkish and English at 1280 and 400
pixels: whether it fits and has no word of the other language, and whether an accessibility scan finds nothing, in the light and in the dark.
\`npm test\` does so with every second one in Turkish at 1280 pixels, narrows it to 400, and scans a third of the colors.

| | |
|---|---:|
| Looks | ${looked.toLocaleString('en')} |
| Findings | ${failed.length} |
${failed.map((name) => `\n- ${name}`).join('')}`;
}

/** Sends mutated requests to the Partner Center API of a sandbox, drawn from a seed, and writes down how they were answered. */
async function playFuzz([requestsGiven = String(REQUESTS), seedGiven]: readonly string[]): Promise<boolean> {
  const requests = numberOf('The number of requests', requestsGiven);
  const seed = seedOf(seedGiven);
  console.log(`Seed ${seed}; the same again: node bootstrap.mjs test:long fuzz ${requests} ${seed}`);
  try {
    const settings = { YUKSELT_SANDBOX: '1', YUKSELT_RATE_LIMIT: '0' };
    const server = await startServer(dataDirectory(), settings);
    const result = await fuzz(server.address, { requests, seed });
    for (const finding of result.findings) console.error(finding);
    writeDown(FUZZ, describeFuzz(result, seed));
    return result.findings.length === 0;
  } finally {
    await endServers();
  }
}

function describeFuzz({ sent, operations, byStatus, findings }: FuzzResult, seed: number): string {
  const rows = Object.entries(byStatus).map(([status, count]) => [`Answered ${status}`, String(count)]);
  const day = Temporal.Now.plainDateISO('UTC').toString();
  return `# Fuzz

Measured on ${day} with \`node bootstrap.mjs test:long fuzz ${sent} ${seed}\`: mutated requests to every operation that the Partner Center API
describes, some nearly right, with strange ids, queries, headers and bodies, eight at a time on the demo world. A finding is an answer 5xx
other than a described 501, no answer within 30 seconds, one that is not in the shapes of the service, or one that differs from the description.

| | |
|---|---:|
${[['Requests', String(sent)], ['Operations', String(operations)], ...rows, ['Findings', String(findings.length)]].map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}

function writeDown(file: URL, text: string): void {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, text);
  console.log(`Written to docs/measurements/${file.pathname.split('/').at(-1)}`);
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

function describeAll(rounds: readonly PlayedRound[], waited: readonly WaitingResult[], seed: number): string {
  const count = (of: (round: PlayedRound) => number) => String(rounds.reduce((sum, round) => sum + of(round), 0));
  const total = (of: (one: WaitingResult) => number) => String(waited.reduce((sum, one) => sum + of(one), 0));
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
    ['Waiting upgrades applied, by the clock or by approval', total((one) => one.applied)],
    ['of these before the kill', total((one) => one.appliedBefore)],
    ['Lost or half done of these', total((one) => one.lost.length + one.halfDone.length)],
    ['Recovery after the server was killed, median / max', recovery('server')],
    ['Recovery after the database was killed, median / max', recovery('database')],
  ];
  const day = Temporal.Now.plainDateISO('UTC').toString();
  return `# Crashes

Measured on ${day} with \`node bootstrap.mjs test:long crashes ${rounds.length} ${seed}\` on ${cpus().length} cores. In each round four
clients upgrade ${CUSTOMERS} customers while the server or the postmaster is killed (\`SIGKILL\`), by turns, at a moment drawn from the seed.
Then a killed server is started again (a database is by its server), all is finished and sent again, and the API and the database are
looked through: every upgrade that was ever acknowledged, and for each its subscriptions, quote, lines, licenses, issues and audit record.
Recovery is the time from the kill to the first upgrade after the last failed request. After every second round the server is killed once
more while it applies ${CUSTOMERS} upgrades that waited for the clock or a second agent: each must be applied as a whole or wait untouched.

| | |
|---|---:|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function seedOf(given: string | undefined): number {
  return given === undefined ? randomInt(1, 1_000_000) : numberOf('The seed', given);
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
