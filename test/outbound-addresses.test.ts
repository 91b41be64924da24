import { describe, expect, test } from 'vitest';
import { readConfig } from '../server/config.ts';
import {
  faultOfAddress,
  lookupPublic,
  lookupWithin,
  reachOf,
  reachOfWebhooks,
  type WebhookReach,
} from '../server/http/outbound-address.ts';

describe('an address that a partner names', () => {
  test.each([
    ['https://partner.example/hook', undefined, undefined],
    ['https://8.8.8.8/', undefined, undefined],
    ['https://[2606:4700::1]/', undefined, undefined],
    ['http://partner.example/hook', 'https', 'https'],
    ['http://127.0.0.1:1/', 'https', undefined],
    ['http://localhost:1/', 'https', undefined],
    ['https://localhost/', 'public', undefined],
    ['https://2130706433/', 'public', undefined],
    ['https://[::1]/', 'public', undefined],
    ['https://[::ffff:127.0.0.1]/', 'public', undefined],
    ['https://10.1.2.3/', 'public', undefined],
    ['https://172.20.0.1/', 'public', undefined],
    ['https://192.168.1.1/', 'public', undefined],
    ['https://169.254.169.254/latest', 'public', undefined],
    ['https://0.0.0.0/', 'public', undefined],
    ['https://[fd00::1]/', 'public', undefined],
    ['https://[fe80::1]/', 'public', undefined],
    ['https://[fec0::1]/', 'public', undefined],
    ['https://[::7f00:1]/', 'public', undefined],
    ['https://[5f00::1]/', 'public', undefined],
    ['https://[64:ff9b::a00:1]/', 'public', undefined],
    ['file:///etc/passwd', 'address', 'address'],
  ])('%s: outside a sandbox %s, inside %s', (url, outside, inside) => {
    expect(faultOfAddress(url, 'public')).toBe(outside);
    expect(faultOfAddress(url, 'trial')).toBe(inside);
  });

  test.each([{}, { all: true }])('a name that leads to the machine itself is not resolved (%o)', async (options) => {
    const { promise, resolve } = Promise.withResolvers<Error | null>();
    lookupPublic('localhost', options, resolve);
    expect((await promise)?.message).toBe('localhost is not public');
  });
});

describe('what the operator allows of its own network', () => {
  const settings = (YUKSELT_WEBHOOK_ALLOW: string) =>
    readConfig({ YUKSELT_WEBHOOK_ALLOW, DATABASE_URL: 'postgres://yukselt@localhost/yukselt' }, []);
  const reachWith = (list: string) => reachOfWebhooks(settings(list), { demo: false });
  const reach = reachWith('CRM.lan, 10.1.0.0/16,192.168.7.9, fd00:1::/32,n8n');

  test.each([
    ['https://crm.lan/hook', undefined],
    ['http://crm.lan/hook', undefined],
    ['http://n8n:5678/webhook', undefined],
    ['https://10.1.2.3/', undefined],
    ['http://10.1.2.3/', undefined],
    ['https://10.2.0.1/', 'public'],
    ['https://192.168.7.9/', undefined],
    ['https://192.168.7.10/', 'public'],
    ['https://[fd00:1::5]/', undefined],
    ['https://[fd00:2::5]/', 'public'],
    ['https://127.0.0.1/', 'public'],
    ['http://other.lan/', 'https'],
    ['http://partner.example/', 'https'],
    ['https://user:word@crm.lan/', 'address'],
  ])('%s: %s', (url, fault) => {
    expect(faultOfAddress(url, reach)).toBe(fault);
  });

  test.each(['10.1.0.0/33', '10.1.0.0/', 'crm.lan/24', '10.1', 'a b', '-a', 'a,,b', '/', ''])(
    'a list with %j in it keeps the server from starting',
    (list) => {
      expect(() => settings(list)).toThrow(/YUKSELT_WEBHOOK_ALLOW/);
    },
  );

  test('a sandbox and the demo reach as far as ever', () => {
    expect(reachOfWebhooks({ ...settings('n8n'), sandbox: true }, { demo: false })).toBe('trial');
    expect(reachOfWebhooks(settings('n8n'), { demo: true })).toBe('trial');
    expect(reachOfWebhooks({ sandbox: false }, { demo: false })).toBe('public');
  });

  test('is for webhooks alone', () => {
    expect(reachOf(settings('n8n'), { demo: false })).toBe('public');
  });

  const resolved = async (host: string, within: Exclude<WebhookReach, 'trial'>) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    lookupWithin(within)(host, { all: true }, (error, addresses) =>
      resolve(error?.message ?? (addresses as { address: string }[]).map(({ address }) => address).join()),
    );
    return promise;
  };

  test('a name passes at the connection when it is allowed itself, or every address that it leads to', async () => {
    const inside = /^(127\.0\.0\.1|::1)(,|$)/;
    const allow = (list: string) => reachWith(list) as Exclude<WebhookReach, 'trial'>;
    expect(await resolved('localhost', allow('localhost'))).toMatch(inside);
    expect(await resolved('localhost', allow('127.0.0.0/8, ::1'))).toMatch(inside);
    expect(await resolved('localhost', allow('10.0.0.0/8'))).toBe('localhost is not public');
    expect(await resolved('localhost', 'public')).toBe('localhost is not public');
  });
});
