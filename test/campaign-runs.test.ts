import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { openDatabase } from '../server/postgres/database.ts';
import { inspect, letLeasesEnd, playCampaignKills } from './campaign-kills.ts';
import { isOver, planned, rowsOf, seedCustomers, setPace, submit, TO_E3, workUntil } from './campaign-steps.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { AYLIN, GULAY, seedBasic } from './waiting.ts';

const WENDY = 'wendy@westwind.example';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment('empty');
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  await deployment.moveClock(TEST_NOW);
  await setPace(deployment);
  aylin = await deployment.signIn(AYLIN);
});

describe('a campaign whose servers are killed', () => {
  it('leaves every row not started, done once or to be looked into, and is ended by the next server', async () => {
    const played = await playCampaignKills(deployment, { customers: 16, kills: 10, seed: 20_261_116 });
    expect(played.wrong).toEqual([]);
    expect(played.killed).toBeGreaterThanOrEqual(4);
    expect(played.left).toBeGreaterThan(0);
  });

  it('takes a row whose upgrade was done before its server could say so for done, and does it once', async () => {
    const [seeded] = await seedCustomers(deployment, 1);
    const plan = await planned(deployment);
    const { campaignId } = valueOf(await submit(aylin, plan));
    await workUntil(deployment, aylin, campaignId, isOver);
    const customerId = seeded?.customerId;
    await deployment.context.database.asSystem(async (tx) => {
      await tx.query(`update campaign_rows set state = 'running', upgrade_id = null where customer_id = $1`, [
        customerId,
      ]);
      await tx.query(`update campaigns set state = 'running' where campaign_id = $1`, [campaignId]);
    });
    await letLeasesEnd(deployment);
    await workUntil(deployment, aylin, campaignId, isOver);
    expect(await inspect(deployment, campaignId)).toEqual({ done: 1, underWay: 0, wrong: [] });
  });
});

describe('the webhooks of a partner', () => {
  it('are told of a campaign from its submission to its end, with its id and no customer', async () => {
    const gulay = await deployment.signIn(GULAY);
    const events = ['campaign.submitted', 'campaign.paused', 'campaign.resumed', 'campaign.done'] as const;
    const hook = { url: 'https://hook.example/', events: [...events], description: '', enabled: true };
    const { webhookId } = valueOf(await gulay('registerWebhook', { body: hook }));
    await seedCustomers(deployment, 1);
    const plan = await planned(deployment);
    const params = { campaignId: plan.campaignId };
    valueOf(await submit(aylin, plan));
    valueOf(await aylin('pauseCampaign', { params }));
    valueOf(await aylin('resumeCampaign', { params }));
    await workUntil(deployment, aylin, plan.campaignId, isOver);
    const told = await deployment.context.database.asSystem((tx) =>
      tx.query<{ event: string; data: object }>(
        'select event, data from event_deliveries where webhook_id = $1 order by placed_at',
        [webhookId],
      ),
    );
    expect(told.map(({ event }) => event)).toEqual(events);
    expect(told[0]?.data).toMatchObject({ customerId: null, subjectId: plan.campaignId, subscriptionIds: [] });
  });
});

describe('campaigns beside each other', () => {
  it('are run by two servers at once, each row by one of them', async () => {
    await seedCustomers(deployment, 10);
    const plan = await planned(deployment);
    const { campaignId } = valueOf(await submit(aylin, plan));
    const database = openDatabase({ connectionString: deployment.connectionString, timeoutMs: 15_000 });
    try {
      const servers = [deployment.context, { ...deployment.context, database }];
      await workUntil(deployment, aylin, campaignId, isOver, servers);
    } finally {
      await database.close();
    }
    expect(await inspect(deployment, campaignId)).toEqual({ done: 10, underWay: 0, wrong: [] });
  });

  it('take turns: a partner with few rows does not wait for one with many', async () => {
    await seedCustomers(deployment, 16);
    const large = await planned(deployment);
    valueOf(await submit(aylin, large));
    const wendy = await deployment.signIn(WENDY);
    for (let number = 1; number <= 2; number += 1) await seedBasic(deployment, { partnerId: PARTNERS.westwind });
    const { campaignId } = valueOf(await wendy('createCampaign', { body: TO_E3 }));
    // Planned while the other does not run.
    valueOf(await aylin('pauseCampaign', { params: { campaignId: large.campaignId } }));
    const small = await workUntil(deployment, wendy, campaignId, ({ state }) => state === 'planned');
    valueOf(await aylin('resumeCampaign', { params: { campaignId: large.campaignId } }));
    valueOf(await submit(wendy, small));
    await workUntil(deployment, wendy, campaignId, isOver);
    await workUntil(deployment, aylin, large.campaignId, isOver);
    const rows = await deployment.context.database.asSystem((tx) =>
      tx.query<{ campaign_id: string }>('select campaign_id from campaign_rows order by finished_at'),
    );
    const lastOfSmall = rows.findLastIndex(({ campaign_id }) => campaign_id === campaignId);
    expect(lastOfSmall).toBeLessThan(10);
  });

  it('keep to the pace of the partner, which can be changed while they run', async () => {
    await seedCustomers(deployment, 4);
    await setPace(deployment, 1);
    const plan = await planned(deployment);
    const { campaignId } = valueOf(await submit(aylin, plan));
    const begun = await workUntil(deployment, aylin, campaignId, ({ rows }) => rows.done > 0);
    expect(begun).toMatchObject({ rows: { done: 1, notStarted: 3 }, pace: { rowsPerMinute: 1, minutes: 3 } });
    expect(begun.progress.secondsLeft).toBeGreaterThan(60);
    await setPace(deployment);
    await workUntil(deployment, aylin, campaignId, isOver);
    expect((await rowsOf(aylin, campaignId)).map(({ state }) => state)).toEqual(Array(4).fill('done'));
  });
});
