import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Answer, type Client, createClient } from '../contract/client.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { readPostmasterOf } from './postmaster.ts';
import { measureGuards } from './guards.ts';
import { measureLarge } from './large.ts';
import { measure, ms, type Row, type Times, times, WARM_UPS } from './measure.ts';
import { measureDialect } from './partner-center.ts';
import { inBrowser, inLargeBrowser } from './portal-rows.ts';
import { makeDataDirectory, measureColdStart, startServer } from './server.ts';

const LICENSES = 300;
const FEW_LICENSES = 25;
const UPGRADES = 40;
const QUOTES = 100;
const SUBSCRIPTIONS = 500;
const REPORT = fileURLToPath(new URL('../docs/measurements/bench.md', import.meta.url));

/**
 * Measures the goals of docs/performance.md on this machine, each beside what the machine itself can do in the same run; with `--cold` also the
 * first start from a bare clone, which downloads every package, and with `--large` what a distributor of 20,000 customers waits for.
 */
async function main(): Promise<void> {
  const data = makeDataDirectory();
  const rows: Row[] = [];
  if (process.argv.includes('--cold')) {
    const measured = ms(await measureColdStart());
    rows.push({ what: 'bare clone to the printed address, empty npm cache', goal: '180 s', measured, limit: '-' });
  }
  const first = await startServer(data.path);
  await first.stop();
  const server = await startServer(data.path);
  rows.push(
    { what: 'first start with the demo', goal: '-', measured: ms(first.startMs), limit: '-' },
    { what: 'later start', goal: '6 s', measured: ms(server.startMs), limit: '-' },
    { what: 'server memory at rest', goal: '250 MB', measured: `${server.memoryMb().toFixed(0)} MB`, limit: '-' },
  );
  const { api, token } = await signIn(server.address);
  const sql = new pg.Client(readPostmasterOf(data.path));
  await sql.connect();
  rows.push(...(await measureQuotes(api)), await measureUpgrades(api, sql), await measureList(api, sql));
  rows.push(...(await measurePartnerCenter(server.address, api, token)), ...(await inBrowser(server.address)));
  rows.push(...(await measureProtection(data.path, api, token)));
  await sql.end();
  await server.stop();
  data.remove();
  if (process.argv.includes('--large')) rows.push(...(await measureAtScale()));
  report(rows);
}

/** On both platforms, each with a quote that is kept. */
async function measureQuotes(api: Client): Promise<Row[]> {
  const platforms = [
    { name: 'legacy', offerId: OFFERS.businessBasic, targetOfferId: OFFERS.o365E3 },
    { name: 'new commerce', offerId: OFFERS.nceBusinessBasic, targetOfferId: OFFERS.nceBusinessStandard },
  ];
  const rows: Row[] = [];
  for (const { name, offerId, targetOfferId } of platforms) {
    const { customerId, subscriptionId } = await seed(api, crypto.randomUUID(), FEW_LICENSES, FEW_LICENSES, offerId);
    const body = { targetOfferId, upgradeType: 'upgrade_with_license_transfer' } as const;
    const quoted = await measure(QUOTES, async () =>
      value(await api('quoteUpgrade', { params: { customerId, subscriptionId }, body })),
    );
    rows.push({
      what: `quote of an upgrade with ${FEW_LICENSES} licenses over HTTP, ${name}, p50`,
      goal: '20 ms',
      measured: times(quoted),
      limit: '-',
    });
  }
  return rows;
}

async function measureUpgrades(api: Client, sql: pg.Client): Promise<Row> {
  const quotes: { customerId: string; quoteId: string }[] = [];
  for (let index = 0; index < UPGRADES + WARM_UPS; index++) {
    const { customerId, subscriptionId } = await seed(api, crypto.randomUUID(), LICENSES, LICENSES);
    const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' } as const;
    const { quoteId } = value(await api('quoteUpgrade', { params: { customerId, subscriptionId }, body }));
    quotes.push({ customerId, quoteId });
  }
  const upgrades = await measure(UPGRADES, async (index) => {
    const params = quotes[index];
    if (params) value(await api('submitQuote', { params }));
  });
  await sql.query('create table bench_licenses (id integer primary key, held text)');
  await sql.query(`insert into bench_licenses select n, 'old' from generate_series(1, ${LICENSES}) n`);
  const bare = await measure(UPGRADES, (index) => sql.query('update bench_licenses set held = $1', [String(index)]));
  await sql.query('drop table bench_licenses');
  return {
    what: `upgrade with ${LICENSES} licenses over HTTP, p50`,
    goal: '150 ms',
    measured: `${times(upgrades)}, ${ratio(upgrades, bare)} the limit`,
    limit: `one durable update of ${LICENSES} rows: ${times(bare)}`,
  };
}

async function measureList(api: Client, sql: pg.Client): Promise<Row> {
  const customerId = crypto.randomUUID();
  for (let index = 0; index < SUBSCRIPTIONS; index++) await seed(api, customerId, 10, 0);
  const listed = await measure(50, async () => value(await api('listSubscriptions', { params: { customerId } })));
  const rows = await measure(50, () =>
    sql.query('select to_jsonb(s) from subscriptions s where customer_id = $1', [customerId]),
  );
  const answer = JSON.stringify(value(await api('listSubscriptions', { params: { customerId } })));
  const bare = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(answer));
  bare.listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const address = bare.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const sent = await measure(50, async () => (await fetch(url)).json());
  bare.close();
  return {
    what: `list of ${SUBSCRIPTIONS} subscriptions with upgradability, p50`,
    goal: '60 ms',
    measured: `${times(listed)}, ${(listed.p50 / (rows.p50 + sent.p50) || 0).toFixed(1)} times the limit`,
    limit: `the bare rows from the database: ${times(rows)}; the same ${(answer.length / 1024).toFixed(0)} kB from a bare server: ${times(sent)}`,
  };
}

async function measurePartnerCenter(address: string, api: Client, token: string): Promise<Row[]> {
  const { listed, upgraded, own } = await measureDialect(address, token, () =>
    seed(api, crypto.randomUUID(), FEW_LICENSES, FEW_LICENSES),
  );
  return [
    { what: 'Partner Center API: GET …/upgrades, p50', goal: '15 ms', measured: times(listed), limit: '-' },
    {
      what: `Partner Center API: POST …/upgrades with ${FEW_LICENSES} licenses, p50`,
      goal: '1.3 times our own',
      measured: `${times(upgraded)}, ${ratio(upgraded, own)} our own`,
      limit: `quote and submit over our own API: ${times(own)}`,
    },
  ];
}

async function measureProtection(data: string, api: Client, token: string): Promise<Row[]> {
  const { list, act } = await measureGuards(data, token, (customerId) =>
    seed(api, customerId, FEW_LICENSES, FEW_LICENSES),
  );
  return Object.entries({ 'a list of 50 subscriptions': list, 'quote and submit of an upgrade': act }).map(
    ([what, { guarded, unguarded }]) => ({
      what: `row-level security and role checks on ${what}, p50`,
      goal: '15 % more',
      measured: `${times(guarded)}, ${((guarded.p50 / unguarded.p50 - 1) * 100).toFixed(0)} % more`,
      limit: `with a role exempt from both: ${times(unguarded)}`,
    }),
  );
}

async function measureAtScale(): Promise<Row[]> {
  const { customers, bareUsers, bareCustomers, portal, ...measured } = await measureLarge();
  const row = (what: string, of: Times, bare: Times, limit: string): Row => ({
    what: `${customers.toLocaleString('en')} customers: ${what}, p50`,
    goal: '150 ms',
    measured: times(of),
    limit: `${limit}: ${times(bare)}`,
  });
  const [ofCustomers, ofUsers] = ['the bare rows of fifty customers', 'the bare rows of nine users'];
  return [
    row('first page of the list', measured.list, bareCustomers, ofCustomers),
    row('first page, searched', measured.filtered, bareCustomers, ofCustomers),
    row('first page, without privileges', measured.withoutPrivileges, bareCustomers, ofCustomers),
    row('first page, by deadline', measured.byDeadline, bareCustomers, ofCustomers),
    row('first page of all deadlines', measured.deadlines, bareCustomers, ofCustomers),
    row('first page of all licenses', measured.licenses, bareCustomers, ofCustomers),
    row('search everywhere for a name', measured.byName, bareUsers, ofUsers),
    row('search everywhere for a company', measured.byCompany, bareUsers, ofUsers),
    row('search everywhere for what is not there', measured.nothing, bareUsers, ofUsers),
    ...inLargeBrowser(portal),
  ];
}

async function seed(
  api: Client,
  customerId: string,
  quantity: number,
  users: number,
  offerId: string = OFFERS.businessBasic,
) {
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId,
    customerName: `Ölçüm ${customerId.slice(0, 8)}`,
    offerId,
    quantity,
    users,
    purchasedOn: new Date(Date.now() - 70 * 86_400_000).toISOString().slice(0, 10),
  };
  return value(await api('seedSubscription', { body }));
}

async function signIn(baseUrl: string): Promise<{ api: Client; token: string }> {
  const { token } = value(await createClient({ baseUrl })('signIn', { body: { agent: 'aylin@kuzey.example' } }));
  return { api: createClient({ baseUrl, token }), token };
}

function value<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.detail}`);
  return answer.value;
}

function report(rows: readonly Row[]): void {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  const table = rows.map(({ what, goal, measured, limit }) => `| ${what} | ${goal} | ${measured} | ${limit} |`);
  const text = [
    `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}.`,
    '',
    '| What | Goal | Measured | The machine’s own limit |',
    '|---|---|---|---|',
    ...table,
    '',
  ].join('\n');
  console.log(text);
  writeFileSync(REPORT, text);
}

function ratio(one: Times, other: Times): string {
  return `${(one.p50 / other.p50).toFixed(1)} times`;
}

await main();
