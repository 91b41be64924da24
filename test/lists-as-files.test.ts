import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const GULAY = 'gulay@kuzey.example';
const AYLIN = 'aylin@kuzey.example';
let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

/** Name and lines of a list as a file. */
async function fileOf(path: string, agent: string) {
  const headers = {
    authorization: `Bearer ${await deployment.tokenOf(agent)}`,
    accept: 'text/csv',
    'accept-language': 'tr',
  };
  const answer = await fetch(deployment.url + path, { headers });
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  return { status: answer.status, name, lines: (await answer.text()).trimEnd().split('\r\n') };
}

describe('a list that comes page by page, as a file', () => {
  it('has every relationship that the filter leaves, with what ends when', async () => {
    const api = await deployment.signIn(AYLIN, 'tr');
    const listed = async (query: object) =>
      valueOf(await api('listRelationships', { query: { limit: 200, ...query } })).items;
    const { name, lines } = await fileOf('/api/relationships', AYLIN);
    expect(name).toBe('relationships-2026-11-16.csv');
    expect(lines[0]).toMatch(/^\uFEFF?Müşteri;Etki alanı;Ayrıcalıklar;/);
    expect(lines).toHaveLength((await listed({})).length + 1);
    const lapsed = await fileOf('/api/relationships?filter=lapsed', AYLIN);
    const [first] = await listed({ filter: 'lapsed' });
    expect(lapsed.lines).toHaveLength((await listed({ filter: 'lapsed' })).length + 1);
    expect(lapsed.lines[1]).toBe(`${first?.name};${first?.domain};Süresi doldu;;;${first?.since.slice(0, 10)}`);
  });

  it('has every delivery of a webhook, and nothing of one that there is not', async () => {
    const api = await deployment.signIn(GULAY, 'tr');
    const hook = { url: 'https://hook.example/', events: ['upgrade.applied' as const], description: '', enabled: true };
    const { webhookId } = valueOf(await api('registerWebhook', { body: hook }));
    const { eventId } = valueOf(await api('testWebhook', { params: { webhookId } }));
    const { name, lines } = await fileOf(`/api/webhooks/${webhookId}/deliveries`, GULAY);
    expect(name).toBe('deliveries-2026-11-16.csv');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(new RegExp(`;${eventId};2026-11-16T.*;(Gönderilecek|Vazgeçildi);\\d+;`));
    const none = await fileOf(`/api/webhooks/${webhookId}/deliveries?state=delivered`, GULAY);
    expect(none.lines).toHaveLength(1);
    expect((await fileOf(`/api/webhooks/${eventId}/deliveries`, GULAY)).status).toBe(404);
  });
});
