import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A new, empty database of its own, owned by an ordinary role as in production. */
export async function createTestDatabase(): Promise<{ connectionString: string; drop: () => Promise<void> }> {
  const superuser = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asSuperuser(superuser, `create database ${name} owner yukselt`);
  const own = new URL(superuser);
  own.username = 'yukselt';
  own.pathname = `/${name}`;
  return { connectionString: own.href, drop: () => asSuperuser(superuser, `drop database ${name} with (force)`) };
}

async function asSuperuser(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
