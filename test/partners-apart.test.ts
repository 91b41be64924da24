import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import { verifyAuditLogs } from '../server/audit/keep-verifying.ts';
import { sealAudit } from '../server/audit/seal-audit.ts';
import { connect, customerPath } from './partner-center-client.ts';
import { ONE_PRICE } from './price-files.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let client: pg.Client;
beforeAll(async () => {
  deployment = await startDeployment();
  client = new pg.Client({ connectionString: deployment.connectionString });
  await client.connect();
  await workAs('kuzey', 'aylin', 1);
  await workAs('westwind', 'wendy', 41);
  await sealAudit(deployment.context).run();
  await verifyAuditLogs(deployment.context).run();
  await deployment.context.database.asSystem((tx) =>
    tx.query(`with waiting as (insert into audit_unsealed select customer_id, gen_random_uuid(), partner_id from audit_records)
      insert into partner_settings select partner_id, 90 from partners`),
  );
  await deployment.context.database.asSystem((tx) =>
    tx.query(`with closings as (
        insert into invoice_closings select partner_id, '2026-10-01', now() from partners returning *),
      vat as (insert into vat_rates select partner_id, 'TR', 2000 from partners),
      margins as (insert into customer_margins select customer_id, partner_id, 500 from relationships)
      select count(*) from closings`),
  );
  await deployment.context.database.asSystem((tx) =>
    tx.query(`insert into invoices select partner_id, month, 'legacy', 'USD', 1, 1, '[]', sha256('a'), closed_at
      from invoice_closings`),
  );
  await deployment.context.database.asSystem((tx) =>
    tx.query('insert into directory_role_members select customer_id, gen_random_uuid(), user_id from users'),
  );
});
afterAll(async () => {
  await client.end();
  await deployment.stop();
});

/** Leaves rows of an agent's partner in every table: a webhook, a session, a path switch, a quote, an upgrade, its issues, charges and audit. */
async function workAs(partner: 'kuzey' | 'westwind', agent: string, customer: number) {
  const api = await deployment.signIn(`${agent}@${partner}.example`);
  await deployment.context.database.asSystem((tx) =>
    tx.query(
      `insert into webhook_registrations values ($1, $2, 'https://hook.example/', '{subscription-updated}', false)`,
      [PARTNERS[partner], deployment.context.newId()],
    ),
  );
  for (const table of ['recovery_codes', 'known_sources']) {
    const at = table === 'known_sources' ? ', now()' : '';
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `insert into ${table} select partner_id, agent_id, '\\x00'${at} from agents where partner_id = $1 limit 1`,
        [PARTNERS[partner]],
      ),
    );
  }
  await trustProvider(partner);
  await deployment.context.database.asSystem((tx) =>
    tx.query(
      `insert into join_links select partner_id, agent_id, decode(md5(agent_id::text), 'hex'), now() from agents
       where partner_id = $1 and not application`,
      [PARTNERS[partner]],
    ),
  );
  await deployment.context.database.asSystem((tx) =>
    tx.query(
      `insert into calendar_feeds select partner_id, agent_id, decode(md5(agent_id::text), 'hex'), 'tr', now() from agents
       where partner_id = $1 and not application`,
      [PARTNERS[partner]],
    ),
  );
  await deployment.context.database.asSystem((tx) =>
    tx.query(
      `insert into device_codes select sha256(session_id::text::bytea), sha256(session_id::text::bytea), 'A', '', now(), now(), 2,
         null, partner_id, agent_id, session_id from sessions where partner_id = $1 limit 1`,
      [PARTNERS[partner]],
    ),
  );
  const hook = { url: 'https://own.example/', events: ['upgrade.applied' as const], description: '', enabled: true };
  valueOf(await api('registerWebhook', { body: hook }));
  const path = { params: { pathId: 'apps-business--o365-e5' }, body: { enabled: false } };
  valueOf(await api('switchPath', path));
  await deployment.context.database.asSystem((tx) =>
    tx.query('insert into approval_policies (partner_id, always, delay_minutes) values ($1, false, 0)', [
      PARTNERS[partner],
    ]),
  );
  const params = { customerId: customerId(customer), subscriptionId: subscriptionId(customer) };
  const body = { targetOfferId: OFFERS.o365E1, upgradeType: 'upgrade_only' as const };
  const { quoteId } = valueOf(await api('quoteUpgrade', { params, body }));
  valueOf(await api('submitQuote', { params: { customerId: params.customerId, quoteId } }));
  const recorded = { offerId: OFFERS.o365E5, channel: 'ea' as const, quantity: 3 };
  valueOf(await api('recordSubscription', { params, body: recorded }));
  valueOf(
    await api('setWatch', { params: { ...params, targetOfferId: OFFERS.o365E3 }, body: { checkOn: '2026-12-01' } }),
  );
  valueOf(await api('visitUpgrade', { params: { ...params, visitId: deployment.context.newId() } }));
  const choose = { by: 'hand' as const, subscriptions: [params] };
  valueOf(await api('createCampaign', { body: { name: 'A', targetOfferId: OFFERS.o365E3, choose } }));
  await dealWith(partner, customer);
  await importPrices(api);
  await askFor(api, params.customerId);
}

/** Leaves an identity provider, and an agent’s way through it. */
async function trustProvider(partner: 'kuzey' | 'westwind') {
  const [id, providerId] = [PARTNERS[partner], deployment.context.newId()];
  const insert = (table: string, rest: string, ...values: string[]) =>
    deployment.context.database.asSystem((tx) => tx.query(`insert into ${table} ${rest}`, [id, providerId, ...values]));
  await insert(
    'identity_providers',
    `values ($1, $2, 'A', 'https://a.example', 'c', 's', '{}', null, '[]', false, now())`,
  );
  await insert(
    'identity_provider_domains',
    `(partner_id, provider_id, domain, token) values ($1, $2, $3, 'token')`,
    `${partner}.example`,
  );
  await insert('used_logout_tokens', `values ($1, $2, '', now())`);
  await insert(
    'agent_identities',
    `select partner_id, $2, 'subject', agent_id, now() from agents where partner_id = $1 limit 1`,
  );
  await insert('pending_sign_ins', `values ($1, $3::bytea, '', $2, '{}', '/', now())`, partner);
  await insert(
    'provider_sessions',
    `select partner_id, agent_id, session_id, $2, 'subject', null, 'token' from sessions where partner_id = $1 limit 1`,
  );
}

/** Leaves a billing profile, an attested agreement and a cart. */
async function dealWith(partner: 'kuzey' | 'westwind', customer: number) {
  const send = await connect(deployment, `demo-${partner}-user`, PARTNERS[partner]);
  const profile = { culture: 'tr-TR', language: 'tr', defaultAddress: { city: 'Bursa' } };
  await send('PUT', `${customerPath(customer)}/profiles/billing`, { body: profile });
  const primaryContact = { firstName: 'Ece', lastName: 'Kaya', email: 'ece@kaya.example' };
  const agreement = { primaryContact, templateId: deployment.context.newId(), dateAgreed: '2026-11-01' };
  await send('POST', `${customerPath(customer)}/agreements`, { body: agreement });
  const lineItems = [{ catalogItemId: OFFERS.o365E3, quantity: 1 }];
  expect((await send('POST', `${customerPath(customer)}/carts`, { body: { lineItems } })).status).toBe(201);
}

/** Leaves an import with its rows and versions, and the price list that it came to. */
async function importPrices(api: Client) {
  const body = new Blob([ONE_PRICE]);
  const { importId } = valueOf(await api('sendImport', { query: { fileName: 'list.csv' }, body }));
  valueOf(await api('applyImport', { params: { importId }, body: {} }));
}

/** Leaves a request for a relationship with its link, a code, a sign-in and two mails. */
async function askFor(api: Client, customer: string) {
  const body = { customerId: customer, to: 'it@askfor.example', privileges: { kind: 'none' }, language: 'tr' } as const;
  const { requestId, link } = valueOf(await api('requestRelationship', { body }));
  valueOf(await api('sendRequestEmail', { params: { requestId } }));
  const token = link.split('#')[1] ?? '';
  const { customer: asked } = valueOf(await api('showAcceptance', { body: { token } }));
  valueOf(await api('sendCode', { body: { token, email: `admin@${asked.domain}` } }));
  await deployment.context.database.asSystem((tx) =>
    tx.query(
      `insert into relationship_sign_ins (partner_id, request_id, state_hash, browser_hash, link_hash, tenant_id, pending, expires_at)
       select partner_id, request_id, token_hash, '', token_hash, $2, '{}', now() from relationship_links where request_id = $1`,
      [requestId, customer],
    ),
  );
}

/** Raw SQL as the server's own role, with only the partner set: what a forgotten `where` would see. */
async function as(
  partner: keyof typeof PARTNERS,
  statement: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  await client.query('begin');
  try {
    await client.query(`select set_config('yukselt.partner_id', $1, true)`, [PARTNERS[partner]]);
    return (await client.query(statement, values)).rows as Record<string, unknown>[];
  } finally {
    await client.query('rollback');
  }
}

const PARTNER_TABLES = [
  'partners',
  'agents',
  'relationships',
  'delegated_privileges',
  'subscriptions',
  'charges',
  'quotes',
  'upgrades',
  'license_issues',
  'audit_records',
  'audit_unsealed',
  'audit_seals',
  'audit_verifications',
  'partner_settings',
  'invoice_closings',
  'invoices',
  'upgrade_visits',
  'vat_rates',
  'customer_margins',
  'path_switches',
  'imports',
  'import_rows',
  'import_versions',
  'approval_policies',
  'campaigns',
  'campaign_rows',
  'campaign_paces',
  'api_clients',
  'sessions',
  'recovery_codes',
  'known_sources',
  'billing_profiles',
  'agreements',
  'carts',
  'identity_providers',
  'identity_provider_domains',
  'agent_identities',
  'pending_sign_ins',
  'provider_sessions',
  'used_logout_tokens',
  'recorded_subscriptions',
  'watches',
  'webhook_registrations',
  'webhook_deliveries',
  'join_links',
  'webhooks',
  'event_deliveries',
  'relationship_requests',
  'relationship_links',
  'relationship_codes',
  'relationship_sign_ins',
  'mails',
];
const CUSTOMER_TABLES = ['customers', 'users', 'user_addresses', 'licenses', 'directory_role_members'];

describe('row-level security keeps partners apart, whatever a statement forgets', () => {
  it.each(PARTNER_TABLES)('%s shows a partner its own rows alone', async (table) => {
    const statement = `select distinct partner_id from ${table} order by 1`;
    const all = await deployment.context.database.asSystem((tx) => tx.query<{ partner_id: string }>(statement));
    expect(all.map((row) => row.partner_id)).toEqual(expect.arrayContaining([PARTNERS.kuzey, PARTNERS.westwind]));
    for (const partner of ['kuzey', 'westwind'] as const) {
      expect(await as(partner, statement)).toEqual([{ partner_id: PARTNERS[partner] }]);
    }
  });

  it.each(['price_lists', 'prices'])('%s shows the deployment’s and a partner its own', async (table) => {
    const statement = `select distinct partner_id from ${table} order by 1 nulls first`;
    const all = await deployment.context.database.asSystem((tx) => tx.query<{ partner_id: string | null }>(statement));
    expect(all.map((row) => row.partner_id)).toEqual([null, PARTNERS.kuzey, PARTNERS.westwind]);
    expect(await as('kuzey', statement)).toEqual([{ partner_id: null }, { partner_id: PARTNERS.kuzey }]);
    await expect(as('kuzey', `update ${table} set partner_id = null`)).rejects.toThrow(/row-level security/);
  });

  it.each(CUSTOMER_TABLES)('%s shows customers with a relationship alone', async (table) => {
    const rows = await as('westwind', `select distinct customer_id from ${table} order by 1`);
    expect(rows.map((row) => row['customer_id'])).toEqual([customerId(8), customerId(25), customerId(41)]);
  });

  it.each([...PARTNER_TABLES, ...CUSTOMER_TABLES])('%s shows nobody nothing', async (table) => {
    expect((await client.query(`select 1 from ${table}`)).rowCount).toBe(0);
  });

  it('a transaction about a customer that the partner has no relationship with shows nothing of it', async () => {
    const { database } = deployment.context;
    const users = (customer: number) =>
      database.readOf(PARTNERS.westwind, customerId(customer), (tx) =>
        tx.query<{ customer_id: string }>('select distinct customer_id from users order by 1'),
      );
    const seen = [8, 25, 41].map((customer) => ({ customer_id: customerId(customer) }));
    expect(await users(1)).toEqual(seen);
    expect(await users(8)).toEqual(seen);
  });

  it('a partner cannot write a row in another’s name', async () => {
    const write = as('westwind', `insert into path_switches (partner_id, path_id, enabled) values ($1, 'x', true)`, [
      PARTNERS.kuzey,
    ]);
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it('the one question across partners answers a related partner, and of the others’ tells offer, channel, state and the end of the term alone', async () => {
    const rows = await as('kuzey', 'select * from tenant_holdings($1)', [customerId(8)]);
    expect(rows).toEqual([
      {
        subscription_id: subscriptionId(8),
        offer_id: OFFERS.businessBasic,
        channel: 'csp',
        ours: true,
        status: 'active',
        term_ends_on: expect.any(Date),
      },
      {
        subscription_id: null,
        offer_id: OFFERS.o365E3,
        channel: 'csp',
        ours: false,
        status: 'active',
        term_ends_on: expect.any(Date),
      },
    ]);
    expect(await as('dakshin', 'select * from tenant_holdings($1)', [customerId(8)])).toEqual([]);
    expect(await as('kuzey', 'select * from tenant_holdings($1)', [customerId(41)])).toEqual([]);
  });

  it('the one act across partners does nothing for a partner that is not related to the customer', async () => {
    const leftBy = async (partner: keyof typeof PARTNERS) => {
      const leave = 'select leave_license_issues($1, $2, null, now())';
      await client.query('begin');
      await client.query(`select set_config('yukselt.partner_id', $1, true)`, [PARTNERS[partner]]);
      await client.query(leave, [customerId(1), userId(1, 1)]);
      await client.query(`select set_config('yukselt.system', 'on', true)`);
      const left = await client.query(`select 1 from license_issues where status = 'left'`);
      await client.query('rollback');
      return left.rowCount;
    };
    expect(await leftBy('westwind')).toBe(0);
    expect(await leftBy('kuzey')).toBe(1);
  });

  it('a foreign subscription written down by hand counts only for the partner who did', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    const body = { offerId: OFFERS.o365E5, channel: 'ea' as const, quantity: 1 };
    valueOf(await wendy('recordSubscription', { params: { customerId: customerId(8) }, body }));
    const offersOf = async (partner: keyof typeof PARTNERS) =>
      (await as(partner, 'select offer_id from tenant_holdings($1)', [customerId(8)])).map((row) => row['offer_id']);
    expect(await offersOf('westwind')).toContain(OFFERS.o365E5);
    expect(await offersOf('kuzey')).not.toContain(OFFERS.o365E5);
  });

  it('another partner’s subscription, quote, upgrade and issues do not exist', async () => {
    const [aylin, wendy] = await Promise.all([
      deployment.signIn('aylin@kuzey.example'),
      deployment.signIn('wendy@westwind.example'),
    ]);
    const params = { customerId: customerId(8), subscriptionId: subscriptionId(8) };
    const body = { targetOfferId: OFFERS.o365E1, upgradeType: 'upgrade_only' as const };
    const { quoteId } = valueOf(await aylin('quoteUpgrade', { params, body }));
    const { upgradeId } = valueOf(await aylin('submitQuote', { params: { ...params, quoteId } }));
    const of = { customerId: params.customerId, upgradeId };
    const problems = [
      await wendy('showSubscription', { params }),
      await wendy('showEligibility', { params }),
      await wendy('quoteUpgrade', { params, body }),
      await wendy('changeSeats', { params, body: { quantity: 20 } }),
      await wendy('listCharges', { params }),
      await wendy('showQuote', { params: { ...params, quoteId } }),
      await wendy('submitQuote', { params: { ...params, quoteId } }),
      await wendy('showUpgrade', { params: of }),
      await wendy('listIssues', { params: of }),
      await wendy('resolveIssues', { params: of, body: { action: 'retry', userIds: [deployment.context.newId()] } }),
    ].map(problemOf);
    expect(problems.map((problem) => problem.code)).toEqual(Array(problems.length).fill('not-found'));
    expect(valueOf(await wendy('listUpgrades', { params: of })).items).toEqual([]);
    const foreign = { params: { customerId: customerId(1) } };
    expect(problemOf(await wendy('listUpgrades', foreign)).code).toBe('not-found');
  });
});

describe('charges and audit rows are insert-only, enforced by the database', () => {
  it.each([
    ['update charges set amount_minor = 0'],
    ['delete from charges'],
    ['truncate charges cascade'],
    ['update audit_records set action = $$nothing$$'],
    ['delete from audit_records'],
    ['truncate audit_records'],
    ['update audit_seals set seal_number = 9'],
    ['delete from audit_seals'],
    ['truncate audit_seals'],
  ])('%s is refused', async (statement) => {
    await expect(as('kuzey', statement)).rejects.toThrow(/insert-only/);
  });

  it('a line is taken back at most once', async () => {
    const again = deployment.context.database.asSystem((tx) =>
      tx.query(
        `insert into charges select r.* from charges c, generate_series(1, 2) n
         cross join lateral jsonb_populate_record(null::charges, to_jsonb(c) || jsonb_build_object('charge_id', gen_random_uuid(),
           'amount_minor', -c.amount_minor, 'reverses', c.charge_id, 'quantity', c.quantity + 0 * n)) r
         where c.customer_id = $1 and c.amount_minor > 0`,
        [customerId(1)],
      ),
    );
    await expect(again).rejects.toThrow(/charges_reverses/);
  });
});

describe('the schema keeps the distributed road open', () => {
  it('every table with a customer has the customer first in its key, and every foreign key between such tables carries it', async () => {
    const keys = await client.query<{ table: string; first: string }>(
      `select c.conrelid::regclass::text as table, a.attname as first
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype in ('p', 'u') and exists (
         select 1 from pg_attribute x where x.attrelid = c.conrelid and x.attname = 'customer_id')`,
    );
    expect(keys.rows.length).toBeGreaterThan(10);
    expect(keys.rows.filter((row) => row.first !== 'customer_id')).toEqual([]);
    const foreign = await client.query<{ name: string; columns: string[] }>(
      `select c.conname as name, array_agg(a.attname::text) as columns
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
       where c.contype = 'f' and exists (select 1 from pg_attribute x where x.attrelid = c.confrelid and x.attname = 'customer_id')
       group by c.conname`,
    );
    expect(foreign.rows.filter((row) => !row.columns.includes('customer_id'))).toEqual([]);
  });
});
