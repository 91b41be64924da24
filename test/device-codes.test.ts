import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

const nobody = () => createClient({ baseUrl: deployment.url });
const begin = async () => valueOf(await nobody()('requestDeviceCode', { body: { program: 'yukselt on pc-7' } }));
const ask = (deviceCode: string) => nobody()('askDeviceCode', { body: { deviceCode } });
const inSql = (statement: string) => deployment.context.database.asSystem((tx) => tx.query(statement));

describe('a program that signs in by a code', () => {
  it('waits until an agent lets it in, and gets a session of that agent once', async () => {
    const { deviceCode, userCode, verificationUriComplete } = await begin();
    expect(verificationUriComplete).toBe(`${deployment.url}/device?code=${userCode}`);
    expect(valueOf(await ask(deviceCode)).session).toBeNull();
    const aylin = await deployment.signIn(AYLIN);
    // As people type it.
    const typed = userCode.replace('-', ' ').toLowerCase();
    expect(valueOf(await aylin('showDeviceCode', { body: { userCode: typed } }))).toMatchObject({
      program: 'yukselt on pc-7',
      address: '127.0.0.1',
    });
    valueOf(await aylin('approveDeviceCode', { body: { userCode: typed } }));
    expect(problemOf(await aylin('approveDeviceCode', { body: { userCode } })).code).toBe('device-code-not-valid');
    const { session } = valueOf(await ask(deviceCode));
    expect(session?.agent).toMatchObject({ email: AYLIN, partner: { partnerId: PARTNERS.kuzey } });
    expect(problemOf(await ask(deviceCode)).code).toBe('device-code-not-valid');

    const program = createClient({ baseUrl: deployment.url, token: session?.token ?? '' });
    expect(valueOf(await program('listSessions', {})).items.find(({ current }) => current)?.method).toBe('device');
    const { userCode: another } = await begin();
    expect(problemOf(await program('approveDeviceCode', { body: { userCode: another } })).code).toBe('browser-needed');
    const { items } = valueOf(await aylin('listSessions', {}));
    const sessionId = items.find(({ method }) => method === 'device')?.sessionId ?? '';
    valueOf(await aylin('endSession', { params: { sessionId }, body: {} }));
    expect(problemOf(await program('showSession', {})).code).toBe('not-signed-in');
  });

  it('is told that it was turned away, and its code is worth nothing any more', async () => {
    const { deviceCode, userCode } = await begin();
    const aylin = await deployment.signIn(AYLIN);
    valueOf(await aylin('refuseDeviceCode', { body: { userCode } }));
    expect(problemOf(await aylin('showDeviceCode', { body: { userCode } })).code).toBe('device-code-not-valid');
    expect(problemOf(await ask(deviceCode)).code).toBe('device-code-refused');
    expect(problemOf(await ask(deviceCode)).code).toBe('device-code-not-valid');
  });

  it('is not let in when the session that approved it has ended before', async () => {
    const { deviceCode, userCode } = await begin();
    const aylin = await deployment.signIn(AYLIN);
    valueOf(await aylin('approveDeviceCode', { body: { userCode } }));
    valueOf(await aylin('signOut', {}));
    expect(problemOf(await ask(deviceCode)).code).toBe('device-code-not-valid');
  });

  it('has to wait longer when it asks too soon, and for ten minutes at most', async () => {
    const { deviceCode, userCode, intervalSeconds } = await begin();
    expect(valueOf(await ask(deviceCode)).intervalSeconds).toBe(intervalSeconds);
    expect(valueOf(await ask(deviceCode)).intervalSeconds).toBe(intervalSeconds + 5);
    await inSql(`update device_codes set expires_at = expires_at - interval '10 minutes'`);
    const aylin = await deployment.signIn(AYLIN);
    expect(problemOf(await aylin('approveDeviceCode', { body: { userCode } })).code).toBe('device-code-not-valid');
    expect(problemOf(await ask(deviceCode)).code).toBe('device-code-not-valid');
  });

  it('is not found by guessing: the sixth wrong code of an agent is not even looked at', async () => {
    const { userCode } = await begin();
    const mehmet = await deployment.signIn('wendy@westwind.example');
    for (let n = 0; n < 5; n += 1) {
      const wrong = await mehmet('showDeviceCode', { body: { userCode: 'BBBB-BBBB' } });
      expect(problemOf(wrong).code).toBe('device-code-not-valid');
    }
    expect(problemOf(await mehmet('showDeviceCode', { body: { userCode } })).code).toBe('sign-in-locked');
  });

  it('leaves nothing of the codes in the database or the audit log', async () => {
    const { deviceCode, userCode } = await begin();
    const [{ rows } = { rows: '' }] = (await inSql(
      `select string_agg(d::text, ' ') || (select string_agg(a::text, ' ') from audit_records a) as rows from device_codes d`,
    )) as { rows: string }[];
    expect(rows).toContain('yukselt on pc-7');
    expect(rows).toContain('agent.program-approved');
    expect(rows).not.toContain(deviceCode);
    expect(rows).not.toContain(userCode);
    expect(rows).not.toContain(userCode.replace('-', ''));
  });
});
