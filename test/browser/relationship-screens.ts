import type { Page } from 'playwright-core';
import { customerId } from '../../demo/ids.ts';
import type { Links } from './links.ts';
import type { Prepared } from './prepared.ts';
import { button, says, type Screen, screen } from './screen.ts';

const linked = (which: keyof Links) => (prepared: Prepared) => prepared.links[which];
/** What a customer's administrator sees, who is not signed in. */
const accepting = (what: string, path: Screen['path'], reach: Screen['reach']): Screen => ({
  what,
  path,
  agent: undefined,
  reach,
});

/** Has a code sent on an acceptance page of a request to `NAME.example`. */
async function askCode(page: Page): Promise<void> {
  await page.getByRole('textbox').fill(`it@${new URL(page.url()).search.slice(1)}.example`);
  await button(page, /^(Kod gönder|Send a code)$/).click();
  await codeField(page).waitFor();
}
const codeField = (page: Page) => page.getByRole('textbox', { name: /^(Altı haneli kod|Code of six digits)$/ });

/** Types the code that the mailbox has; whoever looks is signed in as an agent, too. */
async function proveByCode(page: Page): Promise<void> {
  await askCode(page);
  const kept = await page.request.get(new URL('/api/mailbox', page.url()).href);
  const { items } = (await kept.json()) as { items: { kind: string; text: string }[] };
  const code = /\d{6}/.exec(items.find(({ kind }) => kind === 'code')?.text ?? '')?.[0] ?? '';
  await codeField(page).fill(code);
  await button(page, /^(Kodu doğrula|Check the code)$/).click();
  await button(page, /^(Kabul et|Accept)$/).waitFor();
}

/** What an agent and a customer see of their relationship and of its requests. */
export const RELATIONSHIP_SCREENS: readonly Screen[] = [
  screen('the relationships', '/relationships', (page) => page.getByRole('rowheader').first().waitFor()),
  screen('the relationship with a customer', `/customers/${customerId(1)}/relationship`, (page) =>
    page.getByRole('heading', { level: 2 }).first().waitFor(),
  ),
  screen('a request for a relationship', '/relationships/new', (page) => page.getByRole('spinbutton').waitFor()),
  screen('a request that lacks what it needs', '/relationships/new', async (page) => {
    await button(page, /^(İsteği oluştur|Create the request)$/).click();
    await page.locator('[aria-invalid=true]').first().waitFor();
  }),
  screen('the mailbox', '/mailbox', (page) => page.locator('pre').first().waitFor()),
  accepting('a request that a customer is asked', linked('open'), (page) =>
    button(page, /^(Kod gönder|Send a code)$/).waitFor(),
  ),
  accepting('the code of an administrator', linked('code'), askCode),
  accepting('a code that is wrong', linked('wrong'), async (page) => {
    await askCode(page);
    await codeField(page).fill('000000');
    await button(page, /^(Kodu doğrula|Check the code)$/).click();
    await says(/^(Kod yanlış|The code is wrong)/)(page);
  }),
  screen('the answer of an administrator', linked('proved'), proveByCode),
  accepting('a request that was granted', linked('granted'), (page) =>
    button(page, /^(E-postayı yeniden gönder|Send the email again)$/).waitFor(),
  ),
  accepting(
    'a request that was declined',
    linked('declined'),
    says(/^(Bu istek daha önce reddedildi|This request was declined)/),
  ),
  accepting(
    'a request that has expired',
    linked('expired'),
    says(/^(Bu isteğin süresi doldu|This request has expired)/),
  ),
  accepting(
    'a request that was withdrawn',
    linked('withdrawn'),
    says(/^(İş ortağı bu isteği geri çekti|The partner withdrew)/),
  ),
  accepting('what was granted', linked('standing'), (page) => button(page, /^(Kod gönder|Send a code)$/).waitFor()),
  accepting('a link that leads nowhere', '/accept#half', says(/^(Bu bağlantı geçerli değil|This link leads nowhere)$/)),
];
