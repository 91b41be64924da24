import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { fuzz } from './fuzz.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

test('mutated requests to the Partner Center API get answers in its shapes, and none fails', async () => {
  const { sent, findings } = await fuzz(deployment.url, { requests: 800, seed: 20_261_124 });
  expect(sent).toBe(800);
  expect(findings).toEqual([]);
}, 120_000);
