import { readConfig } from './config.ts';
import { openDatabase } from './postgres/database.ts';
import { startEmbedded } from './postgres/embedded.ts';
import { findPending, migrate } from './postgres/migrate.ts';
import { hasDatabase, reachDatabase } from './reach-database.ts';

/**
 * `migrate`: brings the schema up to date and says, as JSON, which steps that took; with `--dry-run` which it would take. The answer is the exit
 * code of the program.
 */
export async function runMigrateCommand(
  args: readonly string[],
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<number> {
  try {
    const dryRun = args.includes('--dry-run');
    const config = readConfig(process.env, []);
    if (dryRun && !hasDatabase(config)) throw new Error(`There is no database in ${config.dataDirectory}.`);
    const log = { info: () => undefined, warn: complain };
    const isFresh = config.databaseUrl === null && !dryRun;
    const reached = isFresh ? await startEmbedded(config.dataDirectory, log) : await reachDatabase(config, complain);
    const { connectionString } = reached;
    const database = openDatabase({ connectionString, timeoutMs: 0, connections: 1 });
    try {
      say(JSON.stringify({ migrations: dryRun ? await findPending(database) : await migrate(database) }));
      return 0;
    } finally {
      await database.close();
      await reached.stop();
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
