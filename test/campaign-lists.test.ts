import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call, Client } from '../contract/client.ts';
import type { AnswerOf } from '../contract/endpoint.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import { OFFERS } from '../demo/ids.ts';
import { planned, rowsOf, seedCustomers, submit, TO_E3 } from './campaign-steps.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { actionsOf, AYLIN, SELIM, setPolicy } from './waiting.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment('empty');
  await deployment.moveClock(TEST_NOW);
  aylin = await deployment.signIn(AYLIN);
  await seedCustomers(deployment, 3);
});
afterAll(() => deployment.stop());

type Page = AnswerOf<Endpoints['listCampaigns']>;

const sourceOfferId = OFFERS.businessBasic;

describe('the subscriptions that a filter would choose', () => {
  const ask = async (query: Partial<Call<Endpoints['listCampaignCandidates']>['query']>) =>
    valueOf(await aylin('listCampaignCandidates', { query: { sourceOfferId, ...query } }));

  it('are told page by page with how many they are, by the names of their customers', async () => {
    const first = await ask({ limit: 2 });
    expect(first).toMatchObject({ total: 3, nextCursor: '2' });
    expect(first.items.map(({ customerName, licenses }) => [customerName, licenses])).toEqual([
      ['Dokuma 01', 10],
      ['Dokuma 02', 10],
    ]);
    const next = await ask({ cursor: Number(first.nextCursor) });
    expect(next).toMatchObject({ items: [{ customerName: 'Dokuma 03' }], total: 3, nextCursor: null });
  });

  it('are those that a campaign with the same filter has', async () => {
    const filter = { search: 'MA 02', licensesFrom: 10 };
    const found = await ask(filter);
    const plan = await planned(deployment, { choose: { by: 'filter', sourceOfferId, ...filter } });
    const rows = await rowsOf(aylin, plan.campaignId);
    expect(found.items.map(({ subscriptionId }) => subscriptionId)).toEqual(rows.map((row) => row.subscriptionId));
    expect(found.total).toBe(1);
    expect((await ask({ licensesFrom: 11 })).items).toEqual([]);
  });
});

describe('the list of campaigns', () => {
  it('is searched by Turkish rules, narrowed by state, turned round, and saved as it is shown', async () => {
    for (const name of ['Işıklar', 'Kasım', 'Aralık ışıkları']) await planned(deployment, { name });
    const query = { search: 'ISIK', sort: 'oldest', state: 'planned' } as const;
    const { items } = valueOf(await aylin('listCampaigns', { query }));
    expect(items.map(({ name }) => name)).toEqual(['Işıklar', 'Aralık ışıkları']);
    expect(valueOf(await aylin('listCampaigns', { query: { state: 'running' } })).items).toEqual([]);
    const response = await fetch(`${deployment.url}/api/campaigns?${new URLSearchParams(query).toString()}`, {
      headers: {
        authorization: `Bearer ${await deployment.tokenOf(AYLIN)}`,
        accept: 'text/csv',
        'accept-language': 'tr',
      },
    });
    const lines = (await response.text()).replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(lines.map((line) => line.split(';').filter((_, column) => [0, 3, 4].includes(column)))).toEqual([
      ['Ad', 'Durum', 'Yükseltme'],
      ['Işıklar', 'planlandı', '3'],
      ['Aralık ışıkları', 'planlandı', '3'],
    ]);
  });

  it('is sorted by name, by how far each is and by what it comes to, page by page', async () => {
    const aylin = await deployment.signIn(AYLIN, 'tr');
    const { campaignId } = await planned(deployment, {
      name: 'Çınar',
      choose: { ...TO_E3.choose, search: 'dokuma 01' },
    });
    const stopped = await planned(deployment, { name: 'Dut' });
    valueOf(await submit(aylin, stopped));
    valueOf(await aylin('stopCampaign', { params: stopped }));
    const namesBy = async (sort: NonNullable<Call<Endpoints['listCampaigns']>['query']>['sort']) => {
      const names: string[] = [];
      let cursor: string | null = null;
      do {
        const query = { sort, limit: 2, ...(cursor && { cursor }) };
        const page: Page = valueOf(await aylin('listCampaigns', { query }));
        names.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return names;
    };
    const byName = await namesBy('name');
    expect(byName).toEqual(byName.toSorted((one, other) => one.localeCompare(other, 'tr')));
    expect(byName).toContain('Çınar');
    expect(await namesBy('-name')).toEqual(byName.toReversed());
    expect((await namesBy('-state'))[0]).toBe('Dut');
    expect((await namesBy('upgrades')).slice(0, 2)).toEqual(['Kasım', 'Çınar']);
    const other = await aylin('listCampaigns', { query: { sort: 'name', cursor: campaignId } });
    expect(problemOf(other)).toMatchObject({ status: 400, fields: [{ field: 'cursor' }] });
  });

  it('leads to the rows about which a second agent is asked, without those that are left out', async () => {
    await setPolicy(deployment, { always: true });
    const { campaignId } = await planned(deployment);
    const change = { params: { campaignId }, body: { places: [1], leaveOut: true } };
    valueOf(await aylin('changeCampaignRows', change));
    const asked = { params: { campaignId }, query: { needsApproval: 'true' } } as const;
    const { items } = valueOf(await aylin('listCampaignRows', asked));
    expect(items.map(({ place }) => place)).toEqual([2, 3]);
  });

  it('loses a plan that is thrown away, and nothing that ever ran', async () => {
    const plan = await planned(deployment, { name: 'Yanlış' });
    const selim = await deployment.signIn(SELIM);
    expect(problemOf(await selim('deleteCampaign', { params: plan })).code).toBe('role-not-allowed');
    // Also its rows of a customer that was left meanwhile.
    const [first] = await rowsOf(aylin, plan.campaignId);
    await deployment.context.database.asSystem(async (tx) => {
      await tx.query('delete from delegated_privileges where customer_id = $1', [first?.customerId]);
      await tx.query('delete from relationships where customer_id = $1', [first?.customerId]);
    });
    expect((await aylin('deleteCampaign', { params: plan })).ok).toBe(true);
    expect(problemOf(await aylin('deleteCampaign', { params: plan })).status).toBe(404);
    const acts = await actionsOf(deployment, plan.campaignId);
    expect(acts.map(({ action }) => action)).toEqual(['campaign.created', 'act.refused', 'campaign.deleted']);
    await setPolicy(deployment, {});
    const ran = await planned(deployment, { name: 'Koştu' });
    valueOf(await submit(aylin, ran));
    valueOf(await aylin('stopCampaign', { params: ran }));
    valueOf(await aylin('renewCampaign', { params: ran, body: {} }));
    expect(problemOf(await aylin('deleteCampaign', { params: ran })).code).toBe('campaign-state');
  });
});
