import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../contract/values.ts';
import { OFFERS, subscriptionId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, expectFocus, seed, subscriptionsOf, upgradeOf } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

type Reason = {
  readonly title: string;
  readonly condition?: string;
  readonly who: string;
  readonly remedy: string;
  /** What else it says: its evidence, or the act that clears it. */
  readonly also?: readonly string[];
};

/** One block of a panel says all that a reason has to say. */
async function expectReason(within: Locator, { title, condition, who, remedy, also = [] }: Reason) {
  const block = within.getByRole('region', { name: title, exact: true }).first();
  await block.getByRole('heading', { name: title }).waitFor();
  const text = (await block.textContent()) ?? '';
  for (const said of [who, remedy, condition ?? '', ...also]) expect(text).toContain(said);
  if (!condition) expect(text).not.toMatch(/[Cc]ondition \d|\d\. koşul/);
}

const inList: readonly [number, Language, Reason][] = [
  [
    3,
    'en',
    {
      title: 'The subscription is not active',
      condition: 'Condition 1',
      who: 'Who clears itYou',
      remedy: 'If it is suspended, reactivate it;',
      also: ['Its status is: suspended.'],
    },
  ],
  [
    4,
    'tr',
    {
      title: 'Temsilcili yönetici ayrıcalıkları yok',
      condition: '2. koşul',
      who: 'Kim giderebilirMüşteri',
      remedy: 'Müşteriye bayi ilişkisi isteği gönderin; müşterinin Genel yöneticisi kabul eder.',
      also: ['Ayrıcalık iste'],
    },
  ],
  [
    6,
    'en',
    {
      title: 'The privileges have ended',
      condition: 'Condition 2',
      who: 'Who clears itThe customer',
      remedy: 'Request a new relationship with the role Directory writers.',
      also: ['Ended15 Nov 2026', 'Request this role'],
    },
  ],
  [
    9,
    'tr',
    {
      title: 'Eklentiler engel oluyor',
      who: 'Kim giderebilirSiz',
      remedy: 'Önce eklentileri kaldırın; yeni teklif izin veriyorsa yeniden satın alın.',
      also: ['Exchange Online Arşivleme (demo eklentisi)'],
    },
  ],
  [
    11,
    'en',
    {
      title: 'No upgrade path',
      who: 'Who clears itYou',
      remedy:
        'Buy the new offer, reassign the licenses and cancel the old one by hand, or wait for the end of the term.',
      also: ['Show the manual way'],
    },
  ],
  [
    12,
    'en',
    {
      title: 'The order is still being set up',
      who: 'Who clears itTime',
      remedy: 'Wait and check again. This usually takes minutes, at times hours.',
    },
  ],
  [
    17,
    'en',
    {
      title: 'The privileges do not cover this service',
      condition: 'Condition 2',
      who: 'Who clears itThe customer',
      remedy: 'Ask the customer to extend the privileges to these services.',
      also: ['SharePoint and OneDrive', 'Office desktop apps'],
    },
  ],
];

const onUpgradePage: readonly [number, keyof typeof OFFERS, string, readonly Reason[]][] = [
  [
    7,
    'o365E3',
    'Office 365 Enterprise E3',
    [
      {
        title: 'The customer already has these services',
        condition: 'Condition 3',
        who: 'Who clears itThe customer',
        remedy: 'The other subscription must be canceled first',
        also: ['SubscriptionMicrosoft 365 Apps for enterprise', 'ChannelMicrosoft direct', 'Office desktop apps'],
      },
    ],
  ],
  [
    8,
    'o365E3',
    'Office 365 Enterprise E3',
    [
      {
        title: 'The customer already has these services',
        condition: 'Condition 3',
        who: 'Who clears itThe customer',
        remedy: 'The other subscription must be canceled first',
        also: ['ChannelAnother partner'],
      },
      {
        title: 'The customer already has this offer',
        condition: 'Condition 4',
        who: 'Who clears itThe customer',
        remedy: 'the customer must cancel it there first',
        also: ['SubscriptionOffice 365 Enterprise E3', 'ChannelAnother partner'],
      },
    ],
  ],
  [
    10,
    'o365E1',
    'Office 365 Enterprise E1',
    [
      {
        title: 'The customer already has this offer',
        condition: 'Condition 4',
        who: 'Who clears itThe customer',
        remedy: 'Add licenses there, reassign the users and cancel this subscription',
        also: ['ChannelMicrosoft direct'],
      },
    ],
  ],
  [
    13,
    'o365E5',
    'Office 365 Enterprise E5',
    [
      {
        title: 'Billing frequency does not fit',
        who: 'Who clears itYou',
        remedy: 'Change the billing frequency of the subscription first.',
        also: ['Office 365 Enterprise E5 is not sold with this billing frequency: annual.'],
      },
    ],
  ],
];

const panelOf = (page: Page) => page.getByRole('dialog', { name: /^(Why not\?|Neden yükseltilemiyor\?)$/ });
/** The button in the row of a demo customer's first subscription. */
const whyNot = (page: Page, customer: number) =>
  page
    .getByRole('row')
    .filter({ hasText: `d100…${String(customer).padStart(4, '0')}` })
    .getByRole('button', { name: /^(Why not\?|Neden yükseltilemiyor\?) \(1\) / });

describe('“Why not?” in the list says the reason, who clears it and how', () => {
  it.each(inList)('customer %i, %s', async (customer, language, reason) => {
    const page = await portal.visit(subscriptionsOf(customer), AYLIN, { language });
    await whyNot(page, customer).click();
    await panelOf(page)
      .getByText(/^(One thing stands in the way\.|Tek bir engel var\.)/)
      .waitFor();
    await expectReason(panelOf(page), reason);
    expect(await page.getByRole('button', { name: /can be upgraded|yükseltilebilir\. / }).count()).toBe(0);
  });
});

describe('an offer that cannot be had stays in the list of offers, and says why', () => {
  it.each(onUpgradePage)('customer %i, %s', async (customer, offer, name, reasons) => {
    const page = await portal.visit(upgradeOf(customer), AYLIN, { language: 'en' });
    expect(await page.getByRole('radio', { name, exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: `Why not? ${name}` }).click();
    for (const reason of reasons) await expectReason(panelOf(page), reason);
    expect(await panelOf(page).getByRole('region').count()).toBe(reasons.length);
    expect(new URL(page.url()).searchParams.get('why')).toBe(OFFERS[offer]);
  });

  it('others can still be chosen beside it', async () => {
    const page = await portal.visit(`${upgradeOf(7)}?to=${OFFERS.o365E3}`, AYLIN, { language: 'en' });
    await page.getByRole('radio', { name: 'Office 365 Enterprise E1' }).check();
    expect(await page.getByRole('radio', { name: 'Office 365 Enterprise E3' }).isChecked()).toBe(false);
  });

  it('a role that is missing for the licenses alone closes that one way', async () => {
    const page = await portal.visit(`${upgradeOf(5)}?to=${OFFERS.o365E3}`, AYLIN, { language: 'en' });
    const withLicenses = page.getByRole('radio', { name: /^Move the users’ licenses too/ });
    expect(await withLicenses.isDisabled()).toBe(true);
    await page.getByText('A role is missing in the relationship.').waitFor();
    expect(await page.getByRole('radio', { name: /^Upgrade the subscription only/ }).isChecked()).toBe(true);
  });
});

describe('the panel', () => {
  it('stands in the address, takes the focus, and gives it back when Esc closes it', async () => {
    const page = await portal.visit(subscriptionsOf(3), AYLIN, { language: 'en' });
    await whyNot(page, 3).focus();
    await page.keyboard.press('Enter');
    const panel = panelOf(page);
    await expect.poll(() => panel.locator(':focus').count()).toBe(1);
    expect(new URL(page.url()).search).toBe(`?why=${subscriptionId(3)}`);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await expectFocus(whyNot(page, 3));
    expect(new URL(page.url()).search).toBe('');
  });

  it('opens from a copied address', async () => {
    const page = await portal.visit(`${subscriptionsOf(3)}?why=${subscriptionId(3)}`, AYLIN, { language: 'en' });
    await panelOf(page).getByRole('heading', { name: 'The subscription is not active' }).waitFor();
  });

  /** A subscription with an order that has not finished, and its panel. */
  async function pending(status: 'active' | 'suspended') {
    const seeded = await seed(portal.deployment, { provisioning: 'pending', status });
    const page = await portal.visit(`${seeded.list}?why=${seeded.subscriptionId}`, AYLIN, { language: 'en' });
    const panel = panelOf(page);
    await panel.getByRole('heading', { name: 'The order is still being set up' }).waitFor();
    const complete = async () => {
      const api = await portal.deployment.signIn(AYLIN);
      const params = { customerId: seeded.customerId, subscriptionId: seeded.subscriptionId };
      valueOf(await api('completeProvisioning', { params, body: { provisioning: 'success' } }));
    };
    return { ...seeded, page, panel, complete };
  }

  it('checked again after the order has finished, says that it is cleared and offers the upgrade', async () => {
    const { page, panel, complete } = await pending('active');
    await panel.getByText(/^Checked at \d\d:\d\d$/).waitFor();
    await complete();
    await panel.getByRole('button', { name: 'Check again' }).click();
    await panel.getByText('Cleared. The subscription can be upgraded now.').waitFor();
    await panel.getByText('The order is still being set up').waitFor();
    expect(await panel.getByRole('region').count()).toBe(0);
    await panel.getByRole('link', { name: 'Upgrade now' }).click();
    await page.getByRole('heading', { name: 'Upgrade Microsoft 365 Business Basic' }).waitFor();
  });

  it('checked again with a part of it cleared, ticks that off and keeps the rest', async () => {
    const { panel, complete } = await pending('suspended');
    await panel.getByText('2 things stand in the way. All of them must be cleared.').waitFor();
    await complete();
    await panel.getByRole('button', { name: 'Check again' }).click();
    await panel.getByText('One thing stands in the way.').waitFor();
    await panel.getByText('The order is still being set up').waitFor();
    expect(await panel.getByRole('region').allTextContents()).toEqual([expect.stringContaining('not active')]);
    expect(await panel.getByRole('link', { name: 'Upgrade now' }).count()).toBe(0);
  });

  it('its act leads to a request, and from there to the page of our own that explains it', async () => {
    const page = await portal.visit(`${subscriptionsOf(4)}?why=${subscriptionId(4)}`, AYLIN, { language: 'en' });
    await panelOf(page).getByRole('link', { name: 'Request privileges' }).click();
    await page.getByRole('heading', { name: 'Request a relationship with a customer', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Which roles are needed for what?' }).click();
    await page.getByRole('heading', { name: 'Request delegated admin privileges', level: 1 }).waitFor();
  });
});
