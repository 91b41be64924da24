import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../server/app.ts';
import { openChangeStream } from '../server/changes/change-stream.ts';
import { MOST_OF_AGENT } from '../server/changes/followers.ts';
import { openDatabase } from '../server/postgres/database.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { follow, type Following } from './following.ts';
import { AYLIN, GULAY, seedBasic, SELIM, submitUpgrade } from './waiting.ts';
import { SCENARIOS } from './worlds.ts';

const WENDY = 'wendy@westwind.example';
/** Often enough that no test has to wait for it. */
const BEAT_MS = 100;

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment('demo', { beatMs: BEAT_MS });
});
afterAll(() => deployment.stop());

const followAs = async (agent: string, url = deployment.url) => follow(url, await deployment.tokenOf(agent));

/** The next change about a topic; whatever else is told before is passed over. */
async function nextOf(following: Following, topic: string) {
  for (;;) {
    const change = await following.next();
    if (change === undefined || change.topic === topic) return change;
  }
}

const lineOf = (customerId: string) => ({ topic: 'upgrades', customerId, subjectId: expect.any(String) as string });

describe('who follows changes', () => {
  it('is told that a colleague upgraded, by ids alone, and can ask for the upgrade then', async () => {
    const aylin = await followAs(AYLIN);
    expect(aylin.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(aylin.response.headers.get('x-accel-buffering')).toBe('no');
    const params = await seedBasic(deployment);
    const { submitted } = await submitUpgrade(deployment, params);
    const { upgradeId } = valueOf(submitted);
    expect(await nextOf(aylin, 'upgrades')).toEqual({
      topic: 'upgrades',
      customerId: params.customerId,
      subjectId: upgradeId,
    });
    const api = await deployment.signIn(AYLIN);
    expect(valueOf(await api('showUpgrade', { params: { ...params, upgradeId } })).state).toBe('applied');
    await aylin.leave();
  });

  it('hears nothing of another partner’s acts', async () => {
    const wendy = await followAs(WENDY);
    valueOf((await submitUpgrade(deployment, await seedBasic(deployment))).submitted);
    // What is announced comes in the order of the commits: whatever were told of Kuzey’s upgrade would have come before this.
    const second = await deployment.tokenOf(WENDY);
    await fetch(`${deployment.url}/api/sessions/current`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${second}` },
    });
    const told = [await wendy.next(), await wendy.next()];
    expect(told.map((change) => [change?.topic, change?.customerId])).toEqual([
      ['agents', null],
      ['agents', null],
    ]);
    await wendy.leave();
  });

  it('hears nothing of what was refused', async () => {
    const aylin = await followAs(AYLIN);
    const bora = await deployment.signIn('bora@kuzey.example');
    const { customerId, subscriptionId } = await seedBasic(deployment);
    const refused = await bora('changeSeats', { params: { customerId, subscriptionId }, body: { quantity: 11 } });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'role-not-allowed' } });
    const { submitted } = await submitUpgrade(deployment, { customerId, subscriptionId });
    valueOf(submitted);
    const told = [];
    for (let change = await aylin.next(); ; change = await aylin.next()) {
      told.push(change?.topic);
      if (change === undefined || change.topic === 'upgrades') break;
    }
    expect(told).toEqual(['agents', 'agents', 'agents', 'upgrades']);
    await aylin.leave();
  });

  it('hears of acts through another server on the same database', async () => {
    const { connectionString, context } = deployment;
    const database = openDatabase({ connectionString, timeoutMs: 15_000 });
    const app = await createApp({
      config: { sandbox: true, rateLimit: 0 },
      context: { ...context, database },
      deployment: { demo: true, clockOffsetMs: 0, faults: NO_FAULTS },
      scenarios: SCENARIOS,
    });
    const other = await app.listen({ host: '127.0.0.1', port: 0 });
    const there = await followAs(AYLIN, other);
    const here = await followAs(GULAY);
    const params = await seedBasic(deployment);
    valueOf((await submitUpgrade(deployment, params)).submitted);
    expect(await nextOf(there, 'upgrades')).toEqual(lineOf(params.customerId));
    expect(await nextOf(here, 'upgrades')).toEqual(lineOf(params.customerId));
    await app.close();
    // A server that stops ends its streams and waits for nobody.
    expect(await nextOf(there, 'upgrades')).toBeUndefined();
    await database.close();
    await here.leave();
  });
});

describe('a stream of changes', () => {
  it('ends when its session is signed out of', async () => {
    const token = await deployment.tokenOf(SELIM);
    const selim = await follow(deployment.url, token);
    const other = await followAs(SELIM);
    await fetch(`${deployment.url}/api/sessions/current`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await nextOf(selim, 'upgrades')).toBeUndefined();
    const params = await seedBasic(deployment);
    valueOf((await submitUpgrade(deployment, params)).submitted);
    expect(await nextOf(other, 'upgrades')).toEqual(lineOf(params.customerId));
    await other.leave();
  });

  it('ends when its session is over by the clock, and does not keep it alive itself', async () => {
    const selim = await followAs(SELIM);
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `update sessions set last_seen_at = last_seen_at - interval '30 days' where agent_id in (
        select agent_id from agents where email = $1)`,
        [SELIM],
      ),
    );
    expect(await nextOf(selim, 'upgrades')).toBeUndefined();
  });

  it('ends when no role allows to look any more, and is not opened again', async () => {
    const token = await deployment.tokenOf(SELIM);
    const selim = await follow(deployment.url, token);
    const roles = (held: string[]) =>
      deployment.context.database.asSystem((tx) =>
        tx.query('update agents set roles = $2 where email = $1', [SELIM, held]),
      );
    await roles([]);
    expect(await nextOf(selim, 'upgrades')).toBeUndefined();
    expect((await follow(deployment.url, token)).response.status).toBe(403);
    await roles(['salesAgent']);
  });

  it('ends when the database ends the connection that listens, and another one hears again', async () => {
    const before = await followAs(AYLIN);
    await deployment.context.database.asSystem((tx) =>
      tx.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'yukselt-listen' and datname = current_database()`),
    );
    expect(await nextOf(before, 'upgrades')).toBeUndefined();
    const after = await followAs(AYLIN);
    const params = await seedBasic(deployment);
    valueOf((await submitUpgrade(deployment, params)).submitted);
    expect(await nextOf(after, 'upgrades')).toEqual(lineOf(params.customerId));
    await after.leave();
  });

  it('is one of as many as an agent may have; one that was left makes room', async () => {
    const token = await deployment.tokenOf(GULAY);
    const open = await Promise.all(Array.from({ length: MOST_OF_AGENT }, () => follow(deployment.url, token)));
    const refused = await follow(deployment.url, token);
    expect(refused.response.status).toBe(429);
    await open.pop()?.leave();
    await expect
      .poll(async () => {
        const one = await follow(deployment.url, token);
        open.push(one);
        return one.response.status;
      })
      .toBe(200);
    await Promise.all(open.map((one) => one.leave()));
  });

  it('is cut off when its reader lets too much lie', async () => {
    const { body, tell } = openChangeStream();
    const cutOff = new Promise((resolve) => void body.once('close', () => resolve('cut off')));
    while (!body.destroyed) tell({ topic: 'upgrades', customerId: null, subjectId: 'x'.repeat(1000) });
    expect(body.readableLength).toBeLessThan(70_000);
    expect(await cutOff).toBe('cut off');
  });
});
