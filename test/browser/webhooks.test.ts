import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { customerId, subscriptionId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { connect } from '../partner-center-client.ts';
import { answerWith, type Receiver, startReceiver } from '../webhook-receiver.ts';
import { startWorker } from '../webhook-worker.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, expectFocus, NIL, overflow, tabTo } from './steps.ts';

const PAGE = '/settings/webhooks';

let portal: Portal;
let receiver: Receiver;
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());
beforeEach(async () => {
  await portal.deployment.reset();
  receiver = await startReceiver();
  stops.push(() => receiver.close());
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const work = async () => {
  stops.push(await startWorker(portal.deployment, { pauseSeconds: 60 }));
};

const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

async function choose(page: Page, name: string, act: string) {
  await rowOf(page, name)
    .getByRole('button', { name: /^(Diğer eylemler|More actions)/ })
    .click();
  await page.getByRole('menuitem', { name: act, exact: true }).click();
}

async function add(events: ('seats.changed' | 'upgrade.applied')[], url = receiver.url): Promise<string> {
  const api = await portal.deployment.signIn(AYLIN);
  return valueOf(await api('registerWebhook', { body: { url, events, description: '', enabled: true } })).webhookId;
}

/** Since when the only webhook fails. */
async function failingSince() {
  const api = await portal.deployment.signIn(AYLIN);
  return valueOf(await api('listWebhooks', {})).items[0]?.failingSince;
}

async function changeSeats(quantity: number) {
  const api = await portal.deployment.signIn(AYLIN);
  const params = { customerId: customerId(2), subscriptionId: subscriptionId(2) };
  valueOf(await api('changeSeats', { params, body: { quantity } }));
}

describe('a webhook in Turkish', () => {
  it('is added with its events, shows its secret once, and is told of what happens', async () => {
    await work();
    const page = await portal.open('/settings', AYLIN);
    await page.getByRole('link', { name: 'Web kancaları' }).click();
    await page.getByRole('heading', { name: 'Henüz web kancası yok' }).waitFor();
    await page.getByRole('button', { name: 'Yeni web kancası' }).click();
    await page.getByRole('textbox', { name: 'Adres (https)' }).fill(receiver.url);
    await page.getByRole('textbox', { name: 'Not' }).fill('Muhasebe');
    await page.getByRole('checkbox', { name: 'Lisans sayısı değişti' }).check();
    await page.getByRole('button', { name: 'Oluştur' }).click();
    const dialog = page.getByRole('alertdialog');
    const secret = /whsec_\S+=/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';
    expect(secret).toHaveLength('whsec_'.length + 44);
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Kapat' }).click();
    await rowOf(page, receiver.url).getByText('Muhasebe').waitFor();
    expect(await page.locator('body').textContent()).not.toContain(secret);

    await page.getByRole('link', { name: receiver.url }).click();
    await page.getByRole('heading', { name: 'Gönderim yok' }).waitFor();
    await page.getByRole('button', { name: 'Test olayı gönder' }).click();
    await page.getByText('Test olayı yola çıktı').first().waitFor();
    await rowOf(page, 'Test olayı').getByText('İletildi').waitFor();
    await changeSeats(13);
    const row = rowOf(page, 'Lisans sayısı değişti');
    await row.getByText('İletildi').waitFor();
    await row.getByText(/^200, \d+ ms$/).waitFor();
    expect(receiver.received.map(({ bytes }) => (JSON.parse(bytes.toString()) as { type: string }).type)).toEqual([
      'webhook.test',
      'seats.changed',
    ]);
  });

  it('without an address, an event, or with one that may not be called is not added, and the field says why', async () => {
    const page = await portal.visit(PAGE, AYLIN);
    await page.getByRole('button', { name: 'Yeni web kancası' }).click();
    const [url, create] = [
      page.getByRole('textbox', { name: 'Adres (https)' }),
      page.getByRole('button', { name: 'Oluştur' }),
    ];
    await create.click();
    await page.getByText('Adres (https) gerekli.').waitFor();
    await page.getByText('Olaylar gerekli.').waitFor();
    await expectFocus(url);
    await url.fill('http://crm.example/');
    await page.getByRole('checkbox', { name: 'Tümünü seç' }).check();
    await create.click();
    await page.getByText('Adres https:// ile başlamalı.').waitFor();
    await page.keyboard.press('Escape');
    expect(await rowOf(page, 'crm.example').count()).toBe(0);
  });
});

describe('a webhook that fails, in English', () => {
  it('says since when, and its event is given up and sent again', async () => {
    receiver.answers.push(answerWith(503));
    const webhookId = await add(['seats.changed']);
    await changeSeats(14);
    await work();
    await expect.poll(failingSince).not.toBeNull();
    const page = await portal.visit(PAGE, AYLIN, { language: 'en' });
    await rowOf(page, receiver.url)
      .getByText(
        /^Answered with status 503 in \d+ ms · Failing since 16 Nov 2026, \d\d:\d\d; next try 16 Nov 2026, \d\d:\d\d$/,
      )
      .waitFor();
    await choose(page, receiver.url, 'Switch off');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Switch off' }).click();
    await rowOf(page, receiver.url).getByText('Off', { exact: true }).waitFor();
    await choose(page, receiver.url, 'Switch on');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Switch on' }).click();
    await rowOf(page, receiver.url).getByText('On', { exact: true }).waitFor();

    await page.goto(`${portal.deployment.url}${PAGE}/${webhookId}?state=failed`);
    await page.getByRole('button', { name: 'The number of licenses changed' }).click();
    const panel = page.getByRole('dialog');
    await panel.getByText(/^Answered with status 503 in \d+ ms$/).waitFor();
    await panel.getByText(/"type": "seats.changed"/).waitFor();
    await panel.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => receiver.received.length).toBe(2);
    await page.goto(`${portal.deployment.url}${PAGE}/${webhookId}`);
    await rowOf(page, 'The number of licenses changed').getByText('2 attempts').waitFor();
    await rowOf(page, 'The number of licenses changed').getByText('Delivered').waitFor();
  });

  it('that was switched off by itself says so', async () => {
    const webhookId = await add(['seats.changed']);
    await portal.deployment.context.database.asSystem((tx) =>
      tx.query(
        `update webhooks set enabled = false, disabled_at = '2026-11-16T08:00:00Z', failing_since = '2026-11-11T08:00:00Z'`,
      ),
    );
    const page = await portal.visit(PAGE, AYLIN, { language: 'en' });
    await rowOf(page, receiver.url).getByText('Switched off by itself at 16 Nov 2026, 11:00').waitFor();
    await page.goto(`${portal.deployment.url}${PAGE}/${webhookId}`);
    await page.getByText(/^It failed for five days and was switched off\./).waitFor();
    expect(await page.getByRole('button', { name: 'Send test event' }).isDisabled()).toBe(true);
  });
});

describe('the list of webhooks in English', () => {
  it('has one edited, its secret rotated, and removed, by keyboard too', async () => {
    await add(['seats.changed', 'upgrade.applied'], 'https://crm.example/hook');
    const page = await portal.visit(PAGE, AYLIN, { language: 'en' });
    await choose(page, 'crm.example', 'Edit the webhook');
    await page.getByRole('checkbox', { name: 'An upgrade was done' }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await rowOf(page, 'crm.example').getByText('The number of licenses changed', { exact: true }).waitFor();

    await choose(page, 'crm.example', 'Rotate the secret');
    const question = page.getByRole('alertdialog');
    await question.getByText('For a day each event is signed with the old secret and the new one').waitFor();
    await question.getByRole('button', { name: 'Rotate the secret' }).click();
    await page.getByText(/^The secret before it signs too until 17 Nov 2026/).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();

    await choose(page, 'crm.example', 'Remove');
    await tabTo(page, question.getByRole('button', { name: 'Remove' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
    await expectFocus(page.getByRole('button', { name: 'New webhook' }));
  });

  it('shows the registration of the Partner Center API, and does not change it', async () => {
    const send = await connect(portal.deployment);
    const body = { WebhookUrl: 'https://old.example/hook', WebhookEvents: ['subscription-updated'] };
    await send('POST', '/webhooks/v1/registration', { body });
    const page = await portal.visit(PAGE, AYLIN, { language: 'en' });
    await page.getByRole('heading', { name: 'Registered over the Partner Center API' }).waitFor();
    await page.getByText('https://old.example/hook').waitFor();
    await page.getByText('Read-only').waitFor();
  });

  it('does not exceed a phone, and a webhook that is gone says so', async () => {
    const long = `https://a-rather-long-name-of-a-host.crm.example/${'integrations/'.repeat(10)}`;
    const webhookId = await add(['seats.changed'], long);
    const page = await portal.visit(PAGE, AYLIN, { language: 'en', width: 400 });
    await page.getByRole('link', { name: long }).waitFor();
    expect(await overflow(page)).toBe(0);
    await page.goto(`${portal.deployment.url}${PAGE}/${webhookId}`);
    await page.getByRole('heading', { name: 'Deliveries', exact: true }).waitFor();
    expect(await overflow(page)).toBe(0);
    await page.goto(`${portal.deployment.url}${PAGE}/${customerId(1)}`);
    await page.getByRole('heading', { name: 'There is no such webhook' }).waitFor();
  });

  it('is not shown to who may not manage webhooks', async () => {
    const page = await portal.visit('/customers', NIL, { language: 'en' });
    await page.goto(portal.deployment.url + PAGE);
    await page.getByRole('heading', { name: 'You may not manage webhooks' }).waitFor();
  });
});
