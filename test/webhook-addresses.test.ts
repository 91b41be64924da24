import { describe, expect, test } from 'vitest';
import { faultOfAddress, lookupPublic } from '../server/webhooks/receiver-address.ts';

describe('the address of a receiver', () => {
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
