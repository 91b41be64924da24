import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import type { Context } from '../server/context.ts';
import { quoteUpgrade } from '../server/upgrades/quote-upgrade.ts';
import { upgradeSubscription } from '../server/upgrades/upgrade-subscription.ts';
import { getAgent } from '../server/identity/agent.store.ts';
import { type CampaignKills, playCampaignKills } from './campaign-kills.ts';
import { isOver, planned, setPace, submit, TO_E3, workUntil } from './campaign-steps.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { seedMany } from './many-customers.ts';
import { AYLIN } from './waiting.ts';

const REPORT = new URL('../docs/measurements/campaigns.md', import.meta.url);
const ROWS = 10_000;
const SENT = 200;
const ROUNDS = 4;
const LANES = 4;
const KILLS = 100;
const SEED = Number(process.env['YUKSELT_SEED'] ?? 20_261_201);

let deployment: TestDeployment;
const measured: { planMs?: number; showMs?: number; runMs?: number; singleMs?: number; kills?: CampaignKills[] } = {};
beforeAll(async () => {
  deployment = await startDeployment('empty', { timeoutMs: 0 });
});
afterAll(async () => {
  await deployment.stop();
  mkdirSync(new URL('.', REPORT), { recursive: true });
  writeFileSync(REPORT, describeAll());
});

it('a campaign whose servers are killed a hundred times does every row once', { timeout: 0 }, async () => {
  const all: CampaignKills[] = [];
  for (let seed = SEED; all.reduce((sum, { killed }) => sum + killed, 0) < KILLS; seed += 1) {
    await startAnew();
    all.push(await playCampaignKills(deployment, { customers: 24, kills: 25, seed }));
  }
  measured.kills = all;
  expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
});

it('ten thousand rows are planned within a minute', { timeout: 0 }, async () => {
  await startAnew();
  await seedMany(deployment, ROWS);
  const begun = performance.now();
  const { campaignId, rows } = await planned(deployment);
  measured.planMs = performance.now() - begun;
  expect(rows).toMatchObject({ total: ROWS, eligible: ROWS });
  const aylin = await deployment.signIn(AYLIN);
  const asked = performance.now();
  valueOf(await aylin('showCampaign', { params: { campaignId } }));
  measured.showMs = performance.now() - asked;
  expect(measured.planMs).toBeLessThan(60_000);
});

it(
  'rows are sent at no less than 80 % of the speed of single upgrades, as many at a time',
  { timeout: 0 },
  async () => {
    await startAnew();
    await seedMany(deployment, 2 * SENT * ROUNDS);
    const aylin = await deployment.signIn(AYLIN);
    const { campaignId } = await planned(deployment);
    const params = { campaignId };
    const rows = await deployment.context.database.asSystem((tx) =>
      tx.query<{ place: number; customerId: string; subscriptionId: string }>(
        'select place, customer_id as "customerId", subscription_id as "subscriptionId" from campaign_rows order by place',
      ),
    );
    [measured.runMs, measured.singleMs] = [0, 0];
    // By turns, so that both find the same machine.
    for (let round = 0; round < ROUNDS; round += 1) {
      const mine = rows.slice(2 * round * SENT, 2 * (round + 1) * SENT);
      measured.singleMs += await sendSingly(deployment.context, mine.slice(0, SENT));
      const places = mine.slice(SENT).map(({ place }) => place);
      valueOf(await aylin('changeCampaignRows', { params, body: { leaveOut: true } }));
      valueOf(
        await submit(aylin, valueOf(await aylin('changeCampaignRows', { params, body: { places, leaveOut: false } }))),
      );
      const begun = performance.now();
      await workUntil(deployment, aylin, campaignId, isOver);
      measured.runMs += performance.now() - begun;
      valueOf(await aylin('renewCampaign', { params, body: { startsAt: null } }));
      await workUntil(deployment, aylin, campaignId, ({ state }) => state === 'planned');
    }
    expect(measured.singleMs / measured.runMs).toBeGreaterThan(0.8);
  },
);

async function startAnew(): Promise<void> {
  valueOf(await createClient({ baseUrl: deployment.url })('resetSandbox', { body: { scenario: 'empty' } }));
  await deployment.moveClock(TEST_NOW);
  await setPace(deployment);
}

/** By the use cases alone, without HTTP, as a campaign does it. */
async function sendSingly(
  context: Context,
  items: readonly { readonly customerId: string; readonly subscriptionId: string }[],
): Promise<number> {
  const { partnerId, agentId } = await context.database.asSystem(async (tx) => {
    const [row] = await tx.query<{ agent_id: string }>('select agent_id from agents where email = $1', [AYLIN]);
    return { partnerId: PARTNERS.kuzey, agentId: row?.agent_id ?? '' };
  });
  const actor = await context.database.asSystem((tx) => getAgent(tx, partnerId, agentId));
  const call = { ...context, actor, correlationId: context.newId() };
  const left = [...items];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let one = left.pop(); one; one = left.pop()) {
        const { targetOfferId } = TO_E3;
        const quoted = await quoteUpgrade(call, {
          ...one,
          targetOfferId,
          upgradeType: 'upgrade_with_license_transfer',
        });
        if (!quoted.ok) throw new Error(quoted.refused.code);
        const done = await upgradeSubscription(call, { customerId: one.customerId, quoteId: quoted.value.quoteId });
        if (!done.ok) throw new Error(done.refused.code);
      }
    }),
  );
  return performance.now() - begun;
}

function describeAll(): string {
  const { kills = [], planMs = Number.NaN, showMs = Number.NaN, runMs = Number.NaN, singleMs = Number.NaN } = measured;
  const sum = (of: (one: CampaignKills) => number) => kills.reduce((all, one) => all + of(one), 0);
  const day = Temporal.Now.plainDateISO('UTC').toString();
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const rows = [
    [`planning ${ROWS.toLocaleString('en')} rows; goal: under 60 s`, seconds(planMs)],
    ['showing its totals', `${showMs.toFixed(0)} ms`],
    [`sending ${ROUNDS} times ${SENT} rows`, seconds(runMs)],
    [`as many single upgrades by turns with it, quote and submit, ${LANES} at a time`, seconds(singleMs)],
    ['speed of rows by that of single upgrades; goal: at least 80 %', `${((100 * singleMs) / runMs).toFixed(0)} %`],
    ['campaigns whose servers were killed, and their rows', `${kills.length}, ${sum(({ rows: all }) => all)}`],
    ['servers killed at work', String(sum(({ killed }) => killed))],
    ['rows that were under way when their servers were gone', String(sum(({ left }) => left))],
    ['rows lost, sent twice or not done in the end', String(sum(({ wrong }) => wrong.length))],
  ];
  return `# Campaigns

Measured on ${day} with \`node bootstrap.mjs test:long campaigns\` on ${cpus().length} cores, the database on the same machine. Servers die at statements drawn
from a seed (${SEED} and those after it), two at a time; after each death every row is compared with the upgrades that are there.

| | |
|---|---:|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
