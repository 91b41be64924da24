import { button, says, type Screen, screen } from './screen.ts';
import { NIL } from './steps.ts';

const HALE = 'hale@kuzey.example';

/** Until when what can be changed, and what upgrades bring. */
export const INSIGHT_SCREENS: readonly Screen[] = [
  screen('the deadlines', '/deadlines', (page) => page.getByRole('rowheader').first().waitFor()),
  screen('deadlines that nothing matches', '/deadlines?q=xyzxyz', says(/^(Eşleşen kayıt yok|Nothing matches)$/)),
  screen('no month-to-month deadlines', '/deadlines?list=monthToMonth', says(/^(Son tarih yok|No deadlines)$/)),
  screen(
    'the deadlines without a role',
    '/deadlines',
    says(/^(Son tarihleri görme izniniz yok|You may not see deadlines)$/),
    NIL,
  ),
  screen('the calendar of deadlines', '/deadlines', async (page) => {
    await button(page, /^(Takvim|Calendar)$/).click();
    await button(page, /^(Adres oluştur|Make an address|Yeni adres oluştur|Make another address)$/).waitFor();
  }),
  screen('the licenses of all customers', '/licenses', (page) => page.getByRole('rowheader').first().waitFor()),
  screen('licenses that nothing matches', '/licenses?q=xyzxyz', says(/^(Eşleşen kayıt yok|Nothing matches)$/)),
  screen('the reports', '/reports', async (page) => {
    await page.getByRole('img', { name: /^(Fırsatlar|Opportunities)/ }).waitFor();
  }),
  screen('the reports as tables', '/reports?view=table', (page) => page.getByRole('rowheader').first().waitFor()),
  screen(
    'the reports without a role for them',
    '/reports',
    says(/^(Raporları görme izniniz yok|You may not see reports)$/),
    HALE,
  ),
];
