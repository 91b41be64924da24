import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '../../contract/values.ts';
import en from '../../portal/locales/en.json' with { type: 'json' };
import tr from '../../portal/locales/tr.json' with { type: 'json' };
import { overflow } from './steps.ts';

/**
 * An accessibility scan that must find nothing: all of it, what hangs on colors alone, as another theme does, or the rest, as colors take longest.
 * What passed is not asked for: to tell where it stands takes longer than to look at it.
 */
export async function expectAccessible(page: Page, part: 'all' | 'colors' | 'all but colors' = 'all'): Promise<void> {
  // Colors take a moment to become those of another theme.
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))');
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const options = {
    resultTypes: ['violations'],
    ...(part === 'colors' && { runOnly: ['color-contrast'] }),
    ...(part === 'all but colors' && { rules: { 'color-contrast': { enabled: false } } }),
  };
  const scan = `axe.run({ exclude: ['[data-tabster-dummy]'] }, ${JSON.stringify(options)})`;
  const { violations } = await page.evaluate<AxeResults>(scan);
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join('\n')}`),
  ).toEqual([]);
}

/** Whole sentences of the other language: they must not be seen. */
const FOREIGN: Readonly<Record<Language, readonly string[]>> = { en: foreignTo(en, tr), tr: foreignTo(tr, en) };

function foreignTo(own: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) {
  const known = new Set(Object.values(own));
  return Object.values(other).filter((text) => /\w \w/.test(text) && !/[{}]/.test(text) && !known.has(text));
}

/** Nothing is cut off at the side, and every word is of the language: no key, no gap, no sentence of the other; once the page has come to rest. */
export async function expectFit(page: Page, language: Language): Promise<void> {
  await expect.poll(() => misfitsOf(page, language)).toEqual([]);
}

async function misfitsOf(page: Page, language: Language): Promise<string[]> {
  const wider = await overflow(page);
  // What a mail says is in the language of whom it is for.
  const mails = await page.locator('pre').allInnerTexts();
  const whole = await page.locator('body').innerText();
  const text = mails.reduce((rest, mail) => rest.replace(mail, ''), whole);
  return [
    ...(wider > 0 ? [`sticks out by ${wider} pixels`] : []),
    ...Object.keys(en).filter((key) => text.includes(key)),
    ...FOREIGN[language].filter((sentence) => text.includes(sentence)),
    ...(/\{\w+[,}]/.exec(text) ?? []),
  ];
}
