import { describe, expect, it } from 'vitest';
import { isOfDomain, verifiedAddress } from './verified-address.ts';

const ENTRA = 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0';
const KEYCLOAK = 'https://login.kuzey.example/realms/kuzey';
const DOMAINS = ['kuzey.example'];

describe('an address that a provider answers for', () => {
  it.each([
    [
      'is one that it verified',
      KEYCLOAK,
      { email: 'ada@elsewhere.example', email_verified: true },
      'ada@elsewhere.example',
    ],
    [
      'also where it says so in words',
      KEYCLOAK,
      { email: 'ada@kuzey.example', email_verified: 'true' },
      'ada@kuzey.example',
    ],
    ['is a sign-in name of Entra ID', ENTRA, { preferred_username: 'Ada@Kuzey.example' }, 'Ada@Kuzey.example'],
    ['is one of the older kind', ENTRA, { upn: 'ada@kuzey.example' }, 'ada@kuzey.example'],
  ])('%s', (_case, issuer, claims, address) => {
    expect(verifiedAddress(claims, { issuer, domains: DOMAINS })).toBe(address);
  });

  it.each([
    ['one that nobody verified', KEYCLOAK, { email: 'ada@kuzey.example' }],
    ['one that is said not to be verified', KEYCLOAK, { email: 'ada@kuzey.example', email_verified: false }],
    ['an unverified one of Entra ID, which anybody can set', ENTRA, { email: 'ada@kuzey.example' }],
    ['a guest’s sign-in name', ENTRA, { preferred_username: 'ada@elsewhere.example' }],
    ['a name below the domain', ENTRA, { preferred_username: 'ada@sub.kuzey.example' }],
    ['a name that a person may choose', KEYCLOAK, { preferred_username: 'ada@kuzey.example' }],
    [
      'an issuer that only looks like Entra ID',
      `https://login.microsoftonline.com.evil.example/`,
      { upn: 'ada@kuzey.example' },
    ],
    ['no address', KEYCLOAK, { email: 'ada', email_verified: true }],
    ['no text', KEYCLOAK, { email: ['ada@kuzey.example'], email_verified: true }],
    ['one that cannot be stored', KEYCLOAK, { email: 'a\0da@kuzey.example', email_verified: true }],
  ])('is not %s', (_case, issuer, claims) => {
    expect(verifiedAddress(claims, { issuer, domains: DOMAINS })).toBeUndefined();
  });

  it('is of a domain by what follows its last @', () => {
    expect(isOfDomain('"x@kuzey.example"@evil.example', DOMAINS)).toBe(false);
    expect(isOfDomain('ada@KUZEY.example', DOMAINS)).toBe(true);
  });
});
