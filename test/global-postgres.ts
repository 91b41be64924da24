import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../server/postgres/embedded.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The connection string of the run's PostgreSQL, as its superuser. */
    postgres: string;
  }
}

/** One real PostgreSQL for the whole run, started as the server starts its own; each test file makes databases in it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'yukselt-test-'));
  // A root server's database runs as another user, who must get in.
  chmodSync(directory, 0o755);
  const embedded = await startEmbedded(directory, { info: () => undefined, warn: console.warn });
  const superuser = new URL(embedded.connectionString);
  superuser.username = 'postgres';
  superuser.pathname = '/postgres';
  project.provide('postgres', superuser.href);
  return async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true });
  };
}
