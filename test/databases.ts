import pg from 'pg';

/** With the schema and nothing in it. */
export const SCHEMA_TEMPLATE = 'template_schema';
/** With the demo world as it is on the day of the tests. */
export const WORLD_TEMPLATE = 'template_world';

/** Creates a database of an ordinary role, as in production; answers with that role's connection string. */
export async function createDatabase(superuser: string, name: string, template = 'template1'): Promise<string> {
  await asSuperuser(superuser, `create database ${name} owner yukselt template ${template} strategy file_copy`);
  const own = new URL(superuser);
  own.username = 'yukselt';
  own.pathname = `/${name}`;
  return own.href;
}

export async function asSuperuser(superuser: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
