import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../server/deployment.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { openDatabase } from '../server/postgres/database.ts';
import { applyDueUpgrades } from '../server/upgrades/apply-due-upgrades.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { actionsOf, AYLIN, GULAY, lookForDue, seedBasic, SELIM, setPolicy, stateOf, submitUpgrade } from './waiting.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment('empty', { expectErrors: true });
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  await deployment.moveClock(TEST_NOW);
});

async function submitted(policy: { always?: boolean; delayMinutes?: number }) {
  await setPolicy(deployment, policy);
  const seeded = await seedBasic(deployment);
  const { upgradeId } = valueOf((await submitUpgrade(deployment, seeded)).submitted);
  return { ...seeded, upgradeId, params: { customerId: seeded.customerId, upgradeId } };
}

/** A server of its own on the same database, with connections and a clock of its own. */
function otherServer(at: string) {
  const database = openDatabase({ connectionString: deployment.connectionString, timeoutMs: 15_000 });
  const now = Temporal.Instant.from(at);
  const clockOffsetMs = now.epochMilliseconds - Temporal.Now.instant().epochMilliseconds;
  const clock = createClock({ demo: false, clockOffsetMs, faults: NO_FAULTS });
  return { context: { ...deployment.context, database, clock }, stop: () => database.close() };
}

const countOf = async (action: string, upgradeId: string) =>
  (await actionsOf(deployment, upgradeId)).filter((row) => row.action === action).length;

describe('many at once', () => {
  it('of two who decide, one wins, and the other is told who did', async () => {
    const { params, upgradeId } = await submitted({ always: true });
    const [aylin, gulay] = [await deployment.signIn(AYLIN), await deployment.signIn(GULAY)];
    const answers = await Promise.all([
      aylin('approveUpgrade', { params }),
      gulay('rejectUpgrade', { params, body: { reason: 'Hayır' } }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const [lost] = answers.flatMap((answer) => (answer.ok ? [] : [answer.problem]));
    expect(lost?.code).toBe('upgrade-already-decided');
    expect(lost?.detail).toMatch(answers[0].ok ? /Aylin Demir/ : /Gülay Aksoy/);
    const decisions = (await countOf('upgrade.approved', upgradeId)) + (await countOf('upgrade.rejected', upgradeId));
    expect(decisions).toBe(1);
  });

  it('of two approvals at once, one counts, and the upgrade is applied once', async () => {
    const { params, upgradeId, customerId } = await submitted({ always: true });
    const [aylin, gulay] = [await deployment.signIn(AYLIN), await deployment.signIn(GULAY)];
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 ? aylin : gulay)('approveUpgrade', { params })),
    );
    // The repeats of the winner are answered as its first was.
    expect(answers.filter((answer) => answer.ok)).toHaveLength(4);
    expect(await countOf('upgrade.applied', upgradeId)).toBe(1);
    expect((await stateOf(deployment, customerId)).subscriptions).toHaveLength(2);
  });

  it('of sixteen who submit for one subscription, one waits', async () => {
    await setPolicy(deployment, { always: true });
    const seeded = await seedBasic(deployment);
    const answers = await Promise.all(Array.from({ length: 16 }, () => submitUpgrade(deployment, seeded)));
    const problems = answers.flatMap(({ submitted: answer }) => (answer.ok ? [] : [answer.problem.code]));
    expect(problems).toEqual(Array.from({ length: 15 }, () => 'upgrade-waiting'));
  });

  it('three servers that find it due apply it once', async () => {
    const { upgradeId, customerId } = await submitted({ delayMinutes: 10 });
    const servers = Array.from({ length: 3 }, () => otherServer('2026-11-16T09:11:00Z'));
    await Promise.all(
      servers.flatMap(({ context }) => [applyDueUpgrades(context).run(), applyDueUpgrades(context).run()]),
    );
    expect(await countOf('upgrade.applied', upgradeId)).toBe(1);
    expect((await stateOf(deployment, customerId)).subscriptions).toHaveLength(2);
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('whoever stops it in the moment it becomes due, either stops it or is told that it is done', async () => {
    const { params, upgradeId, customerId } = await submitted({ delayMinutes: 10 });
    const selim = await deployment.signIn(SELIM);
    await deployment.moveClock('2026-11-16T09:11:00Z');
    const [stopped] = await Promise.all([selim('withdrawUpgrade', { params }), lookForDue(deployment)]);
    const { state } = valueOf(await selim('showUpgrade', { params }));
    expect(state).toBe(stopped.ok ? 'withdrawn' : 'applied');
    expect(await countOf('upgrade.applied', upgradeId)).toBe(stopped.ok ? 0 : 1);
    expect((await stateOf(deployment, customerId)).subscriptions).toHaveLength(stopped.ok ? 1 : 2);
  });
});

describe('a server that goes away while it applies one', () => {
  it('leaves nothing behind, and the next look does it', async () => {
    const { upgradeId, customerId } = await submitted({ delayMinutes: 10 });
    const before = await stateOf(deployment, customerId);
    const dying = otherServer('2026-11-16T09:11:00Z');
    const { database } = dying.context;
    const cut = {
      ...database,
      change: (...[partnerId, customer, work]: Parameters<typeof database.change>) =>
        database.change(partnerId, customer, async (tx) => {
          await work(tx);
          // The connection goes before the commit.
          await tx.query('select pg_terminate_backend(pg_backend_pid())');
        }),
    };
    await applyDueUpgrades({ ...dying.context, database: cut as typeof database }).run();
    expect(await stateOf(deployment, customerId)).toEqual(before);
    expect(await countOf('upgrade.applied', upgradeId)).toBe(0);
    await applyDueUpgrades(dying.context).run();
    expect(await countOf('upgrade.applied', upgradeId)).toBe(1);
    await dying.stop();
  });

  it('one that cannot be applied does not keep the others', async () => {
    const stuck = await submitted({ delayMinutes: 10 });
    const sound = await submitted({ delayMinutes: 10 });
    const server = otherServer('2026-11-16T09:11:00Z');
    const broken = {
      ...server.context,
      database: {
        ...server.context.database,
        change: (...[partnerId, customer, work]: Parameters<typeof server.context.database.change>) =>
          customer === stuck.customerId
            ? Promise.reject(new Error('it cannot be held'))
            : server.context.database.change(partnerId, customer, work),
      } as typeof server.context.database,
    };
    await applyDueUpgrades(broken).run();
    expect(await countOf('upgrade.applied', stuck.upgradeId)).toBe(0);
    expect(await countOf('upgrade.applied', sound.upgradeId)).toBe(1);
    await server.stop();
  });
});
