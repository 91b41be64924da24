import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../contract/client.ts';
import { type Role, ROLES } from '../core/access/may.ts';
import { PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
/** Global admin and User management admin of Kuzey Bulut; an Admin agent of Westwind. */
let gulay: Client, umut: Client, wendy: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  [gulay, umut, wendy] = (await Promise.all(
    ['gulay@kuzey.example', 'umut@kuzey.example', 'wendy@westwind.example'].map((agent) => deployment.signIn(agent)),
  )) as [Client, Client, Client];
});
afterAll(() => deployment.stop());

const PASSWORD = 'yedi güzel kiraz ağacı';
const anonymous = () => createClient({ baseUrl: deployment.url });
const idOf = async (email: string, as = gulay) =>
  valueOf(await as('listAgents', {})).items.find((one) => one.email === email)?.agentId ?? '';
const find = async (agentId: string, as = gulay) =>
  valueOf(await as('listAgents', {})).items.find((one) => one.agentId === agentId);
const tokenIn = (joinPath: string) => joinPath.split('#')[1] ?? '';
const asSystem = (text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Record<string, unknown>>(text, values));

let number = 0;
/** Somebody new, invited by the Global admin. */
async function invite(roles: Role[] = ['salesAgent'], as = gulay) {
  const email = `yeni${++number}@kuzey.example`;
  const invited = valueOf(await as('inviteAgent', { body: { email, displayName: `Yeni ${number}`, roles } }));
  return { ...invited, email, agentId: invited.agent.agentId, token: tokenIn(invited.joinPath) };
}
/** Somebody new who has set a password and is signed in. */
async function hire(roles: Role[] = ['salesAgent'], password = PASSWORD) {
  const invited = await invite(roles);
  const { session } = valueOf(await anonymous()('join', { body: { token: invited.token, password } }));
  if (!session) throw new Error('joining did not sign in');
  return {
    ...invited,
    sessionToken: session.token,
    api: createClient({ baseUrl: deployment.url, token: session.token }),
  };
}
const signIn = (email: string, password = PASSWORD) => anonymous()('signIn', { body: { email, password } });
const auditOf = async (subjectId: string) =>
  (
    await asSystem(
      'select action, agent_id, customer_id, details from audit_records where subject_id = $1 order by audit_id',
      [subjectId],
    )
  ).filter(({ action }) => action !== 'agent.signed-in');

describe('an invitation', () => {
  it('gives a link that is good once, sets a password and signs in', async () => {
    const { agent, email, agentId, token, expiresAt } = await invite(['helpdeskAgent', 'salesAgent']);
    expect(agent).toMatchObject({ email, roles: ['helpdeskAgent', 'salesAgent'], state: 'invited', lastSeenAt: null });
    expect(agent.linkUntil).toBe(expiresAt);
    expect(problemOf(await signIn(email)).code).toBe('sign-in-failed');
    expect(valueOf(await anonymous()('showJoinLink', { body: { token } }))).toMatchObject({
      displayName: agent.displayName,
      email,
      partner: 'Kuzey Bulut A.Ş.',
    });
    const { session } = valueOf(await anonymous()('join', { body: { token, password: PASSWORD } }));
    expect(session?.agent).toMatchObject({ agentId, email, roles: ['helpdeskAgent', 'salesAgent'] });
    expect((await signIn(email)).ok).toBe(true);
    expect(await find(agentId)).toMatchObject({ state: 'active', linkUntil: null, lastSeenAt: expect.any(String) });
    expect(problemOf(await anonymous()('join', { body: { token, password: PASSWORD } })).code).toBe('link-not-valid');
    expect(problemOf(await anonymous()('showJoinLink', { body: { token } })).status).toBe(410);
  });

  it('is good for seven days', async () => {
    const [late, early] = [await invite(), await invite()];
    const { context } = deployment;
    await deployment.moveClock(
      context.clock
        .now()
        .add({ hours: 7 * 24 - 1 })
        .toString(),
    );
    expect((await anonymous()('join', { body: { token: early.token, password: PASSWORD } })).ok).toBe(true);
    await deployment.moveClock(context.clock.now().add({ hours: 2 }).toString());
    const body = { token: late.token, password: PASSWORD };
    expect(problemOf(await anonymous()('join', { body }))).toMatchObject({ code: 'link-not-valid', status: 410 });
    const another = valueOf(await gulay('resetAgentPassword', { params: late }));
    expect(another.agent.state).toBe('invited');
    expect((await anonymous()('join', { body: { ...body, token: tokenIn(another.joinPath) } })).ok).toBe(true);
  });

  it('shows its token in its own answer alone, uncached, and keeps a hash', async () => {
    const answer = await gulay('inviteAgent', {
      body: { email: 'gizli@kuzey.example', displayName: 'Gizli', roles: [] },
    });
    expect(answer.ok && answer.headers.get('cache-control')).toBe('no-store');
    const token = tokenIn(valueOf(answer).joinPath);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(valueOf(await gulay('listAgents', {})))).not.toContain(token);
    const tables = await asSystem(`select table_name from information_schema.tables where table_schema = 'public'`);
    for (const { table_name: table } of tables) {
      const holds = `select 1 from "${String(table)}" t where t::text like '%' || $1 || '%'`;
      expect(await asSystem(holds, [token])).toEqual([]);
    }
  });

  it('is ended by a newer one', async () => {
    const first = await invite();
    const second = valueOf(await gulay('resetAgentPassword', { params: first }));
    const join = (token: string) => anonymous()('join', { body: { token, password: PASSWORD } });
    expect(problemOf(await join(first.token)).code).toBe('link-not-valid');
    expect((await join(tokenIn(second.joinPath))).ok).toBe(true);
  });

  it('with an address that the company knows already is refused, in whatever case it is written', async () => {
    for (const email of ['selim@kuzey.example', 'SELIM@Kuzey.example']) {
      const body = { email, displayName: 'Çift', roles: [] };
      expect(problemOf(await gulay('inviteAgent', { body }))).toMatchObject({ code: 'agent-exists', status: 409 });
    }
  });

  it('answers the same for an address that another partner’s agent has; that comes out where the link is used', async () => {
    const body = { displayName: 'Wendy', roles: ['salesAgent' as const] };
    const free = valueOf(await gulay('inviteAgent', { body: { ...body, email: 'bos@westwind.example' } }));
    const taken = valueOf(await gulay('inviteAgent', { body: { ...body, email: 'Wendy@westwind.example' } }));
    const shape = ({ agent, ...rest }: typeof free) => [
      Object.keys(rest),
      { ...agent, agentId: '', email: '', linkUntil: '' },
    ];
    expect(shape(taken)).toEqual(shape(free));
    const join = () => anonymous()('join', { body: { token: tokenIn(taken.joinPath), password: PASSWORD } });
    for (let times = 0; times < 2; times++)
      expect(problemOf(await join())).toMatchObject({ code: 'address-in-use', status: 409 });
    // Who was there first signs in as before.
    expect(valueOf(await wendy('showSession', {})).agent.partner.partnerId).toBe(PARTNERS.westwind);
    const afresh = await deployment.signIn('wendy@westwind.example');
    expect(valueOf(await afresh('showSession', {})).agent.partner.partnerId).toBe(PARTNERS.westwind);
  });

  it('that nobody accepted in time gives way to another with the same address', async () => {
    const first = await invite(['salesAgent']);
    const body = { email: first.email.toUpperCase(), displayName: 'Başka Biri', roles: ['helpdeskAgent' as const] };
    expect(problemOf(await gulay('inviteAgent', { body })).code).toBe('agent-exists');
    await asSystem(`update join_links set expires_at = '2026-11-01' where agent_id = $1`, [first.agentId]);
    const second = valueOf(await gulay('inviteAgent', { body }));
    expect(second.agent).toMatchObject({ displayName: 'Başka Biri', roles: ['helpdeskAgent'], state: 'invited' });
    const join = (token: string) => anonymous()('join', { body: { token, password: PASSWORD } });
    expect(problemOf(await join(first.token)).code).toBe('link-not-valid');
    valueOf(await join(tokenIn(second.joinPath)));
  });

  it('cannot take the address of a domain that another partner proved, nor keep that one from inviting', async () => {
    await asSystem(
      `insert into identity_providers values ($1, $1, 'W', 'https://id.example', 'c', 's', '{}', null, '[]', false, now())`,
      [PARTNERS.westwind],
    );
    await asSystem(
      `insert into identity_provider_domains values ($1, 'westwind-mail.example', $1, 'token', now(), 'dns')`,
      [PARTNERS.westwind],
    );
    await asSystem(`update agents set roles = '{globalAdmin}' where email = 'wendy@westwind.example'`);
    const body = { email: 'Will@Westwind-Mail.example', displayName: 'Will', roles: ['salesAgent' as const] };
    const [squat, own] = [valueOf(await gulay('inviteAgent', { body })), valueOf(await wendy('inviteAgent', { body }))];
    const join = ({ joinPath }: typeof own) =>
      anonymous()('join', { body: { token: tokenIn(joinPath), password: PASSWORD } });
    expect(problemOf(await join(squat)).code).toBe('address-in-use');
    valueOf(await join(own));
    await asSystem(`update agents set roles = '{adminAgent}' where email = 'wendy@westwind.example'`);
  });

  it('is given by a User management admin too, with every role but Global admin', async () => {
    const all = ROLES.filter((role) => role !== 'globalAdmin');
    expect(valueOf(await umut('listAgents', {})).rolesToGive).toEqual(all);
    expect((await invite(all, umut)).agent.roles).toEqual(all);
    const body = { email: 'buyuk@kuzey.example', displayName: 'Büyük', roles: ['globalAdmin' as const] };
    expect(problemOf(await umut('inviteAgent', { body }))).toMatchObject({ status: 403, roles: ['globalAdmin'] });
    expect(await asSystem('select 1 from agents where email = $1', [body.email])).toEqual([]);
  });

  it.each([
    ['an unknown role', { roles: ['owner'] }, 'roles.0'],
    ['a role twice', { roles: ['salesAgent', 'salesAgent'] }, 'roles'],
    ['no roles at all', { roles: undefined }, 'roles'],
    ['no address', { email: 'kuzey' }, 'email'],
    ['a blank name', { displayName: '  ' }, 'displayName'],
    ['a name that cannot be stored', { displayName: 'a\0b' }, 'displayName'],
    ['a partner of one’s choice', { partnerId: PARTNERS.westwind }, 'partnerId'],
    ['a password', { passwordHash: 'argon2id$…' }, 'passwordHash'],
    ['a state', { invited: false, state: 'active' }, 'invited'],
  ])('with %s is refused and names the field', async (_what, wrong, field) => {
    const body = { email: 'yanlis@kuzey.example', displayName: 'Yanlış', roles: [], ...wrong };
    const found = problemOf(await gulay('inviteAgent', { body: body as never }));
    expect(found).toMatchObject({ status: 400, fields: expect.arrayContaining([expect.objectContaining({ field })]) });
    expect(await asSystem('select 1 from agents where email = $1', ['yanlis@kuzey.example'])).toEqual([]);
  });

  it('takes no password under 12 characters, and the link stays good', async () => {
    const { token } = await invite();
    expect(problemOf(await anonymous()('join', { body: { token, password: 'kısa' } })).fields?.[0]?.field).toBe(
      'password',
    );
    const more = { token, password: PASSWORD, roles: ['globalAdmin'] };
    expect(problemOf(await anonymous()('join', { body: more })).fields?.[0]?.field).toBe('roles');
    expect((await anonymous()('join', { body: { token, password: PASSWORD } })).ok).toBe(true);
  });

  it.each(['', 'x', 'a'.repeat(43), '\0'])('a made-up token %j is good for nothing', async (token) => {
    expect(problemOf(await anonymous()('join', { body: { token, password: PASSWORD } })).code).toBe('link-not-valid');
  });
});

describe('changed roles', () => {
  it('count from the next request on, and the audit row has them before and after', async () => {
    const { agentId, api } = await hire(['billingAdmin']);
    expect(valueOf(await api('showSession', {})).may['upgrade']).toBe(false);
    const changed = await umut('changeAgentRoles', { params: { agentId }, body: { roles: ['helpdeskAgent'] } });
    expect(valueOf(changed).roles).toEqual(['helpdeskAgent']);
    expect(valueOf(await api('showSession', {})).may['upgrade']).toBe(true);
    const umutId = await idOf('umut@kuzey.example');
    expect((await auditOf(agentId)).at(-1)).toEqual({
      action: 'agent.roles-changed',
      agent_id: umutId,
      customer_id: PARTNERS.kuzey,
      details: { before: { roles: ['billingAdmin'] }, after: { roles: ['helpdeskAgent'] } },
    });
  });

  it('that are the same change nothing, and write no audit row', async () => {
    const { agentId } = await hire();
    valueOf(await gulay('changeAgentRoles', { params: { agentId }, body: { roles: ['salesAgent'] } }));
    expect((await auditOf(agentId)).map(({ action }) => action)).toEqual(['agent.invited', 'agent.joined']);
  });

  it('are never one’s own, and Global admin is given and taken by Global admins alone', async () => {
    const change = async (as: Client, agentId: string, roles: Role[]) =>
      as('changeAgentRoles', { params: { agentId }, body: { roles } });
    const own = await idOf('umut@kuzey.example');
    expect(problemOf(await change(umut, own, ['globalAdmin'])).code).toBe('own-account');
    expect(problemOf(await change(umut, own, [])).code).toBe('own-account');
    const { agentId } = await hire();
    expect(problemOf(await change(umut, agentId, ['globalAdmin'])).code).toBe('role-not-allowed');
    valueOf(await change(gulay, agentId, ['globalAdmin', 'salesAgent']));
    expect(problemOf(await change(umut, agentId, ['salesAgent']))).toMatchObject({
      status: 403,
      roles: ['globalAdmin'],
      detail: 'Your roles: User management admin. One of these is needed: Global admin.',
    });
    expect(valueOf(await change(umut, agentId, ['globalAdmin', 'billingAdmin'])).roles).toEqual([
      'globalAdmin',
      'billingAdmin',
    ]);
    expect(valueOf(await change(gulay, agentId, [])).roles).toEqual([]);
  });

  it('are written with nothing beside them', async () => {
    const { agentId } = await hire();
    const body = { roles: ['salesAgent' as const], agentId: await idOf('selim@kuzey.example') };
    expect(problemOf(await gulay('changeAgentRoles', { params: { agentId }, body })).fields?.[0]?.field).toBe(
      'agentId',
    );
  });
});

describe('a removed agent', () => {
  it('is out at once, signs in no more, and keeps its name in the list and in the history', async () => {
    const { agentId, api, email } = await hire();
    const open = await gulay('resetAgentPassword', { params: { agentId } });
    expect((await api('showSession', {})).ok).toBe(false);
    await anonymous()('join', { body: { token: tokenIn(valueOf(open).joinPath), password: PASSWORD } });
    const session = valueOf(await signIn(email)).token;
    valueOf(await gulay('removeAgent', { params: { agentId } }));
    const after = createClient({ baseUrl: deployment.url, token: session });
    expect(problemOf(await after('listCustomers', {})).code).toBe('not-signed-in');
    expect(problemOf(await signIn(email)).code).toBe('sign-in-failed');
    expect(problemOf(await anonymous()('signIn', { body: { agent: email } })).code).toBe('sign-in-failed');
    expect(await find(agentId)).toMatchObject({ state: 'removed', displayName: expect.stringMatching(/^Yeni/) });
    const offered = valueOf(await anonymous()('listSignInWays', {})).agents.map((one) => one.email);
    expect(offered).not.toContain(email);
  });

  it('takes the programs in its name along, and no others', async () => {
    const { agentId } = await hire(['adminAgent']);
    await asSystem(
      `insert into api_clients (partner_id, client_id, name, secret_hash, agent_id, user_context, created_at)
       values ($1, 'onun-adina', 'Onun adına', 'x', $2, true, now())`,
      [PARTNERS.kuzey, agentId],
    );
    valueOf(await gulay('removeAgent', { params: { agentId } }));
    const rows = await asSystem(`select client_id from api_clients where revoked_at is not null`);
    expect(rows).toEqual([{ client_id: 'onun-adina' }]);
    expect((await auditOf('onun-adina')).map(({ action }) => action)).toEqual(['api-client.revoked']);
    valueOf(await gulay('restoreAgent', { params: { agentId } }));
    expect(await asSystem(`select client_id from api_clients where revoked_at is not null`)).toEqual(rows);
  });

  it('cannot use the link that it had, also not once it is taken back', async () => {
    const { agentId, token } = await invite();
    const join = () => anonymous()('join', { body: { token, password: PASSWORD } });
    valueOf(await gulay('removeAgent', { params: { agentId } }));
    expect(problemOf(await join()).code).toBe('link-not-valid');
    expect(valueOf(await gulay('restoreAgent', { params: { agentId } })).state).toBe('invited');
    expect(problemOf(await join()).code).toBe('link-not-valid');
  });

  it('is taken back with its roles and password, and removing and taking back again do nothing more', async () => {
    const { agentId, email } = await hire(['salesAgent', 'billingAdmin']);
    const params = { agentId };
    for (let times = 0; times < 2; times++) expect((await gulay('removeAgent', { params })).ok).toBe(true);
    for (const act of ['resetAgentPassword', 'resetSecondFactor'] as const) {
      expect(problemOf(await gulay(act, { params })).code).toBe('agent-removed');
    }
    expect(problemOf(await gulay('changeAgentRoles', { params, body: { roles: [] } })).code).toBe('agent-removed');
    for (let times = 0; times < 2; times++) {
      expect(valueOf(await gulay('restoreAgent', { params }))).toMatchObject({
        state: 'active',
        roles: ['salesAgent', 'billingAdmin'],
      });
    }
    expect((await signIn(email)).ok).toBe(true);
    const acts = (await auditOf(agentId)).map(({ action }) => action);
    expect(acts).toEqual(['agent.invited', 'agent.joined', 'agent.removed', 'agent.restored']);
  });

  it('is nobody’s own self, and no Global admin to a User management admin', async () => {
    expect(
      problemOf(await gulay('removeAgent', { params: { agentId: await idOf('gulay@kuzey.example') } })),
    ).toMatchObject({
      code: 'own-account',
      status: 422,
    });
    const { agentId } = await hire(['globalAdmin']);
    const params = { agentId };
    const asked = ['removeAgent', 'resetAgentPassword', 'resetSecondFactor'] as const;
    for (const act of asked) expect(problemOf(await umut(act, { params })).roles).toEqual(['globalAdmin']);
    valueOf(await gulay('removeAgent', { params }));
    expect(problemOf(await umut('restoreAgent', { params })).roles).toEqual(['globalAdmin']);
  });
});

describe('a reset', () => {
  it('of the password ends the old one and every session, and brings a link', async () => {
    const { agentId, api, email } = await hire();
    const { joinPath, agent } = valueOf(await umut('resetAgentPassword', { params: { agentId } }));
    expect(agent).toMatchObject({ state: 'active', linkUntil: expect.any(String) });
    expect(problemOf(await api('showSession', {})).code).toBe('not-signed-in');
    expect(problemOf(await signIn(email)).code).toBe('sign-in-failed');
    valueOf(await anonymous()('join', { body: { token: tokenIn(joinPath), password: 'başka bir uzun parola' } }));
    expect(problemOf(await signIn(email)).code).toBe('sign-in-failed');
    expect((await signIn(email, 'başka bir uzun parola')).ok).toBe(true);
    const acts = (await auditOf(agentId)).map(({ action }) => action);
    expect(acts.slice(2)).toEqual(['agent.password-reset', 'agent.password-changed']);
  });

  it('of the second factor ends it, its codes and every session; the password stays, and a repeat does nothing', async () => {
    const { agentId, api } = await hire();
    const factor = `update agents set totp_secret = 'JBSWY3DPEHPK3PXP', totp_confirmed_at = now() where agent_id = $1`;
    await asSystem(factor, [agentId]);
    await asSystem(`insert into recovery_codes values ($1, $2, 'x')`, [PARTNERS.kuzey, agentId]);
    expect(await find(agentId)).toMatchObject({ secondFactor: true });
    for (let times = 0; times < 2; times++) valueOf(await umut('resetSecondFactor', { params: { agentId } }));
    expect(await find(agentId)).toMatchObject({ secondFactor: false });
    expect(await asSystem('select 1 from recovery_codes where agent_id = $1', [agentId])).toEqual([]);
    expect(problemOf(await api('showSession', {})).code).toBe('not-signed-in');
    expect((await auditOf(agentId)).filter(({ action }) => action === 'agent.second-factor-reset')).toHaveLength(1);
  });

  it('of the password does not get past a second factor', async () => {
    const { agentId } = await hire();
    const factor = `update agents set totp_secret = 'JBSWY3DPEHPK3PXP', totp_confirmed_at = now() where agent_id = $1`;
    await asSystem(factor, [agentId]);
    const { joinPath } = valueOf(await gulay('resetAgentPassword', { params: { agentId } }));
    const answer = await anonymous()('join', { body: { token: tokenIn(joinPath), password: PASSWORD } });
    expect(valueOf(answer)).toEqual({ session: null });
    expect(answer.ok && answer.headers.get('set-cookie')).toBeNull();
    expect(await asSystem('select 1 from sessions where agent_id = $1', [agentId])).toEqual([]);
  });
});

describe('the last Global admin', () => {
  it('cannot be removed, lose the role or be locked out, as long as a second one has only been invited', async () => {
    await deployment.reset();
    const [boss, second] = [await deployment.signIn('gulay@kuzey.example'), 'ikinci@kuzey.example'];
    const body = { email: second, displayName: 'İkinci', roles: ['globalAdmin' as const] };
    const { agent, joinPath } = valueOf(await boss('inviteAgent', { body }));
    const { session } = valueOf(await anonymous()('join', { body: { token: tokenIn(joinPath), password: PASSWORD } }));
    const api = createClient({ baseUrl: deployment.url, token: session?.token ?? '' });
    const params = { agentId: await idOf('gulay@kuzey.example', boss) };
    // Whoever is only waiting for a new password does not count.
    await asSystem(
      `insert into join_links (partner_id, agent_id, token_hash, expires_at) values ($1, $2, 'x', now() + interval '1 year')`,
      [PARTNERS.kuzey, agent.agentId],
    );
    const refused = [
      await api('removeAgent', { params }),
      await api('changeAgentRoles', { params, body: { roles: ['adminAgent'] } }),
      await api('resetAgentPassword', { params }),
    ];
    expect(refused.map((one) => problemOf(one).code)).toEqual(Array(3).fill('last-global-admin'));
    expect((await find(params.agentId, api))?.hindrances).toMatchObject({
      remove: 'last-global-admin',
      takeGlobalAdmin: 'last-global-admin',
      changeRoles: null,
      resetSecondFactor: null,
    });
    await asSystem(`delete from join_links where agent_id = $1`, [agent.agentId]);
    expect((await api('removeAgent', { params })).ok).toBe(true);
  });
});

describe('the agents of another partner, and programs', () => {
  it('do not exist', async () => {
    const boss = await deployment.signIn('ikinci@kuzey.example').catch(() => deployment.signIn('gulay@kuzey.example'));
    const listed = valueOf(await boss('listAgents', {})).items;
    expect(listed.map(({ email }) => email).filter((email) => !email.endsWith('@kuzey.example'))).toEqual([]);
    const [foreign] = await asSystem(`select agent_id from agents where email = 'wendy@westwind.example'`);
    const [program] = await asSystem(`select agent_id from agents where application and partner_id = $1`, [
      PARTNERS.kuzey,
    ]);
    for (const row of [foreign, program, { agent_id: deployment.context.newId() }]) {
      const params = { agentId: String(row?.['agent_id']) };
      const answers = [
        await boss('changeAgentRoles', { params, body: { roles: [] } }),
        await boss('removeAgent', { params }),
        await boss('restoreAgent', { params }),
        await boss('resetAgentPassword', { params }),
        await boss('resetSecondFactor', { params }),
      ];
      for (const answer of answers) {
        expect(problemOf(answer)).toMatchObject({ status: 404, remedy: expect.stringContaining('/api/agents') });
      }
    }
  });
});

describe('whoever may not manage agents', () => {
  it.each(['aylin', 'selim', 'hale', 'bora', 'nil'])('%s neither sees the list nor does anything', async (name) => {
    const api = await deployment.signIn(`${name}@kuzey.example`);
    const params = { agentId: deployment.context.newId() };
    const body = { email: 'x@kuzey.example', displayName: 'X', roles: [] };
    const answers = [
      await api('listAgents', {}),
      await api('inviteAgent', { body }),
      await api('changeAgentRoles', { params, body: { roles: [] } }),
      await api('removeAgent', { params }),
      await api('restoreAgent', { params }),
      await api('resetAgentPassword', { params }),
      await api('resetSecondFactor', { params }),
    ];
    for (const answer of answers) {
      expect(problemOf(answer)).toMatchObject({
        status: 403,
        action: 'manageAgents',
        roles: ['globalAdmin', 'userManagementAdmin'],
      });
    }
  });

  it('is told without a dash when it has no role at all', async () => {
    for (const [language, words] of [
      ['en', 'Your roles: none.'],
      ['tr', 'Rolleriniz: yok.'],
    ] as const) {
      const nil = await deployment.signIn('nil@kuzey.example', language);
      expect(problemOf(await nil('listAgents', {})).detail).toContain(words);
    }
  });
});

describe('who may do what', () => {
  it('is told to every agent, also without a role, with words for each action in both languages', async () => {
    const nil = await deployment.signIn('nil@kuzey.example', 'tr');
    const { roles, actions } = valueOf(await nil('listRoles', {}));
    expect(roles.map(({ role }) => role)).toEqual(ROLES);
    expect(actions.find(({ action }) => action === 'manageAgents')).toEqual({
      action: 'manageAgents',
      name: 'Kişileri davet etme, kaldırma ve rol verme',
      roles: ['globalAdmin', 'userManagementAdmin'],
    });
    const { may } = valueOf(await nil('showSession', {}));
    expect(actions.map(({ action }) => action).toSorted()).toEqual(Object.keys(may).toSorted());
  });

  it('names colleagues to ask: five at most and how many there are, never those who cannot act', async () => {
    await deployment.reset();
    const [nil, boss] = [await deployment.signIn('nil@kuzey.example'), await deployment.signIn('gulay@kuzey.example')];
    const ask = async (action: 'manageAgents' | 'upgrade') =>
      valueOf(await nil('listAgentsThatMay', { params: { action } }));
    expect(await ask('manageAgents')).toEqual({ names: ['Gülay Aksoy', 'Umut Yıldız'], count: 2 });
    for (const name of ['Ali', 'Bahar', 'Can']) {
      const body = { email: `${name.toLowerCase()}@kuzey.example`, displayName: name, roles: ['salesAgent' as const] };
      const { joinPath, agent } = valueOf(await boss('inviteAgent', { body }));
      if (name !== 'Can') await anonymous()('join', { body: { token: tokenIn(joinPath), password: PASSWORD } });
      if (name === 'Bahar') valueOf(await boss('removeAgent', { params: agent }));
    }
    const upgraders = await ask('upgrade');
    expect(upgraders).toEqual({ names: ['Ali', 'Aylin Demir', 'Gülay Aksoy', 'Hale Işık', 'Selim Koç'], count: 6 });
    const wrong = await nil('listAgentsThatMay', { params: { action: 'everything' as never } });
    expect(problemOf(wrong).status).toBe(400);
  });
});
