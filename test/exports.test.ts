import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import type { Client } from '../contract/client.ts';
import { EXPORTS } from '../contract/exports.ts';
import { customerId, subscriptionId, userId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';
const WENDY = 'wendy@westwind.example';
let deployment: TestDeployment;
let api: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  api = await deployment.signIn(AYLIN, 'en');
});
afterAll(() => deployment.stop());

async function fetched(path: string, by = AYLIN): Promise<Response> {
  const headers = { authorization: `Bearer ${await deployment.tokenOf(by)}`, 'accept-language': 'tr' };
  return fetch(deployment.url + path, { headers });
}
const list = async (name: string, by = AYLIN) =>
  (await fetched(`/api/exports/list?list=${name.replace('?', '&')}`, by)).text();
const lines = (text: string) => text.replace('\uFEFF', '').trimEnd().split('\r\n');

describe('prices and offer matrices', () => {
  it.each(['newCommercePrices?market=TR', 'legacyPrices', 'newCommerceMatrix', 'legacyMatrix'])(
    'that were exported as %s are what is in force when they are imported',
    async (name) => {
      const file = await list(name);
      expect(lines(file).length).toBeGreaterThan(3);
      const sent = { query: { fileName: 'again.csv' }, body: new Blob([file]) };
      const { importId, kind, counts } = valueOf(await api('sendImport', sent));
      expect(kind).toBe(name.split('?')[0]);
      // One legacy offer has a price for one of its billing cycles alone, and such a file gives one to all of them.
      const added = name === 'legacyPrices' ? 1 : 0;
      expect(counts).toMatchObject({ new: added, changed: 0, gone: 0, 'left-out': 0, 'in-doubt': 0 });
      expect(counts?.same).toBeGreaterThan(0);
      valueOf(await api('removeImport', { params: { importId } }));
    },
  );

  it('are the same to the byte once they were imported and applied', async () => {
    const before = await list('newCommercePrices?market=TR');
    const changed = before.replace(/(,TR,USD,)(\d+)/, '$19$2');
    const { importId } = valueOf(
      await api('sendImport', { query: { fileName: 'new.csv' }, body: new Blob([changed]) }),
    );
    valueOf(await api('applyImport', { params: { importId }, body: { leaveOutDoubts: false } }));
    const after = await list('newCommercePrices?market=TR');
    expect(after).not.toBe(before);
    const again = await api('sendImport', { query: { fileName: 'again.csv' }, body: new Blob([after]) });
    expect(valueOf(again).counts).toMatchObject({ new: 0, changed: 0, gone: 0, 'in-doubt': 0 });
  });

  it('of a market without a list are those of the partner’s own', async () => {
    const [ours, elsewhere] = [await list('newCommercePrices'), await list('newCommercePrices?market=NZ')];
    expect(ours).not.toBe(elsewhere);
    expect(elsewhere.replaceAll(',NZ,', ',TR,').split('\r\n')).toHaveLength(ours.split('\r\n').length);
  });
});

describe('what a partner has with its customers', () => {
  it('is a file for each kind, in one form in every language', async () => {
    const [header, ...rows] = lines(await list('subscriptions'));
    expect(header).toMatch(/^customerId,domain,subscriptionId,offerId,offerName,platform,/);
    const all = valueOf(await api('listCustomers', { query: { limit: 200 } })).items;
    expect(lines(await list('customers'))).toHaveLength(all.length + 1);
    const own = rows.filter((row) => row.startsWith(customerId(10)));
    expect(own.map((row) => row.split(',')[2])).toContain(subscriptionId(10));
    const users = lines(await list(`users?customerId=${customerId(10)}`));
    const known = valueOf(await api('listUsers', { params: { customerId: customerId(10) }, query: { limit: 200 } }));
    expect(users).toHaveLength(known.items.length + 1);
    expect(users.find((row) => row.includes(userId(10, 3)))).toContain(subscriptionId(10));
  });

  it('holds nothing that a spreadsheet would take for a formula', async () => {
    await deployment.context.database.asSystem((tx) =>
      tx.query(`update users set display_name = '=HYPERLINK("x")' where customer_id = $1 and user_id = $2`, [
        customerId(10),
        userId(10, 1),
      ]),
    );
    expect(await list('users')).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('is for administrators alone', async () => {
    const hale = await deployment.signIn('hale@kuzey.example');
    for (const name of EXPORTS) {
      const refused = problemOf(await hale('exportList', { query: { list: name } }));
      expect(refused).toMatchObject({ status: 403, action: 'exportData' });
    }
    expect(problemOf(await hale('exportArchive', {}))).toMatchObject({ status: 403, action: 'exportData' });
  });
});

async function archiveOf(by: string): Promise<ReadonlyMap<string, string>> {
  const bytes = Buffer.from(await (await fetched('/api/exports/archive', by)).arrayBuffer());
  const zip = await fromBufferPromise(bytes);
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    files.set(entry.fileName, Buffer.concat(parts).toString('utf8'));
  }
  return files;
}

describe('all that a partner has', () => {
  it('is one ZIP that says what each of its files is, with everything and without secrets', async () => {
    const hook = { url: 'https://hook.example/', events: ['upgrade.applied' as const], description: '', enabled: true };
    const { secret } = valueOf(await api('registerWebhook', { body: hook }));
    const files = await archiveOf(AYLIN);
    const readme = files.get('README.txt') ?? '';
    for (const name of [...files.keys()].filter((one) => one !== 'README.txt')) expect(readme).toContain(name);
    const linesOf = (name: string) => lines(files.get(name) ?? '');
    expect(linesOf('subscriptions.csv')).toEqual(lines(await list('subscriptions')));
    expect(linesOf('prices-TR.csv')).toEqual(lines(await list('newCommercePrices?market=TR')));
    const rowsOf = (table: string) =>
      (files.get(`tables/${table}.jsonl`) ?? '')
        .split('\n')
        .filter(Boolean)
        .map((row) => JSON.parse(row) as Record<string, unknown>);
    for (const table of ['users', 'licenses', 'charges', 'audit_records', 'agents', 'webhooks', 'prices']) {
      expect(rowsOf(table).length, table).toBeGreaterThan(0);
    }
    const told = rowsOf('audit_records').map(({ action }) => action);
    expect(told).toContain('data.exported');
    const text = [...files.values()].join('\n');
    expect(text).not.toContain(secret);
    const keys = new Set(text.match(/"\w*(?:secret|password|token|totp)\w*":/g));
    expect([...keys].filter((key) => !key.startsWith('"secretsKnown'))).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const files = await archiveOf(WENDY);
    const text = [...files].filter(([name]) => name !== 'tables/audit_records.jsonl').map(([, file]) => file);
    expect(text.join('\n')).not.toContain(customerId(10));
    expect(files.get('customers.csv')).toContain('Fabrikam Hills');
    // Served by both: its subscriptions of the other partner are not there.
    expect(files.get('tables/subscriptions.jsonl')).not.toContain(subscriptionId(25));
    expect(files.get('tables/licenses.jsonl')).not.toContain(subscriptionId(25));
  });
});
