import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { customerId, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, subscriptionPath } from './partner-center-client.ts';

type Item = Readonly<Record<'id' | 'name' | 'groupName' | 'dateAgreed' | 'type' | 'userId', string>>;
type Profile = {
  readonly address: Readonly<Record<string, string>>;
  readonly defaultAddress: Readonly<Record<string, string>>;
  readonly attributes: { readonly etag: string };
  readonly companyName: string;
};
/** What tests read of answers, whatever was asked; which of it is there they say by reading it. */
type Body = Readonly<Record<'id' | 'description' | 'url' | 'qualification', string>> & {
  readonly code: number;
  readonly items: readonly Item[];
  readonly userCredentials: { readonly userName: string; readonly password: string };
  readonly companyProfile: Profile;
  readonly billingProfile: Profile;
  readonly attributes: { readonly etag: string };
  readonly relationshipToPartner: string;
};

let deployment: TestDeployment;
let kuzey: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${deployment.url}/api/sandbox/reset`, { method: 'POST', body: '{"scenario":"demo"}', headers });
  kuzey = await connect<Body>(deployment);
});

const NOBODY = '/v1/customers/00000000-0000-4000-8000-000000000999';
const westwind = () => connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);

/** As the system, past row-level security. */
const query = <Row extends object>(text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));
const auditOf = async (customer: string) =>
  (
    await query<{ action: string }>('select action from audit_records where customer_id = $1 order by at', [customer])
  ).map(({ action }) => action);

/** Does it as an agent of Kuzey Bulut with other roles. */
async function withRoles<Value>(roles: string[], work: () => Promise<Value>): Promise<Value> {
  const set = (to: string[]) => query(`update agents set roles = $1 where email = 'aylin@kuzey.example'`, [to]);
  await set(roles);
  try {
    return await work();
  } finally {
    await set(['adminAgent']);
  }
}

const ADDRESS = { country: 'TR', city: 'Bursa', state: 'Bursa', addressLine1: 'Çarşı 1', postalCode: '16010' };
const BILLING = {
  companyName: 'Yeni Müşteri',
  firstName: 'Işıl',
  lastName: 'Öz',
  email: 'muhasebe@yeni.example',
  culture: 'tr-TR',
  language: 'tr',
  defaultAddress: { ...ADDRESS, firstName: 'Işıl', lastName: 'Öz', phoneNumber: '2240000000' },
};
const NEW = { companyProfile: { domain: 'yeni.example' }, billingProfile: BILLING };
const create = (body: unknown = NEW, headers = {}) => kuzey('POST', '/v1/customers', { body, headers });

describe('a customer', () => {
  test('of the demo shows what is known, and nothing is made up for it', async () => {
    const { body } = await kuzey('GET', customerPath(1));
    expect(body.companyProfile.address).toEqual({ country: 'TR' });
    expect(body.billingProfile.defaultAddress).toEqual({ country: 'TR' });
    expect(body.billingProfile.attributes.etag).toMatch(/^-?\d{1,19}$/);
    expect(body).not.toHaveProperty('userCredentials');
    expect(JSON.stringify(body)).not.toContain('null');
  });

  test('that is created shows all that was given, and its first user’s password this once', async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      companyProfile: {
        tenantId: body.id,
        domain: 'yeni.example',
        companyName: 'Yeni Müşteri',
        email: 'muhasebe@yeni.example',
        address: { country: 'TR', region: 'Bursa', city: 'Bursa', addressLine1: 'Çarşı 1', postalCode: '16010' },
        attributes: { objectType: 'CustomerCompanyProfile' },
      },
      billingProfile: { ...BILLING, attributes: { objectType: 'CustomerBillingProfile' } },
      relationshipToPartner: 'reseller',
      allowDelegatedAccess: true,
      customDomains: ['yeni.example'],
      attributes: { objectType: 'Customer' },
    });
    expect(body.userCredentials.userName).toBe('admin@yeni.example');
    expect(body.userCredentials.password.length).toBeGreaterThanOrEqual(12);
    const { userCredentials, ...shown } = body;
    expect((await kuzey('GET', `/v1/customers/${body.id}`)).body).toEqual(shown);
    const users = await query<object>('select * from users where customer_id = $1', [body.id]);
    expect(users).toMatchObject([{ user_principal_name: 'admin@yeni.example', display_name: 'Işıl Öz' }]);
    expect(JSON.stringify(users)).not.toContain(userCredentials.password);
    expect(await auditOf(body.id)).toEqual(['customer.created']);
  });

  test('that is created grants all roles of this product for two years', async () => {
    const { body } = await create();
    const [granted] = await query<{ kind: string; roles: string[]; days: number }>(
      `select kind, roles, extract(day from ends_at - starts_at)::integer as days from delegated_privileges where customer_id = $1`,
      [body.id],
    );
    expect(granted).toMatchObject({ kind: 'gdap', days: 730 });
    expect(granted?.roles).toHaveLength(6);
  });

  test.each([
    [
      'the .NET SDK',
      {
        Id: null,
        CommerceId: null,
        CompanyProfile: { TenantId: null, Domain: 'YENI.example', CompanyName: null, Address: null, Links: null },
        BillingProfile: {
          Email: 'a@yeni.example',
          Culture: 'tr-TR',
          Language: 'TR',
          CompanyName: 'Yeni',
          DefaultAddress: { Country: 'tr', Region: null, City: 'Bursa', AddressLine2: '', State: 'Bursa' },
          Attributes: { ObjectType: 'CustomerBillingProfile' },
        },
        RelationshipToPartner: 'unknown',
        UserCredentials: null,
        Attributes: { ObjectType: 'Customer' },
      },
    ],
    ['the Java SDK', { attributes: { objectType: 'Customer' }, ...NEW }],
    ['the Node client', { ...NEW, enableGDAPByDefault: true }],
  ])('is created from a body as %s writes it', async (_who, body) => {
    const created = await create(body);
    expect(created.status).toBe(201);
    expect(created.body.companyProfile).toMatchObject({ domain: 'yeni.example', address: { region: 'Bursa' } });
    const listed = await kuzey(
      'GET',
      `/v1/customers?filter=${encodeURIComponent('{"Field":"Domain","Value":"yeni","Operator":"starts_with"}')}`,
    );
    expect(listed.body.items.map(({ id }) => id)).toEqual([created.body.id]);
  });

  const without = (field: keyof typeof BILLING) => ({
    ...NEW,
    billingProfile: Object.fromEntries(Object.entries(BILLING).filter(([key]) => key !== field)),
  });
  const withBilling = (more: object) => ({ ...NEW, billingProfile: { ...BILLING, ...more } });
  test.each([
    ['nothing', {}, 'companyProfile'],
    ['no object', '[]', 'companyProfile'],
    ['no domain', { ...NEW, companyProfile: {} }, 'companyProfile.domain'],
    ['a domain of one label', { ...NEW, companyProfile: { domain: 'yeni' } }, 'companyProfile.domain'],
    ['a domain with a blank', { ...NEW, companyProfile: { domain: 'yeni müşteri.example' } }, 'companyProfile.domain'],
    ['a domain that is a number', { ...NEW, companyProfile: { domain: 7 } }, 'companyProfile.domain'],
    [
      'a domain that another partner’s customer has',
      { ...NEW, companyProfile: { domain: 'fabrikam-hills.example' } },
      'domain',
    ],
    ['no name', without('companyName'), 'billingProfile.companyName'],
    ['no email', without('email'), 'billingProfile.email'],
    ['no address', without('defaultAddress'), 'billingProfile.defaultAddress'],
    ['an email that is none', withBilling({ email: 'nobody' }), 'billingProfile.email'],
    ['an unknown language', withBilling({ language: 'zz' }), 'billingProfile.language'],
    ['a culture without a country', withBilling({ culture: 'tr' }), 'billingProfile.culture'],
    ['no country', withBilling({ defaultAddress: {} }), 'billingProfile.defaultAddress.country'],
    ['an unknown country', withBilling({ defaultAddress: { country: 'XX' } }), 'billingProfile.defaultAddress.country'],
    ['another country than the partner’s', withBilling({ defaultAddress: { country: 'DE' } }), 'country'],
    ['a name with NUL', withBilling({ companyName: 'a\0b' }), 'billingProfile.companyName'],
    [
      'an address of numbers',
      withBilling({ defaultAddress: { country: 'TR', city: 1 } }),
      'billingProfile.defaultAddress.city',
    ],
  ])('is not created from %s', async (_what, body, field) => {
    const { status, body: fault } = await create(body);
    expect({ status, code: fault.code }).toEqual({ status: 400, code: 3000 });
    expect(fault.description).toContain(`${field}: `);
    const [row] = await query<{ count: number }>('select count(*)::integer as count from customers');
    expect(row?.count).toBe(25);
  });

  test('what is wrong with it is said in the caller’s language', async () => {
    const { body } = await create({ ...NEW, companyProfile: { domain: 'x' } }, { 'X-Locale': 'tr-TR' });
    expect(body.description).toBe('companyProfile.domain: Bir etki alanı verin, örneğin contoso.example.');
  });

  test('is made once by ten identical posts under one MS-RequestId, and its password is told once', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(NEW, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(answers.filter(({ body }) => body.userCredentials !== undefined)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => JSON.stringify({ ...body, userCredentials: undefined }))).size).toBe(1);
    expect(await query(`select 1 from customers where domain = 'yeni.example'`)).toHaveLength(1);
  });

  test('of a domain is made once by ten different posts at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create()));
    expect(Object.groupBy(answers, ({ status }) => status)).toMatchObject({ 201: { length: 1 }, 400: { length: 9 } });
  });

  test.each([
    ['POST', '/v1/customers', NEW],
    ['PATCH', customerPath(16), { relationshipToPartner: 'none' }],
    ['DELETE', customerPath(16), undefined],
    ['PUT', `${customerPath(16)}/profiles/billing`, BILLING],
    ['PUT', `${customerPath(16)}/qualification`, '"education"'],
    ['GET', '/v1/customers/relationshiprequests', undefined],
  ])('needs the right role for %s %s', async (method, path, body) => {
    const refused = await withRoles(['helpdeskAgent'], () => kuzey(method, path, { body }));
    expect(refused).toMatchObject({ status: 403, body: { code: 1002 } });
    const done = await withRoles(['salesAgent'], () => kuzey(method, path, { body }));
    expect(done.status).toBeLessThan(300);
  });
});

describe('the end of a relationship', () => {
  const END = { relationshipToPartner: 'none' };

  test('waits until no subscription is active', async () => {
    const refused = await kuzey('PATCH', customerPath(1), { body: END });
    expect(refused).toMatchObject({ status: 400, body: { code: 3000 } });
    expect(refused.body.description).toContain('relationshipToPartner: Suspend');
    expect((await kuzey('GET', customerPath(1))).status).toBe(200);
  });

  test.each([
    ['a suspended', 3],
    ['an ended', 15],
    ['no', 16],
  ])('comes with %s subscription, and the customer is as if it had never been there', async (_what, number) => {
    const bills = await query('select * from charges where customer_id = $1', [customerId(number)]);
    const others = (await kuzey('GET', '/v1/customers')).body.items.filter(({ id }) => id !== customerId(number));
    const ended = await kuzey('PATCH', customerPath(number), { body: END });
    expect(ended).toMatchObject({ status: 200, body: { id: customerId(number), relationshipToPartner: 'none' } });
    for (const path of [
      '',
      '/subscriptions',
      '/profiles/billing',
      '/agreements',
      '/managedservices',
      '/qualification',
    ]) {
      const gone = await kuzey('GET', customerPath(number) + path);
      expect(gone, path).toMatchObject({ status: 404, body: { code: 60003 } });
    }
    expect(await kuzey('PATCH', customerPath(number), { body: END })).toMatchObject({ status: 404 });
    expect((await kuzey('GET', '/v1/customers')).body.items).toEqual(others);
    expect(await query('select * from charges where customer_id = $1', [customerId(number)])).toEqual(bills);
    expect(await auditOf(customerId(number))).toContain('customer.relationship-ended');
  });

  test('also closes what our own API knows by number', async () => {
    await kuzey('PATCH', customerPath(3), { body: END });
    const aylin = await deployment.signIn('aylin@kuzey.example');
    const params = { customerId: customerId(3), subscriptionId: subscriptionId(3) };
    const answers = [
      await aylin('showSubscription', { params }),
      await aylin('listCharges', { params }),
      await aylin('changeSeats', { params, body: { quantity: 9 } }),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  });

  test('leaves the other partner’s relationship alone', async () => {
    await query(`update subscriptions set status = 'suspended' where customer_id = $1 and partner_id = $2`, [
      customerId(8),
      PARTNERS.kuzey,
    ]);
    expect((await kuzey('PATCH', customerPath(8), { body: END })).status).toBe(200);
    expect((await (await westwind())('GET', customerPath(8))).status).toBe(200);
  });

  test('is not meant by a resource that comes back as it was read, nor by other members', async () => {
    const { body: read } = await kuzey('GET', customerPath(16));
    const same = await kuzey('PATCH', customerPath(16), { body: { ...read, companyProfile: { companyName: 'X' } } });
    expect(same).toMatchObject({ status: 200, body: read });
  });

  test.each([
    ['advisor', 3000],
    ['nonsense', 900126],
    [5.5, 900126],
  ])('is asked for by none, not by %s', async (relationshipToPartner, code) => {
    const refused = await kuzey('PATCH', customerPath(16), { body: { relationshipToPartner } });
    expect(refused).toMatchObject({ status: 400, body: { code } });
  });
});

describe('a customer thrown away', () => {
  test('leaves the audit log alone behind, and its domain free', async () => {
    const first = await create();
    const seed = {
      customerId: first.body.id,
      partnerId: PARTNERS.kuzey,
      offerId: 'bd938f12-058f-4927-bba3-ae36b1d2501c',
    };
    const aylin = await deployment.signIn('aylin@kuzey.example');
    await aylin('seedSubscription', { body: { ...seed, quantity: 3, users: 2, purchasedOn: '2026-10-01' } });
    expect((await kuzey('DELETE', `/v1/customers/${first.body.id}`)).status).toBe(204);
    expect((await kuzey('GET', `/v1/customers/${first.body.id}`)).status).toBe(404);
    const tables = await query<{ table_name: string }>(
      `select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where column_name = 'customer_id' and table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { table_name: table } of tables) {
      const left = await query(`select 1 from ${table} where customer_id = $1`, [first.body.id]);
      expect(left.length > 0, table).toBe(['audit_records', 'audit_unsealed'].includes(table));
    }
    expect(await auditOf(first.body.id)).toEqual(['customer.created', 'customer.deleted']);
    expect((await create()).status).toBe(201);
  });

  test('was one with upgrades, quotes, issues and charges; those of others stay insert-only', async () => {
    const body = {
      targetOffer: { id: '796b6b5f-613c-4e24-a17c-eba730d49c02' },
      upgradeType: 'upgrade_with_license_transfer',
    };
    expect((await kuzey('POST', `${subscriptionPath(10)}/upgrades`, { body })).status).toBe(200);
    expect((await kuzey('DELETE', customerPath(10))).status).toBe(204);
    await expect(query('delete from charges')).rejects.toThrow(/insert-only/);
  });

  test('is found by the partner that is related to it alone', async () => {
    expect(await (await westwind())('DELETE', customerPath(1))).toMatchObject({ status: 404, body: { code: 60003 } });
    expect((await kuzey('GET', customerPath(1))).status).toBe(200);
  });

  test('is kept where the deployment holds a partner’s own data', async () => {
    await query('update deployment set demo = false');
    const refused = await kuzey('DELETE', customerPath(1));
    await query('update deployment set demo = true');
    expect(refused).toMatchObject({ status: 400, body: { code: 900127 } });
    expect((await kuzey('GET', customerPath(1))).status).toBe(200);
  });
});

describe('profiles', () => {
  const BILLING_PATH = `${customerPath(1)}/profiles/billing`;

  test('of company and billing are those that the customer shows', async () => {
    const { body } = await kuzey('GET', customerPath(1));
    expect((await kuzey('GET', `${customerPath(1)}/profiles/company`)).body).toEqual(body.companyProfile);
    expect((await kuzey('GET', BILLING_PATH)).body).toEqual(body.billingProfile);
  });

  test('are replaced by what was read and changed, and only the next reader’s etag holds', async () => {
    const { body: read } = await kuzey('GET', BILLING_PATH);
    const changed = { ...read, firstName: 'Ece', defaultAddress: { ...ADDRESS } };
    const put = await kuzey('PUT', BILLING_PATH, { body: changed });
    expect(put.body).toMatchObject({ firstName: 'Ece', companyName: 'Anadolu Lojistik', defaultAddress: ADDRESS });
    expect(put.body.attributes.etag).not.toBe(read.attributes.etag);
    const stale = await kuzey('PUT', BILLING_PATH, { body: { ...changed, firstName: 'Su' } });
    expect(stale).toMatchObject({ status: 400, body: { code: 2055 } });
    const repeated = await kuzey('PUT', BILLING_PATH, { body: changed });
    expect(repeated.body).toEqual(put.body);
    expect(await auditOf(customerId(1))).toEqual(['customer.billing-profile-updated']);
    const log = await query<{ details: object }>('select details from audit_records where customer_id = $1', [
      customerId(1),
    ]);
    expect(JSON.stringify(log)).not.toContain('Ece');
  });

  test('take the etag from If-Match too, quoted or not, and do without', async () => {
    const put = (firstName: string, etag?: string) => {
      const body = {
        Culture: 'tr-TR',
        Language: 'tr',
        FirstName: firstName,
        Email: null,
        DefaultAddress: { City: 'Bursa' },
      };
      return kuzey('PUT', BILLING_PATH, { body, headers: etag === undefined ? {} : { 'If-Match': etag } });
    };
    const first = await put('A');
    const second = await put('B', `"${first.body.attributes.etag}"`);
    expect(second.status).toBe(200);
    expect(await put('C', first.body.attributes.etag)).toMatchObject({ status: 400, body: { code: 2055 } });
    expect(await put('C', 'eyJpZCI6IjEifQ==')).toMatchObject({ status: 400, body: { code: 2055 } });
    expect((await put('C', '*')).status).toBe(200);
  });

  test('of billing belong to one partner: the other that serves the customer has its own', async () => {
    await kuzey('PUT', `${customerPath(8)}/profiles/billing`, { body: BILLING });
    const other = await westwind();
    const { body } = await other('GET', `${customerPath(8)}/profiles/billing`);
    expect(body).toMatchObject({ companyName: 'Haliç Denizcilik', language: 'en', defaultAddress: { country: 'TR' } });
    expect(body).not.toHaveProperty('email');
  });

  test.each([
    ['another country', { ...BILLING, defaultAddress: { country: 'DE' } }, 'country'],
    ['no address', { culture: 'tr-TR', language: 'tr' }, 'defaultAddress'],
    ['an address that is a text', { ...BILLING, defaultAddress: 'Bursa' }, 'defaultAddress'],
    ['a language that is none', { ...BILLING, language: 'Türkçe' }, 'language'],
  ])('are not replaced with %s', async (_what, body, field) => {
    const refused = await kuzey('PUT', BILLING_PATH, { body });
    expect(refused).toMatchObject({ status: 400, body: { code: 3000 } });
    expect(refused.body.description).toContain(`${field}: `);
  });
});

describe('what stands below a customer', () => {
  const paths = [
    '',
    '/profiles/company',
    '/profiles/billing',
    '/relationships',
    '/qualification',
    '/qualifications',
    '/agreements',
    '/managedservices',
  ];
  test.each(paths)('is not there for an unknown or foreign one: GET %s', async (path) => {
    expect(await kuzey('GET', NOBODY + path)).toMatchObject({ status: 404, body: { code: 60003 } });
    expect(await kuzey('GET', customerPath(41) + path)).toMatchObject({ status: 404, body: { code: 60003 } });
    expect(await kuzey('GET', `/v1/customers/nonsense${path}`)).toMatchObject({ status: 400, body: { code: 900118 } });
  });

  test.each([
    ['PATCH', '', { relationshipToPartner: 'none' }],
    ['DELETE', '', undefined],
    ['PUT', '/profiles/billing', BILLING],
    ['PUT', '/qualification', '"education"'],
    ['POST', '/qualifications', { qualification: 'education' }],
    ['POST', '/agreements', undefined],
  ])('is not there for an unknown or foreign one: %s %s', async (method, path, body) => {
    const sent = body ?? (method === 'POST' ? AGREEMENT : undefined);
    for (const base of [NOBODY, customerPath(41)]) {
      expect(await kuzey(method, base + path, { body: sent })).toMatchObject({ status: 404, body: { code: 60003 } });
    }
  });
});

describe('relationships', () => {
  test.each([
    ['', 'DAP=false'],
    ['?DAP=true', 'DAP=true'],
    ['?dap=False', 'DAP=false'],
  ])('are asked for at a link of the partner%s', async (search, expected) => {
    const { body } = await kuzey('GET', `/v1/customers/relationshiprequests${search}`);
    expect(body).toEqual({
      url: `https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=${PARTNERS.kuzey}&msppId=0&${expected}#/BillingAccounts/partner-invitation`,
      attributes: { objectType: 'RelationshipRequest' },
    });
  });

  test('ask for privileges or do not, and nothing else', async () => {
    expect((await kuzey('GET', '/v1/customers/relationshiprequests?DAP=maybe')).body.code).toBe(3000);
  });

  test('with indirect resellers are none', async () => {
    for (const path of [
      `${customerPath(1)}/relationships`,
      '/v1/relationships?relationship_type=IsIndirectResellerOf',
    ]) {
      expect((await kuzey('GET', path)).body).toMatchObject({ items: [], totalCount: 0 });
    }
  });
});

describe('conversions and transitions', () => {
  test('no subscription is a trial, and a target for one is not found', async () => {
    const path = `${subscriptionPath(1)}/conversions`;
    expect((await kuzey('GET', path)).body).toMatchObject({ items: [], attributes: { objectType: 'Collection' } });
    const targetOfferId = '796b6b5f-613c-4e24-a17c-eba730d49c02';
    const done = await kuzey('POST', path, {
      body: { OfferId: null, TargetOfferId: targetOfferId.toUpperCase(), Quantity: 25 },
    });
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({
      subscriptionId: subscriptionId(1),
      targetOfferId,
      error: { code: 1, attributes: { objectType: 'ConversionError' } },
      attributes: { objectType: 'ConversionResult' },
    });
    expect(await kuzey('POST', path, { body: {} })).toMatchObject({ status: 400, body: { code: 3000 } });
  });

  test.each([
    ['GET', 'transitionEligibilities?eligibilityType=immediate'],
    ['GET', 'transitioneligibilities'],
    ['GET', 'transitions?operationId=1'],
    ['POST', 'transitions'],
  ])('a legacy subscription has no transitions: %s %s', async (method, path) => {
    const refused = await kuzey(method, `${subscriptionPath(1)}/${path}`, { body: method === 'POST' ? {} : undefined });
    expect(refused).toMatchObject({ status: 403, body: { code: 900263 } });
    const unknown = `${customerPath(1)}/subscriptions/${randomUUID()}/${path}`;
    expect(await kuzey(method, unknown)).toMatchObject({ status: 404, body: { code: 20003 } });
  });
});

describe('qualifications', () => {
  test('are none until the partner says otherwise, and then for good', async () => {
    const [older, newer] = [`${customerPath(1)}/qualification`, `${customerPath(1)}/qualifications`];
    expect((await kuzey('GET', older)).body).toBe('none');
    expect((await kuzey('GET', newer)).body).toEqual([]);
    expect((await kuzey('PUT', older, { body: '"education"' })).body).toBe('education');
    expect((await kuzey('GET', newer)).body).toMatchObject([{ qualification: 'education', vettingStatus: 'Approved' }]);
    const again = await kuzey('POST', newer, { body: { Qualification: 'Education', Website: null } });
    expect(again).toMatchObject({ status: 201, body: { qualification: 'education' } });
    const other = await kuzey('POST', newer, { body: { Qualification: 'StateOwnedEntity' } });
    expect(other).toMatchObject({ status: 400, body: { code: 3000 } });
    expect(await auditOf(customerId(1))).toEqual(['customer.qualified']);
  });

  test.each([
    ['none', '"none"', 3000],
    ['nonprofit', '"Nonprofit"', 3000],
    ['nothing', undefined, 3000],
    ['a word of no meaning', '"wealthy"', 900126],
    ['a list', '[]', 3000],
  ])('cannot be set to %s', async (_what, body, code) => {
    expect(await kuzey('PUT', `${customerPath(1)}/qualification`, { body })).toMatchObject({
      status: 400,
      body: { code },
    });
  });
});

const AGREEMENT = {
  primaryContact: {
    firstName: 'Ece',
    lastName: 'Kaya',
    email: 'ece@anadolu-lojistik.example',
    phoneNumber: '2120000000',
  },
  templateId: '998B88DE-AA99-4388-A42C-1B3517D49490',
  dateAgreed: '2026-11-16T08:00:00',
  type: 'MicrosoftCustomerAgreement',
};

describe('agreements', () => {
  const PATH = `${customerPath(1)}/agreements`;

  test('are attested and then listed, with who did it', async () => {
    expect((await kuzey('GET', PATH)).body.items).toEqual([]);
    const { status, body } = await kuzey('POST', PATH, { body: AGREEMENT });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...AGREEMENT,
      templateId: AGREEMENT.templateId.toLowerCase(),
      dateAgreed: '2026-11-16T08:00:00Z',
      userId: 'a2000000-0000-4000-8001-000000000003',
      attributes: { objectType: 'Agreement' },
    });
    for (const asked of ['', '?agreementType=*', '?agreementType=MicrosoftCustomerAgreement']) {
      expect((await kuzey('GET', PATH + asked)).body.items).toEqual([body]);
    }
    expect((await kuzey('GET', `${PATH}?agreementType=MicrosoftCloudAgreement`)).body.items).toEqual([]);
    expect((await kuzey('GET', `${PATH}?agreementType=Handshake`)).body.code).toBe(900126);
    expect(await auditOf(customerId(1))).toEqual(['agreement.attested']);
  });

  test('with the same details are not attested twice', async () => {
    const post = () => kuzey('POST', PATH, { body: AGREEMENT });
    const answers = await Promise.all([post(), post()]);
    expect(answers.map(({ status }) => status)).toContain(201);
    expect(answers.find(({ status }) => status === 400)?.body.code).toBe(600061);
  });

  test('are read as the .NET SDK writes them, with a day alone', async () => {
    const body = {
      PrimaryContact: { FirstName: 'Ece', LastName: 'Kaya', Email: 'ece@a.example', PhoneNumber: null },
      TemplateId: AGREEMENT.templateId,
      DateAgreed: '2026-11-15',
      Type: 'MicrosoftCustomerAgreement',
      UserId: null,
      AgreementLink: null,
    };
    expect((await kuzey('POST', PATH, { body })).body).toMatchObject({ dateAgreed: '2026-11-15T00:00:00Z' });
  });

  test('of one partner are not shown to another', async () => {
    await kuzey('POST', `${customerPath(8)}/agreements`, { body: AGREEMENT });
    expect((await (await westwind())('GET', `${customerPath(8)}/agreements`)).body.items).toEqual([]);
  });

  test.each([
    ['tomorrow', { dateAgreed: '2026-11-18T00:00:00Z' }, 'dateAgreed'],
    ['no day', { dateAgreed: 'yesterday' }, 'dateAgreed'],
    ['no template', { templateId: null }, 'templateId'],
    ['a template that is no GUID', { templateId: 'x' }, 'templateId'],
    ['no contact', { primaryContact: null }, 'primaryContact'],
    ['half a contact', { primaryContact: { firstName: 'Ece', email: 'x' } }, 'primaryContact.lastName'],
    ['an unknown kind', { type: 'Handshake' }, 'type'],
  ])('are not attested with %s', async (_what, more, field) => {
    const refused = await kuzey('POST', PATH, { body: { ...AGREEMENT, ...more } });
    expect(refused.status).toBe(400);
    expect(refused.body.description).toContain(field);
  });
});

describe('managed services', () => {
  const namesOf = async (number: number) =>
    (await kuzey('GET', `${customerPath(number)}/managedservices`)).body.items.map(({ id }) => id);

  test('are the principal services of active subscriptions', async () => {
    const { body } = await kuzey('GET', `${customerPath(1)}/managedservices`);
    const [exchange] = body.items.filter(({ id }) => id === 'Exchange');
    expect(exchange).toEqual({
      id: 'Exchange',
      name: 'Exchange Online',
      groupName: 'Office',
      attributes: { objectType: 'ManagedService' },
    });
  });

  test('end with the subscription and with the privileges, and go no further than they do', async () => {
    expect(await namesOf(3)).toEqual([]);
    expect(await namesOf(4)).toEqual([]);
    expect(await namesOf(6)).toEqual([]);
    expect((await namesOf(17)).toSorted()).toEqual(['Exchange', 'Teams']);
  });
});

describe('what is not offered', () => {
  const PATHS = [
    '/v1/servicerequests',
    '/v1/Invoices/x/Documents/Statement',
    '/v1/productUpgrades',
    '/v1/ratecards/azure',
  ];

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => PATHS.map((path) => [method, path])))(
    'is said to be so: %s %s',
    async (method = '', path = '') => {
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const { status, body: fault } = await kuzey(method, path, { body });
      expect(status).toBe(501);
      expect(fault).toMatchObject({ code: 0, data: [], source: 'PartnerFD' });
      expect(fault.description).toContain('not offered here');
    },
  );

  test('comes in the caller’s language, also below a customer', async () => {
    const headers = { 'X-Locale': 'tr-TR' };
    const { status, body } = await kuzey('GET', `${subscriptionPath(1)}/supportContact`, { headers });
    expect(status).toBe(501);
    expect(body.description).toContain('burada tutulmuyor');
  });

  test('reaches the Java SDK, which would repeat a 501 for ever, as a 400', async () => {
    const headers = { 'MS-PartnerCenter-Client': 'Partner Center Java SDK' };
    expect(await kuzey('GET', '/v1/servicerequests', { headers })).toMatchObject({
      status: 400,
      body: { code: 900141 },
    });
  });

  test('needs a token like all else, and an unknown address is still unknown', async () => {
    expect((await fetch(`${deployment.url}/v1/servicerequests`)).status).toBe(401);
    expect(await kuzey('GET', '/v1/nonsense')).toMatchObject({ status: 404, body: { statusCode: 404 } });
  });

  test('is described, each with the answer that it gives', async () => {
    const described = (await (await fetch(`${deployment.url}/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { responses: Record<string, object> }>>;
    };
    const requests = described.paths['/v1/servicerequests'] ?? {};
    expect(Object.keys(requests)).toEqual(['get', 'post', 'patch', 'put', 'delete']);
    expect(Object.keys(requests['get']?.responses ?? {})).toEqual([
      '400',
      '401',
      '403',
      '404',
      '409',
      '429',
      '501',
      '503',
    ]);
  });
});
