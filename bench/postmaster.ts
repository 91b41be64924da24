import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How to reach the embedded database of a data directory past the server. */
export function readPostmasterOf(dataDirectory: string) {
  const lines = readFileSync(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const password = readFileSync(join(dataDirectory, 'postgres-password'), 'utf8');
  return { host: '127.0.0.1', port: Number(lines[3]), user: 'postgres', password, database: 'yukselt' };
}
