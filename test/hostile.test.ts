import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoWorld, emptyWorld } from '../demo/world.ts';
import { createApp } from '../server/app.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

/** The same world behind a proxy on this machine, with a log that is kept. */
async function behindProxy(rateLimit: number) {
  const lines: object[] = [];
  const log = { ...deployment.context.log, info: (details: object) => void lines.push(details) };
  const app = await createApp({
    config: { sandbox: false, rateLimit, publicUrl: 'https://desk.example', trustedProxies: ['127.0.0.1'] },
    context: { ...deployment.context, log },
    deployment: { demo: false, clockOffsetMs: 0, faults: NO_FAULTS },
    scenarios: { demo: demoWorld, empty: emptyWorld },
  });
  const get = async (url: string, from: string) =>
    (await app.inject({ method: 'GET', url, headers: { 'x-forwarded-for': from } })).statusCode;
  return { app, get, lines };
}

it('whoever has a network of IPv6 has one share of the requests, not one for each address of it', async () => {
  const { app, get } = await behindProxy(3);
  const statuses: number[] = [];
  for (let host = 1; host <= 4; host++) statuses.push(await get('/api/sessions/current', `2001:db8:7:8::${host}`));
  expect(statuses).toEqual([401, 401, 401, 429]);
  expect(await get('/api/sessions/current', '2001:db8:7:9::1')).toBe(401);
  await app.close();
});

it('the code that an identity provider sends back stands in no log', async () => {
  const { app, get, lines } = await behindProxy(0);
  for (const path of ['/api/sign-in/callback', '/api/sign-in/c%61llback']) {
    expect(await get(`${path}?code=secret-code&state=secret-state`, '192.0.2.1')).toBe(303);
  }
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).not.toMatch(/secret-(code|state)/);
  await app.close();
});
