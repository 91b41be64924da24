import { OFFERS } from '../../demo/ids.ts';
import { says, type Screen, screen } from './screen.ts';
import { NIL, SELIM } from './steps.ts';

/** What can be sold, what it costs, and what it can become. */
export const CATALOGUE_SCREENS: readonly Screen[] = [
  screen(
    'the upgrade map with the cheapest way',
    `/catalogue?view=map&offer=${OFFERS.nceBusinessBasic}&to=${OFFERS.nceO365E3}`,
    says(/^(2 adım; toplam|2 steps, in all)/),
  ),
  screen(
    'the upgrade map with all that is switched off, and no way',
    `/catalogue?platform=legacy&view=map&off=1&offer=${OFFERS.o365E3}&to=${OFFERS.businessBasic}`,
    says(/^(Bir yol yok:|There is no way:)/),
  ),
  screen('the upgrade map as a table', `/catalogue?platform=legacy&view=table&offer=${OFFERS.businessBasic}`, (page) =>
    page.locator('[data-row="0"]').waitFor(),
  ),
  screen(
    'a path and its switch without the role for it',
    `/catalogue?platform=legacy&path=business-basic--business-standard`,
    says(/^(Rolünüz bunun için yeterli değil|Your role)/),
    SELIM,
  ),
  screen('a path that is switched for some markets', '/catalogue?path=nce-business-standard--nce-o365-e5', (page) =>
    page.getByRole('radio', { name: /^(Açık|Switched on)$/ }).check(),
  ),
  screen(
    'the catalog without a role',
    '/catalogue',
    says(/^(Kataloğu görme izniniz yok|You may not see the catalog)$/),
    NIL,
  ),
  screen('the offers', '/catalogue/offers', (page) => page.locator('[data-row="0"]').waitFor()),
  screen('an offer', `/catalogue/offers?offer=${OFFERS.nceBusinessStandard}`, (page) =>
    page.getByRole('dialog').waitFor(),
  ),
  screen('offers that nothing matches', '/catalogue/offers?q=xyzxyz', says(/^(Eşleşen kayıt yok|Nothing matches)$/)),
  screen('the price lists', '/catalogue/prices?q=E3', (page) => page.locator('[data-row="0"]').waitFor()),
  screen('an import with rows in doubt', '/catalogue/prices', async (page) => {
    const lines = ['Offer ID,Offer Display Name,List Price', `${OFFERS.o365E3},Office 365 E3,free`, 'x,Another,4.50'];
    const file = { name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(/^(Bu bir sayı değil|This is not a number)\./).waitFor();
  }),
  screen('an import of customers with a row in doubt', '/imports', async (page) => {
    const file = {
      name: 'customers.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Company name,Domain\nDeniz,localhost'),
    };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(/^(Bu bir etki alanı değil|This is not a domain)/).waitFor();
  }),
];
