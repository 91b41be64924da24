import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from './database.ts';

const DIRECTORY = new URL('./migrations/', import.meta.url);

/**
 * Brings the schema up to date: applies each SQL file that is new, in order, all in one transaction that one server at a time may run.
 * @throws Error when a file that was applied has changed since, or the database is newer than the program.
 */
export async function migrate(database: Database): Promise<string[]> {
  const files = filesOf();
  return database.asSystem(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(7283519)');
    await tx.query('create table if not exists migrations (name text primary key, checksum text not null)');
    const known = await tx.query<{ name: string; checksum: string }>('select name, checksum from migrations');
    const applied = new Map(known.map((row) => [row.name, row.checksum]));
    const unknown = [...applied.keys()].filter((name) => !files.includes(name));
    if (unknown.length > 0) throw new Error(`The database is newer than this Yükselt: it has ${unknown.join(', ')}.`);
    const fresh: string[] = [];
    for (const name of files) {
      const text = readFileSync(new URL(name, DIRECTORY), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      const before = applied.get(name);
      if (before === checksum) continue;
      if (before) throw new Error(`The migration ${name} was changed after it had been applied.`);
      await tx.query(text);
      await tx.query('insert into migrations values ($1, $2)', [name, checksum]);
      fresh.push(name);
    }
    return fresh;
  });
}

/** The files that are not applied yet; nothing is changed. */
export async function findPending(database: Database): Promise<string[]> {
  const [table] = await database.ask<{ found: boolean }>(
    `select to_regclass('migrations') is not null as found`,
    [],
    'migrations-table',
  );
  if (!table?.found) return filesOf();
  const known = await database.ask<{ name: string }>('select name from migrations', [], 'migrations');
  const applied = new Set(known.map(({ name }) => name));
  return filesOf().filter((name) => !applied.has(name));
}

function filesOf(): string[] {
  return readdirSync(DIRECTORY)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
}
