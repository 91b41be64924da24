import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../contract/values.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, cardOf, expectFocus, subscriptionsOf } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const openList = async (agent = AYLIN, language: Language = 'en', customer = 1) =>
  cardOf(await portal.visit(subscriptionsOf(customer), agent, { language }));

describe('what the card says', () => {
  const texts: readonly [number, Language, readonly (string | RegExp)[]][] = [
    [
      1,
      'en',
      ['4 possible offers · from $10.00 per user per month', 'Business Standard$14.00adds Office desktop apps'],
    ],
    [
      1,
      'tr',
      ['4 uygun teklif · en düşük $10,00 kullanıcı başına aylık', '$14,00eklenen: Office masaüstü uygulamaları'],
    ],
    [10, 'en', ['3 possible offers · from $14.00 per user per month', '1 more offer is blocked']],
    [10, 'tr', ['3 uygun teklif · en düşük $14,00 kullanıcı', '1 teklif daha var ancak şu anda uygun değil']],
  ];

  it.each(texts)('customer %i, %s', async (customer, language, said) => {
    const { icon, card, upgradeNow } = await openList(AYLIN, language, customer);
    await icon.click();
    await upgradeNow.waitFor();
    const text = await card.textContent();
    for (const one of said) expect(text).toContain(one);
  });

  it('names three offers by price and what each adds', async () => {
    const { icon, card } = await openList();
    await icon.click();
    const offers = await card.getByRole('listitem').allTextContents();
    expect(offers).toEqual([
      'Office 365 Enterprise E1$10.00',
      expect.stringMatching(/^Microsoft 365 Business Standard\$14\.00adds .*Office desktop apps/),
      expect.stringMatching(/^Office 365 Enterprise E3\$26\.00adds .*Office desktop apps/),
    ]);
  });

  it('nothing of it is only in it: the row says that it can be upgraded, and its menu leads there too', async () => {
    const { page } = await openList();
    const row = page.getByRole('row', { name: /Business Basic/ });
    await row.getByText('Can be upgraded').waitFor();
    await row.getByRole('button', { name: /^More actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Upgrade now' }).click();
    await page.getByRole('heading', { name: 'Upgrade Microsoft 365 Business Basic' }).waitFor();
  });

  it('a Billing admin sees it too, with the act switched off and the reason beside it', async () => {
    const { page, icon, card } = await openList(BORA);
    await icon.click();
    const act = card.getByRole('button', { name: 'Upgrade now' });
    await expectFocus(act);
    expect(await act.getAttribute('aria-disabled')).toBe('true');
    await card.getByText('You can see this, but your role Billing admin may not upgrade.').waitFor();
    const described = page.locator(`[id="${await act.getAttribute('aria-describedby')}"]`);
    expect(await described.textContent()).toContain('may not upgrade');
    await act.click({ force: true });
    expect(page.url()).toMatch(/\/subscriptions$/);
  });
});
