import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFERS } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, expectFocus, seed, subscriptionsOf } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const ENGLISH = { language: 'en' } as const;
type Seeded = Awaited<ReturnType<typeof seed>>;

const menuButton = (page: Page) => page.getByRole('button', { name: /^(More actions for|Diğer eylemler)/ });
const entry = (page: Page, name: string) => page.getByRole('menuitem', { name });

/** Opens the menu of the only subscription, and chooses an act; returns its dialog. */
async function choose(page: Page, act: string): Promise<Locator> {
  await menuButton(page).click();
  await entry(page, act).click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await dialog.waitFor();
  return dialog;
}

async function begin(act: string, more: Parameters<typeof seed>[1] = {}) {
  const seeded = await seed(portal.deployment, more);
  const page = await portal.visit(seeded.list, AYLIN, ENGLISH);
  return { seeded, page, dialog: await choose(page, act) };
}

const press = (dialog: Locator, name: string) => dialog.getByRole('button', { name, exact: true }).click();
const isOff = (button: Locator) => expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');

async function shownBy({ customerId, subscriptionId }: Seeded) {
  const api = await portal.deployment.signIn(AYLIN);
  return valueOf(await api('showSubscription', { params: { customerId, subscriptionId } }));
}

describe('a subscription of the legacy platform', () => {
  it('is suspended and taken back into use, each after a question that says what that does to the bill', async () => {
    const { seeded, page, dialog } = await begin('Suspend');
    await dialog.getByText(/Billing stops, and what was paid for the days left is credited/).waitFor();
    await dialog.getByText(/^Net on the next invoice/).waitFor();
    await press(dialog, 'Suspend');
    await page
      .getByText(/^Suspended\. Net on the next invoice: −\$/)
      .first()
      .waitFor();
    await page.getByRole('cell', { name: 'Suspended' }).waitFor();
    const back = await choose(page, 'Reactivate');
    await back.getByText(/The rest of the running period is charged/).waitFor();
    await press(back, 'Reactivate');
    await page.getByRole('cell', { name: 'Active', exact: true }).waitFor();
    expect((await shownBy(seeded)).status).toBe('active');
  });

  it('is canceled after its refund, its last day and its users were shown, and a statement was ticked', async () => {
    const { seeded, page, dialog } = await begin('Cancel the subscription');
    await dialog.getByText('3 users lose their licenses at once').waitFor();
    await dialog.getByText('16 Nov 2026, today').waitFor();
    await dialog.getByText('Net on the next invoice').waitFor();
    const act = dialog.getByRole('button', { name: 'Cancel the subscription' });
    await isOff(act);
    await dialog.getByRole('checkbox').check();
    await act.click();
    await page.getByText('No subscription matches the search and these filters.').waitFor();
    expect(await shownBy(seeded)).toMatchObject({ status: 'deleted', endedReason: 'cancelled' });
  });

  it('is billed once a year from then on, after what that costs was shown', async () => {
    const { seeded, page, dialog } = await begin('Change billing frequency');
    await dialog.getByText(/billed annually, \$\d+\.00 per license and month, until 15 Nov 2027/i).waitFor();
    await press(dialog, 'Change billing frequency');
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByText(/^Billing frequency changed\. Net on the next invoice: \$/)
      .first()
      .waitFor();
    expect((await shownBy(seeded)).billingCycle).toBe('annual');
  });

  it('has no renewal to plan, and its menu says so', async () => {
    const page = await portal.visit(subscriptionsOf(1), AYLIN, ENGLISH);
    await menuButton(page).click();
    const plan = entry(page, 'Plan the renewal');
    await plan.getByText('A subscription of the legacy platform renews as it is.').waitFor();
    expect(await plan.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('a subscription of new commerce', () => {
  const NEW_COMMERCE = { offerId: OFFERS.nceBusinessBasic, purchasedOn: '2026-10-01' };

  it('that is too old to be canceled says so, and offers to let it end instead', async () => {
    const { seeded, page, dialog } = await begin('Cancel the subscription', NEW_COMMERCE);
    await dialog.getByText('Too late to cancel').waitFor();
    await press(dialog, 'Turn auto-renew off');
    const question = page.getByRole('alertdialog', { name: 'Turn auto-renew off?' });
    await question.getByText(/It ends after its last day, 30 Sept 2027/).waitFor();
    await press(question, 'Turn auto-renew off');
    await page.getByText(/Auto-renew off$/).waitFor();
    expect((await shownBy(seeded)).autoRenew).toBe(false);
    await choose(page, 'Turn auto-renew on');
    await press(page.getByRole('alertdialog'), 'Turn auto-renew on');
    await page.getByText('Auto-renew is on').first().waitFor();
    expect((await shownBy(seeded)).autoRenew).toBe(true);
  });

  it('is planned for its renewal, which its row says, and that is removed again', async () => {
    const { seeded, page, dialog: late } = await begin('Change the number of licenses', NEW_COMMERCE);
    await late.getByRole('spinbutton', { name: 'Licenses' }).fill('4');
    await late.getByText('Too late to remove these licenses').waitFor();
    await press(late, 'Plan the renewal');
    const dialog = page.getByRole('dialog', { name: /^Plan the renewal: / });
    const seats = dialog.getByRole('spinbutton', { name: 'Licenses' });
    await seats.fill('2');
    await press(dialog, 'Schedule');
    await dialog.getByText('3 users hold a license; 2 would remain.').waitFor();
    expect(await dialog.getByRole('list').getByRole('listitem').count()).toBe(1);
    await expectFocus(seats);
    await seats.fill('4');
    await dialog.getByRole('combobox', { name: 'Term and billing' }).selectOption('Annual, billed annually');
    await dialog.getByRole('combobox', { name: 'Last day of the next term' }).selectOption({ index: 1 });
    await press(dialog, 'Schedule');
    await page.getByText(/On renewal: Microsoft 365 Business Basic, 4 licenses · Annual, billed annually/).waitFor();
    expect((await shownBy(seeded)).scheduledChange).toMatchObject({
      quantity: 4,
      billingCycle: 'annual',
      customTermEndsOn: '2027-10-31',
    });
    await choose(page, 'Remove what is scheduled');
    await press(page.getByRole('alertdialog'), 'Remove what is scheduled');
    await page.getByText('Nothing is scheduled any more').first().waitFor();
    expect((await shownBy(seeded)).scheduledChange).toBeNull();
  });

  it('says within what its licenses can be changed, and which users a reduction would leave without one', async () => {
    const { dialog } = await begin('Change the number of licenses', {
      ...NEW_COMMERCE,
      purchasedOn: '2026-11-14',
    });
    await dialog.getByText('1 to 300 licenses', { exact: true }).waitFor();
    const said = await dialog.textContent();
    expect(said).toContain('300 licenses at most; none elsewhere');
    expect(said).toMatch(/Can be removed10 licenses until 21 Nov 2026/);
    expect(said).toContain('Changes so far0 of 1,200');
    await dialog.getByRole('spinbutton', { name: 'Licenses' }).fill('2');
    await dialog.getByRole('listitem').waitFor();
    await isOff(dialog.getByRole('button', { name: 'Save' }));
    await dialog.getByRole('spinbutton', { name: 'Licenses' }).fill('8');
    await dialog.getByText('Net on the next invoice').waitFor();
  });
});

it('a number of licenses that cannot be is answered with the ones that can be, in both languages', async () => {
  const { seeded, dialog } = await begin('Change the number of licenses');
  const seats = dialog.getByRole('spinbutton', { name: 'Licenses' });
  for (const typed of ['0', '']) {
    await seats.fill(typed);
    await dialog.getByText('Enter a whole number from 1 to 300.', { exact: true }).waitFor();
    expect(await seats.getAttribute('aria-invalid')).toBe('true');
    await isOff(dialog.getByRole('button', { name: 'Save' }));
  }
  const turkish = await choose(await portal.visit(seeded.list, AYLIN, { language: 'tr' }), 'Lisans sayısını değiştir');
  await turkish.getByRole('spinbutton', { name: 'Lisans' }).fill('0');
  await turkish.getByText('1 ile 300 arasında bir tam sayı girin.', { exact: true }).waitFor();
});

it('the billing lines of a subscription are opened from its row, each with how it came about', async () => {
  const page = await portal.visit(subscriptionsOf(1), AYLIN, ENGLISH);
  const panel = await choose(page, 'Open billing lines');
  await panel
    .getByText(/^Charged for the next billing period/)
    .first()
    .waitFor();
  await panel.getByText('In all').waitFor();
  await panel.getByRole('button', { name: 'Close' }).click();
  await expectFocus(menuButton(page));
});

it('a Billing admin sees the acts, reads why they are closed, and still opens the billing lines', async () => {
  const page = await portal.visit(subscriptionsOf(1), BORA, ENGLISH);
  await menuButton(page).click();
  for (const act of ['Suspend', 'Cancel the subscription', 'Turn auto-renew off']) {
    expect(await entry(page, act).getAttribute('aria-disabled')).toBe('true');
  }
  await page.locator('p', { hasText: 'One of these roles is needed: Admin agent, Sales agent.' }).waitFor();
  await entry(page, 'Open billing lines').click();
  await page.getByRole('dialog', { name: 'Billing lines' }).waitFor();
});

it('by keyboard alone and in Turkish, auto-renew is turned off from the menu', async () => {
  const seeded = await seed(portal.deployment);
  const page = await portal.visit(seeded.list, AYLIN, { language: 'tr' });
  await menuButton(page).focus();
  await page.keyboard.press('Enter');
  await expectFocus(entry(page, 'Şimdi yükselt'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expectFocus(entry(page, 'Otomatik yenilemeyi kapat'));
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Otomatik yenileme kapatılsın mı?' });
  await expectFocus(question.getByRole('button', { name: 'Geri dön' }));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Otomatik yenileme kapatıldı').first().waitFor();
  expect((await shownBy(seeded)).autoRenew).toBe(false);
});
