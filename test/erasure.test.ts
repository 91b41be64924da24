import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { sealAudit } from '../server/audit/seal-audit.ts';
import { verifyChain } from '../server/audit/verify-audit.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const NAME = 'İzmir Tekstil';
const IZMIR = { customerId: customerId(10) };
let deployment: TestDeployment;
let aylin: Client;
let admin: Client;
/** All that names a person of the customer, as it was before. */
let personal: string[];
const sql = <Row extends object>(text: string, values: readonly unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));

/** An upgrade that left accounts to a person, contacts and nicknames; then everything of the customer is over. */
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example', 'en');
  const params = { ...IZMIR, subscriptionId: subscriptionId(10) };
  const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' as const };
  valueOf(await aylin('quoteUpgrade', { params, body }));
  const { quoteId } = valueOf(await aylin('quoteUpgrade', { params, body }));
  valueOf(await aylin('submitQuote', { params: { ...IZMIR, quoteId } }));
  const asked = { ...IZMIR, privileges: { kind: 'none' }, language: 'tr' } as const;
  valueOf(await aylin('requestRelationship', { body: asked }));
  await sql(
    `update relationship_requests set recipient = 'yonetici@izmir-tekstil.example' where asked_customer_id = $1`,
    [IZMIR.customerId],
  );
  await sql(
    `insert into billing_profiles (customer_id, partner_id, first_name, last_name, email, culture, language, address)
     values ($1, $2, 'Nazlı', 'Ersöz', 'nazli@izmir-tekstil.example', 'tr-TR', 'tr', '{"phoneNumber": "+90 232 000 00 00"}')`,
    [IZMIR.customerId, PARTNERS.kuzey],
  );
  await sql(
    `insert into agreements (customer_id, agreement_id, partner_id, type, template_id, agreed_at, first_name, last_name, email, created_at)
     values ($1, $3, $2, 'MicrosoftCustomerAgreement', $3, now(), 'Nazlı', 'Ersöz', 'nazli@izmir-tekstil.example', now())`,
    [IZMIR.customerId, PARTNERS.kuzey, deployment.context.newId()],
  );
  await sql(`update agents set roles = '{globalAdmin}' where email = 'bora@kuzey.example'`);
  admin = await deployment.signIn('bora@kuzey.example', 'en');
  const named = await sql<{ name: string }>(
    `select unnest(array[display_name, user_principal_name]) as name from users where customer_id = $1
     union select address from user_addresses where customer_id = $1`,
    [IZMIR.customerId],
  );
  personal = [...named.map(({ name }) => name), 'Nazlı', 'Ersöz', 'nazli@', '+90 232', 'yonetici@'];
});
afterAll(() => deployment.stop());

const erase = (by: Client, name = NAME) => by('erasePersonalData', { params: IZMIR, body: { name } });
const books = () =>
  sql('select to_jsonb(c) as row from charges c where customer_id = $1 order by charge_id', [IZMIR.customerId]);

/** The tables in which somebody of the customer is still named. */
async function namedIn(): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'customer_id'
     union select unnest(array['mails', 'relationship_requests', 'relationship_codes', 'replies', 'customers'])`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [hit] = await sql<{ row: string }>(
      `select t::text as row from ${name} t where exists (select 1 from unnest($1::text[]) p where position(p in t::text) > 0)
       ${['mails', 'relationship_requests', 'relationship_codes', 'replies'].includes(name) ? '' : 'and customer_id = $2'} limit 1`,
      ['mails', 'relationship_requests', 'relationship_codes', 'replies'].includes(name)
        ? [personal]
        : [personal, IZMIR.customerId],
    );
    if (hit) found.push(name);
  }
  return found;
}

describe('deleting the personal data of a customer', () => {
  it('is for a Global admin who types its name, and not while anything of it is in use', async () => {
    expect(problemOf(await erase(aylin))).toMatchObject({ status: 403, action: 'erasePersonalData' });
    expect(problemOf(await erase(admin, 'Izmir'))).toMatchObject({ status: 400, fields: [{ field: 'name' }] });
    expect(problemOf(await erase(admin))).toMatchObject({ status: 400, fields: [{ field: 'customerId' }] });
    expect(await namedIn()).toContain('users');
    const wendy = await deployment.signIn('wendy@westwind.example');
    await sql(`update agents set roles = '{globalAdmin}' where email = 'wendy@westwind.example'`);
    expect(problemOf(await erase(wendy)).status).toBe(404);
  });

  it('leaves nobody’s name anywhere, and books and audit chain as they were', async () => {
    await sql(
      `update subscriptions set status = 'deleted', ended_reason = 'cancelled', ended_at = $2, status_until = null
       where customer_id = $1 and status <> 'deleted'`,
      [IZMIR.customerId, deployment.context.clock.now().toString()],
    );
    const before = await books();
    expect(before.length).toBeGreaterThan(0);
    await sealAudit(deployment.context).run();
    const { users } = valueOf(await erase(admin));
    expect(users).toBeGreaterThan(40);
    expect(await namedIn()).toEqual([]);
    expect(await books()).toEqual(before);
    await sealAudit(deployment.context).run();
    expect((await verifyChain(deployment.context.database, PARTNERS.kuzey)).breaks).toEqual([]);
    const [told] = await sql(`select details from audit_records where action = 'customer.personal-data-erased'`);
    expect(told).toEqual({ details: { users } });
  });

  it('keeps what is shown of the customer readable, with a pseudonym for each user', async () => {
    const { items } = valueOf(await admin('listUsers', { params: IZMIR, query: { limit: 200 } }));
    for (const user of items) expect(user.displayName).toBe(`erased-${user.userId}`);
    const [upgrade] = valueOf(await admin('listUpgrades', { params: IZMIR, query: {} })).items;
    const params = { ...IZMIR, upgradeId: upgrade?.upgradeId ?? '' };
    expect(valueOf(await admin('listIssues', { params })).items.length).toBeGreaterThan(0);
    expect(valueOf(await admin('showUpgrade', { params })).state).toBe('applied');
    expect(valueOf(await admin('showRelationship', { params: IZMIR })).requests.length).toBeGreaterThan(0);
  });

  it('finds nothing more the second time', async () => {
    expect(valueOf(await erase(admin))).toEqual({ users: 0 });
  });
});
