import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
afterEach(() => deployment.reset());

const PASSWORD = 'yedi güzel kiraz ağacı';
const ROUNDS = 8;
type Person = { readonly agentId: string; readonly email: string; readonly api: Client };

const asSystem = (text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Record<string, unknown>>(text, values));
const anonymous = () => createClient({ baseUrl: deployment.url });
const join = (joinPath: string, password = PASSWORD) =>
  anonymous()('join', { body: { token: joinPath.split('#')[1] ?? '', password } });

async function hire(boss: Client, name: string): Promise<Person> {
  const email = `${name}@kuzey.example`;
  const body = { email, displayName: name, roles: ['globalAdmin' as const] };
  const { agent, joinPath } = valueOf(await boss('inviteAgent', { body }));
  const { session } = valueOf(await join(joinPath));
  return { agentId: agent.agentId, email, api: createClient({ baseUrl: deployment.url, token: session?.token ?? '' }) };
}

/** Global admins of Kuzey Bulut who can sign in, Gülay among them. */
async function admins(howMany: number): Promise<Person[]> {
  const api = await deployment.signIn('gulay@kuzey.example');
  const { agent } = valueOf(await api('showSession', {}));
  const people: Person[] = [{ ...agent, api }];
  for (let number = 2; number <= howMany; number++) people.push(await hire(api, `mudur${number}`));
  return people;
}

const adminsLeft = async () => {
  const [row] = await asSystem(
    `select count(*)::int as count from agents a where partner_id = $1 and 'globalAdmin' = any (roles) and not invited
       and removed_at is null and not exists (select 1 from join_links l where l.agent_id = a.agent_id)`,
    [PARTNERS.kuzey],
  );
  return Number(row?.['count']);
};

describe('two Global admins at once', () => {
  it.each([
    ['remove each other', (api: Client, agentId: string) => api('removeAgent', { params: { agentId } })],
    [
      'take the role from each other',
      (api: Client, agentId: string) => api('changeAgentRoles', { params: { agentId }, body: { roles: [] } }),
    ],
    [
      'reset each other’s password',
      (api: Client, agentId: string) => api('resetAgentPassword', { params: { agentId } }),
    ],
  ])('who %s: one is left, and the other learns that it may not any more', async (_what, act) => {
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other] = (await admins(2)) as [Person, Person];
      const answers = await Promise.all([act(one.api, other.agentId), act(other.api, one.agentId)]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      const refused = answers.find((answer) => !answer.ok);
      if (!refused) throw new Error('both went through');
      expect(['role-not-allowed', 'not-signed-in', 'last-global-admin']).toContain(problemOf(refused).code);
      expect(await adminsLeft()).toBe(1);
      await deployment.reset();
    }
  });

  it('of three who go for each other in a ring, at least one is left', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [a, b, c] = (await admins(3)) as [Person, Person, Person];
      await Promise.all([
        a.api('removeAgent', { params: b }),
        b.api('resetAgentPassword', { params: c }),
        c.api('changeAgentRoles', { params: a, body: { roles: ['adminAgent'] } }),
      ]);
      expect(await adminsLeft()).toBeGreaterThanOrEqual(1);
      await deployment.reset();
    }
  });
});

describe('one link used several times at once', () => {
  it('sets one password and signs in once', async () => {
    const [boss] = (await admins(1)) as [Person];
    const body = { email: 'tek@kuzey.example', displayName: 'Tek', roles: [] };
    const { joinPath, agent } = valueOf(await boss.api('inviteAgent', { body }));
    const passwords = ['birinci uzun parola', 'ikinci uzun parola', 'üçüncü uzun parola', 'dördüncü uzun parola'];
    const answers = await Promise.all(passwords.map((password) => join(joinPath, password)));
    const winners = passwords.filter((_password, index) => answers[index]?.ok);
    expect(winners).toHaveLength(1);
    expect(await asSystem('select 1 from sessions where agent_id = $1', [agent.agentId])).toHaveLength(1);
    const signedIn = await anonymous()('signIn', { body: { email: body.email, password: winners[0] ?? '' } });
    expect(signedIn.ok).toBe(true);
  });
});

describe('an invitation used while its agent is removed', () => {
  it('leaves nobody signed in, whichever comes first', async () => {
    const [boss] = (await admins(1)) as [Person];
    for (let round = 0; round < ROUNDS; round++) {
      const body = { email: `giden${round}@kuzey.example`, displayName: 'Giden', roles: [] };
      const { joinPath, agent } = valueOf(await boss.api('inviteAgent', { body }));
      const params = { agentId: agent.agentId };
      const [, removed] = await Promise.all([join(joinPath), boss.api('removeAgent', { params })]);
      expect(removed.ok).toBe(true);
      expect(await asSystem('select 1 from sessions where agent_id = $1', [agent.agentId])).toEqual([]);
    }
  });
});

describe('a sign-in while its agent is removed', () => {
  it('opens no session that outlives the removal', async () => {
    const [boss, other] = (await admins(2)) as [Person, Person];
    for (let round = 0; round < ROUNDS; round++) {
      const params = { agentId: other.agentId };
      await Promise.all([
        anonymous()('signIn', { body: { agent: other.email } }),
        boss.api('removeAgent', { params }),
        anonymous()('signIn', { body: { agent: other.email } }),
      ]);
      expect(await asSystem('select 1 from sessions where agent_id = $1', [other.agentId])).toEqual([]);
      valueOf(await boss.api('restoreAgent', { params }));
    }
  });
});

describe('one address', () => {
  it('invited twice at once by colleagues is one agent', async () => {
    const people = await admins(2);
    const body = { email: 'ayni@kuzey.example', displayName: 'Aynı', roles: [] };
    const answers = await Promise.all([...people, ...people].map(({ api }) => api('inviteAgent', { body })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers.filter((one) => !one.ok)) expect(problemOf(answer).code).toBe('agent-exists');
  });

  it('accepted at once at two partners signs in to one of them', async () => {
    const [boss] = (await admins(1)) as [Person];
    await asSystem(`update agents set roles = '{globalAdmin}' where email = 'wendy@westwind.example'`);
    const wendy = await deployment.signIn('wendy@westwind.example');
    const body = { email: 'ortak@example.com', displayName: 'Ortak', roles: [] };
    const links = [valueOf(await boss.api('inviteAgent', { body })), valueOf(await wendy('inviteAgent', { body }))];
    const answers = await Promise.all(links.map(({ joinPath }) => join(joinPath)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers.filter((one) => !one.ok)) expect(problemOf(answer).code).toBe('address-in-use');
  });
});
