import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect, customerPath } from './partner-center-client.ts';

let deployment: TestDeployment;
let aylin: Client;
let wendy: Client;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  aylin = await deployment.signIn('aylin@kuzey.example');
  wendy = await deployment.signIn('wendy@westwind.example');
});

const of = (customer: number) => ({ params: { customerId: customerId(customer) } });
const OPEN_E3 = { offerId: OFFERS.o365E3, channel: 'open' as const, quantity: 5, endsOn: '2027-01-31' };

const record = async (api: Client, customer: number, body: object = {}) =>
  valueOf(await api('recordSubscription', { ...of(customer), body: { ...OPEN_E3, ...body } }));

/** Names of the reasons against a target of a customer's first subscription. */
async function reasonsOf(api: Client, customer: number, targetOfferId: string = OFFERS.o365E3): Promise<string[]> {
  const params = { customerId: customerId(customer), subscriptionId: subscriptionId(customer) };
  const { targets } = valueOf(await api('showEligibility', { params }));
  const target = targets.find((one) => one.offerId === targetOfferId);
  return target?.types[0]?.refusals.map(({ name }) => name) ?? ['not listed'];
}

async function auditOf(customer: number) {
  return deployment.context.database.asSystem((tx) =>
    tx.query<{ action: string; details: object }>(
      `select action, details from audit_records where customer_id = $1 and (action like 'recorded%' or action like 'watch%') order by audit_id`,
      [customerId(customer)],
    ),
  );
}

describe('a subscription that was bought elsewhere, recorded by hand', () => {
  it('counts in conditions 3 and 4 from then on, and no longer once it has ended', async () => {
    expect(await reasonsOf(aylin, 1)).toEqual([]);
    const { recordedSubscriptionId, version } = await record(aylin, 1);
    expect(await reasonsOf(aylin, 1)).toEqual(['services-already-owned', 'target-already-owned']);
    const params = { ...of(1).params, recordedSubscriptionId };
    const expired = { ...OPEN_E3, status: 'expired' as const, version };
    const changed = valueOf(await aylin('changeRecordedSubscription', { params, body: expired }));
    expect(await reasonsOf(aylin, 1)).toHaveLength(2);
    const ended = { ...OPEN_E3, status: 'deleted' as const, version: changed.version };
    const after = valueOf(await aylin('changeRecordedSubscription', { params, body: ended }));
    expect(after).toMatchObject({ status: 'deleted', endedAt: expect.any(String), version: 3 });
    expect(await reasonsOf(aylin, 1)).toEqual([]);
    expect(valueOf(await aylin('listRecordedSubscriptions', of(1))).items).toEqual([after]);
    expect((await auditOf(1)).map(({ action }) => action)).toEqual([
      'recorded-subscription.added',
      'recorded-subscription.changed',
      'recorded-subscription.changed',
    ]);
  });

  it('stands in the list as what another channel sold: with offer, channel, state and end, without price or id of a seller', async () => {
    const { recordedSubscriptionId } = await record(aylin, 1);
    const { items, elsewhere } = valueOf(await aylin('listSubscriptions', of(1)));
    expect(items).toHaveLength(1);
    expect(elsewhere).toEqual([
      {
        offerId: OFFERS.o365E3,
        offerName: 'Office 365 Enterprise E3',
        channel: 'open',
        channelName: 'Open license',
        status: 'active',
        termEndsOn: '2027-01-31',
        recordedSubscriptionId,
      },
    ]);
  });

  it('cannot be given seats, quoted, upgraded or billed: it is no subscription', async () => {
    const { recordedSubscriptionId } = await record(aylin, 1);
    const params = { customerId: customerId(1), subscriptionId: recordedSubscriptionId };
    const body = { targetOfferId: OFFERS.o365E5, upgradeType: 'upgrade_only' as const };
    const answers = [
      await aylin('showSubscription', { params }),
      await aylin('showEligibility', { params }),
      await aylin('changeSeats', { params, body: { quantity: 6 } }),
      await aylin('quoteUpgrade', { params, body }),
      await aylin('listCharges', { params }),
    ];
    expect(answers.map((one) => problemOf(one).code)).toEqual(Array(answers.length).fill('not-found'));
  });

  it('is changed as a repeat without effect, and not over a change of a colleague', async () => {
    const { recordedSubscriptionId } = await record(aylin, 1);
    const params = { ...of(1).params, recordedSubscriptionId };
    const body = { ...OPEN_E3, quantity: 9, status: 'suspended' as const, version: 1 };
    const once = valueOf(await aylin('changeRecordedSubscription', { params, body }));
    expect(valueOf(await aylin('changeRecordedSubscription', { params, body }))).toEqual(once);
    const late = await aylin('changeRecordedSubscription', { params, body: { ...body, quantity: 10 } });
    expect(problemOf(late)).toMatchObject({ code: 'changed-meanwhile', status: 409 });
    expect(await auditOf(1)).toHaveLength(2);
  });

  it('is asked about when one of the same offer and channel is recorded, seen without, or sold by us', async () => {
    await record(aylin, 1);
    const again = await aylin('recordSubscription', { ...of(1), body: OPEN_E3 });
    expect(problemOf(again)).toMatchObject({ code: 'already-recorded', status: 409 });
    const seen = { offerId: OFFERS.appsEnterprise, channel: 'direct' as const, quantity: 10 };
    expect(problemOf(await aylin('recordSubscription', { ...of(7), body: seen })).code).toBe('already-counts');
    const anothers = { offerId: OFFERS.o365E3, channel: 'csp' as const, quantity: 5 };
    expect(problemOf(await aylin('recordSubscription', { ...of(8), body: anothers })).code).toBe('already-counts');
    const oursAlready = { offerId: OFFERS.businessBasic, channel: 'csp' as const, quantity: 25 };
    expect(problemOf(await aylin('recordSubscription', { ...of(1), body: oursAlready })).code).toBe('already-counts');
    await record(aylin, 1, { another: true });
    expect(valueOf(await aylin('listRecordedSubscriptions', of(1))).items).toHaveLength(2);
  });

  it('is taken back without a trace in the rules, and with one in the audit log', async () => {
    const { recordedSubscriptionId } = await record(aylin, 1);
    const params = { ...of(1).params, recordedSubscriptionId };
    expect((await aylin('removeRecordedSubscription', { params })).ok).toBe(true);
    expect(problemOf(await aylin('removeRecordedSubscription', { params })).code).toBe('not-found');
    expect(await reasonsOf(aylin, 1)).toEqual([]);
    expect((await auditOf(1)).at(-1)?.action).toBe('recorded-subscription.removed');
  });

  it.each([
    [{ offerId: 'no-such-offer' }, 'offerId'],
    [{ channel: 'teleshopping' }, 'channel'],
    [{ quantity: 0 }, 'quantity'],
    [{ quantity: 1.5 }, 'quantity'],
    [{ endsOn: '2026-02-30' }, 'endsOn'],
    [{ status: 'deleted' }, 'status'],
    [{ unitPrice: '1.00' }, 'unitPrice'],
  ])('%j is refused at the field %s', async (bent, field) => {
    const answer = await aylin('recordSubscription', { ...of(1), body: { ...OPEN_E3, ...bent } as typeof OPEN_E3 });
    expect(problemOf(answer)).toMatchObject({ status: 400, fields: [{ field }] });
  });

  it.each([
    ['gulay', true],
    ['umut', true],
    ['aylin', true],
    ['selim', true],
    ['hale', false],
    ['bora', false],
  ])('%s may do it: %s (M6)', async (agent, may) => {
    const api = await deployment.signIn(`${agent}@kuzey.example`);
    const answer = await api('recordSubscription', { ...of(1), body: OPEN_E3 });
    expect(answer.ok ? 'done' : answer.problem.code).toBe(may ? 'done' : 'role-not-allowed');
  });

  it('does not exist on the Partner Center API', async () => {
    await record(aylin, 1);
    const send = await connect(deployment, 'demo-kuzey-user', PARTNERS.kuzey);
    const listed = await send('GET', `${customerPath(1)}/subscriptions`);
    expect(JSON.stringify(listed.body)).not.toContain(OFFERS.o365E3);
    const skus = await send('GET', `${customerPath(1)}/subscribedskus`);
    expect(JSON.stringify(skus.body)).not.toContain('ENTERPRISEPACK');
  });
});

describe('whatever a partner records', () => {
  /** Every answer that an agent of another partner gets about a customer that both serve. */
  async function answersTo(api: Client): Promise<string> {
    const params = { customerId: customerId(8), subscriptionId: subscriptionId(8) };
    const query = { to: OFFERS.o365E3 };
    return JSON.stringify([
      valueOf(await api('listCustomers', {})),
      valueOf(await api('showCustomer', of(8))),
      valueOf(await api('listSubscriptions', of(8))),
      valueOf(await api('showEligibility', { params })),
      { ...valueOf(await api('showEvidence', { params, query })), checkedAt: null },
      valueOf(await api('listRecordedSubscriptions', of(8))),
      valueOf(await api('listWatches', {})),
    ]);
  }

  const offerIds = Object.values(OFFERS);
  const recorded = fc.record({
    offerId: fc.constantFrom(...offerIds),
    channel: fc.constantFrom('csp' as const, 'direct' as const, 'open' as const, 'ea' as const, 'retail' as const),
    quantity: fc.integer({ min: 1, max: 10_000_000 }),
    status: fc.constantFrom('pending' as const, 'active' as const, 'suspended' as const, 'expired' as const),
    endsOn: fc.option(fc.constantFrom('2026-11-17', '2027-06-30')),
    another: fc.constant(true),
  });

  it('never changes any answer that another partner gets', { timeout: 60_000 }, async () => {
    const before = await answersTo(aylin);
    await fc.assert(
      fc.asyncProperty(recorded, async (body) => {
        const { recordedSubscriptionId } = valueOf(await wendy('recordSubscription', { ...of(8), body }));
        const after = await answersTo(aylin);
        expect(after).toBe(before);
        expect(after).not.toContain(recordedSubscriptionId);
      }),
      { numRuns: 25 },
    );
    expect(valueOf(await wendy('listRecordedSubscriptions', of(8))).items).toHaveLength(25);
  });

  it('is out of another partner’s reach by its id', async () => {
    const { recordedSubscriptionId } = await record(aylin, 8);
    const params = { ...of(8).params, recordedSubscriptionId };
    const body = { ...OPEN_E3, status: 'deleted' as const };
    expect(problemOf(await wendy('changeRecordedSubscription', { params, body })).code).toBe('not-found');
    expect(problemOf(await wendy('removeRecordedSubscription', { params })).code).toBe('not-found');
    expect(problemOf(await wendy('recordSubscription', { ...of(1), body: OPEN_E3 })).code).toBe('not-found');
  });
});

describe('a file of subscriptions that were bought elsewhere', () => {
  const preview = (api: Client, body: string) => api('previewRecordedImport', { body });
  const apply = (api: Client, body: string) => api('importRecordedSubscriptions', { body });
  const FILE = [
    '\uFEFFMüşteri;Teklif;Kanal;Lisans sayısı;Bitiş tarihi;Not',
    `anadolu-lojistik.example;Office 365 Enterprise E3;Açık Lisans;5;31.01.2027;aynı gün`,
    `${customerId(2).toUpperCase()};ENTERPRISEPACK;doğrudan;12;;`,
    '',
  ].join('\r\n');

  it('with more columns than any export has is refused as a whole', async () => {
    const problem = problemOf(await preview(aylin, `customer,offer,channel,seats${',x'.repeat(197)}`));
    expect(problem.fields?.[0]?.field).toBe('body');
    const wide = `customer,offer,channel,seats${',x'.repeat(400_000)}\n`;
    expect(problemOf(await preview(aylin, wide)).fields).toEqual(problem.fields);
  });

  it('is shown before it is applied, applied once, and the same the second time', async () => {
    const shown = valueOf(await preview(aylin, FILE));
    expect(shown.read).toEqual({ separator: ';', rows: 2, ignoredColumns: ['Not'] });
    expect(shown.counts).toEqual({ new: 2, changed: 0, same: 0, inDoubt: 0 });
    expect(shown.rows[0]).toMatchObject({
      line: 2,
      state: 'new',
      customerName: 'Anadolu Lojistik',
      offerId: OFFERS.o365E3,
      channel: 'open',
      quantity: 5,
      endsOn: '2027-01-31',
      reason: null,
    });
    expect(shown.rows[1]).toMatchObject({ channel: 'direct', quantity: 12, endsOn: null });
    expect(await auditOf(1)).toEqual([]);

    expect(valueOf(await apply(aylin, FILE)).counts.new).toBe(2);
    expect(await reasonsOf(aylin, 1)).toContain('target-already-owned');
    expect(valueOf(await apply(aylin, FILE)).counts).toEqual({ new: 0, changed: 0, same: 2, inDoubt: 0 });
    expect((await auditOf(1)).map(({ action }) => action)).toEqual(['recorded-subscriptions.imported']);
  });

  it('changes seats and end of what is recorded, and says what they were', async () => {
    await record(aylin, 1);
    const file =
      'domain,offer,channel,seats,ends on\nanadolu-lojistik.example,office 365 enterprise e3,open,7,2027-02-28';
    expect(valueOf(await preview(aylin, file)).rows[0]).toMatchObject({
      state: 'changed',
      before: { quantity: 5, endsOn: '2027-01-31' },
    });
    valueOf(await apply(aylin, file));
    const { items } = valueOf(await aylin('listRecordedSubscriptions', of(1)));
    expect(items).toMatchObject([{ quantity: 7, endsOn: '2027-02-28', version: 2 }]);
  });

  it('leaves every doubt to a person, with the line and the reason, and records nothing meanwhile', async () => {
    await record(aylin, 3);
    await record(aylin, 3, { another: true });
    const lines = [
      ['customer,offer,channel,seats,ends on', ''],
      ['nobody.example,Office 365 Enterprise E3,open,5,', 'None of your customers'],
      [',Office 365 Enterprise E3,open,5,', 'The customer is missing'],
      ['fabrikam-hills.example,Office 365 Enterprise E3,open,5,', 'None of your customers'],
      ['anadolu-lojistik.example,Office 365 E9,open,5,', 'No offer has this'],
      ['anadolu-lojistik.example,Office 365 Enterprise E3,bazaar,5,', 'The channel is not one of'],
      ['anadolu-lojistik.example,Office 365 Enterprise E3,open,1.200,', 'whole number'],
      ['anadolu-lojistik.example,Office 365 Enterprise E3,open,0,', 'whole number'],
      ['anadolu-lojistik.example,Office 365 Enterprise E3,open,5,01/02/2027', 'must be written as'],
      ['anadolu-lojistik.example,Office 365 Enterprise E3,open,5,30.02.2027', 'must be written as'],
      ['anadolu-lojistik.example,Office 365 Enterprise E3,open,5', 'more or fewer cells'],
      ['bogaz-mimarlik.example,Office 365 Enterprise E3,ea,5,', 'Another line'],
      ['bogaz-mimarlik.example,ENTERPRISEPACK,ea,6,', 'Another line'],
      ['cinar-eczane.example,Office 365 Enterprise E3,open,6,', 'Two of the same'],
      [`goksu-hukuk.example,${OFFERS.appsEnterprise},direct,10,`, 'seen without being recorded'],
      ['deniz-turizm.example,Office 365 Enterprise E3,open,5,', ''],
    ] as const;
    const file = lines.map(([line]) => line).join('\n');
    const { rows } = valueOf(await preview(aylin, file));
    expect(rows).toHaveLength(lines.length - 1);
    for (const [index, row] of rows.entries()) {
      const [, reason] = lines[index + 1] ?? ['', ''];
      expect({ line: row.line, reason: row.reason ?? '' }).toEqual({
        line: index + 2,
        reason: expect.stringContaining(reason),
      });
      expect(row.state).toBe(reason === '' ? 'new' : 'in-doubt');
    }
    const refused = problemOf(await apply(aylin, file));
    expect(refused).toMatchObject({ code: 'import-in-doubt', status: 422 });
    expect(refused.detail).toContain('2, 3, 4');
    expect(valueOf(await aylin('listRecordedSubscriptions', of(4))).items).toEqual([]);
  });

  it.each([
    ['an unclosed quotation mark', 'customer,offer,channel,seats\n"a,b,c,1', 'quotation mark'],
    ['a missing column', 'customer,offer,seats\na,b,1', 'customer, offer, channel and seats'],
    ['a column twice', 'customer,domain,offer,channel,seats\na,a,b,c,1', 'each once'],
    ['a heading alone', 'customer,offer,channel,seats\n', 'at least one line'],
    ['another encoding', 'customer,offer,channel,seats\n\uFFFD,b,c,1', 'UTF-8'],
  ])('%s refuses the file as a whole', async (_what, file, says) => {
    const { status, fields } = problemOf(await preview(aylin, file));
    expect(status).toBe(400);
    expect(fields?.[0]).toEqual({ field: 'body', message: expect.stringContaining(says) });
  });

  it('is asked for as CSV; elsewhere CSV is no JSON', async () => {
    const send = async (path: string, type: string, body: string) =>
      fetch(deployment.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`, 'content-type': type },
        body,
      });
    const path = '/api/recorded-subscriptions/import/preview';
    expect((await send(path, 'text/csv; charset=utf-8', FILE)).status).toBe(200);
    expect((await send(path, 'application/xml', FILE)).status).toBe(415);
    expect((await send(path, 'application/json', '{}')).status).toBe(400);
    const records = `/api/customers/${customerId(1)}/recorded-subscriptions`;
    expect((await send(records, 'text/csv', FILE)).status).toBe(415);
  });

  it('of a thousand lines is compared in a handful of statements', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `anadolu-lojistik.example,x${index},open,1,`);
    deployment.roundTrips.length = 0;
    const file = ['customer,offer,channel,seats,ends on', ...lines].join('\n');
    expect(valueOf(await preview(aylin, file)).counts.inDoubt).toBe(1000);
    expect(deployment.roundTrips.length).toBeLessThan(15);
  });
});

describe('the evidence for a refusal through another channel', () => {
  const evidenceOf = async (api: Client, customer: number, to: string) => {
    const params = { customerId: customerId(customer), subscriptionId: subscriptionId(customer) };
    return api('showEvidence', { params, query: { to } });
  };

  it('tells of what another partner sold the offer, the channel, the state, the services and the end alone', async () => {
    const evidence = valueOf(await evidenceOf(aylin, 8, OFFERS.o365E3));
    expect(evidence).toMatchObject({
      clear: false,
      letter: true,
      targetName: 'Office 365 Enterprise E3',
      nextCheckOn: '2027-09-07',
    });
    expect(evidence.blocking).toEqual([
      {
        offerId: OFFERS.o365E3,
        offerName: 'Office 365 Enterprise E3',
        channel: 'csp',
        channelName: 'another partner',
        ours: false,
        subscriptionId: null,
        recordedSubscriptionId: null,
        status: 'active',
        statusName: 'active',
        endsOn: '2027-09-06',
        services: expect.arrayContaining(['Office desktop apps']),
        isTarget: true,
      },
    ]);
    const told = JSON.stringify(evidence);
    for (const secret of ['Westwind', PARTNERS.westwind, subscriptionId(8, 2), '"quantity"', 'unitPrice']) {
      expect(told).not.toContain(secret);
    }
    expect(evidence.consequences.join(' ')).toContain('condition 4');
    expect(evidence.consequences.join(' ')).toContain('6 Sept 2027');
  });

  it('says the same in Turkish', async () => {
    const turkish = await deployment.signIn('aylin@kuzey.example', 'tr');
    const { blocking, consequences } = valueOf(await evidenceOf(turkish, 8, OFFERS.o365E3));
    expect(blocking[0]).toMatchObject({
      channelName: 'başka iş ortağı',
      services: expect.arrayContaining(['Office masaüstü uygulamaları']),
    });
    expect(consequences.join(' ')).toContain('06.09.2027');
  });

  it('is empty where nothing stands in the way, and says so', async () => {
    const evidence = valueOf(await evidenceOf(aylin, 1, OFFERS.o365E3));
    expect(evidence).toMatchObject({ clear: true, letter: false, blocking: [], others: [], nextCheckOn: null });
    expect(evidence.consequences).toEqual([expect.stringContaining('Nothing stands in the way any more')]);
  });

  it('is there for listed targets alone', async () => {
    expect(problemOf(await evidenceOf(aylin, 1, OFFERS.appsBusiness))).toMatchObject({
      code: 'refused',
      refusals: [{ name: 'target-not-listed' }],
    });
    expect(problemOf(await evidenceOf(aylin, 1, 'nothing')).code).toBe('not-found');
    expect(problemOf(await evidenceOf(aylin, 41, OFFERS.o365E3)).code).toBe('not-found');
  });
});
