import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createSecureContext } from 'node:tls';
import { type Config, readConfig } from './config.ts';
import { type Database, openDatabase } from './postgres/database.ts';
import { findPending } from './postgres/migrate.ts';
import { hasDatabase, reachDatabase } from './reach-database.ts';

const [OLDEST, NEWEST] = [15, 18];

/** One thing that was looked at; `value` is what was found, as programs write it. */
type Check = {
  readonly name: 'settings' | 'portal' | 'tls' | 'database' | 'version' | 'role' | 'migrations' | 'port';
  readonly state: 'good' | 'bad' | 'absent';
  readonly value: string;
};

/** `doctor`: looks at everything that a server needs, and says what it found as JSON. The answer is the exit code of the program. */
export async function runDoctorCommand(portal: string, say: (line: string) => void): Promise<number> {
  const checks: Check[] = [];
  try {
    const config = readConfig(process.env, []);
    checks.push(
      { name: 'settings', state: 'good', value: '' },
      { name: 'portal', state: existsSync(portal) ? 'good' : 'bad', value: portal },
      checkCertificate(config),
      ...(await checkDatabase(config)),
      await checkPort(config),
    );
  } catch (error) {
    checks.push({ name: 'settings', state: 'bad', value: messageOf(error) });
  }
  say(JSON.stringify({ checks }));
  return checks.some(({ state }) => state === 'bad') ? 1 : 0;
}

function checkCertificate({ tls }: Config): Check {
  if (tls === null) return { name: 'tls', state: 'absent', value: '' };
  try {
    createSecureContext({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) });
    return { name: 'tls', state: 'good', value: tls.certFile };
  } catch (error) {
    return { name: 'tls', state: 'bad', value: messageOf(error) };
  }
}

async function checkDatabase(config: Config): Promise<Check[]> {
  if (!hasDatabase(config)) return [{ name: 'database', state: 'absent', value: config.dataDirectory }];
  let reached: Awaited<ReturnType<typeof reachDatabase>> | undefined;
  let database: Database | undefined;
  try {
    reached = await reachDatabase(config, () => undefined);
    const { connectionString } = reached;
    database = openDatabase({ connectionString, timeoutMs: config.databaseTimeoutMs, connections: 1 });
    const [found] = await database.ask<{ version: string; major: number; role: string; exempt: boolean }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::integer / 10000 as major,
         rolname as role, rolsuper or rolbypassrls as exempt from pg_roles where rolname = current_user`,
      [],
      'doctor',
    );
    const { version = '', major = 0, role = '', exempt = false } = found ?? {};
    const pending = await findPending(database);
    return [
      { name: 'database', state: 'good', value: config.databaseUrl === null ? config.dataDirectory : 'DATABASE_URL' },
      { name: 'version', state: major >= OLDEST && major <= NEWEST ? 'good' : 'bad', value: version },
      { name: 'role', state: exempt ? 'bad' : 'good', value: role },
      { name: 'migrations', state: pending.length === 0 ? 'good' : 'bad', value: pending.join(', ') },
    ];
  } catch (error) {
    return [{ name: 'database', state: 'bad', value: messageOf(error) }];
  } finally {
    await database?.close();
    await reached?.stop();
  }
}

/** A port that is taken is no fault where the server itself has it; the caller knows whether it answers. */
async function checkPort({ host, port }: Config): Promise<Check> {
  const value = `${host}:${port}`;
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
  return { name: 'port', state: isFree ? 'absent' : 'good', value };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
