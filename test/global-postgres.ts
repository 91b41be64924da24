import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../server/postgres/embedded.ts';
import { asSuperuser } from './databases.ts';
import { SCRATCH } from './scratch.ts';
import { makeTemplates } from './worlds.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The connection string of the run's PostgreSQL, as its superuser. */
    postgres: string;
  }
}

/** This database need not survive a crash. Those that tests crash are servers' own, and keep the settings that they ship with. */
const WITHOUT_CARE = ['fsync', 'synchronous_commit', 'full_page_writes'].map(
  (name) => `alter system set ${name} = off`,
);

/** One real PostgreSQL for the whole run, started as the server starts its own; each test file makes databases in it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(SCRATCH, 'yukselt-test-'));
  // A root server's database runs as another user, who must get in.
  chmodSync(directory, 0o755);
  const embedded = await startEmbedded(directory, { info: () => undefined, warn: console.warn });
  const superuser = new URL(embedded.connectionString);
  superuser.username = 'postgres';
  superuser.pathname = '/postgres';
  const tearDown = async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true });
  };
  try {
    await asSuperuser(superuser.href, ...WITHOUT_CARE, 'select pg_reload_conf()');
    await makeTemplates(superuser.href);
  } catch (error) {
    // A migration that fails must not leave the database running.
    await tearDown();
    throw error;
  }
  project.provide('postgres', superuser.href);
  return tearDown;
}
