import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createClient } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { valueOf } from './deployment.ts';
import { createDirectory, endServers, startServer, until } from './server-process.ts';

afterAll(() => endServers());

const MAIN = fileURLToPath(new URL('../server/main.ts', import.meta.url));

function verify(directory: string) {
  const { DATABASE_URL: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [MAIN, 'audit', 'verify', '--partner', PARTNERS.kuzey],
    { env: { ...env, NODE_OPTIONS: '', YUKSELT_DATA: directory }, encoding: 'utf8' },
  );
  return { status, line: stdout.trim(), stderr };
}

describe('yukselt audit verify with the embedded database', () => {
  it('works beside a running server, and without it, and leaves the directory to the next', async () => {
    const directory = createDirectory();
    const server = await startServer(directory);
    const token = valueOf(
      await createClient({ baseUrl: server.address })('signIn', { body: { agent: 'aylin@kuzey.example' } }),
    ).token;
    const aylin = createClient({ baseUrl: server.address, token });
    const params = { pathId: 'apps-business--o365-e5' };
    valueOf(await aylin('switchPath', { params, body: { enabled: false } }));
    // The server seals by itself, in its own time.
    await until('the entry is sealed', async () => {
      const [entry] = valueOf(await aylin('listAudit', {})).items;
      return entry?.sealNumber ?? undefined;
    });
    const beside = verify(directory);
    expect(beside).toMatchObject({ status: 0, stderr: '' });
    expect(beside.line).toMatch(/unbroken since .*; \d+ entries sealed, 0 waiting; the chain ends with seal \d+/);
    valueOf(await aylin('switchPath', { params, body: { enabled: true } }));
    expect(await server.stop()).toMatchObject({ code: 0 });

    const without = verify(directory);
    expect(without).toMatchObject({ status: 0 });
    expect(without.line).toMatch(/unbroken since /);
    const again = await startServer(directory);
    expect(await again.stop()).toMatchObject({ code: 0 });
  }, 180_000);
});
