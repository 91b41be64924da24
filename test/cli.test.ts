import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { keepUp } from '../server/jobs/routine.ts';
import { routinesOf } from '../server/routines.ts';
import { type Ended, openTerminal, type Terminal } from './cli-process.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { endServers } from './server-process.ts';

const AYLIN = 'aylin@kuzey.example';
const NEITHER_STACK_NOR_KEY = /^(?!.*\n? {4}at )(?!.*\b(error|help|column)\.[a-z]+)/s;

let deployment: TestDeployment;
let terminal: Terminal;
let routines: ReturnType<typeof keepUp>;
beforeAll(async () => {
  deployment = await startDeployment();
  routines = keepUp(routinesOf(deployment.context), deployment.context.log);
  terminal = openTerminal(deployment.url, { YUKSELT_TOKEN: await deployment.tokenOf(AYLIN) });
});
afterAll(async () => {
  await endServers();
  await routines.stop();
  await deployment.stop();
});

const jsonOf = ({ code, out, err }: Ended): unknown => {
  expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
  return JSON.parse(out) as unknown;
};

describe('a person at the command line', () => {
  it('signs in by a code that is confirmed in a browser, and out again', async () => {
    const own = openTerminal(deployment.url);
    const aylin = await deployment.signIn(AYLIN);
    let confirmed: Promise<unknown> | undefined;
    const signedIn = await own.run(['login'], {
      onRemark: (text) => {
        const userCode = /[B-Z]{4}-[B-Z]{4}/.exec(text)?.[0];
        if (userCode) confirmed ??= aylin('approveDeviceCode', { body: { userCode } });
      },
    });
    await confirmed;
    expect(signedIn).toMatchObject({ code: 0, out: expect.stringContaining('Kuzey Bulut') as string });
    expect(statSync(own.settings).mode & 0o777).toBe(0o600);
    const { token } = Object.values(
      (JSON.parse(readFileSync(own.settings, 'utf8')) as { sessions: Record<string, { token: string }> }).sessions,
    )[0] ?? { token: '' };
    expect(`${signedIn.out}${signedIn.err}`).not.toContain(token);
    const { items } = valueOf(await aylin('listSessions', {}));
    expect(items.find(({ method }) => method === 'device')?.userAgent).toMatch(/^yukselt \(/);

    expect(jsonOf(await own.run(['whoami', '--json']))).toMatchObject({ agent: { email: AYLIN } });
    // A token is of one server: another one does not see it.
    const elsewhere = await own.run(['whoami', '--url', deployment.url.replace('127.0.0.1', 'localhost')]);
    expect(elsewhere).toMatchObject({ code: 4, err: expect.stringContaining('yukselt login') as string });
    expect(await own.run(['logout'])).toMatchObject({ code: 0 });
    expect(await own.run(['whoami'])).toMatchObject({ code: 4, out: '' });
    writeFileSync(own.settings, 'half a fi');
    chmodSync(own.settings, 0o600);
    expect(await own.run(['whoami'])).toMatchObject({ code: 2, err: expect.stringContaining(own.settings) as string });
  });

  it('finds what can be upgraded and why the rest cannot, and upgrades after a yes alone', async () => {
    const found = await terminal.run(['subscriptions', 'İZMİR tekstil', '--lang', 'tr'], { env: { COLUMNS: '80' } });
    expect(found.out).toContain('40/40');
    expect(found.out.split('\n').every((line) => line.length <= 80)).toBe(true);
    const way = ['İzmir Tekstil', 'Basic', '--to', 'Office 365 Enterprise E3'];
    const refused = await terminal.run(['quote', 'İzmir Tekstil', 'Basic', '--to', 'Office 365 Enterprise E1']);
    expect(refused).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('already holds the target') as string,
    });
    const unasked = await terminal.run(['upgrade', ...way]);
    expect(unasked).toMatchObject({ code: 2, err: expect.stringContaining('--yes') as string });
    expect(jsonOf(await terminal.run(['upgrade', ...way, '--dry-run', '--json']))).toMatchObject({
      totals: { net: { amount: '844.00' } },
    });
    const api = await deployment.signIn(AYLIN);
    const params = { customerId: customerId(10) };
    expect(valueOf(await api('listUpgrades', { params })).items).toEqual([]);
    const done = jsonOf(await terminal.run(['upgrade', ...way, '--yes', '--json'])) as { upgradeId: string };
    expect(done).toMatchObject({ state: 'applied', licenses: { moved: 33, openIssues: 7 } });
    expect(valueOf(await api('listUpgrades', { params })).items.map(({ upgradeId }) => upgradeId)).toEqual([
      done.upgradeId,
    ]);
  });

  it('is told what was wrong, in their language, and by the exit code', async () => {
    const wrong = async (code: number, words: string, args: readonly string[]) => {
      const ended = await terminal.run(args);
      expect({ args, ...ended }).toMatchObject({ code, out: '', err: expect.stringContaining(words) as string });
      expect(ended.err).toMatch(NEITHER_STACK_NOR_KEY);
    };
    await wrong(2, 'Bunu mu demek istediniz: customers?', ['custmers', '--lang', 'tr']);
    await wrong(2, 'Eksik: <abonelik>', ['quote', 'Rize Çay', '--lang=tr']);
    // The server names the field of a filter that it does not have.
    await wrong(2, 'colour', ['export', 'customers', '--filter', 'colour=red']);
    await wrong(2, 'no-such-file.csv', ['import', 'file', 'no-such-file.csv']);
    await wrong(4, 'Global admin', ['token', 'list', '--token', await deployment.tokenOf('selim@kuzey.example')]);
    await wrong(5, 'ECONNREFUSED', ['customers', '--url', 'http://127.0.0.1:65535']);
  });
});

describe('a program that calls the command line', () => {
  it('plans and runs a bulk upgrade from a file on standard input, and reads its report in the same order', async () => {
    const chosen = [3, 1].map((n) => `${customerId(n)},${subscriptionId(n)},${OFFERS.businessStandard}`);
    const input = `Customer ID,Subscription ID,To\n${chosen.join('\n')}\n`;
    const fresh = ['campaign', 'new', 'Nightly', '--file', '-'];
    expect(jsonOf(await terminal.run([...fresh, '--dry-run', '--json'], { input }))).toMatchObject({ badRows: [] });
    expect(jsonOf(await terminal.run([...fresh, '--json'], { input }))).toMatchObject({
      state: 'planned',
      rows: { total: 2, eligible: 1, refused: 1 },
    });
    const report = await terminal.run(['campaign', 'report', 'Nightly', '--csv']);
    const ids = report.out.trim().split('\r\n').slice(1);
    expect(ids.map((row) => row.includes(subscriptionId(3)))).toEqual([true, false]);
    expect((await terminal.run(['campaign', 'stop', 'Nightly', '--dry-run'])).code).toBe(3);
    expect(jsonOf(await terminal.run(['campaign', 'start', 'Nightly', '--yes', '--json']))).toMatchObject({
      state: 'done',
      progress: { done: 1, failed: 0 },
    });
  });

  it('takes files in and hands lists on, and changes nothing on a dry run', async () => {
    const input = `customer,offer,channel,quantity\n${customerId(2)},${OFFERS.o365E5},ea,5\n`;
    const aylin = await deployment.signIn(AYLIN);
    const recorded = async () =>
      valueOf(await aylin('listRecordedSubscriptions', { params: { customerId: customerId(2) } })).items.length;
    const before = await recorded();
    expect(jsonOf(await terminal.run(['import', 'elsewhere', '-', '--dry-run', '--json'], { input }))).toMatchObject({
      counts: { new: 1 },
    });
    expect(await recorded()).toBe(before);
    expect(jsonOf(await terminal.run(['import', 'elsewhere', '-', '--yes', '--json'], { input }))).toMatchObject({
      counts: { new: 1 },
    });
    expect(await recorded()).toBe(before + 1);
    const exported = await terminal.run(['export', 'customers', '--lang', 'tr', '--filter', 'search=rize']);
    expect(exported.out).toMatch(/^\uFEFF.*;.*\r\nRize Çay;rize-cay\.example;/);
  });

  it('asks for suggestions as shells do', async () => {
    expect((await terminal.run(['complete', '--', 'campaign', 're'])).out).toMatch(/^reject\t.*\nresume\t.*\nretry\t/m);
    expect((await terminal.run(['completion', 'fish'])).out).toContain('complete -c yukselt');
  });
});

describe('an operator', () => {
  it('is told what a server needs, and whether the database is up to date', async () => {
    const env = { DATABASE_URL: deployment.connectionString };
    await deployment.context.database.asSystem((tx) =>
      tx.query(`delete from migrations where name = '0048-device-codes.sql'`),
    );
    const { code, out } = await terminal.run(['doctor', '--json'], { env });
    const { checks } = JSON.parse(out) as { checks: { name: string; state: string; value: string }[] };
    expect(Object.fromEntries(checks.map(({ name, state }) => [name, state]))).toMatchObject({
      settings: 'good',
      version: 'good',
      role: 'good',
      session: 'good',
      migrations: 'bad',
    });
    expect(checks.find(({ name }) => name === 'migrations')?.value).toBe('0048-device-codes.sql');
    expect(code).toBe(1);
  });
});
