import type { Transaction } from '../server/postgres/database.ts';
import { seedCustomers } from './campaign-steps.ts';
import type { TestDeployment } from './deployment.ts';

/** One customer as it is seeded, and as many copies of it. */
export async function seedMany(of: TestDeployment, count: number, users = 3): Promise<void> {
  const [first] = await seedCustomers(of, 1, users);
  const tables = [
    'customers',
    'relationships',
    'delegated_privileges',
    'subscriptions',
    'users',
    'licenses',
    'charges',
  ];
  await of.context.database.asSystem(async (tx) => {
    for (const table of tables) await copy(tx, table, first?.customerId ?? '', count - 1);
  });
  await of.context.database.ask('vacuum (analyze)', [], 'vacuum');
}

const IDS = ['customer_id', 'subscription_id', 'user_id', 'order_id', 'charge_id', 'reference_id', 'privileges_id'];

async function copy(tx: Transaction, table: string, customerId: string, times: number): Promise<void> {
  const columns = await tx.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  );
  const names = columns.map(({ name }) => name);
  const given = names.map((name) => {
    if (IDS.includes(name)) return `md5(t.${name}::text || n)::uuid`;
    return table === 'customers' && name === 'domain' ? `n || t.${name}` : `t.${name}`;
  });
  await tx.query(
    `insert into ${table} (${names.join(', ')}) select ${given.join(', ')} from ${table} t, generate_series(1, $2::integer) n where t.customer_id = $1`,
    [customerId, times],
  );
}
