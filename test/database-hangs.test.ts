import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let watcher: pg.Client;
beforeAll(async () => {
  deployment = await startDeployment('demo', { timeoutMs: 300 });
  watcher = new pg.Client({ connectionString: deployment.connectionString });
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await deployment.stop();
});

/** The processes of PostgreSQL that serve the deployment now. */
async function findBackends(): Promise<number[]> {
  const { rows } = await watcher.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  return rows.map((row) => row.pid);
}

async function listCustomers(token: string) {
  const response = await fetch(`${deployment.url}/api/customers`, { headers: { authorization: `Bearer ${token}` } });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, retryAfter: response.headers.get('retry-after'), code };
}

describe.skipIf(process.platform === 'win32')('a database that does not answer', () => {
  it('is unavailable after a while, and back as soon as a new connection answers', async () => {
    const token = await deployment.tokenOf('aylin@kuzey.example');
    const hung = await findBackends();
    expect(hung).not.toEqual([]);
    for (const pid of hung) process.kill(pid, 'SIGSTOP');
    try {
      const unavailable = { status: 503, retryAfter: '2', code: 'database-unavailable' };
      for (const _ of hung) expect(await listCustomers(token)).toEqual(unavailable);
      // Each hung connection was given up; nobody let the old processes go on.
      expect(await listCustomers(token)).toMatchObject({ status: 200 });
    } finally {
      for (const pid of hung) process.kill(pid, 'SIGCONT');
    }
  });

  it('leaves an upgrade that waited too long for its customer to be repeated, and done once', async () => {
    const api = await deployment.signIn('aylin@kuzey.example');
    const params = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
    const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_only' } as const;
    const { quoteId } = valueOf(await api('quoteUpgrade', { params, body }));
    const submit = { params: { customerId: params.customerId, quoteId } };
    // A stranger holds the customer for longer than a statement may take.
    await watcher.query('begin');
    await watcher.query(`select set_config('yukselt.system', 'on', true)`);
    await watcher.query('select 1 from customers where customer_id = $1 for update', [params.customerId]);
    expect(await api('submitQuote', submit)).toMatchObject({ problem: { code: 'database-unavailable' } });
    await watcher.query('rollback');
    const done = valueOf(await api('submitQuote', submit));
    expect(valueOf(await api('submitQuote', submit))).toEqual(done);
    expect(valueOf(await api('listUpgrades', { params })).items).toHaveLength(1);
  });
});
