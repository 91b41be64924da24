import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clearVisitsRoutine } from '../server/visits/clear-visits.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { follow } from './following.ts';
import { AYLIN, GULAY, seedBasic, SELIM } from './waiting.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

/** An agent’s page on which a subscription is upgraded. */
async function pageOf(agent: string, upgraded: { customerId: string; subscriptionId: string }) {
  const api = await deployment.signIn(agent);
  const params = { ...upgraded, visitId: deployment.context.newId() };
  return {
    look: async () => valueOf(await api('visitUpgrade', { params })).others.map(({ displayName }) => displayName),
    leave: async () => valueOf(await api('leaveUpgrade', { params })),
  };
}

const passSeconds = (seconds: number) =>
  deployment.moveClock(deployment.context.clock.now().add({ seconds }).toString());

describe('whoever opens an upgrade', () => {
  it('sees which colleagues have it open, and is seen by them, until they leave', async () => {
    const basic = await seedBasic(deployment);
    const [aylin, selim] = [await pageOf(AYLIN, basic), await pageOf(SELIM, basic)];
    expect(await aylin.look()).toEqual([]);
    expect(await selim.look()).toEqual(['Aylin Demir']);
    expect(await aylin.look()).toEqual(['Selim Koç']);
    await selim.leave();
    await selim.leave();
    expect(await aylin.look()).toEqual([]);
  });

  it('does not see themselves in another tab, and is there until the last one is closed', async () => {
    const basic = await seedBasic(deployment);
    const [one, other, gulay] = [await pageOf(AYLIN, basic), await pageOf(AYLIN, basic), await pageOf(GULAY, basic)];
    await one.look();
    expect(await other.look()).toEqual([]);
    await one.leave();
    expect(await gulay.look()).toEqual(['Aylin Demir']);
    await other.leave();
    expect(await gulay.look()).toEqual([]);
  });

  it('is no longer there some time after a page that went without a word, but is as long as it says so', async () => {
    const basic = await seedBasic(deployment);
    const [aylin, selim] = [await pageOf(AYLIN, basic), await pageOf(SELIM, basic)];
    await aylin.look();
    await passSeconds(100);
    await aylin.look();
    await passSeconds(100);
    expect(await selim.look()).toEqual(['Aylin Demir']);
    await passSeconds(100);
    expect(await selim.look()).toEqual([]);
    await clearVisitsRoutine(deployment.context).run();
    const left = await deployment.context.database.asSystem((tx) =>
      tx.query('select 1 from upgrade_visits where expires_at <= $1', [deployment.context.clock.now().toString()]),
    );
    expect(left).toEqual([]);
    // There again: since now.
    await aylin.look();
    expect(await selim.look()).toEqual(['Aylin Demir']);
  });

  it('is told when a colleague comes and goes, and not that one is still there', async () => {
    const basic = await seedBasic(deployment);
    const selim = await pageOf(SELIM, basic);
    const following = await follow(deployment.url, await deployment.tokenOf(AYLIN));
    await selim.look();
    await selim.look();
    await selim.leave();
    const other = await pageOf(GULAY, await seedBasic(deployment));
    await other.look();
    const told = [];
    while (told.length < 3) {
      const change = await following.next();
      if (change === undefined) break;
      if (change.topic === 'visits') told.push(change.subjectId === basic.subscriptionId);
    }
    expect(told).toEqual([true, true, false]);
    await following.leave();
  });

  it('needs a role that may upgrade', async () => {
    const bora = await deployment.signIn('bora@kuzey.example');
    const params = { ...(await seedBasic(deployment)), visitId: deployment.context.newId() };
    expect(problemOf(await bora('visitUpgrade', { params })).code).toBe('role-not-allowed');
  });
});
