import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFERS } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, confirm, passUntil, previewOf, seed, SELIM, submit } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const ENGLISH = { language: 'en' } as const;
const SUBMIT = '**/api/customers/*/quotes/*/submit';
const DONE = 'Upgraded. All accounts are settled.';
const UNKNOWN = 'Whether it was carried out is asked every two seconds; do not submit it a second time.';
const NOT_SENT = 'The connection was lost. Nothing was sent twice.';

/** A customer whose upgrade to Office 365 E3 is previewed, and how often the page sends it. */
async function preview(open = portal.visit) {
  const customer = await seed(portal.deployment);
  const page = await open(customer.upgrade, AYLIN, ENGLISH);
  await previewOf(page);
  const sent: string[] = [];
  page.on('request', (request) => /quotes\/.*\/submit$/.test(request.url()) && sent.push(request.url()));
  return { ...customer, page, sent };
}

async function upgradesOf(customerId: string) {
  const api = await portal.deployment.signIn(AYLIN);
  return valueOf(await api('listUpgrades', { params: { customerId } })).items;
}

/** A connection that lets a request through to the server and loses the answer. */
const loseAnswer = async (route: Route) => {
  await route.fetch();
  await route.abort('connectionreset');
};

describe('what is pressed twice is sent once', () => {
  /** Keeps every submit on its way until it is let go. */
  async function hold(page: Page) {
    let letGo = () => {};
    const held = new Promise<void>((go) => (letGo = go));
    await page.route(SUBMIT, (route) => held.then(() => route.continue()));
    return letGo;
  }

  it('by pointer', async () => {
    const { page, customerId, sent } = await preview();
    const letGo = await hold(page);
    const button = await confirm(page);
    await button.click();
    await button.click({ force: true });
    letGo();
    await page.getByText(DONE).waitFor();
    expect(sent).toHaveLength(1);
    expect(await upgradesOf(customerId)).toHaveLength(1);
  });

  it('by keyboard', async () => {
    const { page, customerId, sent } = await preview();
    const letGo = await hold(page);
    await confirm(page);
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('Control+Enter');
    letGo();
    await page.getByText(DONE).waitFor();
    expect(sent).toHaveLength(1);
    expect(await upgradesOf(customerId)).toHaveLength(1);
  });

  it('while it runs, the dialog says so and cannot be left', async () => {
    const { page, sent } = await preview();
    const letGo = await hold(page);
    const button = await confirm(page);
    await button.click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('status').getByText('Upgrade running').waitFor();
    await button.click({ force: true });
    await page.keyboard.press('Escape');
    expect(await dialog.getByRole('button', { name: 'Go back' }).isDisabled()).toBe(true);
    expect(await dialog.isVisible()).toBe(true);
    letGo();
    await page.getByText(DONE).waitFor();
    expect(sent).toHaveLength(1);
  });
});

describe('after a reload during the submit the page shows what is true', () => {
  it('it was carried out: who did it, and the way to the result', async () => {
    const { page, customerId } = await preview();
    const carriedOut = new Promise<void>((go) => {
      void page.route(SUBMIT, (route) => route.fetch().then(() => go()));
    });
    await submit(page);
    await carriedOut;
    await page.reload();
    await page.getByText(/^Aylin Demir upgraded this subscription to Office 365 Enterprise E3/).waitFor();
    await page.getByRole('link', { name: 'Show the result' }).click();
    await page.getByText(DONE).waitFor();
    expect(await upgradesOf(customerId)).toHaveLength(1);
  });

  it('it never arrived: first that there is no answer yet, then that nothing was done', async () => {
    const { page, customerId } = await preview(portal.open);
    await page.clock.install();
    const onTheWay = new Promise<void>((go) => {
      void page.route(SUBMIT, () => go());
    });
    await submit(page);
    await onTheWay;
    await page.reload();
    await page.getByText(UNKNOWN).waitFor();
    await passUntil(page, NOT_SENT);
    expect(await upgradesOf(customerId)).toEqual([]);
    await page.unroute(SUBMIT);
    await submit(page);
    await page.getByText(DONE).waitFor();
    expect(await upgradesOf(customerId)).toHaveLength(1);
  });
});

describe('a lost connection', () => {
  it('after it was carried out: no answer yet, nothing to press, and then the result by itself', async () => {
    const { page, customerId, sent } = await preview(portal.open);
    await page.clock.install();
    await page.route(SUBMIT, loseAnswer);
    await submit(page);
    await page.getByText(UNKNOWN).waitFor();
    const button = page.getByRole('button', { name: 'Submit' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await passUntil(page, DONE);
    expect(sent).toHaveLength(1);
    expect(await upgradesOf(customerId)).toHaveLength(1);
  });

  it('before it arrived: that nothing was sent twice, and it can be submitted again', async () => {
    const { page, customerId } = await preview(portal.open);
    await page.clock.install();
    await page.route(SUBMIT, (route) => route.abort('connectionrefused'));
    await submit(page);
    await page.getByText(UNKNOWN).waitFor();
    await passUntil(page, NOT_SENT);
    expect(await upgradesOf(customerId)).toEqual([]);
    await page.unroute(SUBMIT);
    await submit(page);
    await page.getByText(DONE).waitFor();
    expect(await upgradesOf(customerId)).toHaveLength(1);
  });

  it('for longer: it goes on asking, and finds the result once there is a connection again', async () => {
    const { page, customerId } = await preview(portal.open);
    await page.clock.install();
    await page.route(SUBMIT, async (route) => {
      await route.fetch();
      await page.context().setOffline(true);
      await route.abort('internetdisconnected');
    });
    await submit(page);
    await page.getByText(UNKNOWN).waitFor();
    await page.getByText('You are offline. What you see may be out of date.').waitFor();
    for (let asked = 0; asked < 5; asked++) await page.clock.fastForward(2000);
    expect(await page.getByText(UNKNOWN).isVisible()).toBe(true);
    await page.context().setOffline(false);
    await passUntil(page, DONE);
    expect(await upgradesOf(customerId)).toHaveLength(1);
  });
});

describe('two agents at one subscription', () => {
  it('the one who only looks sees the other’s upgrade without doing anything', async () => {
    const { page, upgrade, list } = await preview(portal.open);
    await page.clock.install();
    await page.reload();
    await previewOf(page);
    const other = await portal.visit(upgrade, SELIM, ENGLISH);
    await previewOf(other);
    await submit(other);
    await other.getByText(DONE).waitFor();
    await page.clock.fastForward(11_000);
    await page.getByText(/^Selim Koç upgraded this subscription to Office 365 Enterprise E3/).waitFor();
    await page.getByRole('link', { name: 'Show the result' }).click();
    await page.getByText(DONE).waitFor();
    await page.goto(portal.deployment.url + list);
    await page.getByRole('rowheader', { name: /Office 365 Enterprise E3/ }).waitFor();
    expect(await page.getByRole('row', { name: /Business Basic/ }).count()).toBe(0);
  });

  it('the one who submits second is shown the first one’s result', async () => {
    const { page, customerId, upgrade } = await preview();
    const other = await portal.visit(upgrade, SELIM, ENGLISH);
    await previewOf(other);
    await submit(other);
    await other.getByText(DONE).waitFor();
    await submit(page);
    await page.getByText(/^Selim Koç upgraded this subscription/).waitFor();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await page.getByRole('link', { name: 'Show the result' }).waitFor();
    expect(await upgradesOf(customerId)).toMatchObject([{ submittedBy: 'Selim Koç' }]);
  });
});

describe('leaving with a choice made', () => {
  const asked = (page: Page) => page.getByRole('alertdialog', { name: 'Leave this page?' });
  const customers = (page: Page) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Customers' });

  it('asks once; staying keeps the choice', async () => {
    const { page } = await preview();
    await customers(page).click();
    await asked(page).getByRole('button', { name: 'Stay' }).click();
    await asked(page).waitFor({ state: 'detached' });
    expect(await page.getByRole('radio', { name: 'Office 365 Enterprise E3' }).isChecked()).toBe(true);
  });

  it('asks once; leaving leaves, and Back brings the choice again', async () => {
    const { page } = await preview();
    await customers(page).click();
    await asked(page).getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
    await page.goBack();
    await previewOf(page);
    expect(await page.getByRole('radio', { name: 'Office 365 Enterprise E3' }).isChecked()).toBe(true);
  });

  it('asks on the browser’s Back too, and Esc stays', async () => {
    const { list, subscriptionId } = await seed(portal.deployment);
    const page = await portal.visit(list, AYLIN, ENGLISH);
    await page.getByRole('button', { name: /can be upgraded/ }).click();
    await page.getByRole('link', { name: 'Upgrade now' }).click();
    await page.getByRole('radio', { name: 'Office 365 Enterprise E5' }).check();
    await page.evaluate('history.back()');
    await asked(page).waitFor();
    await page.keyboard.press('Escape');
    await asked(page).waitFor({ state: 'detached' });
    expect(page.url()).toContain(`/subscriptions/${subscriptionId}/upgrade?to=${OFFERS.o365E5}`);
  });

  it('asks also after a submit that never arrived', async () => {
    const { page } = await preview(portal.open);
    await page.clock.install();
    await page.route(SUBMIT, (route) => route.abort('connectionrefused'));
    await submit(page);
    await passUntil(page, NOT_SENT);
    await customers(page).click();
    await asked(page).waitFor();
  });

  it('does not ask without a choice', async () => {
    const { list } = await seed(portal.deployment);
    const page = await portal.visit(list, AYLIN, ENGLISH);
    await page.getByRole('button', { name: /can be upgraded/ }).click();
    await page.getByRole('link', { name: 'Upgrade now' }).click();
    await page.getByRole('radio', { name: 'Office 365 Enterprise E3' }).waitFor();
    await customers(page).click();
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
  });
});

describe('a session that ended meanwhile', () => {
  /** Ends the session on the server, as time would. */
  const endSession = (page: Page) =>
    page.context().request.delete(`${portal.deployment.url}/api/sessions/current`, {
      headers: { origin: portal.deployment.url },
    });

  async function signInAgain(page: Page) {
    await page.getByText('You were signed out after a period of inactivity. Nothing was sent.').waitFor();
    await page.getByRole('button', { name: /^Aylin Demir/ }).click();
  }

  it('leads to the sign-in with a word, and from there back to the same choice', async () => {
    const { page } = await preview(portal.open);
    await endSession(page);
    await page.getByRole('radio', { name: 'Office 365 Enterprise E5' }).check();
    await signInAgain(page);
    await previewOf(page);
    expect(await page.getByRole('radio', { name: 'Office 365 Enterprise E5' }).isChecked()).toBe(true);
  });

  it('sends nothing when it is noticed at the submit', async () => {
    const { page, customerId } = await preview(portal.open);
    await endSession(page);
    await submit(page);
    await signInAgain(page);
    await previewOf(page);
    expect(await page.getByRole('radio', { name: 'Office 365 Enterprise E3' }).isChecked()).toBe(true);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    expect(await upgradesOf(customerId)).toEqual([]);
    await submit(page);
    await page.getByText(DONE).waitFor();
  });
});
