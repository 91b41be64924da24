import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Language } from '../../contract/values.ts';
import { customerId, OFFERS, subscriptionId } from '../../demo/ids.ts';
import { createDirectory, endServers, startServer } from '../server-process.ts';
import { createProfile, launchChromium, signIn, type View } from './browser.ts';

const TOUR = fileURLToPath(new URL('../../docs/tour/', import.meta.url));
const CUSTOMER = `/customers/${customerId(10)}`;
const UPGRADE = `${CUSTOMER}/subscriptions/${subscriptionId(10)}/upgrade?to=${OFFERS.o365E3}`;

type Stop = {
  readonly name: string;
  readonly title: Record<Language, string>;
  readonly text: Record<Language, string>;
  readonly path: string;
  /** Brings the page into the state of the picture. */
  readonly reach: (page: Page) => Promise<unknown>;
  readonly whole?: boolean;
};

/** The tour, in the order of the work. The last stops follow an upgrade that the one before has submitted. */
const STOPS: readonly Stop[] = [
  {
    name: 'customers',
    title: { en: 'Customers', tr: 'Müşteriler' },
    text: {
      en: 'Where something can be upgraded, what is in use, which privileges are held, and what wants attention.',
      tr: 'Nerede yükseltme yapılabilir, ne kadar lisans kullanılıyor, hangi ayrıcalıklar var ve ne dikkat gerektiriyor.',
    },
    path: '/customers',
    reach: (page) => page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor(),
  },
  {
    name: 'card',
    title: { en: 'The information icon', tr: 'Bilgi simgesi' },
    text: {
      en: 'Right after the name of what can be upgraded. Its card names the offers, their prices and what they add.',
      tr: 'Yükseltilebilen aboneliğin adının hemen ardında. Kartında teklifler, fiyatları ve ekledikleri yazar.',
    },
    path: `${CUSTOMER}/subscriptions`,
    reach: async (page) => {
      await page.getByRole('button', { name: /: (yükseltilebilir|can be upgraded)/ }).hover();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'why-not',
    title: { en: 'Why not?', tr: 'Neden yükseltilemiyor?' },
    text: {
      en: 'Every reason that holds, its evidence, who can clear it and how. It can be checked again at once.',
      tr: 'Geçerli olan her neden, kanıtı, kimin nasıl giderebileceği. Hemen yeniden denetlenebilir.',
    },
    path: `/customers/${customerId(6)}/subscriptions?why=${subscriptionId(6)}`,
    reach: (page) => page.getByRole('dialog').getByRole('heading', { level: 3 }).first().waitFor(),
  },
  {
    name: 'upgrade',
    title: { en: 'The upgrade page', tr: 'Yükseltme sayfası' },
    text: {
      en: 'Money to the cent, people, services and what stands in the way, beside the offers. The preview has a number and an end time.',
      tr: 'Kuruşuna kadar tutar, kişiler, hizmetler ve engeller, tekliflerin yanında. Önizlemenin numarası ve bitiş saati vardır.',
    },
    path: UPGRADE,
    whole: true,
    reach: async (page) => {
      await page.getByText(/[−-]\$196/).waitFor();
      await page.getByRole('button', { name: /nasıl hesaplandı|How is this computed/ }).click();
    },
  },
  {
    name: 'confirm',
    title: { en: 'Submit', tr: 'Gönder' },
    text: {
      en: 'One confirmation with the figures of the preview. What it promises is done to the cent, or nothing is.',
      tr: 'Önizlemedeki tutarlarla tek bir onay. Söz verilen kuruşuna kadar yapılır; yoksa hiçbir şey yapılmaz.',
    },
    path: UPGRADE,
    reach: async (page) => {
      await page.getByText(/[−-]\$196/).waitFor();
      await page.getByRole('button', { name: /^(Gönder|Submit)$/ }).click();
      await page.getByRole('checkbox').check();
    },
  },
  {
    name: 'result',
    title: { en: 'The worklist', tr: 'İş listesi' },
    text: {
      en: 'What came of it, and each account that still needs a person with the one act that fits.',
      tr: 'Sonuç ve hâlâ bir kişinin ilgilenmesi gereken her hesap, kendisine uyan tek eylemle.',
    },
    path: UPGRADE,
    whole: true,
    reach: async (page) => {
      await page.getByText(/[−-]\$196/).waitFor();
      await page.getByRole('button', { name: /^(Gönder|Submit)$/ }).click();
      await page.getByRole('checkbox').check();
      await page.getByRole('button', { name: /^(Yükseltmeyi gönder|Submit upgrade)$/ }).click();
      await page.getByRole('row', { name: /Zeynep Şahin/ }).waitFor();
    },
  },
];

/** Takes the pictures of the tour from the running product, in both languages, and writes the pages that show them. */
async function takeTour(): Promise<void> {
  rmSync(TOUR, { recursive: true, force: true });
  const browser = await launchChromium();
  try {
    for (const language of ['en', 'tr'] as const) {
      mkdirSync(`${TOUR}${language}`, { recursive: true });
      // A world of its own for each language: the tour upgrades a subscription.
      const server = await startServer(createDirectory());
      const shoot = async (stop: Stop, view: View, file: string) => {
        const profile = await createProfile(browser, { language, ...view });
        await signIn(profile, server.address, 'aylin@kuzey.example');
        const page = await profile.newPage();
        await page.goto(server.address + stop.path);
        await stop.reach(page);
        await page.screenshot({
          path: `${TOUR}${language}/${file}.png`,
          fullPage: stop.whole ?? false,
          animations: 'disabled',
        });
        await profile.close();
      };
      for (const stop of STOPS) {
        await shoot(stop, {}, stop.name);
        if (stop.name === 'upgrade') await shoot({ ...stop, whole: false }, { width: 400 }, `${stop.name}-400`);
        if (stop.name === 'card') await shoot(stop, { dark: true }, `${stop.name}-dark`);
      }
      await server.stop();
    }
    writeFileSync(`${TOUR}README.md`, pageOf('en'));
    writeFileSync(`${TOUR}OKUBENI.md`, pageOf('tr'));
  } finally {
    await browser.close();
    await endServers();
  }
}

function pageOf(language: Language): string {
  const head =
    language === 'tr'
      ? ['# Resimlerle tur', '', '[English](README.md). Resimler çalışan üründen `npm run tour` ile alınır.']
      : [
          '# The tour in pictures',
          '',
          '[Türkçe](OKUBENI.md). The pictures are taken from the running product by `npm run tour`.',
        ];
  const stops = STOPS.flatMap(({ name, title, text }) => [
    '',
    `## ${title[language]}`,
    '',
    text[language],
    '',
    `![${title[language]}](${language}/${name}.png)`,
  ]);
  return [...head, ...stops, ''].join('\n');
}

await takeTour();
