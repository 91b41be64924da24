import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { foldForSearch } from '../core/values/fold.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example', 'tr');
  for (const name of ['Iğdır Kayısı', 'Işıklar Örgü']) await seed(name);
});
afterAll(() => deployment.stop());

async function seed(customerName: string, partner: keyof typeof PARTNERS = 'kuzey', friendlyName?: string) {
  const body = {
    partnerId: PARTNERS[partner],
    customerId: deployment.context.newId(),
    customerName,
    offerId: OFFERS.businessBasic,
    quantity: 3,
    users: 2,
    purchasedOn: '2026-10-01',
    ...(friendlyName && { friendlyName }),
  };
  return valueOf(await aylin('seedSubscription', { body }));
}
const search = async (q: string, api = aylin) => valueOf(await api('search', { query: { q } }));
const namesOf = async (q: string) => (await search(q)).customers.items.map(({ name }) => name);
const peopleOf = async (q: string) => (await search(q)).users.items.map(({ displayName }) => displayName);

describe('search over everything', () => {
  it.each(['ığdır', 'IĞDIR', 'Iğdır', 'igdir', 'İĞDİR'])('finds Iğdır Kayısı by %s', async (q) => {
    expect(await namesOf(q)).toEqual(['Iğdır Kayısı']);
  });

  it('finds customers by a part of the name, by domain and by tenant id', async () => {
    expect(await namesOf('tekstil')).toEqual(['İzmir Tekstil']);
    expect(await namesOf('izmir-tekstil.example')).toEqual(['İzmir Tekstil']);
    expect(await namesOf(customerId(10).toUpperCase())).toEqual(['İzmir Tekstil']);
  });

  it('puts names that begin with the text before those that have it inside', async () => {
    expect((await namesOf('ma'))[0]).toBe('Manavgat Süt');
  });

  it.each([
    ['ayse yil', 'Ayşe Yılmaz'],
    ['YILMAZ', 'Ayşe Yılmaz'],
    ['yılmaz ayşe', 'Ayşe Yılmaz'],
  ])('finds a user by %s', async (q, name) => {
    expect(await peopleOf(q)).toContain(name);
  });

  it('finds a user by the beginning of an address, of the second name and of the last of many', async () => {
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `update users set display_name = 'Fatma Nur Çok Uzunsoy' where user_id = (
        select user_id from users where customer_id = $1 order by user_id limit 1)`,
        [customerId(2)],
      ),
    );
    for (const q of ['fatma nur', 'NUR', 'uzunsoy', 'Uzunsoy Fatma'])
      expect(await peopleOf(q)).toContain('Fatma Nur Çok Uzunsoy');
    expect(await peopleOf('satis-ortak@izmir')).toEqual(['Satış (paylaşılan posta kutusu)']);
  });

  it('finds a subscription by its id, its nickname and the name of its offer in either language', async () => {
    const { subscriptionId: named } = await seed('Ünye Çimento', 'kuzey', 'Merkez Işıkları');
    const idsOf = async (q: string) => (await search(q)).subscriptions.items.map((one) => one.subscriptionId);
    expect(await idsOf(subscriptionId(10))).toEqual([subscriptionId(10)]);
    expect(await idsOf('merkez')).toEqual([named]);
    expect(await idsOf('ISIKLARI')).toEqual([named]);
    const { subscriptions, offers } = await search('İş Temel');
    expect(subscriptions.items).toHaveLength(8);
    expect(subscriptions.more).toBe(true);
    expect(offers.items.map(({ name }) => name)).toContain('Microsoft 365 İş Temel');
    expect((await search('business basic')).offers.items).toEqual(offers.items);
  });

  it('finds an upgrade by the number that is shown, and by its id', async () => {
    const params = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
    const body = { targetOfferId: OFFERS.o365E1, upgradeType: 'upgrade_only' as const };
    const { quoteId } = valueOf(await aylin('quoteUpgrade', { params, body }));
    const { upgradeId } = valueOf(await aylin('submitQuote', { params: { customerId: params.customerId, quoteId } }));
    const shown = `${upgradeId.slice(-8, -4)}-${upgradeId.slice(-4)}`.toUpperCase();
    for (const q of [shown, shown.slice(0, 7), upgradeId]) {
      expect((await search(q)).upgrades.items).toMatchObject([{ upgradeId, customerName: 'Anadolu Lojistik' }]);
    }
  });

  it('shows a partner nothing of another one, whatever is asked', async () => {
    const { customerId: theirs, subscriptionId: sold, userIds } = await seed('Yalnız Westwind', 'westwind', 'Gizli');
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect((await search('gizli', wendy)).subscriptions.items).toHaveLength(1);
    expect((await search('yalniz', wendy)).customers.items).toMatchObject([{ customerId: theirs }]);
    expect((await search('user1.', wendy)).users.items.map((one) => one.userId)).toContain(userIds[0]);
    for (const q of ['gizli', 'yalnız westwind', theirs, sold, `user1.${(userIds[0] ?? '').slice(-12)}`]) {
      const { customers, subscriptions, users, upgrades } = await search(q);
      expect([...customers.items, ...subscriptions.items, ...users.items, ...upgrades.items]).toEqual([]);
    }
  });

  it('asks for a role, for two letters at least, and takes a wildcard for a letter', async () => {
    const nil = await deployment.signIn('nil@kuzey.example');
    expect(problemOf(await nil('search', { query: { q: 'izmir' } })).code).toBe('role-not-allowed');
    expect(problemOf(await aylin('search', { query: { q: 'i' } })).fields?.map(({ field }) => field)).toEqual(['q']);
    expect(await namesOf('%%')).toEqual([]);
    expect(await namesOf('__')).toEqual([]);
  });

  it('answers in one transaction with a statement for each kind', async () => {
    const counted = deployment.roundTrips.length;
    await search('izmir');
    const sent = deployment.roundTrips
      .slice(counted)
      .filter((text) => /from \(|from relationships|from upgrades/.test(text));
    expect(sent).toHaveLength(4);
  });

  it('folds names in the database as the application does', async () => {
    const names = ['Iğdır', 'İSTANBUL  Şişli', 'ÇAĞRI Öğün', ' Ünal\tŞengül ', 'Ærø Ångström', 'ΣΊΣΥΦΟΣ'];
    const rows = await deployment.context.database.asSystem((tx) =>
      tx.query<{ folded: string }>(
        'select fold_for_search(n) as folded from unnest($1::text[]) with ordinality k (n, place) order by place',
        [names],
      ),
    );
    expect(rows.map(({ folded }) => folded)).toEqual(names.map(foldForSearch));
  });
});
