import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFERS, PARTNERS } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, previewOf, seed, SELIM, submit } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

/** A customer whose upgrade to Office 365 E3 is previewed in the browser. */
async function preview() {
  const customer = await seed(portal.deployment);
  const page = await portal.visit(customer.upgrade, AYLIN, { language: 'en' });
  const number = await previewOf(page);
  const dialog = page.getByRole('alertdialog', { name: 'Something changed since this preview' });
  return { ...customer, page, number, dialog };
}

/** What the dialog lists: what changed, before and now. */
async function differencesIn(page: Page): Promise<string[][]> {
  const rows = page
    .getByRole('alertdialog')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') });
  await rows.first().waitFor();
  const cells = (await rows.all()).map((row) => row.locator('th, td').allTextContents());
  return Promise.all(cells);
}

async function upgradesOf(customerId: string) {
  const api = await portal.deployment.signIn(AYLIN);
  return valueOf(await api('listUpgrades', { params: { customerId } })).items;
}

const ask = (text: string, values: readonly unknown[] = []) =>
  portal.deployment.context.database.asSystem((tx) => tx.query<{ id: string }>(text, values));

/** Points the partner to a copy of its price list with another price for Office 365 E3, while something is done. */
async function atPrice(price: string, act: () => Promise<void>) {
  const copy = portal.deployment.context.newId();
  const [before] = await ask('select price_list_id as id from partners where partner_id = $1', [PARTNERS.kuzey]);
  await ask(
    `insert into price_lists select $1, name, currency, market, gen_random_uuid(), created_at
     from price_lists where price_list_id = $2`,
    [copy, before?.id],
  );
  await ask(
    `insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, valid_until, unit_price)
     select $1, offer_id, term_duration, billing_cycle, valid_from, valid_until,
       case when offer_id = $3 then $4::numeric else unit_price end from prices where price_list_id = $2`,
    [copy, before?.id, OFFERS.o365E3, price],
  );
  const pointTo = (id: string | undefined) =>
    ask('update partners set price_list_id = $2 where partner_id = $1', [PARTNERS.kuzey, id]);
  await pointTo(copy);
  try {
    await act();
  } finally {
    await pointTo(before?.id);
  }
}

describe('a preview that no longer holds is not sent, and only what changed is shown, before and now', () => {
  it('the price changed', async () => {
    const { page, customerId, number, dialog } = await preview();
    await atPrice('30.00', async () => {
      await submit(page);
      await dialog.getByText('Nothing was sent.').waitFor();
      expect(await differencesIn(page)).toEqual([
        ['Price per license', '$26.00', '$30.00'],
        ['Charge', '$260.00', '$300.00'],
        ['Net on the next invoice', '$197.00', '$237.00'],
      ]);
      expect(await dialog.textContent()).toContain(`No. ${number} → No. `);
    });
    expect(await upgradesOf(customerId)).toEqual([]);
  });

  it('somebody got a license', async () => {
    const { page, customerId, subscriptionId, dialog } = await preview();
    const user = portal.deployment.context.newId();
    await ask(`insert into users values ($1, $2, 'yeni@kizilirmak.example', 'Yeni Çalışan', 'TR')`, [customerId, user]);
    await ask(`insert into licenses values ($1, $2, $3)`, [customerId, subscriptionId, user]);
    await submit(page);
    await dialog.waitFor();
    expect(await differencesIn(page)).toEqual([['Assigned accounts', '3', '4 · Yeni Çalışan']]);
    expect(await upgradesOf(customerId)).toEqual([]);
  });

  it('somebody lost a license', async () => {
    const { page, customerId, userIds, dialog } = await preview();
    await ask('delete from licenses where customer_id = $1 and user_id = $2', [customerId, userIds[1]]);
    await submit(page);
    await dialog.waitFor();
    expect(await differencesIn(page)).toEqual([['Assigned accounts', '3 · User 2', '2']]);
    expect(await upgradesOf(customerId)).toEqual([]);
  });

  it('somebody cannot move any more', async () => {
    const { page, customerId, userIds, dialog } = await preview();
    await ask('update users set usage_location = null where customer_id = $1 and user_id = $2', [
      customerId,
      userIds[2],
    ]);
    await submit(page);
    await dialog.waitFor();
    expect(await differencesIn(page)).toEqual([
      ['Assigned accounts', '3 · User 3', '2'],
      ['Accounts that need extra work', '0', '1 · User 3'],
    ]);
    expect(await upgradesOf(customerId)).toEqual([]);
  });

  it('the number of licenses changed', async () => {
    const { page, customerId, subscriptionId, dialog } = await preview();
    const api = await portal.deployment.signIn(SELIM);
    valueOf(await api('changeSeats', { params: { customerId, subscriptionId }, body: { quantity: 12 } }));
    await submit(page);
    await dialog.waitFor();
    expect(await differencesIn(page)).toEqual([
      ['Licenses', '10', '12'],
      ['Credit', '−$63.00', '−$75.60'],
      ['Charge', '$260.00', '$312.00'],
      ['Net on the next invoice', '$197.00', '$236.40'],
    ]);
    expect(await upgradesOf(customerId)).toEqual([]);
  });

  it('the privileges ended: what stands in the way, with its act, and nothing to take', async () => {
    const { page, customerId, dialog } = await preview();
    await ask('delete from delegated_privileges where customer_id = $1', [customerId]);
    await submit(page);
    const reason = dialog.getByRole('region', { name: 'No delegated admin privileges' });
    await reason.getByRole('link', { name: 'Request privileges' }).waitFor();
    await dialog.getByText('New blocker').waitFor();
    expect(await dialog.getByRole('button').allTextContents()).toEqual(['Stop here']);
    expect(await upgradesOf(customerId)).toEqual([]);
  });

  it('it was suspended, which also made another version of it', async () => {
    const { page, customerId, dialog } = await preview();
    await ask(`update subscriptions set status = 'suspended', version = version + 1 where customer_id = $1`, [
      customerId,
    ]);
    await submit(page);
    await dialog.getByRole('region', { name: 'The subscription is not active' }).waitFor();
    expect(await dialog.getByRole('button').allTextContents()).toEqual(['Stop here']);
    await dialog.getByRole('button', { name: 'Stop here' }).click();
    await page.getByText('No offer is possible right now').waitFor();
    expect(await upgradesOf(customerId)).toEqual([]);
  });

  it('the offer is gone: the list of the others, a word, and no choice', async () => {
    const { page, customerId } = await preview();
    const api = await portal.deployment.signIn(AYLIN);
    const params = { pathId: 'business-basic--o365-e3' };
    valueOf(await api('switchPath', { params, body: { enabled: false } }));
    try {
      await submit(page);
      const word = page.getByRole('complementary').getByText('Office 365 Enterprise E3 can no longer be had.');
      await word.waitFor();
      await expect.poll(() => page.getByRole('radio', { name: 'Office 365 Enterprise E3' }).count()).toBe(0);
      expect(await page.getByRole('radio', { name: 'Office 365 Enterprise E1' }).isChecked()).toBe(false);
      expect(await page.getByRole('alertdialog').count()).toBe(0);
      expect(new URL(page.url()).search).toBe('');
      await page.getByRole('radio', { name: 'Office 365 Enterprise E1' }).check();
      await previewOf(page);
      expect(await word.count()).toBe(0);
    } finally {
      valueOf(await api('switchPath', { params, body: { enabled: true } }));
    }
    expect(await upgradesOf(customerId)).toEqual([]);
  });
});

describe('a preview that is only too old', () => {
  const later = () =>
    portal.deployment.moveClock(portal.deployment.context.clock.now().add({ minutes: 16 }).toString());

  it('is worked out again without a dialog, says so, and is sent by submitting again', async () => {
    const { page, customerId, number, dialog } = await preview();
    await later();
    await submit(page);
    await page.getByText('The preview is older than 15 minutes and was worked out again. Nothing changed.').waitFor();
    expect(await dialog.count()).toBe(0);
    expect(await upgradesOf(customerId)).toEqual([]);
    expect(await previewOf(page)).not.toBe(number);
    await submit(page);
    await page.getByText('Upgraded. All accounts are settled.').waitFor();
    expect(await upgradesOf(customerId)).toHaveLength(1);
  });

  it('shows the differences where there are some', async () => {
    const { page, customerId, userIds, dialog } = await preview();
    await ask('delete from licenses where customer_id = $1 and user_id = $2', [customerId, userIds[0]]);
    await later();
    await submit(page);
    await dialog.waitFor();
    expect(await differencesIn(page)).toEqual([['Assigned accounts', '3 · User 1', '2']]);
    expect(await upgradesOf(customerId)).toEqual([]);
  });
});

describe('the decision is made again', () => {
  /** With the dialog open over one difference. */
  async function outdated() {
    const shown = await preview();
    await ask('delete from licenses where customer_id = $1 and user_id = $2', [shown.customerId, shown.userIds[1]]);
    await submit(shown.page);
    await shown.dialog.waitFor();
    return shown;
  }

  it('taking the new preview leads back to the page, and needs a new statement before it is sent', async () => {
    const { page, customerId, number, dialog } = await outdated();
    await dialog.getByRole('button', { name: 'Take the new preview' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await previewOf(page)).not.toBe(number);
    await page.getByRole('complementary').getByText('2 accounts move by themselves').waitFor();
    expect(await upgradesOf(customerId)).toEqual([]);

    await page.getByRole('button', { name: 'Submit' }).click();
    const again = page.getByRole('alertdialog', { name: 'Submit this upgrade?' });
    expect(await again.getByRole('checkbox').isChecked()).toBe(false);
    expect(await again.getByRole('button', { name: 'Submit upgrade' }).getAttribute('aria-disabled')).toBe('true');
    await again.getByRole('checkbox').check();
    await again.getByRole('button', { name: 'Submit upgrade' }).click();
    await page.getByText('Upgraded. All accounts are settled.').waitFor();
    expect(await upgradesOf(customerId)).toMatchObject([{ licenses: { moved: 2 } }]);
  });

  it('what changed is marked in the preview that was taken, for four seconds', async () => {
    const { customerId, subscriptionId, upgrade } = await seed(portal.deployment);
    const page = await portal.open(upgrade, AYLIN, { language: 'en' });
    await previewOf(page);
    await page.clock.install();
    const api = await portal.deployment.signIn(SELIM);
    valueOf(await api('changeSeats', { params: { customerId, subscriptionId }, body: { quantity: 12 } }));
    await submit(page);
    await page.getByRole('button', { name: 'Take the new preview' }).click();
    const marked = page.locator('mark');
    await expect.poll(() => marked.allTextContents()).toEqual(['12', '−$75.60', '$312.00', '$236.40']);
    await page.clock.fastForward(4000);
    await expect.poll(() => marked.count()).toBe(0);
  });

  it('stopping leaves the page without a choice', async () => {
    const { page, customerId, dialog } = await outdated();
    await dialog.getByRole('button', { name: 'Stop here' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Choose an offer, and its cost and effects appear here.').waitFor();
    expect(await page.getByRole('radio', { name: 'Office 365 Enterprise E3' }).isChecked()).toBe(false);
    expect(await upgradesOf(customerId)).toEqual([]);
  });

  it('Esc does not decide it', async () => {
    const { page, dialog } = await outdated();
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
  });
});
