import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { endpoints } from '../contract/endpoints.ts';
import { type Action, may, type Role, ROLES } from '../core/access/may.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { ONE_PRICE } from './price-files.ts';
import { type DescribedOperation, operationsOf, readDescription } from './dialect-description.ts';
import { askToken, AUDIENCE } from './partner-center-client.ts';
import { type Known, soundValue } from './sound-values.ts';

const NEW = '0b1c2d3e-0000-4000-8000-000000000001';
/** A customer that nobody has, also where a body may leave it out. */
const NOBODY: Known = { customerId: NEW };
const AYLIN = 'aylin@kuzey.example';
const WENDY = 'wendy@westwind.example';
/** How the dialect says that no role allows it. */
const WITHOUT_ROLE = 1002;
const BUSINESS_BASIC_SKU = '3b555118-da6a-4418-894f-7df1e2096870';
const HELD: readonly (readonly Role[])[] = [[], ...ROLES.map((role) => [role])];

let deployment: TestDeployment;
let own: Walker;
let foreign: Walker;
let kuzey: Known;
let operations: readonly DescribedOperation[];
beforeAll(async () => {
  deployment = await startDeployment();
  own = await walk(AYLIN, 'demo-kuzey-user', PARTNERS.kuzey);
  foreign = await walk(WENDY, 'demo-westwind-user', PARTNERS.westwind);
  await hold(WENDY, ROLES);
  kuzey = await workOfKuzey();
  operations = operationsOf(await readDescription(deployment.url));
});
afterAll(() => deployment.stop());

/** Somebody who can call both APIs: by a session, and by a program that comes in the same person's name. */
type Walker = { readonly session: string; readonly token: string };

async function walk(email: string, clientId: string, tenant: string): Promise<Walker> {
  const form = { client_id: clientId, resource: AUDIENCE };
  const { body } = await askToken<{ access_token: string }>(deployment, form, `/${tenant}/oauth2/token`);
  return { session: await deployment.tokenOf(email), token: body.access_token };
}

async function hold(email: string, roles: readonly Role[]): Promise<void> {
  await deployment.context.database.asSystem((tx) =>
    tx.query('update agents set roles = $2 where email = $1', [email, roles]),
  );
}

/** Ids of things that are Kuzey Bulut's, by the name under which paths and bodies ask for them. */
async function workOfKuzey(): Promise<Known> {
  const api = await deployment.signIn(AYLIN);
  const params = { customerId: customerId(10), subscriptionId: subscriptionId(10) };
  const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' as const };
  const { quoteId } = valueOf(await api('quoteUpgrade', { params, body }));
  const { upgradeId } = valueOf(await api('submitQuote', { params: { ...params, quoteId } }));
  const [session] = valueOf(await api('listSessions', {})).items;
  const { grants } = valueOf(await api('showRelationship', { params }));
  const asked = { customerId: customerId(10), privileges: { kind: 'none' }, language: 'tr' } as const;
  const { requestId } = valueOf(await api('requestRelationship', { body: asked }));
  const provider = {
    name: 'Kuzey',
    issuer: 'https://id.example',
    clientId: 'c',
    clientSecret: 's',
    domains: ['kuzey.example'],
  };
  await hold(AYLIN, ['globalAdmin', 'adminAgent']);
  const { providerId } = valueOf(await api('createIdentityProvider', { body: provider }));
  const hook = { url: 'https://hook.example/', events: ['upgrade.applied' as const], description: '', enabled: true };
  const { webhookId } = valueOf(await api('registerWebhook', { body: hook }));
  const { eventId } = valueOf(await api('testWebhook', { params: { webhookId } }));
  const recorded = { offerId: OFFERS.o365E5, channel: 'retail' as const, quantity: 1 };
  const { recordedSubscriptionId } = valueOf(await api('recordSubscription', { params, body: recorded }));
  const watched = { ...params, targetOfferId: OFFERS.o365E3 };
  const { watchId } = valueOf(await api('setWatch', { params: watched, body: { checkOn: '2026-12-01' } }));
  await hold(AYLIN, ['adminAgent']);
  const choose = { by: 'hand' as const, subscriptions: [params] };
  const campaign = { name: 'A', targetOfferId: OFFERS.o365E3, choose };
  const { campaignId } = valueOf(await api('createCampaign', { body: campaign }));
  const file = { query: { fileName: 'list.csv' }, body: new Blob([ONE_PRICE]) };
  const { importId } = valueOf(await api('sendImport', file));
  const { orderId } = valueOf(await api('showSubscription', { params }));
  const [invoice] = valueOf(await api('listInvoices', {})).items;
  return {
    campaignId,
    choose,
    invoiceNumber: invoice?.invoiceNumber,
    orderId,
    providerId,
    webhookId,
    eventId,
    recordedSubscriptionId,
    watchId,
    visitId: NEW,
    importId,
    customerId: customerId(10),
    subscriptionId: subscriptionId(10),
    requestId,
    privilegesId: grants[0]?.privilegesId,
    sessionId: session?.sessionId,
    quoteId,
    upgradeId,
    userId: userId(10, 1),
    userIds: [userId(10, 1)],
    clientId: 'demo-kuzey',
    agentId: valueOf(await api('showSession', {})).agent.agentId,
    pathId: 'apps-business--o365-e5',
    targetOfferId: OFFERS.o365E3,
    offerId: OFFERS.businessBasic,
    lineItems: [{ offerId: OFFERS.businessBasic, catalogItemId: OFFERS.businessBasic, quantity: 1 }],
    licensesToAssign: [{ skuId: BUSINESS_BASIC_SKU }],
    qualification: 'education',
    relationshipToPartner: 'none',
    recordid: `${PARTNERS.kuzey}_${customerId(10)}_${NEW}`,
  };
}

type Answer = { readonly status: number; readonly text: string };
type Request = { readonly method: string; readonly url: string; readonly body: unknown; readonly token?: string };

async function send({ method, url, body, token }: Request): Promise<Answer> {
  const response = await fetch(deployment.url + url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': body === FILE ? 'text/csv' : 'application/json' }),
    },
    ...(body !== undefined && { body: body === FILE ? FILE : JSON.stringify(body) }),
    redirect: 'manual',
  });
  // A stream of changes has no end to wait for.
  const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (isEndless) await response.body?.cancel();
  return { status: response.status, text: isEndless ? '' : await response.text() };
}

/** A line that nobody can take for something of anybody's. */
const FILE = 'customer,offer,channel,seats\nnobody.example,nothing,direct,1';

/** A request that only who asks can be wrong with. */
function requestTo({ method, path, body, params, query, takes }: Endpoint, known: Known): Omit<Request, 'token'> {
  const value = (schema: z.ZodType) =>
    soundValue(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), known) as Record<string, unknown>;
  const ids = params ? value(params) : {};
  const asked = query ? value(query) : {};
  const written = Object.entries(asked).map(([name, one]) => [name, String(one)] as [string, string]);
  const search = new URLSearchParams(written).toString();
  const url = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(ids[name])));
  return { method, url: search ? `${url}?${search}` : url, body: takes ? FILE : body && value(body) };
}

function requestOf({ method, path, body }: DescribedOperation, known: Known): Omit<Request, 'token'> {
  const byName = Object.fromEntries(Object.entries(known).map(([name, id]) => [name.toLowerCase(), String(id)]));
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(byName[name] ?? NEW));
  return { method, url, body: body && method !== 'GET' ? soundValue(body, known, path.split('/').at(-1)) : undefined };
}

const ours = Object.entries<Endpoint>(endpoints).map(([name, endpoint]) => ({ name, endpoint }));
const signedIn = ours.filter(({ endpoint }) => !endpoint.open);
/** What needs no sign-in; to add to it is a decision. */
const OPEN = [
  'answerRequest',
  'askDeviceCode',
  'beginCustomerSignIn',
  'checkCode',
  'join',
  'listSignInWays',
  'requestDeviceCode',
  'resendConfirmation',
  'sendCode',
  'setUp',
  'showAcceptance',
  'showJoinLink',
  'signIn',
];
const isSandbox = (endpoint: Endpoint) => endpoint.tag === 'Sandbox';

describe('our own API, endpoint by endpoint', () => {
  it('is open only where somebody decided so', () => {
    const open = ours.filter(({ endpoint }) => endpoint.open && !isSandbox(endpoint)).map(({ name }) => name);
    expect(open.toSorted()).toEqual(OPEN);
  });

  it.each(signedIn)('$name answers nobody who is not signed in', async ({ endpoint }) => {
    const request = requestTo(endpoint, {});
    for (const token of [undefined, 'nonsense', own.token]) {
      expect((await send({ ...request, ...(token && { token }) })).status).toBe(401);
    }
  });

  it.each(signedIn)('$name does for each role what the table of roles says', async ({ endpoint }) => {
    // Of things that are not there, so that who may do it changes nothing.
    const request = requestTo(endpoint, NOBODY);
    for (const roles of HELD) {
      await hold(AYLIN, roles);
      const answer = await send({ ...request, token: await deployment.tokenOf(AYLIN) });
      const allowed = endpoint.asks === null || may(roles, endpoint.asks ?? 'view');
      expect({ roles, ...standing(answer) }).toEqual({ roles, refused: !allowed });
    }
    await hold(AYLIN, ['adminAgent']);
  });
});

describe('our own API as another partner’s agent with every role', () => {
  it.each(signedIn)('$name neither shows nor changes anything of Kuzey Bulut', async ({ endpoint }) => {
    const before = await snapshot();
    const answer = await send({ ...requestTo(endpoint, kuzey), token: await deployment.tokenOf(WENDY) });
    const names = idsIn(endpoint);
    expect(names.filter((name) => !(name in kuzey))).toEqual([]);
    if (names.length > 0) expect(answer).toMatchObject({ status: 404 });
    else expect(answer.status).toBeLessThan(500);
    expect(secretsIn(answer)).toEqual([]);
    expect(await snapshot()).toEqual(before);
  });
});

describe('the Partner Center API', () => {
  it('answers nobody who comes without a token, with a session or with a forged token', async () => {
    for (const operation of operations) {
      for (const token of [undefined, own.session, `${own.token}x`]) {
        const answer = await send({ ...requestOf(operation, {}), ...(token && { token }) });
        expect({ path: operation.path, status: answer.status }).toEqual({ path: operation.path, status: 401 });
      }
    }
  });

  it.each(HELD.map((roles) => ({ roles })))('does for $roles what the table of roles says', async ({ roles }) => {
    await hold(AYLIN, roles);
    const wrong: string[] = [];
    for (const operation of operations.filter(({ succeeds }) => succeeds)) {
      const allowed = operation.asks === null || may(roles, operation.asks as Action);
      // Who may do it is given nothing to do it with; who may not, something real.
      const answer = await send({ ...requestOf(operation, allowed ? {} : kuzey), token: own.token });
      const refused = answer.status === 403 && codeOf(answer) === WITHOUT_ROLE;
      if (refused === allowed || answer.status >= 500) wrong.push(tellOf(operation, answer));
    }
    await hold(AYLIN, ['adminAgent']);
    expect(wrong).toEqual([]);
  });

  it('neither shows nor changes anything of Kuzey Bulut to another partner’s program with every role', async () => {
    const before = await snapshot();
    const wrong: string[] = [];
    for (const operation of operations) {
      const answer = await send({ ...requestOf(operation, kuzey), token: foreign.token });
      const isKuzeys = operation.succeeds && /\{customerid\}/.test(operation.path);
      if ((isKuzeys && answer.status !== 404) || secretsIn(answer).length > 0) wrong.push(tellOf(operation, answer));
    }
    expect(wrong).toEqual([]);
    expect(await snapshot()).toEqual(before);
  });
});

function tellOf({ method, path }: DescribedOperation, { status, text }: Answer): string {
  return `${method} ${path}: ${status} ${text}`;
}

/** The things that an address of an endpoint names, other than what all partners have. */
function idsIn({ path }: Endpoint): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name).filter((name) => !COMMON.has(name));
}

/** Every partner has the same paths, which it switches for itself, and the same actions. */
const COMMON = new Set(['pathId', 'action']);

/** What is Kuzey Bulut’s alone and stands in an answer that is not for it; what was asked for may be repeated. */
function secretsIn({ text }: Answer): string[] {
  const asked = new Set(Object.values(kuzey).flat().map(String));
  return secrets.filter((secret) => text.includes(secret) && !asked.has(secret));
}

let secrets: readonly string[];
beforeAll(async () => {
  const rows = await deployment.context.database.asSystem((tx) =>
    tx.query<{ secret: string }>(
      `with mine as (select customer_id from relationships where partner_id = $1
         except select customer_id from relationships where partner_id = $2)
       select name as secret from customers join mine using (customer_id)
       union select customer_id::text from mine
       union select subscription_id::text from subscriptions where partner_id = $1
       union select user_principal_name from users join mine using (customer_id)
       union select agent_id::text from agents where partner_id = $1
       union select email from agents where partner_id = $1
       union select upgrade_id::text from upgrades where partner_id = $1
       union select quote_id::text from quotes where partner_id = $1
       union select audit_id::text from audit_records where partner_id = $1
       union select client_id from api_clients where partner_id = $1`,
      [PARTNERS.kuzey, PARTNERS.westwind],
    ),
  );
  secrets = rows.map(({ secret }) => secret);
});

/** A digest of every row that is Kuzey Bulut's, or of a customer that it alone has; sessions and the use of clients go on beside. */
async function snapshot(): Promise<Record<string, string | null>> {
  return deployment.context.database.asSystem(async (tx) => {
    const tables = await tx.query<{ table: string; column: string }>(
      `select c.table_name as table,
         coalesce(min(c.column_name) filter (where c.column_name = 'partner_id'), 'customer_id') as column
       from information_schema.columns c
       where c.table_schema = 'public' and c.column_name in ('partner_id', 'customer_id')
         and c.table_name <> all ('{sessions,replies,api_clients}')
       group by c.table_name`,
    );
    // One statement for all tables: there are many, and it is asked twice for each endpoint.
    const digestOf = ({ table, column }: (typeof tables)[number]) => {
      const mine =
        column === 'partner_id'
          ? 'partner_id = $1'
          : `customer_id in (select customer_id from relationships where partner_id = $1)`;
      return `select '${table}' as table, md5(string_agg(t::text, '|' order by t::text)) as digest from ${table} t where ${mine}`;
    };
    const digests = await tx.query<{ table: string; digest: string | null }>(tables.map(digestOf).join(' union all '), [
      PARTNERS.kuzey,
    ]);
    return Object.fromEntries(digests.map(({ table, digest }) => [table, digest]));
  });
}

/** Whether it was refused for the role; what asks for something else than was sent tells nothing, and is shown. */
function standing(answer: Answer) {
  if (answer.status >= 500 || answer.status === 401 || answer.status === 400) return answer;
  return { refused: answer.status === 403 && codeOf(answer) === 'role-not-allowed' };
}

function codeOf({ text }: Answer): unknown {
  return (text ? (JSON.parse(text) as { code?: unknown }) : {}).code;
}
