import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Portal, startPortal } from './browser.ts';
import { prepare, type Prepared } from './prepared.ts';
import { SCREENS } from './screens.ts';

/** As somebody has looked at them and found them good. */
const KEPT = fileURLToPath(new URL('pictures/', import.meta.url));
/** What has changed, for somebody to look at: as it was, as it is, and where they differ. */
const CHANGED = fileURLToPath(new URL('../../dist/pictures/', import.meta.url));
const ACCEPTS = process.env['PICTURES'] === 'accept';
/** Numbers of quotes and moments of acts are others each time. */
const MOST_DIFFERENT = 0.005;

let portal: Portal;
let prepared: Prepared;
/** A page of its own, without a policy, in which pictures are compared. */
let desk: Page;
beforeAll(async () => {
  rmSync(CHANGED, { recursive: true, force: true });
  mkdirSync(CHANGED, { recursive: true });
  mkdirSync(KEPT, { recursive: true });
  portal = await startPortal();
  prepared = await prepare(portal.deployment);
  desk = await portal.open('/health/live', undefined);
  await desk.goto('about:blank');
});
afterAll(() => portal.stop());

it.each(SCREENS)('$what looks as it did', async ({ what, path, agent, reach }) => {
  const page = await portal.visit(typeof path === 'string' ? path : path(prepared), agent);
  await reach(page);
  await page.evaluate('document.fonts.ready');
  const name = `${what.replaceAll(/[^\p{L}\d]+/gu, '-').replace(/^-|-$/g, '')}.jpeg`;
  const now = await page.screenshot({ type: 'jpeg', quality: 60, animations: 'disabled', caret: 'hide' });
  if (ACCEPTS) return writeFileSync(KEPT + name, now);
  expect(existsSync(KEPT + name), 'a picture is kept: PICTURES=accept npm run test:long -- pictures').toBe(true);
  const before = readFileSync(KEPT + name);
  const { share, where } = await compare(before, now);
  if (share > MOST_DIFFERENT) {
    const of = (kind: string, bytes: Buffer) => writeFileSync(`${CHANGED}${kind}-${name}`, bytes);
    of('before', before);
    of('now', now);
    of('where', where);
  }
  expect(share, `see ${CHANGED}where-${name}`).toBeLessThanOrEqual(MOST_DIFFERENT);
});

/** Which part of the pixels differs by more than the eye and the compression forgive, and a picture of where. */
async function compare(before: Buffer, now: Buffer): Promise<{ share: number; where: Buffer }> {
  const pictures = [before, now].map((bytes) => `data:image/jpeg;base64,${bytes.toString('base64')}`);
  const [share, where] = await desk.evaluate<[number, string]>(`(async () => {
    const draw = async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return { canvas, context, bits: context.getImageData(0, 0, bitmap.width, bitmap.height) };
    };
    const [one, other] = await Promise.all(${JSON.stringify(pictures)}.map(draw));
    if (one.canvas.width !== other.canvas.width || one.canvas.height !== other.canvas.height) return [1, ''];
    let different = 0;
    for (let at = 0; at < one.bits.data.length; at += 4) {
      const far = Math.max(...[0, 1, 2].map((part) => Math.abs(one.bits.data[at + part] - other.bits.data[at + part])));
      if (far <= 48) continue;
      different += 1;
      other.bits.data.set([255, 0, 0, 255], at);
    }
    other.context.putImageData(other.bits, 0, 0);
    const bytes = new Uint8Array(await (await other.canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
    return [different / (one.bits.data.length / 4), bytes.toBase64()];
  })()`);
  return { share, where: Buffer.from(where, 'base64') };
}
