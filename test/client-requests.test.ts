import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RECORDED_CLIENTS } from './client-requests.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { connect, type PartnerCenter } from './partner-center-client.ts';

let deployment: TestDeployment;
let ask: PartnerCenter<object>;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  ask = await connect(deployment);
});

describe.each(RECORDED_CLIENTS)('$name', ({ headers, requests }) => {
  test.each(requests)('$what', async ({ method, path, body, status, answer }) => {
    const answered = await ask(method, path, { headers, body });
    expect(answered.body).toMatchObject(answer);
    expect(answered.status).toBe(status);
    const asked = headers['MS-RequestId'];
    if (asked !== undefined) expect(answered.headers.get('ms-requestid')).toBe(asked);
    expect(JSON.stringify(answered.body)).not.toContain('null');
  });
});
