import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { Language } from '../../contract/values.ts';
import { startDeployment, type TestDeployment } from '../deployment.ts';

/** What headless Chromium needs in a closed network, as root too. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** No page of a test lives long enough for its scripts to be compiled once more and better: to do so takes a fifth of all time. */
const SHORT_LIVED = '--js-flags=--no-opt --no-maglev';

const PATIENCE_MS = 20_000;

/** Streams that are refused. To refuse them on the way would have the browser keep no file. */
const WITHOUT_STREAMS = `window.EventSource = class extends EventTarget {
  static CLOSED = 2;
  readyState = 2;
  constructor() {
    super();
    setTimeout(() => this.dispatchEvent(new Event('error')));
  }
  close() {}
};`;

export type View = {
  readonly language?: Language;
  /** Pixels; the height follows. */
  readonly width?: 1280 | 400;
  readonly dark?: boolean;
  readonly touch?: boolean;
  /** Is told of changes. The others ask again after a while, as behind a proxy that lets no stream through, so that a test has its turns in hand. */
  readonly live?: boolean;
};

export type Portal = {
  readonly deployment: TestDeployment;
  /** A page of a new browser profile, signed in as an agent; without one, not signed in. Of a test, it goes with it. */
  readonly open: (path: string, agent?: string, view?: View) => Promise<Page>;
  /** The page that an agent keeps, signed in and loaded anew: much faster, for tests that leave nothing else behind in their browser. */
  readonly visit: (path: string, agent?: string, view?: View) => Promise<Page>;
  stop(): Promise<void>;
};

/** One browser for all files of a process, which ends with it; nothing is shared between its profiles. */
let running: Promise<Browser> | undefined;

/** The built portal on the real app, and a real browser. Whatever the pages log as an error fails `stop`. */
export async function startPortal(options: Parameters<typeof startDeployment>[1] = {}): Promise<Portal> {
  const deployment = await startDeployment('demo', { ...options, portal: true });
  const browser = await (running ??= launchChromium(SHORT_LIVED));
  const profiles: BrowserContext[] = [];
  const complaints: string[] = [];
  const kept = new Map<string, Page>();
  const newPage = async (agent: string | undefined, view: View) => {
    const context = await createProfile(browser, view);
    profiles.push(context);
    if (!view.live) await context.addInitScript(WITHOUT_STREAMS);
    if (agent) await signIn(context, deployment.url, agent);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // The browser itself notes every refused request; those are answers that the tests ask for.
      const refused = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !refused) complaints.push(message.text());
    });
    return page;
  };
  return {
    deployment,
    async open(path, agent, view = {}) {
      const page = await newPage(agent, view);
      closeWithTest(page.context());
      await page.goto(deployment.url + path);
      return page;
    },
    async visit(path, agent, view = {}) {
      const key = JSON.stringify([agent, view]);
      const page = kept.get(key) ?? (await newPage(undefined, view));
      kept.set(key, page);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.mouse.move(0, 0);
      await page.context().clearCookies();
      if (agent) await signIn(page.context(), deployment.url, agent);
      await page.goto(deployment.url + path);
      return page;
    },
    async stop() {
      await Promise.all(profiles.map((profile) => profile.close()));
      await deployment.stop();
      expect(complaints).toEqual([]);
    },
  };
}

/** A page that is left open goes on asking; one that a file has opened for all of its tests stays until the end. */
function closeWithTest(profile: BrowserContext): void {
  try {
    onTestFinished(() => profile.close());
  } catch {
    // Not inside of a test.
  }
}

export function launchChromium(...more: readonly string[]): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] });
}

export function createProfile(
  browser: Browser,
  { language = 'tr', width = 1280, dark, touch }: View,
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height: 800 },
    locale: language === 'tr' ? 'tr-TR' : 'en-US',
    timezoneId: 'Europe/Istanbul',
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: touch ?? false,
    reducedMotion: 'reduce',
  });
}

/** Signs a profile in past the sign-in page, as its form would: the session is a cookie. */
export async function signIn(context: BrowserContext, url: string, agent: string): Promise<void> {
  const answer = await context.request.post(`${url}/api/sessions`, { data: { agent } });
  expect(answer.status()).toBe(201);
}
