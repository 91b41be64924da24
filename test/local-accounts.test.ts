import { argon2Sync } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { networkOf } from '../server/identity/attempts.ts';
import { hashPassword, verifyPassword } from '../server/identity/password.ts';
import { issueSetupCode, setUp } from '../server/identity/set-up.ts';
import { signInWithPassword } from '../server/identity/sign-in.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { PASSWORD_COST } from './worlds.ts';

const AYLIN = 'aylin@kuzey.example';
const PASSWORD = 'correct horse battery staple';
const NEW_PASSWORD = 'vapurda simit yemek güzeldir';
const ELSEWHERE = '198.51.100.7';
const HOME = '203.0.113.5';

/** The password as a server of other parameters would keep it: told in no time. */
const QUICK_HASH = phcOf({ memory: 8, passes: 1, parallelism: 1 });

let deployment: TestDeployment;
let hash: string;
beforeAll(async () => {
  deployment = await startDeployment();
  hash = await hashPassword(PASSWORD, PASSWORD_COST);
});
afterAll(() => deployment.stop());

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));

beforeEach(async () => {
  await sql('delete from sign_in_failures');
  await sql('delete from known_sources');
  await sql('delete from recovery_codes');
  await sql(
    'update agents set password_hash = null, totp_secret = null, totp_confirmed_at = null, totp_last_step = null',
  );
  await sql('update agents set password_hash = $1 where email = $2', [hash, AYLIN]);
});

function phcOf(cost: { memory: number; passes: number; parallelism: number }): string {
  const nonce = Buffer.alloc(16, 7);
  const tag = argon2Sync('argon2id', { message: PASSWORD, nonce, ...cost, tagLength: 32 });
  const [salt, rest] = [nonce, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${salt}$${rest}`;
}

type Attempt = { email?: string; password?: string; code?: string; address?: string; device?: string | undefined };

/** A sign-in from an address of one’s choice. */
function attempt({ email = AYLIN, password = PASSWORD, code, address = HOME, device }: Attempt = {}) {
  return signInWithPassword(deployment.context, { email, password, code }, { address, userAgent: '', device });
}

async function codeOf(given: Attempt): Promise<string> {
  const done = await attempt(given);
  return done.ok ? 'signed in' : done.refused.code;
}

async function codesOf(times: number, given: Attempt): Promise<string[]> {
  const codes: string[] = [];
  for (let time = 0; time < times; time++) codes.push(await codeOf(given));
  return codes;
}

const WRONG = { password: 'wrong' };
const failed = (times: number) => Array<string>(times).fill('sign-in-failed');
/** Lets time pass, but not for authenticator apps. */
const passes = (seconds: number) =>
  sql(
    `update sign_in_failures set last_failed_at = last_failed_at - $1 * interval '1 second',
       paused_until = paused_until - $1 * interval '1 second'`,
    [seconds],
  );

async function api(
  credentials: { email: string; password: string; code?: string } = { email: AYLIN, password: PASSWORD },
) {
  const open = createClient({ baseUrl: deployment.url });
  const { token } = valueOf(await open('signIn', { body: credentials }));
  return createClient({ baseUrl: deployment.url, token });
}

describe('a password', () => {
  it('is kept as a PHC string with its parameters, each with a salt of its own', async () => {
    const [one, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword(PASSWORD, one)).toBe(true);
    expect(await verifyPassword(`${PASSWORD} `, one)).toBe(false);
    expect(await verifyPassword(PASSWORD, null)).toBe(false);
  });

  it('is the same in whatever way its letters are composed', async () => {
    const stored = await hashPassword('güzel bir gün 2026'.normalize('NFD'));
    expect(await verifyPassword('güzel bir gün 2026'.normalize('NFC'), stored)).toBe(true);
  });

  it('that was hashed with other parameters is right, and is hashed anew when it is next used', async () => {
    // Made with 19 MiB and two passes, as the first hashes were.
    const nonce = Buffer.alloc(16, 7);
    const old = argon2Sync('argon2id', {
      message: PASSWORD,
      nonce,
      memory: 19_456,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
    });
    await sql('update agents set password_hash = $1 where email = $2', [
      `argon2id$${nonce.toString('base64url')}$${old.toString('base64url')}`,
      AYLIN,
    ]);
    expect(await codeOf(WRONG)).toBe('sign-in-failed');
    expect(await codeOf({})).toBe('signed in');
    const [row] = await sql<{ password_hash: string }>('select password_hash from agents where email = $1', [AYLIN]);
    expect(row?.password_hash).toContain('$argon2id$v=19$m=64,t=1,p=1$');
    expect(await codeOf({})).toBe('signed in');
  });

  it('is changed by who knows the present one, and every other session ends', async () => {
    const [here, there] = [await api(), await api()];
    const change = (password: string, newPassword: string) =>
      here('changePassword', { body: { password, newPassword } });
    expect(problemOf(await change('not this one', NEW_PASSWORD)).fields?.[0]?.field).toBe('password');
    for (const obvious of ['aylin@kuzey.example', 'qwertyuiop123456']) {
      expect(problemOf(await change(PASSWORD, obvious)).fields?.[0]?.field).toBe('newPassword');
    }
    expect(problemOf(await change(PASSWORD, 'short')).fields?.[0]?.field).toBe('newPassword');
    valueOf(await change(PASSWORD, NEW_PASSWORD));
    valueOf(await here('showSession', {}));
    expect(problemOf(await there('showSession', {})).code).toBe('not-signed-in');
    expect(await codeOf({})).toBe('sign-in-failed');
    expect(await codeOf({ password: NEW_PASSWORD })).toBe('signed in');
    const { agent } = valueOf(await here('showSession', {}));
    const [row] = await sql('select customer_id, subject_id from audit_records where action = $1', [
      'agent.password-changed',
    ]);
    expect(row).toEqual({ customer_id: PARTNERS.kuzey, subject_id: agent.agentId });
  });

  it('cannot be guessed through a session that somebody left open', async () => {
    const here = await api();
    const guess = async () =>
      problemOf(await here('changePassword', { body: { password: 'wrong', newPassword: NEW_PASSWORD } })).code;
    const codes = [];
    for (let time = 0; time < 6; time++) codes.push(await guess());
    expect(codes).toEqual([...Array<string>(5).fill('invalid-request'), 'sign-in-locked']);
  });

  it('is no way in for who has none, and cannot be set from a session alone', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect(await codeOf({ email: 'wendy@westwind.example', password: '' })).toBe('sign-in-failed');
    const body = { password: 'x', newPassword: NEW_PASSWORD };
    expect(problemOf(await wendy('changePassword', { body })).code).toBe('no-password');
    expect(problemOf(await wendy('enrollSecondFactor', { body: { password: 'x' } })).code).toBe('no-password');
    expect(valueOf(await wendy('showAccount', {}))).toEqual({
      hasPassword: false,
      secondFactorSince: null,
      recoveryCodesLeft: 0,
    });
  });
});

describe('the present password', () => {
  const refusedRows = () =>
    sql(`select outcome, reason from audit_records where action = 'agent.password-refused' order by at, audit_id`);

  it('is asked for before a second factor is enrolled; wrong ones are counted and written down', async () => {
    const aylin = await api();
    const before = (await refusedRows()).length;
    const enroll = (password: string) => aylin('enrollSecondFactor', { body: { password } });
    for (let time = 0; time < 5; time++)
      expect(problemOf(await enroll('wrong')).fields?.map(({ field }) => field)).toEqual(['password']);
    expect(problemOf(await enroll(PASSWORD)).code).toBe('sign-in-locked');
    expect((await refusedRows()).slice(before)).toEqual(
      Array(5).fill({ outcome: 'refused', reason: 'sign-in-failed' }),
    );
    await passes(30);
    valueOf(await enroll(PASSWORD));
  });

  it('is asked for before other sessions end, so that a taken one cannot throw the owner out', async () => {
    const [owner, thief] = [await api(), await api()];
    const own = valueOf(await owner('listSessions', {})).items.find(({ current }) => current)?.sessionId ?? '';
    for (const body of [{}, { password: 'wrong' }]) {
      for (const answer of [
        await thief('endSession', { params: { sessionId: own }, body }),
        await thief('endOtherSessions', { body }),
      ])
        expect(problemOf(answer).fields?.map(({ field }) => field)).toEqual(['password']);
    }
    valueOf(await owner('showSession', {}));
    valueOf(await owner('endOtherSessions', { body: { password: PASSWORD } }));
    expect(problemOf(await thief('showSession', {})).code).toBe('not-signed-in');
    valueOf(await owner('endSession', { params: { sessionId: own }, body: {} }));
    expect(problemOf(await owner('showSession', {})).code).toBe('not-signed-in');
  });
});

describe('failed attempts', () => {
  const keepAs = (stored: string) => sql('update agents set password_hash = $1 where email = $2', [stored, AYLIN]);
  // Many are made; how long each takes matters to two tests alone.
  beforeEach(async () => void (await keepAs(QUICK_HASH)));

  it('make the next one wait, longer each time, and right ones begin anew', async () => {
    expect(await codesOf(6, WRONG)).toEqual([...failed(5), 'sign-in-locked']);
    expect(await codeOf({})).toBe('sign-in-locked');
    await passes(30);
    expect(await codesOf(2, WRONG)).toEqual(['sign-in-failed', 'sign-in-locked']);
    // Half of the second pause; the clock goes on by itself as well.
    await passes(30);
    expect(await codeOf({})).toBe('sign-in-locked');
    await passes(30);
    expect(await codeOf({})).toBe('signed in');
    expect(await codesOf(5, WRONG)).toEqual(failed(5));
  });

  it('are answered with the moment from which on the next one is taken', async () => {
    const open = createClient({ baseUrl: deployment.url });
    const body = { email: AYLIN, password: 'wrong' };
    for (let time = 0; time < 5; time++) await open('signIn', { body });
    const answer = await fetch(`${deployment.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'tr' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(429);
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(30);
    const problem = (await answer.json()) as { code: string; until: string };
    expect(problem.code).toBe('sign-in-locked');
    const now = deployment.context.clock.now();
    const left = Temporal.Instant.from(problem.until).since(now).total('seconds');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(31);
  });

  it('are the same for an account that does not exist', async () => {
    const nobody = { email: 'nobody@kuzey.example', address: ELSEWHERE };
    const body = { email: nobody.email, password: 'wrong' };
    const ofNobody = await codesOf(7, nobody);
    expect(ofNobody).toEqual(await codesOf(7, WRONG));
    const open = createClient({ baseUrl: deployment.url });
    await sql('delete from sign_in_failures');
    const [unknown, known] = [
      problemOf(await open('signIn', { body })),
      problemOf(await open('signIn', { body: { ...body, email: AYLIN } })),
    ];
    expect({ ...unknown, correlationId: '' }).toEqual({ ...known, correlationId: '' });
  });

  it('take as long for an account that does not exist', async () => {
    await keepAs(hash);
    const timeOf = async (email: string, address: string) => {
      const start = performance.now();
      await codeOf({ email, password: 'wrong', address });
      return performance.now() - start;
    };
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let time = 0; time < 5; time++) {
      times.known.push(await timeOf(AYLIN, `203.0.113.${time}`));
      times.unknown.push(await timeOf('nobody@kuzey.example', `203.0.113.${time}`));
    }
    const least = (given: number[]) => Math.min(...given);
    expect(least(times.unknown)).toBeGreaterThan(least(times.known) / 2);
    expect(least(times.known)).toBeGreaterThan(least(times.unknown) / 2);
  });

  it('at the same time cannot pass the limit together', async () => {
    await keepAs(hash);
    const codes = await Promise.all(Array.from({ length: 30 }, () => codeOf(WRONG)));
    expect(codes.filter((code) => code === 'sign-in-failed')).toHaveLength(5);
    expect(codes.filter((code) => code === 'sign-in-locked')).toHaveLength(25);
  });

  it('in many spellings of one address count as one', async () => {
    expect(await codesOf(3, { ...WRONG, email: 'AYLIN@kuzey.example' })).toEqual(failed(3));
    expect(await codesOf(3, WRONG)).toEqual([...failed(2), 'sign-in-locked']);
  });

  it('from everywhere slow down whoever is new, but not the owner’s own browser, nor the address of before', async () => {
    const first = await attempt({ address: HOME });
    const device = first.ok ? first.value.device : undefined;
    for (let place = 0; place < 20; place++) {
      expect(await codeOf({ ...WRONG, address: `198.51.100.${place}` })).toBe('sign-in-failed');
    }
    expect(await codeOf({ address: '198.51.100.200' })).toBe('sign-in-locked');
    expect(await codeOf({ address: HOME })).toBe('signed in');
    expect(await codeOf({ address: '192.0.2.9', device })).toBe('signed in');
  });

  it('from the owner’s own network do not hold up the owner’s own browser', async () => {
    const first = await attempt({ address: HOME });
    const device = first.ok ? first.value.device : undefined;
    expect((await codesOf(6, { ...WRONG, address: HOME })).at(-1)).toBe('sign-in-locked');
    expect(await codeOf({ address: HOME })).toBe('sign-in-locked');
    expect(await codeOf({ address: HOME, device })).toBe('signed in');
  });

  it('in a browser that is known are counted there', async () => {
    const first = await attempt({ address: HOME });
    const device = first.ok ? first.value.device : undefined;
    expect(await codesOf(6, { ...WRONG, device })).toEqual([...failed(5), 'sign-in-locked']);
  });

  it('gain nothing by a token of another agent’s browser, or a made-up one', async () => {
    const first = await attempt({ address: HOME });
    const device = first.ok ? first.value.device : undefined;
    const wendy = { email: 'wendy@westwind.example', address: ELSEWHERE };
    expect((await codesOf(6, { ...WRONG, ...wendy, device })).at(-1)).toBe('sign-in-locked');
    const made = Array.from({ length: 6 }, (_none, place) => ({
      ...WRONG,
      address: ELSEWHERE,
      device: `made-up-${place}`,
    }));
    const codes = [];
    for (const one of made) codes.push(await codeOf(one));
    expect(codes.at(-1)).toBe('sign-in-locked');
  });

  it('at many accounts from one address hold that address up, and nobody else', async () => {
    const codes = [];
    for (let person = 0; person < 51; person++) {
      codes.push(await codeOf({ email: `person${person}@kuzey.example`, password: 'Parola', address: ELSEWHERE }));
    }
    expect(codes.at(-1)).toBe('sign-in-locked');
    expect(codes.at(-2)).toBe('sign-in-failed');
    expect(await codeOf({ address: HOME })).toBe('signed in');
  }, 90_000);

  it('leave neither passwords nor line breaks in the log', async () => {
    const lines: string[] = [];
    const log = { ...deployment.context.log, warn: (details: object) => lines.push(JSON.stringify(details)) };
    const given = { email: 'a\n{"level":"forged"}@kuzey.example', password: 'my-secret-guess' };
    await signInWithPassword({ ...deployment.context, log }, given, { address: 'x\u2028y\r', userAgent: '' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/my-secret-guess|\\n|\\r|\u2028/);
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.5', '203.0.113.5'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:0DB8:0000:0000::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the second factor', () => {
  /** Switches it on; what an authenticator app would show. */
  async function enroll() {
    const aylin = await api();
    const { secret, address } = valueOf(await aylin('enrollSecondFactor', { body: { password: PASSWORD } }));
    const totp = new TOTP({ secret: Secret.fromBase32(secret), period: 30, digits: 6 });
    const codeAt = (seconds: number) =>
      totp.generate({ timestamp: deployment.context.clock.now().epochMilliseconds + seconds * 1000 });
    const confirmed = await aylin('confirmSecondFactor', { body: { code: codeAt(0) } });
    return { aylin, address, secret, codeAt, recoveryCodes: valueOf(confirmed).recoveryCodes };
  }
  // In the middle of a step, so that a slow test does not slide into the next.
  beforeEach(async () => {
    const steps = Math.ceil(deployment.context.clock.now().epochMilliseconds / 30_000);
    await deployment.moveClock(Temporal.Instant.fromEpochMilliseconds(steps * 30_000 + 5000).toString());
  });

  it('is asked for in a second step, once it is confirmed', async () => {
    const before = await api();
    valueOf(await before('enrollSecondFactor', { body: { password: PASSWORD } }));
    expect(await codeOf({})).toBe('signed in');
    expect(problemOf(await before('confirmSecondFactor', { body: { code: '000000' } })).fields?.[0]?.field).toBe(
      'code',
    );
    const { address, codeAt, aylin } = await enroll();
    expect(address).toMatch(
      /^otpauth:\/\/totp\/Y%C3%BCkselt:aylin%40kuzey\.example\?issuer=Y%C3%BCkselt&secret=[A-Z2-7]{32}&/,
    );
    expect(await codeOf({})).toBe('second-factor-needed');
    expect(await codeOf({ code: '12345' })).toBe('second-factor-wrong');
    expect(await codeOf({ code: codeAt(30) })).toBe('signed in');
    expect(valueOf(await aylin('showAccount', {}))).toMatchObject({ hasPassword: true, recoveryCodesLeft: 10 });
    expect(problemOf(await aylin('enrollSecondFactor', { body: { password: PASSWORD } })).code).toBe(
      'second-factor-on',
    );
  });

  it('tells nobody without the password that there is one', async () => {
    const { codeAt } = await enroll();
    expect(await codeOf(WRONG)).toBe('sign-in-failed');
    expect(await codeOf({ ...WRONG, code: codeAt(30) })).toBe('sign-in-failed');
  });

  it('takes a code once, and none from before it, also of two attempts at once', async () => {
    const { codeAt } = await enroll();
    // The code of the enrolment is used up.
    expect(await codeOf({ code: codeAt(0) })).toBe('second-factor-wrong');
    const codes = await Promise.all(Array.from({ length: 3 }, () => codeOf({ code: codeAt(30) })));
    expect(codes.toSorted()).toEqual(['second-factor-wrong', 'second-factor-wrong', 'signed in']);
    expect(await codeOf({ code: codeAt(0) })).toBe('second-factor-wrong');
  });

  it('takes the code of one step before and after, and no other', async () => {
    const { codeAt } = await enroll();
    await sql('update agents set totp_last_step = 0');
    expect(await codeOf({ code: codeAt(60) })).toBe('second-factor-wrong');
    expect(await codeOf({ code: codeAt(-60) })).toBe('second-factor-wrong');
    expect(await codeOf({ code: codeAt(-30) })).toBe('signed in');
    const spaced = codeAt(30).replace(/(...)/, '$1 ');
    expect(await codeOf({ code: spaced })).toBe('signed in');
  });

  it('takes each of the ten recovery codes once', async () => {
    const { recoveryCodes } = await enroll();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = '', second = ''] = recoveryCodes;
    expect(first).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect(await codeOf({ code: first })).toBe('signed in');
    expect(await codeOf({ code: first })).toBe('second-factor-wrong');
    expect(await codeOf({ code: second.toUpperCase().replaceAll('-', ' ') })).toBe('signed in');
    const stored = await sql('select r::text as row from recovery_codes r');
    expect(stored).toHaveLength(8);
    expect(JSON.stringify(stored)).not.toContain(recoveryCodes[2]);
  });

  it('cannot be guessed by who has the password: asking again without a code gives no new tries', async () => {
    await enroll();
    const codes = [];
    for (let time = 0; time < 6; time++) {
      codes.push(await codeOf({ code: '000000', address: ELSEWHERE }));
      if (time < 4) codes.push(await codeOf({ address: ELSEWHERE }));
    }
    expect(codes.filter((code) => code === 'second-factor-wrong')).toHaveLength(5);
    expect(codes.at(-1)).toBe('sign-in-locked');
  });

  it('is switched off with the password and a code, and no sooner', async () => {
    const { aylin, codeAt } = await enroll();
    const remove = (password: string, code: string) => aylin('removeSecondFactor', { body: { password, code } });
    expect(problemOf(await remove('wrong', codeAt(30))).fields?.[0]?.field).toBe('password');
    expect(problemOf(await remove(PASSWORD, '000000')).fields?.[0]?.field).toBe('code');
    valueOf(await remove(PASSWORD, codeAt(30)));
    expect(await codeOf({})).toBe('signed in');
    expect(problemOf(await remove(PASSWORD, codeAt(30))).code).toBe('second-factor-off');
    expect(problemOf(await aylin('confirmSecondFactor', { body: { code: codeAt(30) } })).code).toBe(
      'second-factor-off',
    );
    const rows = await sql<{ action: string }>(
      `select action from audit_records where action like 'agent.second-factor%' order by audit_id desc limit 2`,
    );
    expect(rows.map(({ action }) => action)).toEqual(['agent.second-factor-disabled', 'agent.second-factor-enabled']);
  });
});

describe('the first administrator', () => {
  const first = {
    partner: {
      tenantId: '5b0f3a52-0000-4000-8000-00000000abcd',
      name: 'Yıldız Bulut',
      domain: 'yildiz.example',
      market: 'TR',
      currency: 'TRY',
      language: 'tr' as const,
    },
    email: 'elif@yildiz.example',
    displayName: 'Elif Kaya',
    password: PASSWORD,
  };
  const origin = { address: HOME, userAgent: '' };
  const outcome = async (code: string, given = first) => {
    const done = await setUp(empty.context, code, given, origin);
    return done.ok ? 'done' : done.refused.code;
  };
  let empty: TestDeployment;
  beforeEach(async () => {
    empty = await startDeployment('empty');
    await empty.context.database.asSystem((tx) =>
      tx.query('truncate api_clients, recovery_codes, known_sources, agents cascade'),
    );
    return () => empty.stop();
  });

  it('is made with the newest code, and one server’s does not count beside another’s', async () => {
    const codes = [await issueSetupCode(empty.context), await issueSetupCode(empty.context)];
    expect(await outcome(codes[0] ?? '')).toBe('setup-code-wrong');
    expect(await outcome(codes[1] ?? '')).toBe('done');
    expect(await outcome(codes[1] ?? '')).toBe('already-set-up');
    expect(await issueSetupCode(empty.context)).toBeUndefined();
  });

  it('is made once, also when two try at the same moment', async () => {
    const code = (await issueSetupCode(empty.context)) ?? '';
    const other = { ...first, partner: { ...first.partner, tenantId: '5b0f3a52-0000-4000-8000-00000000abce' } };
    const outcomes = await Promise.all([outcome(code), outcome(code, other)]);
    expect(outcomes.toSorted()).toEqual(['already-set-up', 'done']);
  });

  it('is not made with a code of yesterday, nor with an obvious password', async () => {
    const code = (await issueSetupCode(empty.context)) ?? '';
    expect(await outcome(code, { ...first, password: 'yıldızbulut2026' })).toBe('invalid-field');
    await empty.moveClock(empty.context.clock.now().add({ hours: 24 }).toString());
    expect(await outcome(code)).toBe('setup-code-wrong');
  });

  it('leaves the code in the database as a hash alone', async () => {
    const code = (await issueSetupCode(empty.context)) ?? '';
    const rows = await empty.context.database.asSystem((tx) => tx.query('select d::text as row from deployment d'));
    expect(JSON.stringify(rows)).not.toContain(code);
  });
});
