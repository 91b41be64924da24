import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { closeMonths } from '../server/ledger/close-months.ts';
import { connect } from './partner-center-client.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
// A world of its own for each test: the clock does not go back behind what was billed.
beforeEach(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterEach(() => deployment.stop());

const of = (number: number) => ({ customerId: customerId(number), subscriptionId: subscriptionId(number) });
const changeSeats = async (number: number, quantity: number) =>
  valueOf(await aylin('changeSeats', { params: of(number), body: { quantity } }));
const invoices = async (client = aylin) => valueOf(await client('listInvoices', {})).items;
const invoiceOf = async (month: string) => (await invoices()).find(({ periodStart }) => periodStart.startsWith(month));
const numberOf = async (month: string) => (await invoiceOf(month))?.invoiceNumber ?? 'none';
const show = async (invoiceNumber: string) => valueOf(await aylin('showInvoice', { params: { invoiceNumber } }));
const minorOf = (amount: string) => BigInt(amount.replace('.', ''));
/** Lets a server close all months that can be, one after the other. */
async function close(): Promise<void> {
  const routine = closeMonths(deployment.context);
  while (await routine.run());
}
const sql = <Row extends object>(text: string, values: readonly unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));

/** Every line of an invoice, page by page. */
async function linesOf(invoiceNumber: string, limit = 200) {
  const lines = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit, ...(cursor !== null && { cursor }) };
    const page = valueOf(await aylin('listInvoiceLines', { params: { invoiceNumber }, query }));
    lines.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lines;
}

/** Nothing is left to be billed by the clock. */
const billEverything = () => sql(`update subscriptions set billed_through = '2090-01-01', status_until = null`);

/** Another line like the newest one, booked on a day. */
async function book(bookedOn: string, minor = 100) {
  const [row] = await sql<{ charge_id: string }>(
    `insert into charges select r.* from (select * from charges where partner_id = $3 order by charge_id desc limit 1) c
     cross join lateral jsonb_populate_record(null::charges, to_jsonb(c) || jsonb_build_object('charge_id', gen_random_uuid(),
       'reference_id', gen_random_uuid(), 'upgrade_id', null, 'reverses', null, 'booked_on', $1::date, 'amount_minor', $2::bigint)) r
     returning charge_id`,
    [bookedOn, minor, PARTNERS.kuzey],
  );
  return row?.charge_id;
}

describe('the invoice of a month', () => {
  it('is made of the lines that are booked in it, and adds up by line, by customer and in all', async () => {
    await changeSeats(2, 13);
    await changeSeats(10, 40);
    const invoice = await invoiceOf('2026-11');
    expect(invoice).toMatchObject({
      platform: 'legacy',
      periodStart: '2026-11-01',
      periodEnd: '2026-11-30',
      status: 'open',
      closedAt: null,
    });
    expect(invoice?.invoiceNumber).toMatch(/^D2611[0-9A-F]{6}$/);
    const lines = await linesOf(invoice?.invoiceNumber ?? '', 3);
    const shown = await show(invoice?.invoiceNumber ?? '');
    const ofLines = lines.reduce((sum, { amount }) => sum + minorOf(amount.amount), 0n);
    const ofCustomers = shown.customers.reduce((sum, { cost }) => sum + minorOf(cost.amount), 0n);
    expect([lines.length, ofLines, ofCustomers]).toEqual([
      invoice?.lines,
      minorOf(shown.total.amount),
      minorOf(shown.total.amount),
    ]);
    expect(shown.customers.map(({ customer }) => customer.customerId)).toEqual(
      expect.arrayContaining([customerId(2), customerId(10)]),
    );
    expect(shown.totals.cost).toEqual(shown.total);
  });

  it('tells of each line in one sentence how it came about, in both languages', async () => {
    await changeSeats(2, 13);
    const number = await numberOf('2026-11');
    const turkish = await deployment.signIn('aylin@kuzey.example', 'tr');
    const inTurkish = valueOf(await turkish('listInvoiceLines', { params: { invoiceNumber: number } })).items;
    const inEnglish = await linesOf(number);
    const sentencesOf = (lines: typeof inEnglish) => lines.map(({ explained }) => explained.sentence).toSorted();
    expect(sentencesOf(inEnglish)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^An earlier line taken back for the change of licenses: the whole period from .+ to .+, 12 × \$8\.25 a month\.$/,
        ),
        expect.stringMatching(
          /^Charged for the change of licenses: \d+ of the \d+ days of the period, from .+ to .+, 13 × \$8\.25 a month/,
        ),
      ]),
    );
    expect(sentencesOf(inTurkish)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^Lisans sayısı değişikliği nedeniyle geri alınan satır: .+ – .+ döneminin tamamı; 12 × aylık \$8,25\.$/,
        ),
        expect.stringMatching(
          /^Lisans sayısı değişikliği için ücret: .+ – .+, \d+ günlük dönemin \d+ günü; 13 × aylık \$8,25/,
        ),
      ]),
    );
  });

  it('is found by nobody else, and under no other number', async () => {
    await changeSeats(2, 13);
    const invoiceNumber = await numberOf('2026-11');
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect(problemOf(await wendy('showInvoice', { params: { invoiceNumber } })).code).toBe('not-found');
    expect(problemOf(await aylin('showInvoice', { params: { invoiceNumber: 'D2611000000' } })).code).toBe('not-found');
    expect((await invoices(wendy)).map((one) => one.invoiceNumber)).not.toContain(invoiceNumber);
  });

  it('keeps its lines when the relationship to a customer ends, without the name', async () => {
    await changeSeats(2, 13);
    const before = await invoiceOf('2026-11');
    await sql('delete from delegated_privileges where customer_id = $1', [customerId(2)]);
    await sql('delete from relationships where customer_id = $1 and partner_id = $2', [customerId(2), PARTNERS.kuzey]);
    expect(await invoiceOf('2026-11')).toEqual(before);
    const lines = await linesOf(before?.invoiceNumber ?? '');
    const theirs = lines.filter(({ customer }) => customer.customerId === customerId(2));
    expect(new Set(theirs.map(({ customer }) => customer.name))).toEqual(new Set([null]));
  });
});

describe('a month that is over', () => {
  it('is closed once, however many servers look, and never changes after that', async () => {
    await changeSeats(2, 13);
    await billEverything();
    await close();
    expect(await invoiceOf('2026-11')).toMatchObject({ status: 'open' });
    await deployment.moveClock('2026-12-02T09:00:00Z');
    await Promise.all([close(), close(), close()]);
    const [{ count } = { count: 0n }] = await sql<{ count: bigint }>(
      `select count(*) from invoices where partner_id = $1 and month = '2026-11-01' and platform = 'legacy'`,
      [PARTNERS.kuzey],
    );
    expect(count).toBe(1n);
    const number = await numberOf('2026-11');
    const [shown, lines] = [await show(number), await linesOf(number)];
    expect(shown).toMatchObject({ status: 'closed', unchanged: true });
    const late = await book('2026-11-20');
    await deployment.moveClock('2026-12-20T09:00:00Z');
    await close();
    expect([await show(number), await linesOf(number)]).toEqual([shown, lines]);
    const next = await linesOf(await numberOf('2026-12'));
    expect(next.map(({ chargeId, bookedOn }) => [chargeId, bookedOn])).toEqual([[late, '2026-11-20']]);
    for (const change of ['update invoices set lines = 9', 'delete from invoices', 'delete from invoice_closings'])
      await expect(sql(change)).rejects.toThrow('insert-only');
  });

  it('stays open while something that falls due in it is not billed', async () => {
    await changeSeats(2, 13);
    await billEverything();
    await sql(`update subscriptions set billed_through = '2026-11-29' where subscription_id = $1`, [
      subscriptionId(10),
    ]);
    await deployment.moveClock('2026-12-02T09:00:00Z');
    await close();
    expect(await invoiceOf('2026-11')).toMatchObject({ status: 'open' });
    await sql(`update subscriptions set billed_through = '2026-11-30' where subscription_id = $1`, [
      subscriptionId(10),
    ]);
    await close();
    expect(await invoiceOf('2026-11')).toMatchObject({ status: 'closed' });
  });

  it('is invoiced by the next look where a server stopped between closing and writing', async () => {
    await changeSeats(2, 13);
    await billEverything();
    const before = await invoiceOf('2026-11');
    await deployment.moveClock('2026-12-02T09:00:00Z');
    await sql(`insert into invoice_closings values ($1, '2026-11-01', now())`, [PARTNERS.kuzey]);
    expect(await invoiceOf('2026-11')).toEqual(before);
    await close();
    expect(await invoiceOf('2026-11')).toMatchObject({ status: 'closed', total: before?.total, lines: before?.lines });
  });

  it('shows when its lines were changed past the program', async () => {
    await changeSeats(2, 13);
    await billEverything();
    await deployment.moveClock('2026-12-02T09:00:00Z');
    await close();
    await sql(`alter table charges disable trigger user; update charges set amount_minor = amount_minor + 1;
      alter table charges enable trigger user`);
    expect(await show(await numberOf('2026-11'))).toMatchObject({ unchanged: false });
  });
});

it('Whenever lines are booked and months are closed, each line stands in exactly one invoice, and all of them add up', async () => {
  await changeSeats(2, 13);
  await billEverything();
  const days = fc.array(
    fc.record({ month: fc.integer({ min: 0, max: 3 }), edge: fc.constantFrom('first', 'last'), minor: fc.integer() }),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(days, fc.integer({ min: 0, max: 4 }), async (booked, now) => {
      for (const { month, edge, minor } of booked) {
        const first = Temporal.PlainDate.from('2026-11-01').add({ months: month });
        const on = edge === 'first' ? first : first.add({ months: 1 }).subtract({ days: 1 });
        await book(on.toString(), minor);
      }
      await deployment.moveClock(`${Temporal.PlainDate.from('2026-11-16').add({ months: now }).toString()}T12:00:00Z`);
      await close();
      const listed = await invoices();
      const lines = (await Promise.all(listed.map(({ invoiceNumber }) => linesOf(invoiceNumber)))).flat();
      const [all] = await sql<{ count: bigint; sum: string }>(
        'select count(*), sum(amount_minor)::text as sum from charges where partner_id = $1',
        [PARTNERS.kuzey],
      );
      expect(new Set(lines.map(({ chargeId }) => chargeId)).size).toBe(lines.length);
      expect(BigInt(lines.length)).toBe(all?.count);
      expect(listed.reduce((sum, { total }) => sum + minorOf(total.amount), 0n)).toBe(BigInt(all?.sum ?? 0));
    }),
    { numRuns: 12 },
  );
});

it('A credit of a new billing cycle that comes to 0.00 is no charge that a change of seats gives back and charges again', async () => {
  const seed = { partnerId: PARTNERS.kuzey, customerId: customerId(16), offerId: OFFERS.businessBasic, quantity: 4 };
  const body = { ...seed, purchasedOn: '2026-11-01', unitPrice: '0.00', users: 0 };
  const { userIds: _, ...params } = valueOf(await aylin('seedSubscription', { body }));
  const send = await connect(deployment);
  const { body: sold } = await send('GET', `/v1/customers/${customerId(16)}/subscriptions/${params.subscriptionId}`);
  const order = `/v1/customers/${customerId(16)}/orders/${String(sold['orderId'])}`;
  expect((await send('PATCH', order, { body: { billingCycle: 'annual' } })).status).toBe(200);
  await deployment.moveClock('2026-11-20T09:00:00Z');
  const { lines } = valueOf(await aylin('previewSeats', { params, body: { quantity: 5 } }));
  expect(lines.map((one) => `${one.chargeType} ${one.periodStart}..${one.periodEnd} x ${one.quantity}`)).toEqual([
    'Cancel instance prorate 2026-11-16..2027-11-15 x 4',
    'Prorate fees when purchase 2026-11-16..2026-11-19 x 4',
    'Prorate fees when purchase 2026-11-20..2027-11-15 x 5',
  ]);
});

describe('an invoice beside the quotes of its month', () => {
  const upgrade = async () => {
    const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_only' as const };
    const { quoteId } = valueOf(await aylin('quoteUpgrade', { params: of(10), body }));
    return valueOf(await aylin('submitQuote', { params: { customerId: customerId(10), quoteId } })).upgradeId;
  };

  it('finds nothing that differs where the bill is what was approved', async () => {
    await upgrade();
    expect((await show(await numberOf('2026-11'))).quotes).toEqual({ compared: 1, differing: [] });
  });

  it('flags an upgrade with a line that no quote told', async () => {
    const upgradeId = await upgrade();
    await sql(
      `insert into charges select r.* from (select * from charges where upgrade_id = $1 and amount_minor > 0 limit 1) c
       cross join lateral jsonb_populate_record(null::charges, to_jsonb(c) || jsonb_build_object('charge_id', gen_random_uuid(),
         'period_start', '2026-11-16', 'period_end', '2026-11-16', 'days', 1, 'quantity', 1, 'amount_minor', 7)) r`,
      [upgradeId],
    );
    const { quotes } = await show(await numberOf('2026-11'));
    expect(quotes.differing).toMatchObject([
      { upgradeId, missing: [], unexpected: [expect.stringContaining('2026-11-16..2026-11-16 x 1 = 0.07')] },
    ]);
  });
});

describe('the reconciliation file', () => {
  const download = async (language: 'en' | 'tr') => {
    const answer = await fetch(`${deployment.url}/api/invoices/${await numberOf('2026-11')}/lines`, {
      headers: {
        accept: 'text/csv',
        'accept-language': language,
        authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`,
      },
    });
    return { name: answer.headers.get('content-disposition'), text: await answer.text() };
  };

  it('has the documented columns and a row for each line, with amounts that a spreadsheet adds up', async () => {
    await changeSeats(2, 13);
    const lines = await linesOf(await numberOf('2026-11'));
    const { name, text } = await download('en');
    const [header = '', ...rows] = text.replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(name).toBe(`attachment; filename="${await numberOf('2026-11')}.csv"`);
    expect(header).toBe(
      'PartnerId,CustomerId,CustomerName,MPNID,ResellerMPNID,OrderId,SubscriptionId,SyndicationPartnerSubscriptionNumber,OfferId,DurableOfferId,OfferName,SubscriptionStartDate,SubscriptionEndDate,ChargeStartDate,ChargeEndDate,ChargeType,UnitPrice,Quantity,Amount,TotalOtherDiscount,Subtotal,Tax,TotalForCustomer,Currency,DomainName,SubscriptionName,SubscriptionDescription,BillingCycleType',
    );
    const amount = header.split(',').indexOf('Amount');
    expect(rows.map((row) => row.split(',')[amount])).toEqual(lines.map((line) => line.amount.amount));
    expect(lines.some((line) => line.amount.amount.startsWith('-'))).toBe(true);
  });

  it('is written with semicolons and a decimal comma in Turkish', async () => {
    await changeSeats(2, 13);
    const lines = await linesOf(await numberOf('2026-11'));
    const { text } = await download('tr');
    const [header = '', ...rows] = text.replace('\uFEFF', '').trimEnd().split('\r\n');
    const amount = header.split(';').indexOf('Amount');
    expect(rows.map((row) => row.split(';')[amount])).toEqual(
      lines.map((line) => line.amount.amount.replace('.', ',')),
    );
  });
});

describe('margin and tax', () => {
  it('make a sell price beside the cost, and stay in a closed invoice as they were', async () => {
    await changeSeats(2, 13);
    await billEverything();
    const gulay = await deployment.signIn('gulay@kuzey.example');
    const settings = valueOf(await gulay('showBillingSettings', {}));
    expect(settings).toEqual({ legacyRounding: 'full-precision', newCommerceRounding: 'cut-unit', vatRates: [] });
    const taxed = { ...settings, vatRates: [{ market: 'TR', basisPoints: 2000 }] };
    expect(valueOf(await gulay('changeBillingSettings', { body: taxed }))).toEqual(taxed);
    const params = { customerId: customerId(2) };
    valueOf(await aylin('changeMargin', { params, body: { basisPoints: 1000 } }));
    const number = await numberOf('2026-11');
    const open = await show(number);
    expect(open.customers.find(({ customer }) => customer.customerId === customerId(2))).toMatchObject({
      marginBasisPoints: 1000,
      vatBasisPoints: 2000,
    });
    const sold = (await linesOf(number)).map((line) => line.sold);
    const sumOf = (key: 'sell' | 'tax') => sold.reduce((sum, one) => sum + minorOf(one[key].amount), 0n);
    expect([sumOf('sell'), sumOf('tax')]).toEqual([minorOf(open.totals.sell.amount), minorOf(open.totals.tax.amount)]);
    await deployment.moveClock('2026-12-02T09:00:00Z');
    await close();
    valueOf(await aylin('changeMargin', { params, body: { basisPoints: 0 } }));
    expect((await show(number)).totals).toEqual(open.totals);
    expect((await linesOf(number)).map((line) => line.sold)).toEqual(sold);
  });

  it('are changed by those alone who may', async () => {
    const body = {
      legacyRounding: 'full-precision' as const,
      newCommerceRounding: 'cut-unit' as const,
      vatRates: [],
    };
    expect(problemOf(await aylin('changeBillingSettings', { body })).code).toBe('role-not-allowed');
    const wendy = await deployment.signIn('wendy@westwind.example');
    const asked = { params: { customerId: customerId(2) }, body: { basisPoints: 5 } };
    expect(problemOf(await wendy('changeMargin', asked)).code).toBe('not-found');
  });
});

describe('the bill below /v1', () => {
  it('has the same invoices and lines, each line with both words by which clients choose its class', async () => {
    await changeSeats(2, 13);
    const number = await numberOf('2026-11');
    const lines = await linesOf(number);
    const send = await connect(deployment, 'demo-kuzey-user', PARTNERS.kuzey);
    const { body: listed } = await send('GET', '/v1/invoices');
    expect(listed).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: number, invoiceType: 'Recurring' })]),
    });
    for (const path of [
      `/v1/invoices/${number}/lineitems/Office/BillingLineItems`,
      `/v1/Invoices/${number}/lineitems`,
    ]) {
      const { body } = await send('GET', path);
      expect(body).toMatchObject({
        items: lines.map(({ chargeType, amount }) => ({
          chargeType,
          amount: Number(amount.amount),
          billingProvider: 'office',
          invoiceLineItemType: 'billing_line_items',
          attributes: { objectType: 'LicenseBasedLineItem' },
        })),
      });
    }
    const { body: none } = await send('GET', `/v1/invoices/${number}/lineitems?provider=onetime`);
    expect(none).toMatchObject({ totalCount: 0 });
    expect((await send('GET', '/v1/invoices/D2611000000')).status).toBe(404);
  });
});
