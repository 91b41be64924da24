import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Answer, type Client, createClient } from '../contract/client.ts';
import { OFFERS } from '../demo/ids.ts';
import { inTurns, type Times, WARM_UPS } from './measure.ts';
import { readPostmasterOf } from './postmaster.ts';

const SERVER = fileURLToPath(new URL('./guards-server.ts', import.meta.url));
const SAY_YES = new URL('./say-yes.ts', import.meta.url).href;
const RUNS = 100;

type Subject = { readonly customerId: string; readonly subscriptionId: string };
export type GuardTimes = Readonly<Record<'list' | 'act', { readonly guarded: Times; readonly unguarded: Times }>>;

/**
 * What row-level security and the checks of roles cost together: the same app on the same database once as it is, and once as a role that
 * row-level security does not bind and with a table of roles that allows all. Both take turns.
 */
export async function measureGuards(
  dataDirectory: string,
  token: string,
  seed: (customerId: string) => Promise<Subject>,
): Promise<GuardTimes> {
  const guarded = await startServer(connectionOf(dataDirectory, 'yukselt'), []);
  const unguarded = await startServer(connectionOf(dataDirectory, 'postgres'), ['--import', SAY_YES]);
  const clients = { guarded: clientOf(guarded.address, token), unguarded: clientOf(unguarded.address, token) };
  const customerId = crypto.randomUUID();
  for (let index = 0; index < 50; index++) await seed(customerId);
  const list = async (api: Client) => void value(await api('listSubscriptions', { params: { customerId } }));
  const subjects: Subject[] = [];
  for (let index = 0; index < 2 * (RUNS + WARM_UPS); index++) subjects.push(await seed(crypto.randomUUID()));
  const act = async (api: Client) => {
    const { customerId, subscriptionId } = subjects.pop() as Subject;
    const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' } as const;
    const { quoteId } = value(await api('quoteUpgrade', { params: { customerId, subscriptionId }, body }));
    value(await api('submitQuote', { params: { customerId, quoteId } }));
  };
  const turns = (run: (api: Client) => Promise<void>) =>
    inTurns(RUNS, { guarded: () => run(clients.guarded), unguarded: () => run(clients.unguarded) });
  const times = { list: await turns(list), act: await turns(act) };
  guarded.stop();
  unguarded.stop();
  return times;
}

function connectionOf(dataDirectory: string, role: 'yukselt' | 'postgres'): string {
  const { host, port, password, database } = readPostmasterOf(dataDirectory);
  return `postgresql://${role}:${password}@${host}:${port}/${database}`;
}

async function startServer(connectionString: string, options: readonly string[]) {
  const child = spawn(process.execPath, [...options, SERVER, connectionString], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { address: /ready at (\S+)/.exec(said.toString())?.[1] ?? '', stop: () => child.kill('SIGTERM') };
}

function clientOf(baseUrl: string, token: string): Client {
  return createClient({ baseUrl, token });
}

function value<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.detail}`);
  return answer.value;
}
