import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { type EmbeddedPostgres, reachEmbedded } from './postgres/embedded.ts';

type Where = Pick<Config, 'databaseUrl' | 'dataDirectory'>;

/** Whether there is a database already; one that is named by its address is taken to be there. */
export function hasDatabase({ databaseUrl, dataDirectory }: Where): boolean {
  return databaseUrl !== null || existsSync(join(dataDirectory, 'postgres'));
}

/** The database of a deployment for a look into it, beside a running server or without one; nothing is made where there is none. */
export async function reachDatabase(where: Where, warn: (text: string) => void): Promise<EmbeddedPostgres> {
  const { databaseUrl, dataDirectory } = where;
  if (databaseUrl !== null) return { connectionString: databaseUrl, stop: async () => undefined };
  if (!hasDatabase(where)) throw new Error(`There is no database in ${dataDirectory}.`);
  return reachEmbedded(dataDirectory, { info: () => undefined, warn });
}
