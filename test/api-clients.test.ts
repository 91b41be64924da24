import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
/** An Admin agent of Kuzey Bulut. */
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

const create = async (name = 'Fatura aktarımı') => valueOf(await aylin('createApiClient', { body: { name } }));
const clientsOf = async (api: Client) => valueOf(await api('listApiClients', {})).items;
const find = async (clientId: string) => (await clientsOf(aylin)).find((one) => one.clientId === clientId);

type Asked = {
  readonly status: number;
  readonly body: Readonly<Record<'error' | 'access_token' | 'refresh_token', string>>;
};

/** Asks the token endpoint of Kuzey Bulut. */
async function ask(form: Record<string, string>): Promise<Asked> {
  const body = new URLSearchParams({ scope: 'https://api.partnercenter.microsoft.com/.default', ...form });
  const url = `${deployment.url}/${PARTNERS.kuzey}/oauth2/v2.0/token`;
  const answer = await fetch(url, { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Asked['body'] };
}

const askToken = (client: { clientId: string; secret: string }) =>
  ask({ grant_type: 'client_credentials', client_id: client.clientId, client_secret: client.secret });

/** How the Partner Center API answers a token. */
const statusWith = async (token: string) =>
  (await fetch(`${deployment.url}/v1/customers`, { headers: { authorization: `Bearer ${token}` } })).status;

const asSystem = (text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Record<string, unknown>>(text, values));

const auditOf = async (clientId: string) =>
  (await asSystem('select * from audit_records where subject_id = $1 order by audit_id', [clientId])).map((row) => ({
    ...row,
    audit_id: undefined,
  }));

describe('a created client', () => {
  it('gets a token with its secret and reads the partner’s customers', async () => {
    const created = await create();
    expect(created).toMatchObject({
      tenantId: PARTNERS.kuzey,
      roles: ['adminAgent'],
      inNameOf: null,
      lastUsedAt: null,
    });
    const { status, body } = await askToken(created);
    expect(status).toBe(200);
    expect(await statusWith(body.access_token)).toBe(200);
  });

  it('shows its secret once; the list has none, and the database keeps a hash alone', async () => {
    const { secret, tenantId: _, ...client } = await create('Gece aktarımı');
    expect(secret).toMatch(/^[\w-]{43}$/);
    const [newest, ...others] = await clientsOf(aylin);
    expect(newest).toEqual(client);
    expect(JSON.stringify([newest, ...others])).not.toMatch(/"secret"|"secretHash|sha256|argon2id/i);
    const tables = await asSystem(`select table_name from information_schema.tables where table_schema = 'public'`);
    for (const { table_name: table } of tables) {
      expect(
        await asSystem(`select 1 from "${String(table)}" t where t::text like '%' || $1 || '%'`, [secret]),
      ).toEqual([]);
    }
    const [row] = await asSystem('select secret_hash from api_clients where client_id = $1', [client.clientId]);
    expect(row?.['secret_hash']).toMatch(/^sha256\$[\w-]{43}$/);
  });

  it('is answered without leave to keep the answer anywhere', async () => {
    const answer = await aylin('createApiClient', { body: { name: 'Önbellek' } });
    expect(answer.ok && answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is remembered as used, once a minute at most', async () => {
    const created = await create();
    const uses: (string | null | undefined)[] = [];
    for (const minutes of [0, 0.5, 1.5]) {
      await deployment.moveClock(
        deployment.context.clock
          .now()
          .add({ seconds: minutes * 60 })
          .toString(),
      );
      await askToken(created);
      uses.push((await find(created.clientId))?.lastUsedAt);
    }
    expect(uses[0]).not.toBeNull();
    expect(uses[1]).toBe(uses[0]);
    expect(Date.parse(uses[2] ?? '') - Date.parse(uses[0] ?? '')).toBeGreaterThanOrEqual(120_000);
  });
});

describe('the roles of a client', () => {
  it('may be those that its maker holds, and no others but Admin agent', async () => {
    const gulay = await deployment.signIn('gulay@kuzey.example');
    const asked = (roles: ('globalAdmin' | 'adminAgent' | 'salesAgent')[]) =>
      gulay('createApiClient', { body: { name: 'Roller', roles } });
    expect(valueOf(await gulay('listApiClients', {})).rolesToGive).toEqual(['globalAdmin', 'adminAgent']);
    expect(valueOf(await asked(['globalAdmin', 'adminAgent'])).roles).toEqual(['globalAdmin', 'adminAgent']);
    expect(problemOf(await asked(['adminAgent', 'salesAgent']))).toMatchObject({
      status: 400,
      fields: [{ field: 'roles.1', message: 'Give a role that you hold yourself, or adminAgent.' }],
    });
  });

  it.each(['umut', 'selim', 'hale', 'bora', 'nil'])(
    'are no matter of %s’s, who may do nothing with clients',
    async (name) => {
      const api = await deployment.signIn(`${name}@kuzey.example`);
      const params = { clientId: 'demo-kuzey' };
      const answers = [
        await api('listApiClients', {}),
        await api('createApiClient', { body: { name: 'Deneme' } }),
        await api('rotateSecret', { params }),
        await api('revokeApiClient', { params }),
      ];
      expect(answers.map(problemOf)).toMatchObject(
        Array(4).fill({ status: 403, code: 'role-not-allowed', roles: ['globalAdmin', 'adminAgent'] }),
      );
      expect(valueOf(await api('showSession', {})).may['manageApiClients']).toBe(false);
    },
  );
});

describe('a rotated secret', () => {
  it('takes the place of the old one at once', async () => {
    const old = await create();
    const { secret } = valueOf(await aylin('rotateSecret', { params: old }));
    expect(await askToken(old)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await askToken({ ...old, secret })).status).toBe(200);
  });

  it('is not for who could not give the roles that come with it', async () => {
    const { clientId, secret } = await create();
    await asSystem(`update agents set roles = '{globalAdmin}' where email = $1`, [`${clientId}@application`]);
    const problem = problemOf(await aylin('rotateSecret', { params: { clientId } }));
    expect(problem).toMatchObject({ code: 'role-not-allowed', roles: ['globalAdmin'] });
    expect((await askToken({ clientId, secret })).status).toBe(200);
  });

  it('ends the refresh tokens that the old one brought', async () => {
    const person = { clientId: 'demo-kuzey-user', secret: 'demo-secret' };
    const { refresh_token: token } = (await askToken(person)).body;
    const { secret, inNameOf } = valueOf(await aylin('rotateSecret', { params: person }));
    expect(inNameOf).toBe('Aylin Demir');
    const refresh = { grant_type: 'refresh_token', client_id: person.clientId, client_secret: secret };
    expect(await ask({ ...refresh, refresh_token: token })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    const fresh = (await askToken({ ...person, secret })).body.refresh_token;
    expect((await ask({ ...refresh, refresh_token: fresh })).status).toBe(200);
  });

  it('is the only one that counts, though the old one was found right a moment ago', async () => {
    const created = await create();
    const rotation = new pg.Client({ connectionString: deployment.connectionString });
    await rotation.connect();
    await rotation.query(`begin; select set_config('yukselt.system', 'on', true)`);
    await rotation.query(`update api_clients set secret_hash = 'sha256$' || repeat('A', 43) where client_id = $1`, [
      created.clientId,
    ]);
    const asked = askToken(created);
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await expect.poll(() => asSystem(waiting)).toHaveLength(1);
    await rotation.query('commit');
    await rotation.end();
    expect((await asked).status).toBe(401);
  });
});

describe('a revoked client', () => {
  it('gets no token any more, and those that it has stop at once', async () => {
    const created = await create();
    const { access_token: token } = (await askToken(created)).body;
    expect(await statusWith(token)).toBe(200);
    valueOf(await aylin('revokeApiClient', { params: created }));
    expect(await statusWith(token)).toBe(401);
    expect(await askToken(created)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await find(created.clientId)).toBeUndefined();
  });

  it('may be revoked again, and cannot be given a new secret', async () => {
    const { clientId } = await create();
    const params = { clientId: clientId.toUpperCase() };
    for (let times = 0; times < 2; times++) expect((await aylin('revokeApiClient', { params })).ok).toBe(true);
    expect(problemOf(await aylin('rotateSecret', { params })).code).toBe('not-found');
    expect(await auditOf(clientId)).toHaveLength(2);
  });
});

describe('a client of another partner', () => {
  it('does not exist, and is left alone', async () => {
    const created = await create();
    const wendy = await deployment.signIn('wendy@westwind.example', 'tr');
    for (const params of [created, { clientId: 'nobody' }]) {
      for (const act of ['rotateSecret', 'revokeApiClient'] as const) {
        expect(problemOf(await wendy(act, { params }))).toMatchObject({
          status: 404,
          detail: expect.stringContaining(`API istemcisi ${params.clientId}`),
          remedy: expect.stringContaining('/api/api-clients'),
        });
      }
    }
    expect((await clientsOf(wendy)).map((one) => one.clientId)).toEqual(['demo-westwind-user']);
    expect((await askToken(created)).status).toBe(200);
  });
});

describe('the audit log', () => {
  it('has a row for each act, with the partner’s tenant as the customer, and no secret', async () => {
    const { clientId, secret } = await create();
    const rotated = valueOf(await aylin('rotateSecret', { params: { clientId } }));
    valueOf(await aylin('revokeApiClient', { params: { clientId } }));
    const rows = await auditOf(clientId);
    const { agent } = valueOf(await aylin('showSession', {}));
    const by = { customer_id: PARTNERS.kuzey, partner_id: PARTNERS.kuzey, agent_id: agent.agentId };
    expect(rows).toMatchObject([
      { ...by, action: 'api-client.created', details: { after: { roles: ['adminAgent'] } } },
      { ...by, action: 'api-client.secret-rotated', details: {} },
      { ...by, action: 'api-client.revoked', details: { before: { revoked: false }, after: { revoked: true } } },
    ]);
    for (const shown of [secret, rotated.secret, 'Fatura']) expect(JSON.stringify(rows)).not.toContain(shown);
  });
});

describe('wrong input is named in the caller’s language, and nothing is made', () => {
  it.each<[string, object, string, string, string]>([
    ['no name', {}, 'name', 'This is needed.', 'Bu alan gerekli.'],
    ['an empty name', { name: '  ' }, 'name', 'This is needed.', 'Bu alan gerekli.'],
    ['a long name', { name: 'x'.repeat(101) }, 'name', 'Give at most 100 characters.', 'En çok 100 karakter verin.'],
    ['an unknown role', { name: 'a', roles: ['king'] }, 'roles.0', 'Give one of these: ', 'Şunlardan birini verin: '],
    [
      'a role twice',
      { name: 'a', roles: ['adminAgent', 'adminAgent'] },
      'roles',
      'Name each one once.',
      'Her birini bir kez verin.',
    ],
    ['no roles', { name: 'a', roles: [] }, 'roles', 'This is needed.', 'Bu alan gerekli.'],
  ])('%s', async (_what, body, field, english, turkish) => {
    const before = (await clientsOf(aylin)).length;
    for (const [language, words] of [
      ['en', english],
      ['tr', turkish],
    ] as const) {
      const api = await deployment.signIn('aylin@kuzey.example', language);
      expect(problemOf(await api('createApiClient', { body: body as { name: string } }))).toMatchObject({
        status: 400,
        fields: [{ field, message: expect.stringContaining(words) }],
      });
    }
    expect(await clientsOf(aylin)).toHaveLength(before);
  });
});

describe('the secret of a client whose maker is gone', () => {
  it('is told of until it is rotated, in the list, before the removal and in the audit log', async () => {
    const gulay = await deployment.signIn('gulay@kuzey.example');
    const created = await create('Gece aktarımı');
    const agents = async () => valueOf(await gulay('listAgents', {})).items;
    const maker = (await agents()).find(({ email }) => email === 'aylin@kuzey.example');
    expect(maker?.secretsKnown).toContain('Gece aktarımı');
    expect((await find(created.clientId))?.secretKnownTo).toBeNull();
    const params = { agentId: maker?.agentId ?? '' };
    const rolesOf = (roles: ('salesAgent' | 'adminAgent')[]) => gulay('changeAgentRoles', { params, body: { roles } });
    await asSystem(`update agents set roles = '{globalAdmin,adminAgent}' where email = 'gulay@kuzey.example'`);
    valueOf(await rolesOf(['salesAgent']));
    const shown = async () => (await clientsOf(gulay)).find((one) => one.clientId === created.clientId)?.secretKnownTo;
    expect(await shown()).toBe('Aylin Demir');
    const [row] = await asSystem(
      `select details from audit_records where action = 'agent.roles-changed' and subject_id = $1`,
      [params.agentId],
    );
    expect(row).toMatchObject({ details: { after: { secretsKnown: expect.arrayContaining([created.clientId]) } } });
    valueOf(await gulay('rotateSecret', { params: { clientId: created.clientId } }));
    expect(await shown()).toBeNull();
    valueOf(await rolesOf(['adminAgent']));
  });
});
