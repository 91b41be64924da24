import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Where the server may call: public addresses alone, or in a sandbox and the demo also one on the machine of who tries it. */
export type Reach = 'public' | 'trial';
/** Where webhooks may call: there, and what the operator allows of its own network. */
export type WebhookReach = Reach | Allowed;

export type AddressFault = 'address' | 'https' | 'public';

const LONGEST = 2000;
const HOST_NAME = /^(?![\d.]+$)(?!-)[a-z0-9_-]{1,63}(\.(?!-)[a-z0-9_-]{1,63})*$/;

/** Names of hosts, and addresses or blocks of them, inside the operator's network. */
export type Allowed = { readonly hosts: ReadonlySet<string>; readonly blocks: BlockList };

type Settings = { readonly sandbox: boolean; readonly webhookAllow?: Allowed | null | undefined };

export function reachOf({ sandbox }: Settings, { demo }: { demo: boolean }): Reach {
  return sandbox || demo ? 'trial' : 'public';
}

export function reachOfWebhooks(settings: Settings, deployment: { demo: boolean }): WebhookReach {
  const reach = reachOf(settings, deployment);
  return reach === 'public' ? (settings.webhookAllow ?? reach) : reach;
}

/** Reads a list of names, addresses and blocks (`crm.lan, 10.1.0.0/16`). Undefined: one of them is none of these. */
export function readAllowed(text: string): Allowed | undefined {
  const [hosts, blocks] = [new Set<string>(), new BlockList()];
  for (const entry of text.split(',').map((one) => one.trim().toLowerCase())) {
    const [address = '', bits, ...more] = entry.split('/');
    const longest = { 4: 32, 6: 128 }[isIP(address)] ?? 0;
    if (more.length > 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest)))
      return undefined;
    if (longest > 0) blocks.addSubnet(address, Number(bits ?? longest), familyOf(address));
    else if (bits === undefined && HOST_NAME.test(address)) hosts.add(address);
    else return undefined;
  }
  return { hosts, blocks };
}

/**
 * What stands against calling an address; undefined: nothing. A partner names it, but the server calls it from inside the operator's
 * network, where it must not reach what the partner could not. A host's name is looked at again when it is resolved (lookupPublic).
 */
export function faultOfAddress(text: string, reach: WebhookReach): AddressFault | undefined {
  const url = URL.parse(text);
  if (!url || text.length > LONGEST || !/^https?:$/.test(url.protocol) || url.username || url.password)
    return 'address';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isAllowed(host, reach)) return undefined;
  if (url.protocol === 'http:' && !(reach === 'trial' && isLoopback(host))) return 'https';
  if (reach !== 'trial' && (isLoopback(host) || (isIP(host) !== 0 && !isPublic(host)))) return 'public';
  return undefined;
}

/** Resolves a host's name as usual and fails where any of its addresses is not public, so that a name cannot lead inside either. */
export const lookupPublic: LookupFunction = lookupWithin('public');

/** As `lookupPublic`, but what the operator allows passes. Asked at every connection: a name may lead elsewhere than it did before. */
export function lookupWithin(reach: Exclude<WebhookReach, 'trial'>): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const passes = ({ address }: { address: string }) => isPublic(address) || isAllowed(address, reach);
      if (error || !first) done(error ?? new Error(`${host} has no address`), []);
      else if (!isAllowed(host, reach) && !addresses.every(passes)) done(new Error(`${host} is not public`), []);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** Whether the operator allows a host, by its name or its address. */
function isAllowed(host: string, reach: WebhookReach): boolean {
  if (typeof reach === 'string') return false;
  return isIP(host) === 0 ? reach.hosts.has(host.toLowerCase()) : reach.blocks.check(host, familyOf(host));
}

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
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
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
