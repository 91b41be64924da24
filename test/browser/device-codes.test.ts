import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../contract/client.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

describe('a program that asks to be let in', () => {
  it('is shown with its machine and address before an agent lets it in', async () => {
    const nobody = createClient({ baseUrl: portal.deployment.url });
    const asked = valueOf(await nobody('requestDeviceCode', { body: { program: 'yukselt (pc-7)' } }));
    const page = await portal.open(`/device?code=${asked.userCode}`, AYLIN, { width: 400 });
    // An address that brings the code lets nothing in by itself.
    await page.getByRole('button', { name: 'İleri' }).click();
    await page.getByText('yukselt (pc-7)').waitFor();
    await page.getByText('127.0.0.1', { exact: true }).waitFor();
    const told = async () => valueOf(await nobody('askDeviceCode', { body: { deviceCode: asked.deviceCode } })).session;
    expect(await told()).toBeNull();
    await page.getByRole('button', { name: 'İzin ver', exact: true }).click();
    await page.getByText(/^İzin verildi\./).waitFor();
    expect((await told())?.agent.email).toBe(AYLIN);
  });
});
