import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Where the server may call: real receivers alone, or in a sandbox and the demo also one on the machine of who tries it. */
export type Reach = 'public' | 'trial';

export type AddressFault = 'address' | 'https' | 'public';

const LONGEST = 2000;

export function reachOf({ sandbox }: { sandbox: boolean }, { demo }: { demo: boolean }): Reach {
  return sandbox || demo ? 'trial' : 'public';
}

/**
 * What stands against calling an address; undefined: nothing. A partner names it, but the server calls it from inside the operator's
 * network, where it must not reach what the partner could not. A host's name is looked at again when it is resolved (lookupPublic).
 */
export function faultOfAddress(text: string, reach: Reach): AddressFault | undefined {
  const url = URL.parse(text);
  if (!url || text.length > LONGEST || !/^https?:$/.test(url.protocol) || url.username || url.password)
    return 'address';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol === 'http:' && !(reach === 'trial' && isLoopback(host))) return 'https';
  if (reach === 'public' && (isLoopback(host) || (isIP(host) !== 0 && !isPublic(host)))) return 'public';
  return undefined;
}

/** Resolves a host's name as usual and fails where any of its addresses is not public, so that a name cannot lead inside either. */
export const lookupPublic: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) done(error ?? new Error(`${host} has no address`), []);
    else if (!addresses.every(({ address }) => isPublic(address))) done(new Error(`${host} is not public`), []);
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

function isLoopback(host: string): boolean {
  return /^(.+\.)?localhost\.?$/.test(host) || (isIP(host) !== 0 && LOOPBACK.check(host, familyOf(host)));
}

function isPublic(address: string): boolean {
  return !LOOPBACK.check(address, familyOf(address)) && !INSIDE.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

const LOOPBACK = blocksOf('127.0.0.0/8', '::1/128');
/** Neither loopback nor global: the special registries of IANA (RFC 6890), multicast, and IPv6 that carries an IPv4 address. */
const INSIDE = blocksOf(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/128',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
);

function blocksOf(...blocks: string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits] = block.split('/');
    list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}
