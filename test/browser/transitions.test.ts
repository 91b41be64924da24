import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId, OFFERS, subscriptionId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, overflow, previewOf, seed, submit } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const ENGLISH = { language: 'en' } as const;

/** A customer of its own with ten seats of Business Basic on new commerce, three of them in use, on the page to Business Standard. */
async function basic(destination?: { readonly purchasedOn: string }) {
  const seeded = await seed(portal.deployment, { offerId: OFFERS.nceBusinessBasic });
  const { customerId } = seeded;
  const into = destination && {
    ...(await seed(portal.deployment, { customerId, offerId: OFFERS.nceBusinessStandard, users: 0, ...destination })),
  };
  const path = `${seeded.list}/${seeded.subscriptionId}/upgrade?to=${OFFERS.nceBusinessStandard}`;
  return { ...seeded, into, page: await portal.visit(path, AYLIN, ENGLISH) };
}

/** What came of it, as the API tells. */
async function upgraded(customerId: string) {
  const api = await portal.deployment.signIn(AYLIN);
  const params = { customerId };
  const [upgrade] = valueOf(await api('listUpgrades', { params })).items;
  const { items } = valueOf(await api('listSubscriptions', { params }));
  const seats = items.map(({ offerId, quantity, status }) => ({ offerId, quantity, status }));
  return { way: upgrade?.way, moved: upgrade?.licenses.moved, seats };
}

it('a trial becomes paid with more licenses than it has, and never with fewer', async () => {
  const customer = customerId(24);
  const path = `/customers/${customer}/subscriptions/${subscriptionId(24)}/upgrade?to=${OFFERS.nceBusinessBasic}`;
  const page = await portal.visit(path, AYLIN, ENGLISH);
  await page.getByRole('radio', { name: 'More of them' }).check();
  const seats = page.getByRole('spinbutton', { name: 'How many' });
  await seats.fill('24');
  await page.getByText('Enter a whole number from 25 to 300.').first().waitFor();
  await seats.fill('40');
  await previewOf(page);
  await submit(page);
  await done(page);
  const { seats: now } = await upgraded(customer);
  expect(now).toContainEqual({ offerId: OFFERS.nceBusinessBasic, quantity: 40, status: 'active' });
});

const way = (page: Page, name: RegExp) => page.getByRole('row', { name });
const chooseSome = async (page: Page, seats: string) => {
  await page.getByRole('radio', { name: 'Some of them' }).check();
  await page.getByRole('spinbutton', { name: 'How many' }).fill(seats);
};
const done = (page: Page) => page.getByText('Upgraded. All accounts are settled.').waitFor();

it('all seats are upgraded in place: the page says the way, its term and that there is no way back', async () => {
  const { page, customerId } = await basic();
  await previewOf(page);
  const preview = page.getByRole('complementary', { name: 'Preview' });
  const said = await preview.textContent();
  expect(said).toContain('In place, all licenses · 10 licenses');
  expect(said).toContain('Annual, billed monthly · Term until 12 Sept 2027');
  expect(said).toContain('cannot be undone, not even within the seven-day cancellation window');
  await submit(page);
  await done(page);
  await page.getByText('In place, all licenses').waitFor();
  expect(await upgraded(customerId)).toEqual({
    way: 'inPlace',
    moved: 3,
    seats: [{ offerId: OFFERS.nceBusinessStandard, quantity: 10, status: 'active' }],
  });
  await page.getByRole('link', { name: 'History' }).first().click();
  await page.getByRole('cell', { name: 'In place, all licenses' }).waitFor();
});

it('some seats move, with the people who were looked for and chosen', async () => {
  const { page, customerId, userIds } = await basic();
  await chooseSome(page, '4');
  const [, second] = await namesOf(customerId, userIds);
  await page.getByRole('searchbox', { name: 'Search users' }).fill((second ?? '').toLocaleUpperCase('tr'));
  await page.getByRole('group', { name: 'Who moves' }).getByRole('checkbox').check();
  await page.getByText('1 chosen for 4 licenses').waitFor();
  await page.getByRole('complementary', { name: 'Preview' }).getByText('1 account moves by itself').waitFor();
  await previewOf(page);
  await submit(page);
  await done(page);
  const { seats, ...rest } = await upgraded(customerId);
  expect(rest).toEqual({ way: 'partial', moved: 1 });
  expect(seats).toEqual(
    expect.arrayContaining([
      { offerId: OFFERS.nceBusinessBasic, quantity: 6, status: 'active' },
      { offerId: OFFERS.nceBusinessStandard, quantity: 4, status: 'active' },
    ]),
  );
});

async function namesOf(customerId: string, userIds: readonly string[]) {
  const rows = await portal.deployment.context.database.asSystem((tx) =>
    tx.query<{ display_name: string }>(
      'select display_name from users where customer_id = $1 and user_id = any ($2) order by user_id',
      [customerId, userIds],
    ),
  );
  return rows.map((row) => row.display_name);
}

it('the ways stand side by side, and one that is chosen there is previewed: into an existing subscription', async () => {
  const { page, customerId } = await basic({ purchasedOn: '2026-10-01' });
  const existing = way(page, /^Into an existing subscription/);
  await existing.waitFor();
  await way(page, /^At the renewal/).waitFor();
  await existing.getByRole('button', { name: /^Choose/ }).click();
  await page
    .getByRole('complementary', { name: 'Preview' })
    .getByText(/^Into an existing subscription/)
    .waitFor();
  await previewOf(page);
  await submit(page);
  await done(page);
  const { seats, way: took } = await upgraded(customerId);
  expect(took).toBe('existing');
  expect(seats).toContainEqual({ offerId: OFFERS.nceBusinessStandard, quantity: 20, status: 'active' });
});

it('a subscription that cannot take the seats says why, and cannot be chosen', async () => {
  const { page } = await basic({ purchasedOn: '2026-08-01' });
  const radio = page.getByRole('radio', { name: /An existing subscription/ });
  await radio.waitFor();
  expect(await radio.isDisabled()).toBe(true);
  const existing = way(page, /^Into an existing subscription/);
  await existing.getByText('The target’s term ends earlier').waitFor();
  expect(await existing.getByRole('button', { name: /^Choose/ }).isDisabled()).toBe(true);
});

it('a number of seats that there is not is said at its field, and nothing can be submitted', async () => {
  const { page } = await basic();
  await previewOf(page);
  await chooseSome(page, '11');
  await page.getByText('Enter a whole number from 1 to 10.').first().waitFor();
  expect(await page.getByRole('button', { name: 'Submit' }).getAttribute('aria-disabled')).toBe('true');
});

it('waiting is scheduled from the comparison, and an upgrade says that it drops that', async () => {
  const { page, customerId } = await basic();
  await way(page, /^At the renewal/)
    .getByRole('button', { name: /^Schedule/ })
    .click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Schedule' }).click();
  await page.getByText('What is scheduled for the renewal will be dropped').waitFor();
  const { seats } = await upgraded(customerId);
  expect(seats).toEqual([{ offerId: OFFERS.nceBusinessBasic, quantity: 10, status: 'active' }]);
});

it('at 400 px the ways are cards, and nothing is wider than the screen', async () => {
  const { upgrade } = await seed(portal.deployment, { offerId: OFFERS.nceBusinessBasic });
  const path = upgrade.replace(OFFERS.o365E3, OFFERS.nceBusinessStandard);
  const page = await portal.open(path, AYLIN, { language: 'tr', width: 400 });
  await page.getByText('Yerinde, tüm lisanslar').first().waitFor();
  expect(await overflow(page)).toBe(0);
});
