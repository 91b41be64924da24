import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { createApp } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { sealAudit } from '../server/audit/seal-audit.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect, subscriptionPath } from './partner-center-client.ts';

let deployment: TestDeployment;
let aylin: Client;
let gulay: Client;
let selim: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
  gulay = await deployment.signIn('gulay@kuzey.example');
  selim = await deployment.signIn('selim@kuzey.example');
});
afterAll(() => deployment.stop());

type Query = NonNullable<Parameters<typeof aylin<'listAudit'>>[1]['query']>;
const find = async (query: Query = {}, client = aylin) => valueOf(await client('listAudit', { query })).items;
const seats = (number: number) => ({ customerId: customerId(number), subscriptionId: subscriptionId(number) });

describe('an entry tells', () => {
  it('who did what, on whose behalf, from where, through what, and what was before and after', async () => {
    valueOf(await aylin('changeSeats', { params: seats(2), body: { quantity: 13 } }));
    const [entry] = await find();
    expect(entry).toMatchObject({
      action: 'seats.changed',
      actionText: 'changed the number of licenses',
      actor: { name: 'Aylin Demir' },
      via: 'session',
      client: null,
      customer: { id: customerId(2) },
      subject: { id: subscriptionId(2) },
      outcome: 'done',
      reason: null,
      address: '127.0.0.1',
      changes: [{ field: 'quantity', label: 'Licenses', before: '12', after: '13' }],
      sealNumber: null,
    });
  });

  it('the same in Turkish', async () => {
    const turkish = await deployment.signIn('aylin@kuzey.example', 'tr');
    const [entry] = await find({ action: 'seats.changed' }, turkish);
    expect(entry).toMatchObject({ actionText: 'lisans sayısını değiştirdi', changes: [{ label: 'Lisans sayısı' }] });
  });

  it('the correlation id of the request, by which it is found', async () => {
    const answer = await fetch(`${deployment.url}/api/paths/apps-business--o365-e5`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`,
        'content-type': 'application/json',
        'x-correlation-id': 'ticket-4711',
      },
      body: JSON.stringify({ enabled: false, markets: ['TR'] }),
    });
    expect(answer.status).toBe(200);
    const [entry, ...more] = await find({ correlationId: 'ticket-4711' });
    expect(more).toEqual([]);
    expect(entry?.customer).toBeNull();
    expect(entry?.changes).toEqual([
      { field: 'enabled', label: 'Allowed', before: null, after: 'no' },
      { field: 'markets', label: 'Markets', before: null, after: 'TR' },
    ]);
  });

  it('the API client, and the person in whose name it acts', async () => {
    const inName = await connect(deployment);
    await inName('PATCH', subscriptionPath(14), { body: { friendlyName: 'Merkez' } });
    const alone = await connect(deployment, 'demo-kuzey');
    await alone('PATCH', subscriptionPath(14), { body: { friendlyName: 'Şube' } });
    const [second, first] = await find({ action: 'subscription.updated' });
    expect(first).toMatchObject({ actor: { name: 'Aylin Demir' }, via: 'client', client: { id: 'demo-kuzey-user' } });
    expect(second).toMatchObject({ via: 'client', client: { id: 'demo-kuzey' } });
    expect(second?.actor?.name).toBe(second?.client?.name);
    expect(second?.changes).toEqual([{ field: 'friendlyName', label: 'Name', before: 'Merkez', after: 'Şube' }]);
  });

  it('of an upgrade both subscriptions and offers', async () => {
    const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_only' as const };
    const { quoteId } = valueOf(await aylin('quoteUpgrade', { params: seats(1), body }));
    const done = valueOf(await aylin('submitQuote', { params: { customerId: customerId(1), quoteId } }));
    const [entry] = await find({ action: 'upgrade.applied' });
    expect(entry?.subject.id).toBe(done.upgradeId);
    const told = Object.fromEntries(entry?.changes.map(({ field, before, after }) => [field, [before, after]]) ?? []);
    expect(told).toMatchObject({
      sourceOfferId: [done.source.offerId, null],
      targetOfferId: [null, OFFERS.o365E3],
      targetSubscriptionId: [null, done.target.subscriptionId],
    });
  });
});

describe('what was refused is written down too', () => {
  it('by the role of whoever asked', async () => {
    const params = { pathId: 'apps-business--o365-e5' };
    expect(problemOf(await selim('switchPath', { params, body: { enabled: true } })).code).toBe('role-not-allowed');
    const [entry] = await find({ outcome: 'refused' });
    expect(entry).toMatchObject({
      action: 'path.switched',
      actor: { name: expect.stringContaining('Selim') },
      subject: { id: params.pathId },
      outcome: 'refused',
      reason: 'role-not-allowed',
      reasonText: expect.stringMatching(/./),
    });
  });

  it('by a rule, with its name', async () => {
    const problem = problemOf(await aylin('changeSeats', { params: seats(1), body: { quantity: 9_999_999 } }));
    expect(problem.code).toBe('refused');
    const [entry] = await find({ outcome: 'refused', action: 'seats.changed' });
    expect(entry).toMatchObject({ customer: { id: customerId(1) }, reason: 'refused' });
    expect(entry?.changes).toContainEqual(
      expect.objectContaining({ field: 'reasons', after: problem.refusals?.map(({ name }) => name).join(', ') }),
    );
  });

  it('of a program below /v1, and not in the records that programs read there', async () => {
    const user = await connect<{ items: object[] }>(deployment);
    const before = (await user('GET', '/v1/auditrecords')).body.items.length;
    expect((await user('PATCH', subscriptionPath(2), { body: { quantity: 9_999_999 } })).status).toBe(400);
    const [entry] = await find({ outcome: 'refused' });
    expect(entry).toMatchObject({
      action: 'subscription.updated',
      via: 'client',
      client: { id: 'demo-kuzey-user' },
      customer: { id: customerId(2) },
    });
    expect((await user('GET', '/v1/auditrecords')).body.items).toHaveLength(before);
  });

  it.each([
    ['a preview', () => aylin('previewSeats', { params: seats(1), body: { quantity: 9_999_999 } })],
    [
      'an unknown subscription',
      () => aylin('changeSeats', { params: { ...seats(1), subscriptionId: customerId(1) }, body: { quantity: 3 } }),
    ],
    ['something to read', () => selim('listAudit', {})],
    ['a malformed body', () => aylin('changeSeats', { params: seats(1), body: { quantity: -1 } })],
  ])('%s is not', async (_what, ask) => {
    const before = await find({ limit: 200 });
    problemOf<unknown>(await ask());
    expect(await find({ limit: 200 })).toEqual(before);
  });

  it('an id of a customer that is another partner’s does not get into the log', async () => {
    const params = { customerId: customerId(41), subscriptionId: subscriptionId(41) };
    const jale = await deployment.signIn('gulay@kuzey.example');
    expect(problemOf(await jale('changeSeats', { params, body: { quantity: 3 } })).code).toBe('role-not-allowed');
    const [entry] = await find({ outcome: 'refused' });
    expect(entry).toMatchObject({ customer: null, actor: { name: 'Gülay Aksoy' } });
  });
});

describe('the log is searched', () => {
  it.each([
    ['part of a name in any case, all four i alike', 'GÜLAY', 'Gülay Aksoy'],
    ['letters without their marks', 'gulay aks', 'Gülay Aksoy'],
  ])('by %s', async (_how, search, name) => {
    const found = await find({ search });
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ actor }) => actor?.name))).toEqual(new Set([name]));
  });

  it('by the name of a customer, and by its id', async () => {
    const [one] = await find({ customerId: customerId(2) });
    const name = one?.customer?.name ?? '';
    for (const query of [{ search: name.toLocaleUpperCase('tr') }, { customerId: customerId(2) }]) {
      const found = await find(query);
      expect(new Set(found.map(({ customer }) => customer?.id))).toEqual(new Set([customerId(2)]));
    }
  });

  it('by person, act and period', async () => {
    const { actors, actions } = valueOf(await aylin('listAuditFilters', {}));
    const id = actors.find(({ name }) => name.startsWith('Selim'))?.id ?? '';
    expect((await find({ agentId: id })).every(({ actor }) => actor?.id === id)).toBe(true);
    expect(actions.find(({ action }) => action === 'seats.changed')?.text).toBe('changed the number of licenses');
    expect((await find({ action: 'seats.changed' })).every(({ action }) => action === 'seats.changed')).toBe(true);
    expect(await find({ until: '2026-11-15T00:00:00Z' })).toEqual([]);
    expect(await find({ from: '2030-01-01T00:00:00Z', until: '2031-01-01T00:00:00Z' })).toEqual([]);
  });

  it('page by page, each entry once', async () => {
    const all = (await find({ limit: 200 })).map(({ auditId }) => auditId);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { auditId: string }[]; nextCursor: string | null } = valueOf(
        await aylin('listAudit', { query: { limit: 2, ...(cursor && { cursor }) } }),
      );
      paged.push(...page.items.map(({ auditId }) => auditId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all);
  });

  it.each([
    ['a cursor of nobody', { cursor: 'x' }],
    ['an act that does not exist', { action: 'x' as never }],
    ['a customer that is no id', { customerId: 'x' }],
    ['a moment that is none', { from: 'yesterday' }],
    ['a text that cannot be stored', { search: 'a\0b' }],
  ])('%s is refused as malformed', async (_what, query) => {
    expect(problemOf(await aylin('listAudit', { query })).code).toBe('invalid-request');
  });

  it('by Global admins and Admin agents alone, and each partner sees its own', async () => {
    for (const name of ['listAudit', 'listAuditFilters', 'showAuditVerification', 'verifyAudit'] as const) {
      expect(problemOf(await selim(name, {}))).toMatchObject({
        code: 'role-not-allowed',
        roles: ['globalAdmin', 'adminAgent'],
      });
      valueOf(await gulay(name, {}));
    }
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect((await find({}, wendy)).every(({ actor }) => actor?.name.startsWith('W'))).toBe(true);
  });
});

describe('the log is exported', () => {
  const download = async (query: string, language = 'en') => {
    const answer = await fetch(`${deployment.url}/api/audit?${query}`, {
      headers: {
        accept: 'text/csv',
        'accept-language': language,
        authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`,
      },
    });
    return { answer, text: await answer.text() };
  };

  it('as CSV in the reader’s language, and that is written into it', async () => {
    const { answer, text } = await download('action=seats.changed&outcome=done', 'tr');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"/);
    const [head, row, ...rest] = text.trim().split('\r\n');
    expect(head).toContain('Saat (UTC);Kim;');
    expect(row).toContain(';Aylin Demir;;lisans sayısını değiştirdi;');
    expect(row).toContain('Lisans sayısı: 12 → 13');
    expect(rest).toEqual([]);
    const [entry] = await find();
    expect(entry).toMatchObject({ action: 'audit.exported', actor: { name: 'Aylin Demir' } });
    expect(entry?.changes).toContainEqual(expect.objectContaining({ field: 'action', after: 'seats.changed' }));
  });

  it('whole, however many entries there are', async () => {
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `with written as (
           insert into audit_records (customer_id, audit_id, partner_id, action, subject_id, details, correlation_id, at)
           select $1::uuid, gen_random_uuid(), $1::uuid, 'path.switched', '=1+1', '{}', 'many', now() - interval '400 days' + n * interval '1 second'
           from generate_series(1, 2500) n returning customer_id, audit_id, partner_id)
         insert into audit_unsealed select * from written`,
        [PARTNERS.kuzey],
      ),
    );
    const { text } = await download('correlationId=many');
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(2501);
    expect(new Set(lines).size).toBe(2501);
    // A spreadsheet must not take an id for a formula.
    expect(lines[1]).toContain(`,'=1+1,`);
  });

  it('without the words that were searched for, which may be a person’s name', async () => {
    await download('search=G%C3%BClay');
    const [entry] = await find({ action: 'audit.exported' });
    expect(JSON.stringify(entry?.changes)).not.toContain('Gülay');
  });
});

describe('the address of a client', () => {
  const ask = async (trustProxy: string | undefined) => {
    const { context } = deployment;
    const config = readConfig({ ...(trustProxy !== undefined && { YUKSELT_TRUSTED_PROXIES: trustProxy }) }, []);
    const state = { demo: true, clockOffsetMs: 0, faults: { rules: [], seed: 1 } as never, setupCode: undefined };
    const app = await createApp({
      config: { ...config, sandbox: false, rateLimit: 0 },
      context,
      deployment: state,
      scenarios: {} as never,
    });
    try {
      const token = await deployment.tokenOf('selim@kuzey.example');
      await app.inject({
        method: 'DELETE',
        url: '/api/paths/apps-business--o365-e5',
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.9' },
      });
      return (await find({ outcome: 'refused' }))[0]?.address;
    } finally {
      await app.close();
    }
  };

  it('is that of the connection, whatever a client claims', async () => {
    expect(await ask(undefined)).toBe('127.0.0.1');
    expect(await ask('10.0.0.0/8')).toBe('127.0.0.1');
  });

  it('is what a trusted proxy tells', async () => {
    expect(await ask('127.0.0.1')).toBe('203.0.113.9');
    expect(await ask('10.0.0.0/8, 127.0.0.0/8')).toBe('203.0.113.9');
  });
});

describe('how long the log is kept', () => {
  it('is the Global admin’s to set, and any change is in the log', async () => {
    expect(valueOf(await selim('showSettings', {}))).toEqual({ auditDays: null });
    expect(problemOf(await aylin('changeSettings', { body: { auditDays: 90 } })).code).toBe('role-not-allowed');
    valueOf(await gulay('changeSettings', { body: { auditDays: 730 } }));
    valueOf(await gulay('changeSettings', { body: { auditDays: 730 } }));
    expect(valueOf(await aylin('showAuditVerification', {})).auditDays).toBe(730);
    const changed = await find({ action: 'settings.changed', outcome: 'done' });
    expect(changed.map(({ changes }) => changes)).toEqual([
      [{ field: 'auditDays', label: 'Days kept', before: null, after: '730' }],
    ]);
    valueOf(await gulay('changeSettings', { body: { auditDays: null } }));
  });

  it.each([89, 0, -1, 36_501, 90.5, '90'])('%j days are refused', async (auditDays) => {
    const problem = problemOf(await gulay('changeSettings', { body: { auditDays: auditDays as number } }));
    expect(problem.fields?.[0]?.field).toBe('auditDays');
  });
});

describe('yukselt audit verify', () => {
  const MAIN = fileURLToPath(new URL('../server/main.ts', import.meta.url));
  const run = (args: readonly string[], databaseUrl = deployment.connectionString) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl, NODE_OPTIONS: '' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'audit', ...args], { env, encoding: 'utf8' });
    return { status, lines: stdout.trim().split('\n'), stderr };
  };

  it('says a line for each partner, and ends with 0 while nothing is broken', async () => {
    const sealing = sealAudit(deployment.context);
    while (await sealing.run());
    const { status, lines } = run(['verify']);
    expect(status).toBe(0);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines.find((line) => line.includes(PARTNERS.kuzey))).toMatch(
      /: unbroken since \S+; \d+ entries sealed, \d+ waiting; the chain ends with seal \d+, [0-9a-f]{64}$/,
    );
    expect(run(['verify', '--partner', PARTNERS.westwind]).lines).toHaveLength(1);
  });

  it('ends with 2 where it cannot say', () => {
    for (const args of [[], ['seal'], ['verify', '--partner', 'x'], ['verify', '--all'], ['verify', 'me']]) {
      expect(run(args), args.join(' ')).toMatchObject({ status: 2, lines: [''] });
    }
    expect(run(['verify', '--partner', deployment.context.newId()])).toMatchObject({ status: 2 });
    const gone = run(['verify'], 'postgres://nobody:secret@127.0.0.1:1/none');
    expect(gone.status).toBe(2);
    expect(gone.stderr).not.toContain('secret');
    expect(gone.stderr).not.toContain('    at ');
  });

  it('ends with 1 and names the entry that was changed', async () => {
    const [entry] = await find();
    const url = new URL(inject('postgres'));
    url.pathname = new URL(deployment.connectionString).pathname;
    const superuser = new pg.Client({ connectionString: url.href });
    await superuser.connect();
    await superuser.query(`set session_replication_role = 'replica'`);
    await superuser.query(`update audit_records set subject_id = 'forged' where audit_id = $1`, [entry?.auditId]);
    await superuser.end();
    const { status, lines } = run(['verify']);
    expect(status).toBe(1);
    expect(lines.find((line) => line.includes(PARTNERS.kuzey))).toContain(
      `BROKEN: entry ${entry?.auditId} of seal ${entry?.sealNumber} was changed`,
    );
    expect(run(['verify', '--partner', PARTNERS.westwind]).status).toBe(0);
  });

  it('does not make a database where there is none', () => {
    const env = { ...process.env, NODE_OPTIONS: '', YUKSELT_DATA: join(MAIN, '..', '..', 'no-such-place') };
    const { status, stderr } = spawnSync(process.execPath, [MAIN, 'audit', 'verify'], {
      env: Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'DATABASE_URL')),
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/There is no database in/);
  });
});
