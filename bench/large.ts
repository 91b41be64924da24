import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Answer, type Client, createClient } from '../contract/client.ts';
import { inTurns, type Times } from './measure.ts';
import { type LargePortalFigures, measureLargePortal } from './portal-large.ts';
import { readPostmasterOf } from './postmaster.ts';
import { startServer } from './server.ts';

const RUNS = 30;
const HOME = fileURLToPath(new URL('..', import.meta.url));

export type LargeTimes = {
  readonly customers: number;
  readonly list: Times;
  readonly filtered: Times;
  readonly withoutPrivileges: Times;
  readonly byDeadline: Times;
  readonly deadlines: Times;
  readonly licenses: Times;
  readonly byName: Times;
  readonly byCompany: Times;
  readonly nothing: Times;
  /** The bare rows of nine users by the beginning of their names. */
  readonly bareUsers: Times;
  /** The bare rows of the first fifty customers. */
  readonly bareCustomers: Times;
  readonly portal: LargePortalFigures;
};

/** What the distributor of the large demo waits for, who sees all of its customers; the world is made where it is not there yet. */
export async function measureLarge(): Promise<LargeTimes> {
  const data = resolve(process.env['YUKSELT_LARGE_DATA'] ?? '.yukselt-large');
  const server = await startServer(data, { program: process.execPath, args: ['demo/large/main.ts'], cwd: HOME });
  const sql = new pg.Client(readPostmasterOf(data));
  await sql.connect();
  try {
    const { api, agent } = await signIn(server.address);
    const search = async (q: string) => value(await api('search', { query: { q } }));
    const times = await inTurns(RUNS, {
      list: async () => value(await api('listCustomers', { query: {} })),
      filtered: async () => value(await api('listCustomers', { query: { search: 'tekstil' } })),
      withoutPrivileges: async () => value(await api('listCustomers', { query: { filter: 'noPrivileges' } })),
      byDeadline: async () => value(await api('listCustomers', { query: { sort: 'deadline' } })),
      deadlines: async () => value(await api('listDeadlines', { query: {} })),
      licenses: async () => value(await api('listAllLicenses', { query: {} })),
      byName: () => search('ayşe yıl'),
      byCompany: () => search('tekstil'),
      nothing: () => search('zzzz'),
      bareUsers: () =>
        sql.query(
          `select * from users where name_folded ^@ 'ayse yil' and deleted_at is null order by name_folded limit 9`,
        ),
      bareCustomers: () => sql.query(`select * from customers order by name collate "tr-x-icu", customer_id limit 51`),
    });
    const { rows } = await sql.query<{ count: number }>('select count(*)::integer as count from customers');
    return { customers: rows[0]?.count ?? 0, ...times, portal: await measureLargePortal(server.address, agent) };
  } finally {
    await sql.end();
    await server.stop();
  }
}

async function signIn(baseUrl: string): Promise<{ api: Client; agent: string }> {
  const { agents } = value(await createClient({ baseUrl })('listSignInWays', {}));
  const found = agents.find(({ email, roles }) => email.endsWith('@dagitim.example') && roles.includes('adminAgent'));
  const agent = found?.email ?? '';
  const { token } = value(await createClient({ baseUrl })('signIn', { body: { agent } }));
  return { api: createClient({ baseUrl, token }), agent };
}

function value<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.detail}`);
  return answer.value;
}
