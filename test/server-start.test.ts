import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createClient } from '../contract/client.ts';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { problemOf, valueOf } from './deployment.ts';
import { createTestDatabase } from './postgres.ts';
import { SCRATCH } from './scratch.ts';
import {
  createDirectory,
  endServers,
  findDatabaseProcesses,
  launchServer,
  readPostmasterPid,
  type ServerProcess,
  type Settings,
  startServer,
  until,
} from './server-process.ts';

const STOPS_WITHIN_MS = 5_000;
const IN_ORDER = { code: 0, signal: null };

/** A data directory that is not there yet. */
function newDataDirectory(mode?: number): string {
  return join(createDirectory(mode), 'data');
}

/** A data directory as a server has left it that was started on it and stopped: the demo is there. */
async function usedDataDirectory(): Promise<string> {
  left ??= leaveOne();
  const copy = newDataDirectory();
  copyOwned(await left, copy);
  return copy;
}

let left: Promise<string> | undefined;

/** Beside those that go with the servers of a test. */
async function leaveOne(): Promise<string> {
  const place = mkdtempSync(join(SCRATCH, 'yukselt-left-'));
  process.once('exit', () => rmSync(place, { recursive: true, force: true }));
  const dataDirectory = newDataDirectory();
  await (await startServer(dataDirectory)).stop();
  const kept = join(place, 'data');
  copyOwned(dataDirectory, kept);
  return kept;
}

/** With its owners: the database of a root server is another user's. */
function copyOwned(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to]);
}

/** What a server says that does not start: its whole output, and how it ended. */
async function refusalOf(dataDirectory: string, settings: Settings = {}) {
  const server = launchServer(dataDirectory, settings);
  const end = await Promise.race([
    server.ended,
    server.ready.then(
      () => ({ code: 'started' }),
      () => server.ended,
    ),
  ]);
  return { code: end.code, said: server.output() };
}

/** The session of an agent of the demo. */
async function tokenOf({ address }: ServerProcess): Promise<string> {
  const agent = 'aylin@kuzey.example';
  return valueOf(await createClient({ baseUrl: address })('signIn', { body: { agent } })).token;
}

async function signIn(server: ServerProcess) {
  return createClient({ baseUrl: server.address, token: await tokenOf(server) });
}

/** An upgrade of İzmir Tekstil, done. */
async function upgradeIzmir(server: ServerProcess) {
  const api = await signIn(server);
  const quote = valueOf(
    await api('quoteUpgrade', {
      params: { customerId: customerId(10), subscriptionId: subscriptionId(10) },
      body: { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' },
    }),
  );
  return valueOf(await api('submitQuote', { params: { customerId: customerId(10), quoteId: quote.quoteId } }));
}

describe('a server on an empty directory', () => {
  afterEach(endServers);

  it('starts with the demo, says only that it is ready, and answers with a page in the language of the browser', async () => {
    const server = await startServer(newDataDirectory());
    expect(server.output()).toBe(`Yükselt is ready at ${server.address}\n`);
    const read = async (language: string) => {
      const page = await fetch(server.address, { headers: { 'accept-language': language } });
      return { status: page.status, type: page.headers.get('content-type'), text: await page.text() };
    };
    const turkish = await read('tr-TR,tr;q=0.9,en;q=0.8');
    expect(turkish).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(turkish.text).toContain('<html lang="tr">');
    expect(turkish.text).toContain('Bulut bayileri için yükseltme masası');
    expect((await read('en-US,en;q=0.9')).text).toContain('The upgrade desk for cloud resellers');
  });

  it('goes on while a second one on its directory refuses and says why', async () => {
    const dataDirectory = await usedDataDirectory();
    const server = await startServer(dataDirectory);
    expect(await refusalOf(dataDirectory)).toEqual({
      code: 1,
      said: `Another Yükselt server is using the data directory ${dataDirectory}. Stop it, or set YUKSELT_DATA to another directory.\n`,
    });
    expect((await fetch(new URL('/health/ready', server.address))).status).toBe(200);
  });

  it('keeps what was done, and sessions, when it is stopped and started again', async () => {
    const dataDirectory = await usedDataDirectory();
    const first = await startServer(dataDirectory);
    const token = await tokenOf(first);
    const upgrade = await upgradeIzmir(first);
    expect(await first.stop()).toEqual(IN_ORDER);
    const second = await startServer(dataDirectory);
    const api = createClient({ baseUrl: second.address, token });
    const { items } = valueOf(await api('listUpgrades', { params: { customerId: customerId(10) } }));
    expect(items).toEqual([upgrade]);
  });
});

describe('a server that is asked to end', () => {
  afterEach(endServers);

  it('does so within seconds at SIGTERM, and its database with it', async () => {
    const dataDirectory = await usedDataDirectory();
    const server = await startServer(dataDirectory);
    expect(findDatabaseProcesses(dataDirectory)).not.toEqual([]);
    const askedAt = performance.now();
    expect(await server.stop()).toEqual(IN_ORDER);
    expect(performance.now() - askedAt).toBeLessThan(STOPS_WITHIN_MS);
    expect(findDatabaseProcesses(dataDirectory)).toEqual([]);
  });

  it('leaves nothing of its database behind while that is being started again', async () => {
    const dataDirectory = await usedDataDirectory();
    const server = await startServer(dataDirectory);
    process.kill(readPostmasterPid(dataDirectory), 'SIGKILL');
    await until('the server has seen it', () => server.output().includes('starting it again') || undefined);
    const askedAt = performance.now();
    expect(await server.stop()).toEqual(IN_ORDER);
    expect(performance.now() - askedAt).toBeLessThan(STOPS_WITHIN_MS);
    // Those of the killed one end by themselves.
    const isOver = () => findDatabaseProcesses(dataDirectory).length === 0 || undefined;
    await until('nothing of the database is left', isOver, STOPS_WITHIN_MS);
  });

  it('does so when it is still starting', async () => {
    const dataDirectory = await usedDataDirectory();
    const launched = launchServer(dataDirectory);
    await until('the database runs', () => findDatabaseProcesses(dataDirectory).length > 0 || undefined);
    expect(await launched.stop()).toEqual(IN_ORDER);
    expect(findDatabaseProcesses(dataDirectory)).toEqual([]);
  });
});

describe('a first start', () => {
  afterEach(endServers);

  it('that is killed at any moment is made good by the next', async () => {
    const dataDirectory = newDataDirectory();
    const steps = {
      'the cluster is being made': () => readdirSync(dataDirectory).some((name) => name.startsWith('postgres-new-')),
      'the database runs': () => readPostmasterPid(dataDirectory) > 0,
    };
    for (const [what, isSo] of Object.entries(steps)) {
      const launched = launchServer(dataDirectory);
      await until(what, () => (existsAndHolds(isSo) ? true : undefined));
      launched.kill('SIGKILL');
      await launched.ended;
    }
    const server = await startServer(dataDirectory);
    expect(valueOf(await (await signIn(server))('listCustomers', {})).items).not.toEqual([]);
  });

  it('of two servers at the same moment is won by exactly one', async () => {
    const dataDirectory = newDataDirectory();
    const both = [launchServer(dataDirectory), launchServer(dataDirectory)];
    const fates = await Promise.all(
      both.map((server) =>
        Promise.race([
          server.ready.then((address) => ({ address, said: '' })),
          server.ended.then(({ code }) => ({ code, said: server.output() })),
        ]),
      ),
    );
    const [winner] = fates.flatMap((fate) => ('address' in fate ? fate.address : []));
    expect(fates.filter((fate) => 'code' in fate)).toEqual([
      { code: 1, said: expect.stringMatching(/^Another Yükselt server is using the data directory .*\n$/) },
    ]);
    expect((await fetch(new URL('/health/ready', winner))).status).toBe(200);
  });

  it.skipIf(process.getuid?.() !== 0)('by root below a home of root alone says where the database lies', async () => {
    const dataDirectory = newDataDirectory(0o700);
    const server = await startServer(dataDirectory);
    expect(server.output()).toMatch(
      /PostgreSQL runs as “nobody”, who cannot enter .*; the database lives in \/var\/lib\/yukselt\/data-/,
    );
    expect(lstatSync(join(dataDirectory, 'postgres')).isSymbolicLink()).toBe(true);
    expect(valueOf(await (await signIn(server))('listCustomers', {})).items).not.toEqual([]);
  });

  it('without the demo prints a code, with which the first administrator is made once', async () => {
    const server = await startServer(newDataDirectory(), { YUKSELT_DEMO: '0' });
    const api = createClient({ baseUrl: server.address });
    const [, code = ''] =
      /^There is no administrator yet\. Create the first one, within 24 hours, at http:\S+\/setup#(\S+)$/m.exec(
        server.output(),
      ) ?? [];
    expect(valueOf(await api('listSignInWays', {}))).toEqual({
      demo: false,
      needsSetup: true,
      workAccount: 'none',
      agents: [],
    });

    const first = {
      partner: {
        tenantId: 'a1000000-0000-4000-8000-000000000009',
        name: 'Poyraz Bilişim',
        domain: 'poyraz.example',
        market: 'TR',
        currency: 'USD',
      },
      email: 'deniz@poyraz.example',
      displayName: 'Deniz Kara',
      password: 'doğru at pil zımba',
    };
    const { email, password } = first;
    expect(problemOf(await api('setUp', { body: { ...first, code: `${code}x` } })).code).toBe('setup-code-wrong');
    expect(valueOf(await api('setUp', { body: { ...first, code } })).agent).toMatchObject({
      email,
      roles: ['globalAdmin', 'adminAgent'],
    });
    expect(problemOf(await api('setUp', { body: { ...first, code } })).code).toBe('already-set-up');

    expect(valueOf(await api('signIn', { body: { email, password } })).agent).toMatchObject({ email });
    expect(problemOf(await api('signIn', { body: { email, password: 'başka bir şey' } })).code).toBe('sign-in-failed');
    expect(problemOf(await api('signIn', { body: { agent: email } })).code).toBe('demo-only');
    expect(valueOf(await api('listSignInWays', {}))).toEqual({
      demo: false,
      needsSetup: false,
      workAccount: 'none',
      agents: [],
    });
  });
});

describe('a server that cannot start says why in one sentence', () => {
  afterEach(endServers);

  it('when its port is taken', async () => {
    const { connectionString, drop } = await createTestDatabase();
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    try {
      const address = holder.address();
      const port = typeof address === 'object' ? String(address?.port) : '';
      expect(await refusalOf(newDataDirectory(), { PORT: port, DATABASE_URL: connectionString })).toEqual({
        code: 1,
        said: `Port ${port} is taken. Stop what listens there, or set PORT to another one.\n`,
      });
    } finally {
      holder.close();
      await drop();
    }
  });

  it('when its data directory cannot be written', async () => {
    const file = join(createDirectory(), 'file');
    writeFileSync(file, '');
    const dataDirectory = join(file, 'data');
    expect(await refusalOf(dataDirectory)).toEqual({
      code: 1,
      said: `The data directory ${dataDirectory} cannot be written (ENOTDIR). Give it to this user, or set YUKSELT_DATA to another one.\n`,
    });
  });

  it('when certificate and key are not a pair in PEM', async () => {
    const directory = createDirectory();
    const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => join(directory, name)) as [string, string];
    writeFileSync(certificate, 'nonsense');
    writeFileSync(key, 'nonsense');
    const settings = { YUKSELT_TLS_CERT: certificate, YUKSELT_TLS_KEY: key };
    expect(await refusalOf(newDataDirectory(), settings)).toEqual({
      code: 1,
      said: 'YUKSELT_TLS_CERT and YUKSELT_TLS_KEY must name a certificate and its key, both in PEM.\n',
    });
  });

  it('naming every wrong setting', async () => {
    const wrong = { PORT: '', YUKSELT_SANDBOX: 'yes', YUKSELT_DATABASE_TIMEOUT_MS: '5' };
    const { code, said } = await refusalOf(newDataDirectory(), wrong);
    expect(code).toBe(1);
    expect(said.split('\n').map((line) => line.split(':')[0])).toEqual([
      'Yükselt cannot start with these settings',
      '  PORT',
      '  YUKSELT_DATABASE_TIMEOUT_MS',
      '  YUKSELT_SANDBOX',
      '',
    ]);
  });

  it('when the role in DATABASE_URL is exempt from row-level security', async () => {
    expect(await refusalOf(newDataDirectory(), { DATABASE_URL: inject('postgres') })).toEqual({
      code: 1,
      said: 'The role in DATABASE_URL is exempt from row-level security. Use one without SUPERUSER and BYPASSRLS that owns its database.\n',
    });
  });

  it('when the database in DATABASE_URL does not answer, without telling its password', async () => {
    const nowhere = new URL(inject('postgres'));
    nowhere.port = '1';
    const { code, said } = await refusalOf(newDataDirectory(), { DATABASE_URL: nowhere.href });
    expect(code).toBe(1);
    expect(said).toMatch(/^The database in DATABASE_URL cannot be reached: .*\n$/);
    expect(said).not.toContain(nowhere.password);
  });
});

describe('a server on a database of its operator', () => {
  afterEach(endServers);

  it('starts with an ordinary role, without the demo, and leaves the data directory alone', async () => {
    const { connectionString, drop } = await createTestDatabase();
    const directory = createDirectory();
    const server = await startServer(join(directory, 'data'), { DATABASE_URL: connectionString });
    expect((await fetch(new URL('/health/ready', server.address))).status).toBe(200);
    expect(server.output()).toContain('There is no administrator yet.');
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(readdirSync(directory)).toEqual([]);
    await drop();
  });

  it('starts with the demo when it is asked to', async () => {
    const { connectionString, drop } = await createTestDatabase();
    const server = await startServer(newDataDirectory(), { DATABASE_URL: connectionString, YUKSELT_DEMO: '1' });
    expect(await upgradeIzmir(server)).toMatchObject({ state: 'applied', licenses: { moved: 33, openIssues: 7 } });
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    await drop();
  });
});

/** While the directory is still being made, nothing holds. */
function existsAndHolds(isSo: () => boolean): boolean {
  try {
    return isSo();
  } catch {
    return false;
  }
}
