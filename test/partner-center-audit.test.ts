import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, subscriptionPath } from './partner-center-client.ts';

type Recorded = {
  readonly id: string;
  readonly customerId?: string;
  readonly customerName?: string;
  readonly userPrincipalName?: string;
  readonly applicationId?: string;
  readonly operationType: string;
  readonly resourceType: string;
  readonly resourceOldValue?: string;
  readonly resourceNewValue: string;
  readonly operationDate: string;
};
type Body = Recorded & {
  readonly code: number;
  readonly items: readonly Recorded[];
  readonly targetSubscriptionId: string;
  readonly continuationToken?: string;
  readonly links: { readonly next?: { readonly uri: string } };
};

let deployment: TestDeployment;
let user: PartnerCenter<Body>;
let target: string;

/** Three acts on three days, the last by an application alone. */
beforeAll(async () => {
  deployment = await startDeployment();
  user = await connect(deployment);
  const upgraded = await user('POST', `${subscriptionPath(1)}/upgrades`, {
    body: { targetOffer: { id: OFFERS.o365E3 }, upgradeType: 'upgrade_with_license_transfer' },
  });
  target = upgraded.body.targetSubscriptionId;
  await deployment.moveClock('2026-11-17T09:00:00Z');
  user = await connect(deployment);
  await user('PATCH', subscriptionPath(2), { body: { quantity: 13 } });
  await deployment.moveClock('2026-11-18T09:00:00Z');
  const app = await connect<Body>(deployment, 'demo-kuzey');
  await app('PATCH', subscriptionPath(14), { body: { friendlyName: 'Merkez' } });
  user = await connect(deployment);
});
afterAll(() => deployment.stop());

const filter = (field: string, operator: string, value: string) =>
  `filter=${encodeURIComponent(JSON.stringify({ Field: field, Operator: operator, Value: value }))}`;
const typesOf = async (query: string) =>
  (await user('GET', `/v1/auditrecords?${query}`)).body.items.map((one) => one.operationType);
const ALL = ['update_subscription', 'update_subscription', 'upgrade_subscription'];

describe('audit records', () => {
  test('are for those roles that may read the audit log', async () => {
    const hold = (roles: string) =>
      deployment.context.database.asSystem((tx) =>
        tx.query(
          `update agents set roles = $1 where agent_id in
          (select agent_id from api_clients where client_id = 'demo-kuzey-user')`,
          [roles],
        ),
      );
    const { body } = await user('GET', '/v1/auditrecords?size=1');
    const one = `/auditactivity/v1/auditrecords/${body.items[0]?.id}`;
    await hold('{salesAgent,helpdeskAgent,billingAdmin,userManagementAdmin}');
    for (const path of ['/v1/auditrecords', one]) expect((await user('GET', path)).status).toBe(403);
    await hold('{adminAgent}');
    for (const path of ['/v1/auditrecords', one]) expect((await user('GET', path)).status).toBe(200);
  });

  test('an upgrade is recorded with who did it and what became of it', async () => {
    const { body } = await user('GET', `/v1/auditrecords?${filter('CustomerId', 'equals', customerId(1))}`);
    const [record] = body.items;
    expect(record).toMatchObject({
      customerId: customerId(1),
      customerName: 'Anadolu Lojistik',
      userPrincipalName: 'aylin@kuzey.example',
      operationType: 'upgrade_subscription',
      resourceType: 'subscription',
      operationDate: expect.stringMatching(/^2026-11-16T09:00:/),
    });
    expect(JSON.parse(record?.resourceNewValue ?? '')).toMatchObject({
      SourceSubscriptionId: subscriptionId(1),
      TargetSubscriptionId: target,
      UpgradeType: 'upgrade_with_license_transfer',
    });
  });

  test('an application that acts alone is named by its client id', async () => {
    const { body } = await user('GET', '/v1/auditrecords?size=1');
    expect(body.items[0]).toMatchObject({ applicationId: 'demo-kuzey', customerId: customerId(14) });
    expect(body.items[0]?.userPrincipalName).toBeUndefined();
  });

  test('a change says what was before and after', async () => {
    const { body } = await user('GET', `/v1/auditrecords?${filter('CustomerId', 'equals', customerId(14))}`);
    expect(JSON.parse(body.items[0]?.resourceOldValue ?? '')).toEqual({ FriendlyName: null });
    expect(JSON.parse(body.items[0]?.resourceNewValue ?? '')).toEqual({ FriendlyName: 'Merkez' });
  });

  test('a change of seats likewise', async () => {
    const { body } = await user('GET', `/v1/auditrecords?${filter('CustomerId', 'equals', customerId(2))}`);
    expect(JSON.parse(body.items[0]?.resourceOldValue ?? '')).toEqual({ Quantity: 12 });
    expect(JSON.parse(body.items[0]?.resourceNewValue ?? '')).toEqual({ Quantity: 13 });
  });

  test.each([
    ['a day', 'startDate=2026-11-16', ALL],
    ['the day of an act, to its end', 'startDate=2026-11-16&endDate=2026-11-17', ALL.slice(1)],
    ['as the .NET SDK writes it', 'startDate=11/17/2026%2000:00:00', ALL.slice(0, 2)],
    ['as PowerShell writes it', 'startDate=11/17/2026%2012:00:00%20PM', ALL.slice(0, 1)],
    ['as the Java SDK writes it, by the day of the year', 'startDate=2026-11-322&endDate=2026-11-322', ALL.slice(0, 1)],
    ['ISO 8601 with a zone', 'startDate=2026-11-17T12:00:00%2B03:00', ALL.slice(0, 2)],
    ['ISO 8601 whose plus came unencoded', 'startDate=2026-11-17T12:00:00+03:00', ALL.slice(0, 2)],
    ['ISO 8601 without one', 'startDate=2026-11-17T09:00:01', ALL.slice(0, 1)],
    ['older than 90 days', 'startDate=2025-01-01', ALL],
    ['nothing at all: the last 30 days', '', ALL],
  ])('a window is understood as %s', async (_how, query, types) => {
    expect(await typesOf(query)).toEqual(types);
  });

  test.each([
    ['part of a name, in any case', filter('CompanyName', 'substring', 'BOĞAZ'), 1],
    ['a kind of resource, in any case', filter('ResourceType', 'equals', 'Subscription'), 3],
    ['a kind that nothing was done to', filter('ResourceType', 'equals', 'order'), 0],
  ])('records are found by %s', async (_how, query, count) => {
    expect(await typesOf(query)).toHaveLength(count);
  });

  test('pages follow each other, the token in the query as the Java SDK sends it', async () => {
    const first = await user('GET', '/v1/auditrecords?startDate=2026-11-01&size=2');
    expect(first.body.items).toHaveLength(2);
    const token = encodeURIComponent(first.body.continuationToken ?? '');
    const second = await user('GET', `/v1${first.body.links.next?.uri}&MS-ContinuationToken=${token}`);
    expect(second.body.items.map((one) => one.operationType)).toEqual(['upgrade_subscription']);
    expect(second.body.links.next).toBeUndefined();
  });

  test('one record stands at the address that webhooks name', async () => {
    const { body } = await user('GET', '/v1/auditrecords?size=1');
    const id = body.items[0]?.id ?? '';
    expect((await user('GET', `/auditactivity/v1/auditrecords/${id}`)).body).toMatchObject({ id });
    const foreign = await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);
    expect(await foreign('GET', `/auditactivity/v1/auditrecords/${id}`)).toMatchObject({ status: 404 });
  });

  test('another partner sees none of it', async () => {
    const foreign = await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);
    expect((await foreign('GET', '/v1/auditrecords')).body.items).toEqual([]);
    expect((await foreign('GET', customerPath(1))).status).toBe(404);
  });

  test.each([
    ['a start that is no date', 'startDate=yesterday'],
    ['a day that no month has', 'startDate=2026-02-30T00:00:00Z'],
    ['a month that no year has', 'startDate=13/45/2026%2000:00:00'],
    ['a start after the end', 'startDate=2026-11-18&endDate=2026-11-01'],
    ['another filter', filter('CompanyName', 'equals', 'x')],
    ['a customer that is no GUID', filter('CustomerId', 'equals', 'x')],
    ['a token of no page', 'MS-ContinuationToken=x'],
  ])('%s is refused', async (_what, query) => {
    expect((await user('GET', `/v1/auditrecords?${query}`)).status).toBe(400);
  });
});
