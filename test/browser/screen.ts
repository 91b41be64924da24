import type { Page } from 'playwright-core';
import type { Prepared } from './prepared.ts';
import { AYLIN } from './steps.ts';

export type Screen = {
  readonly what: string;
  readonly path: string | ((prepared: Prepared) => string);
  /** Who looks at it; nobody is signed in without one. */
  readonly agent: string | undefined;
  /** Brings the screen into the state that is meant, in either language, and waits for it. */
  readonly reach: (page: Page) => Promise<unknown>;
};

export const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();
export const says = (text: RegExp) => (page: Page) => page.getByText(text).first().waitFor();
/** A screen that an agent sees; Aylin, an Admin agent, unless told. */
export const screen = (
  what: string,
  path: Screen['path'],
  reach: Screen['reach'],
  agent: string | undefined = AYLIN,
) => ({
  what,
  path,
  agent,
  reach,
});
