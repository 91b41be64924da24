import { button, says, screen, type Screen } from './screen.ts';
import { BORA, NIL } from './steps.ts';

/** Many upgrades at once, from the choice to the report. */
export const CAMPAIGN_SCREENS: readonly Screen[] = [
  screen('the campaigns', '/bulk', (page) => page.getByRole('rowheader').first().waitFor()),
  screen('campaigns that nothing matches', '/bulk?q=xyzxyz', says(/^(Eşleşen kayıt yok|Nothing matches)$/)),
  screen(
    'the campaigns without a role',
    '/bulk',
    says(/^(Toplu yükseltmeleri görme izniniz yok|You may not see bulk upgrades)$/),
    NIL,
  ),
  screen(
    'a new campaign, with what is missing',
    ({ campaign }) => `/bulk/new?by=hand&${campaign.query}`,
    async (page) => {
      await page.getByRole('rowheader').first().waitFor();
      await button(page, /^(Plan oluştur|Make plan)$/).click();
      await says(/^(En az bir abonelik seçin\.|Pick at least one subscription\.)$/)(page);
    },
  ),
  screen(
    'a new campaign without the role for it',
    '/bulk/new',
    says(/^(Toplu yükseltme yapma izniniz yok|You may not run bulk upgrades)$/),
    BORA,
  ),
  screen(
    'the plan of a campaign',
    ({ campaign }) => campaign.planned,
    (page) => page.getByRole('rowheader').first().waitFor(),
  ),
  screen(
    'the last look before a campaign is sent',
    ({ campaign }) => campaign.planned,
    async (page) => {
      await button(page, /yükseltmeyi gönder$|^Submit \d+ upgrade/).click();
      await page.getByRole('dialog').waitFor();
    },
  ),
  screen(
    'why a row of a campaign is refused',
    ({ campaign }) => `${campaign.planned}?filter=refused`,
    async (page) => {
      await page.getByRole('row').nth(1).getByRole('button').first().click();
      await page.getByRole('dialog').waitFor();
    },
  ),
  screen(
    'the report of a campaign',
    ({ campaign }) => campaign.done,
    (page) => page.getByRole('rowheader').first().waitFor(),
  ),
];
