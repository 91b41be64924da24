import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PARTNERS } from '../demo/ids.ts';
import { tellApprovers } from '../server/approvals/tell-approvers.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { planned, seedCustomers, submit as submitCampaign } from './campaign-steps.ts';
import { AYLIN, GULAY, seedBasic, SELIM, setPolicy, submitUpgrade } from './waiting.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment('empty');
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  await deployment.moveClock(TEST_NOW);
  await setPolicy(deployment, { always: true });
});

type Mail = { recipient: string; reply_to: string; subject: string; text: string; state: string; kind: string };
const asSystem = <Row extends object>(text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));
const mails = () => asSystem<Mail>('select * from mails order by recipient');
const tell = () => tellApprovers(deployment.context, () => 'https://desk.example').run();

/** An upgrade that waits for an approval. */
async function submit(agent = SELIM) {
  const seeded = await seedBasic(deployment);
  const { submitted } = await submitUpgrade(deployment, seeded, agent);
  return { customerId: seeded.customerId, upgradeId: valueOf(submitted).upgradeId };
}

describe('an upgrade that waits for an approval', () => {
  it('is told by mail to each agent who may give it, once, in the partner’s language', async () => {
    await submit();
    await Promise.all([tell(), tell()]);
    await tell();
    const told = await mails();
    expect(told.map(({ recipient }) => recipient)).toEqual([AYLIN, GULAY]);
    expect(told[0]).toMatchObject({ kind: 'approval', state: 'pending', reply_to: SELIM });
    expect(told[0]?.subject).toBe('Onayınızı bekleyen bir yükseltme var: Onaylı Dokuma');
    for (const shown of [
      /Selim/,
      /Office 365 Kurumsal E3/,
      /Lisans sayısı: 10/,
      /https:\/\/desk\.example\/upgrades\?tab=toApprove/,
    ]) {
      expect(told[0]?.text).toMatch(shown);
    }
    await asSystem(`update partners set language = 'en' where partner_id = $1`, [PARTNERS.kuzey]);
    await submit();
    await tell();
    expect((await mails()).map(({ subject }) => subject)).toContain(
      'An upgrade waits for your approval: Onaylı Dokuma',
    );
  });

  it('is not told to whoever submitted it, nor to who was removed or has not come yet', async () => {
    await submit(AYLIN);
    await tell();
    expect((await mails()).map(({ recipient }) => recipient)).toEqual([GULAY]);
    await asSystem('delete from mails');
    await asSystem('update agents set removed_at = now() where email = $1', [GULAY]);
    await submit();
    await tell();
    expect((await mails()).map(({ recipient }) => recipient)).toEqual([AYLIN]);
  });

  it('is not told when it was decided first, nor when the customer was left', async () => {
    const { upgradeId, customerId } = await submit();
    const aylin = await deployment.signIn(AYLIN);
    valueOf(await aylin('approveUpgrade', { params: { customerId, upgradeId } }));
    const left = await submit();
    await asSystem('delete from delegated_privileges where customer_id = $1', [left.customerId]);
    await asSystem('delete from relationships where customer_id = $1', [left.customerId]);
    await tell();
    expect(await mails()).toEqual([]);
  });
});

describe('a campaign that waits for an approval', () => {
  it('is told by mail to each other agent who may give it, once for each time that it is submitted', async () => {
    await seedCustomers(deployment, 2);
    const aylin = await deployment.signIn(AYLIN);
    const plan = await planned(deployment);
    valueOf(await submitCampaign(aylin, plan));
    await Promise.all([tell(), tell()]);
    const [told, ...more] = await mails();
    expect(more).toEqual([]);
    expect(told).toMatchObject({ recipient: GULAY, kind: 'approval', reply_to: AYLIN });
    expect(told?.subject).toBe('Onayınızı bekleyen bir toplu yükseltme var: Kasım');
    for (const shown of ['Yükseltme sayısı: 2', 'Lisans sayısı: 20', `https://desk.example/bulk/${plan.campaignId}`]) {
      expect(told?.text).toContain(shown);
    }
    const gulay = await deployment.signIn(GULAY);
    valueOf(await gulay('rejectCampaign', { params: plan, body: { reason: 'Sonra' } }));
    valueOf(await submitCampaign(aylin, plan));
    await tell();
    expect(await mails()).toHaveLength(2);
  });
});
