import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { OFFERS } from '../demo/ids.ts';
import { isOver, planned, rowsOf, seedCustomers, setPace, submit, TO_E3, workUntil } from './campaign-steps.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { encode, zipOf } from '../server/imports/table-files.fixture.ts';
import { actionsOf, AYLIN, GULAY, SELIM, setPolicy } from './waiting.ts';

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

const run = (campaignId: string) => workUntil(deployment, aylin, campaignId, isOver);
const show = async (campaignId: string) => valueOf(await aylin('showCampaign', { params: { campaignId } }));

describe('a campaign', () => {
  it('upgrades all that a filter chose, each as a single upgrade would', async () => {
    await seedCustomers(deployment, 3);
    const plan = await planned(deployment);
    expect(plan).toMatchObject({
      state: 'planned',
      source: { offerId: OFFERS.businessBasic },
      target: { offerId: OFFERS.o365E3 },
      effectiveOn: '2026-11-16',
      rows: { total: 3, eligible: 3, refused: 0 },
      totals: { upgrades: 3, licenses: 30, users: 6, work: 0, needApproval: 0 },
      acts: ['change', 'delete', 'renew', 'submit'],
    });
    const [first] = await rowsOf(aylin, plan.campaignId);
    const params = { customerId: first?.customerId ?? '', subscriptionId: first?.subscriptionId ?? '' };
    const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' } as const;
    const quote = valueOf(await aylin('quoteUpgrade', { params, body }));
    expect(first?.money).toMatchObject(quote.totals);
    valueOf(await submit(aylin, plan));
    const done = await run(plan.campaignId);
    expect(done).toMatchObject({ rows: { done: 3 }, progress: { total: 3, done: 3, running: 0, failed: 0 } });
    for (const { customerId, upgradeId } of await rowsOf(aylin, plan.campaignId)) {
      const upgrade = valueOf(await aylin('showUpgrade', { params: { customerId, upgradeId: upgradeId ?? '' } }));
      expect(upgrade).toMatchObject({ state: 'applied', totals: quote.totals, submittedBy: 'Aylin Demir' });
    }
    const acts = await actionsOf(deployment, plan.campaignId);
    expect(acts.map(({ action }) => action)).toEqual(['campaign.created', 'campaign.submitted', 'campaign.done']);
  });

  it('is narrowed by customer, licenses and the day by which something ends', async () => {
    const [one] = await seedCustomers(deployment, 3);
    const choose = {
      ...TO_E3.choose,
      licensesFrom: 10,
      licensesUntil: 10,
      endsFrom: '2027-09-01',
      endsUntil: '2027-09-30',
    };
    const named = await planned(deployment, { choose: { ...choose, search: 'dokuma 02' } });
    expect((await rowsOf(aylin, named.campaignId)).map(({ customerName }) => customerName)).toEqual(['Dokuma 02']);
    const picked = await planned(deployment, { choose: { ...choose, customerIds: [one?.customerId ?? ''] } });
    expect(picked.rows.total).toBe(1);
    const nothing = await aylin('createCampaign', {
      body: { ...TO_E3, choose: { ...choose, licensesUntil: 9, licensesFrom: 1 } },
    });
    expect(problemOf(nothing)).toMatchObject({ code: 'campaign-empty', status: 422 });
  });

  it('gives every reason against a row, and leaves it out of the totals', async () => {
    const [one, two] = await seedCustomers(deployment, 2);
    const params = { customerId: one?.customerId ?? '', subscriptionId: one?.subscriptionId ?? '' };
    await deployment.context.database.asSystem((tx) =>
      tx.query(`update subscriptions set status = 'suspended' where customer_id = $1`, [params.customerId]),
    );
    const plan = await planned(deployment, {
      choose: { by: 'hand', subscriptions: [params, two ?? params].map(keyOf) },
    });
    expect(plan).toMatchObject({ rows: { eligible: 1, refused: 1 }, totals: { upgrades: 1, licenses: 10 } });
    const [refused] = await rowsOf(aylin, plan.campaignId);
    const eligibility = valueOf(await aylin('showEligibility', { params }));
    const target = eligibility.targets.find(({ offerId }) => offerId === OFFERS.o365E3);
    const reasons = target?.types.find((one) => one.upgradeType === 'upgrade_with_license_transfer')?.refusals;
    expect(refused?.refusals.map(({ name }) => name)).toEqual(reasons?.map(({ name }) => name));
  });

  it('leaves rows out and puts them back, and plans anew those that are to be upgraded otherwise', async () => {
    await seedCustomers(deployment, 3);
    const plan = await planned(deployment);
    const params = { campaignId: plan.campaignId };
    const without = valueOf(await aylin('changeCampaignRows', { params, body: { places: [1, 3], leaveOut: true } }));
    expect(without).toMatchObject({ rows: { eligible: 1, excluded: 2 }, totals: { upgrades: 1, licenses: 10 } });
    const back = valueOf(await aylin('changeCampaignRows', { params, body: { leaveOut: false } }));
    expect(back.totals).toEqual(plan.totals);
    valueOf(await aylin('changeCampaignRows', { params, body: { places: [2], upgradeType: 'upgrade_only' } }));
    const changed = await workUntil(deployment, aylin, plan.campaignId, ({ state }) => state === 'planned');
    expect(changed.totals.work).toBe(2);
    expect(changed.version).toBeGreaterThan(plan.version);
  });
});

const keyOf = ({ customerId, subscriptionId }: { customerId: string; subscriptionId: string }) => ({
  customerId,
  subscriptionId,
});

describe('a file of subscriptions', () => {
  it('is read as it says, every row that is not understood is named, and the report keeps its order', async () => {
    const [one, two, three] = await seedCustomers(deployment, 3);
    const domain = 'dokuma-iki.example';
    await deployment.context.database.asSystem((tx) =>
      tx.query('update customers set domain = $2 where customer_id = $1', [two?.customerId, domain]),
    );
    const csv = [
      'Müşteri;Abonelik kimliği;Yeni teklif;Not',
      `${three?.customerId};${three?.subscriptionId};;a`,
      `nobody.example;${one?.subscriptionId};;b`,
      `${domain.toUpperCase()};${two?.subscriptionId};OFFICE 365 kurumsal e3;c`,
      `${one?.customerId};${two?.subscriptionId};;d`,
      `${three?.customerId};${three?.subscriptionId};;e`,
      `${one?.customerId};${one?.subscriptionId};Ofis 9;f`,
    ].join('\r\n');
    const turkish = await deployment.signIn(AYLIN, 'tr');
    const query = { targetOfferId: OFFERS.o365E3 };
    const zip = new Blob([new Uint8Array(zipOf([['kasim.csv', encode(csv, { encoding: 'windows-1254' })]]))]);
    const read = valueOf(await turkish('readCampaignFile', { query, body: zip }));
    expect(read).toMatchObject({
      separator: ';',
      encoding: 'windows-1254',
      zippedAs: 'kasim.csv',
      rows: 6,
      ignoredColumns: ['Not'],
    });
    expect(read.badRows.map(({ line, column, text }) => [line, column, text])).toEqual([
      [3, 'Müşteri', 'nobody.example'],
      [5, 'Abonelik kimliği', two?.subscriptionId],
      [6, 'Abonelik kimliği', three?.subscriptionId],
      [7, 'Yeni teklif', 'Ofis 9'],
    ]);
    const file = { query: { ...query, name: 'Kasım' }, body: zip };
    const created = valueOf(await aylin('createCampaignFromFile', file));
    const plan = await workUntil(deployment, aylin, created.campaignId, ({ state }) => state === 'planned');
    expect(plan).toMatchObject({
      rows: { total: 2, eligible: 2 },
      chosen: { badRows: [{ line: 3 }, { line: 5 }, { line: 6 }, { line: 7 }] },
    });
    valueOf(await submit(aylin, plan));
    await run(plan.campaignId);
    const report = await reportOf(plan.campaignId, 'tr');
    expect(report.map((cells) => [cells[0], cells[7]])).toEqual([
      ['Satır', 'Durum'],
      ['2', 'Gönderildi'],
      ['3', 'Anlaşılamadı'],
      ['4', 'Gönderildi'],
      ['5', 'Anlaşılamadı'],
      ['6', 'Anlaşılamadı'],
      ['7', 'Anlaşılamadı'],
    ]);
    expect(report[1]?.[9]).toMatch(/^-?\d+,\d\d$/);
  });

  it.each([
    ['without the columns that are needed', 'customer,offer\na,b\n', /missing: subscription ID\./],
    ['with a column that is there twice', 'customer,subscription,domain\na,b,c\n', /twice: domain\./],
    ['without a row', 'customer,subscription\n', /no lines below a heading/],
    ['with a quotation mark that stands alone', 'customer,subscription\n"a,b', /middle of a line/],
  ])('%s is refused with the reason, and nothing is kept', async (_, csv, words) => {
    const file = { query: { ...TO_FILE, targetOfferId: OFFERS.o365E3 }, body: new Blob([csv]) };
    const problem = problemOf(await aylin('createCampaignFromFile', file));
    expect(problem).toMatchObject({ status: 422, code: 'campaign-file-not-read' });
    expect(problem.detail).toMatch(words);
    expect(valueOf(await aylin('listCampaigns', {})).items).toEqual([]);
  });
});

const TO_FILE = { name: 'Dosyadan' };

async function reportOf(campaignId: string, language: 'tr' | 'en'): Promise<string[][]> {
  const response = await fetch(`${deployment.url}/api/campaigns/${campaignId}/rows`, {
    headers: {
      authorization: `Bearer ${await deployment.tokenOf(AYLIN)}`,
      accept: 'text/csv',
      'accept-language': language,
    },
  });
  const text = (await response.text()).replace('\uFEFF', '').trimEnd();
  return text.split('\r\n').map((line) => line.split(language === 'tr' ? ';' : ','));
}

describe('submitting a campaign', () => {
  it('names the number of upgrades and the plan that was seen; a repeat answers with what there is', async () => {
    await seedCustomers(deployment, 2);
    const plan = await planned(deployment);
    const wrong = problemOf(await submit(aylin, { ...plan, rows: { ...plan.rows, eligible: 3 } }));
    expect(wrong).toMatchObject({ code: 'campaign-count', status: 409 });
    expect(wrong.detail).toContain('2');
    const other = problemOf(await submit(aylin, { ...plan, version: plan.version + 1 }));
    expect(other.code).toBe('changed-meanwhile');
    expect(valueOf(await submit(aylin, plan)).state).toBe('running');
    expect(valueOf(await submit(aylin, plan)).state).toBe('running');
    const late = await aylin('changeCampaignRows', { params: plan, body: { leaveOut: true } });
    expect(problemOf(late)).toMatchObject({ code: 'campaign-state', status: 409 });
  });

  it('asks a second agent where all of it together passes a limit, and never the one who submitted it', async () => {
    await seedCustomers(deployment, 3);
    await setPolicy(deployment, { usersAbove: 5 });
    const plan = await planned(deployment);
    expect(plan.totals).toMatchObject({ users: 6, needApproval: 0 });
    const waiting = valueOf(await submit(aylin, plan));
    expect(waiting).toMatchObject({
      state: 'waitingForApproval',
      approval: { reasons: [{ name: 'users-above', limit: 5, users: 6 }], approvers: ['Gülay Aksoy'] },
      acts: ['stop'],
    });
    const params = { campaignId: plan.campaignId };
    expect(problemOf(await aylin('approveCampaign', { params }))).toMatchObject({ code: 'own-campaign', status: 403 });
    const gulay = await deployment.signIn(GULAY);
    const rejected = valueOf(await gulay('rejectCampaign', { params, body: { reason: 'Önce Dokuma 01' } }));
    expect(rejected).toMatchObject({ state: 'planned', decision: { approved: false, because: 'Önce Dokuma 01' } });
    valueOf(await submit(aylin, plan));
    expect(valueOf(await gulay('approveCampaign', { params })).state).toBe('running');
    expect(await run(plan.campaignId)).toMatchObject({ rows: { done: 3 } });
  });

  it('needs one yes for all where each of its upgrades would need one, and holds each for the delay', async () => {
    await seedCustomers(deployment, 2);
    await setPolicy(deployment, { always: true, delayMinutes: 30 });
    const plan = await planned(deployment);
    expect(plan.totals.needApproval).toBe(2);
    valueOf(await submit(aylin, plan));
    const gulay = await deployment.signIn(GULAY);
    valueOf(await gulay('approveCampaign', { params: plan }));
    await run(plan.campaignId);
    for (const { customerId, upgradeId } of await rowsOf(aylin, plan.campaignId)) {
      const upgrade = valueOf(await aylin('showUpgrade', { params: { customerId, upgradeId: upgradeId ?? '' } }));
      expect(upgrade).toMatchObject({ state: 'held', waiting: { reasons: [], delayMinutes: 30 } });
    }
  });

  it('lets each upgrade wait that is sent outside of office hours although nobody was asked about that', async () => {
    await seedCustomers(deployment, 1);
    const officeHours = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', until: '10:00' };
    await setPolicy(deployment, { officeHours });
    const plan = await planned(deployment);
    expect(valueOf(await submit(aylin, plan)).state).toBe('running');
    await deployment.moveClock('2026-11-16T10:00:00Z');
    await run(plan.campaignId);
    const [row] = await rowsOf(aylin, plan.campaignId);
    const params = { customerId: row?.customerId ?? '', upgradeId: row?.upgradeId ?? '' };
    expect(valueOf(await aylin('showUpgrade', { params })).state).toBe('waitingForApproval');
  });

  it('runs at its moment, at the prices of that day', async () => {
    await seedCustomers(deployment, 2);
    const now = await planned(deployment, { name: 'Bugün' });
    const plan = await planned(deployment, { startsAt: '2026-11-18T18:00:00Z' });
    expect(plan.effectiveOn).toBe('2026-11-18');
    expect(plan.totals.money).not.toEqual(now.totals.money);
    expect(valueOf(await submit(aylin, plan)).state).toBe('scheduled');
    await deployment.moveClock('2026-11-18T18:00:00Z');
    expect(await run(plan.campaignId)).toMatchObject({ rows: { done: 2 }, totals: plan.totals });
    const late = problemOf(await submit(aylin, now));
    expect(late).toMatchObject({ code: 'plan-outdated', status: 409 });
  });
});

describe('a campaign that runs', () => {
  it('sets aside what would not come out as planned, sends the rest, and plans it anew on demand', async () => {
    const [one] = await seedCustomers(deployment, 2);
    const plan = await planned(deployment);
    const params = one ?? { customerId: '', subscriptionId: '' };
    valueOf(await aylin('changeSeats', { params, body: { quantity: 12 } }));
    valueOf(await submit(aylin, plan));
    const done = await run(plan.campaignId);
    expect(done).toMatchObject({ rows: { done: 1, changed: 1 }, progress: { done: 1, failed: 1 } });
    const [changed] = await rowsOf(aylin, plan.campaignId);
    expect(changed).toMatchObject({ state: 'changed', upgradeId: null, outcome: { code: 'quote-outdated' } });
    expect(changed?.outcome?.differences).toContainEqual({ point: 'quantity', before: ['10'], after: ['12'] });
    valueOf(await aylin('renewCampaign', { params: plan, body: {} }));
    const renewed = await workUntil(deployment, aylin, plan.campaignId, ({ state }) => state === 'planned');
    expect(renewed.rows).toMatchObject({ eligible: 1, done: 1 });
    valueOf(await submit(aylin, renewed));
    expect((await run(plan.campaignId)).rows.done).toBe(2);
  });

  it('sets aside with the reason what a rule refuses by then', async () => {
    const [one] = await seedCustomers(deployment, 2);
    const plan = await planned(deployment);
    await deployment.context.database.asSystem((tx) =>
      tx.query(`update subscriptions set status = 'suspended' where customer_id = $1`, [one?.customerId]),
    );
    valueOf(await submit(aylin, plan));
    expect((await run(plan.campaignId)).rows).toMatchObject({ done: 1, refusedAtRun: 1 });
    const [refused] = await rowsOf(aylin, plan.campaignId);
    expect(refused?.outcome?.refusals).toMatchObject([{ name: 'subscription-not-active' }]);
  });

  it('is paused and goes on, and is stopped for good with what was not started', async () => {
    await seedCustomers(deployment, 4);
    const plan = await planned(deployment);
    await setPace(deployment, 1);
    const params = { campaignId: plan.campaignId };
    valueOf(await submit(aylin, plan));
    await workUntil(deployment, aylin, plan.campaignId, ({ rows }) => rows.done === 1);
    expect(valueOf(await aylin('pauseCampaign', { params })).state).toBe('paused');
    expect(await show(plan.campaignId)).toMatchObject({ rows: { done: 1, notStarted: 3 } });
    expect(valueOf(await aylin('resumeCampaign', { params })).state).toBe('running');
    const stopped = valueOf(await aylin('stopCampaign', { params }));
    expect(stopped).toMatchObject({ state: 'stopped', rows: { done: 1, notStarted: 3 }, acts: ['renew'] });
    expect(stopped.totals).toMatchObject({ upgrades: 1, licenses: 10 });
    expect(problemOf(await aylin('resumeCampaign', { params })).code).toBe('campaign-state');
  });

  it('ends without the rows of a customer that was left meanwhile, of whom it shows nothing any more', async () => {
    const [one] = await seedCustomers(deployment, 2);
    const plan = await planned(deployment);
    valueOf(await submit(aylin, plan));
    await deployment.context.database.asSystem(async (tx) => {
      await tx.query('delete from delegated_privileges where customer_id = $1', [one?.customerId]);
      await tx.query('delete from relationships where customer_id = $1', [one?.customerId]);
    });
    expect((await run(plan.campaignId)).rows).toMatchObject({ total: 1, done: 1 });
    const upgrades = await deployment.context.database.asSystem((tx) =>
      tx.query('select 1 from upgrades where customer_id = $1', [one?.customerId]),
    );
    expect(upgrades).toEqual([]);
  });

  it('tries failed rows again, and only these', async () => {
    await seedCustomers(deployment, 2);
    const plan = await planned(deployment);
    valueOf(await submit(aylin, plan));
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `update campaign_rows set state = 'failed', outcome = '{"code":"internal-error","refusals":[],"differences":[]}' where place = 1`,
      ),
    );
    const ended = await run(plan.campaignId);
    expect(ended).toMatchObject({ rows: { done: 1, failed: 1 }, acts: ['renew', 'retry'] });
    expect(valueOf(await aylin('retryCampaign', { params: plan })).state).toBe('running');
    expect((await run(plan.campaignId)).rows).toMatchObject({ done: 2, failed: 0 });
  });
});

describe('campaigns', () => {
  it('are listed newest first, to be read by whoever may see customers and run by those who answer for them', async () => {
    await seedCustomers(deployment, 1);
    for (const name of ['Bir', 'İki', 'Üç']) await planned(deployment, { name });
    const selim = await deployment.signIn(SELIM);
    const page = valueOf(await selim('listCampaigns', { query: { limit: 2 } }));
    expect(page.items.map(({ name, acts }) => [name, acts])).toEqual([
      ['Üç', []],
      ['İki', []],
    ]);
    const next = valueOf(await selim('listCampaigns', { query: { cursor: page.nextCursor ?? '' } }));
    expect(next).toMatchObject({ items: [{ name: 'Bir' }], nextCursor: null });
    const refused = problemOf(await selim('createCampaign', { body: TO_E3 }));
    expect(refused).toMatchObject({ status: 403, roles: ['globalAdmin', 'adminAgent'] });
  });
});
