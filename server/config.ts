import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { SessionLimits } from './context.ts';
import { type Allowed, readAllowed } from './http/outbound-address.ts';

/** Requests a minute and address. */
export const DEFAULT_RATE_LIMIT = 6000;

const CUSTOMER_SIGN_IN = [
  'YUKSELT_CUSTOMER_OIDC_ISSUER',
  'YUKSELT_CUSTOMER_OIDC_CLIENT_ID',
  'YUKSELT_CUSTOMER_OIDC_CLIENT_SECRET',
] as const;

const flag = z.enum(['0', '1']).transform((text) => text === '1');
/** An empty text is no number, though JavaScript takes it for 0. */
const whole = (least: number, most: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(least).max(most));

/** Entries with commas between them; each must be sound. */
const listOf = (isSound: (entry: string) => boolean, message: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .refine((given) => given.every(isSound), message)
    .default([]);

const variables = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: whole(0, 65_535).default(8080),
    YUKSELT_DATA: z.string().min(1).default('.yukselt'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    YUKSELT_DATABASE_TIMEOUT_MS: whole(100, 600_000).default(15_000),
    YUKSELT_DEMO: flag.optional(),
    YUKSELT_SANDBOX: flag.default(false),
    YUKSELT_TEAMS_SUITES: z.enum(['closed', 'open']).optional(),
    YUKSELT_RATE_LIMIT: whole(0, 1_000_000_000).default(DEFAULT_RATE_LIMIT),
    YUKSELT_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
    YUKSELT_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    YUKSELT_TRUSTED_PROXIES: listOf(isNetwork, 'must be addresses or networks such as 10.0.0.0/8, separated by commas'),
    YUKSELT_DNS_SERVERS: listOf(isNameServer, 'must be addresses such as 192.0.2.53 or 192.0.2.53:5353, with commas'),
    YUKSELT_PROVED_DOMAINS: listOf(
      (one) => /^[a-z0-9-]+(\.[a-z0-9-]+)+=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(one),
      'must be domains with the tenant ids of their partners such as contoso.example=a1000000-0000-4000-8000-000000000001, with commas',
    ).transform((given) => given.map((one) => one.toLowerCase())),
    YUKSELT_SESSION_IDLE_MINUTES: whole(1, 10_080).default(60),
    YUKSELT_SESSION_HOURS: whole(1, 720).default(12),
    YUKSELT_WEBHOOK_ALLOW: z
      .string()
      .min(1)
      .transform(readAllowed)
      .refine(
        (allowed) => allowed !== undefined,
        'must name hosts, addresses or blocks such as 10.1.0.0/16, with commas between them',
      )
      .optional(),
    YUKSELT_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    YUKSELT_MAIL_FROM: z.email().optional(),
    YUKSELT_CUSTOMER_OIDC_ISSUER: z
      .string()
      .refine(isIssuerOfTenants, 'must be an http(s) URL with {tenant} once in its path, and no query')
      .optional(),
    YUKSELT_CUSTOMER_OIDC_CLIENT_ID: z.string().min(1).optional(),
    YUKSELT_CUSTOMER_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    YUKSELT_TLS_CERT: z.string().min(1).optional(),
    YUKSELT_TLS_KEY: z.string().min(1).optional(),
  })
  .refine((given) => (given.YUKSELT_TLS_CERT === undefined) === (given.YUKSELT_TLS_KEY === undefined), {
    path: ['YUKSELT_TLS_CERT, YUKSELT_TLS_KEY'],
    message: 'must be set both or neither',
  })
  .refine((given) => (given.YUKSELT_SMTP_URL === undefined) === (given.YUKSELT_MAIL_FROM === undefined), {
    path: ['YUKSELT_SMTP_URL, YUKSELT_MAIL_FROM'],
    message: 'must be set both or neither',
  })
  .refine((given) => new Set(CUSTOMER_SIGN_IN.map((name) => given[name] === undefined)).size === 1, {
    path: [CUSTOMER_SIGN_IN.join(', ')],
    message: 'must be set all or none',
  });

/** All settings, decided once at the start. What each means stands in docs/operations.md. */
export type Config = {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  /** null: the embedded database. */
  readonly databaseUrl: string | null;
  /** How long one statement may take before the database counts as unavailable. */
  readonly databaseTimeoutMs: number;
  /** Whether an empty database is filled with the demo world. */
  readonly demo: boolean;
  readonly sandbox: boolean;
  /** Whether enterprise suites with Teams are closed to customers who never had one; null: as the catalog says. */
  readonly teamsSuitesClosed: boolean | null;
  /** Requests a minute and address; 0: no limit. */
  readonly rateLimit: number;
  /** The address that clients know the server by, without a slash at its end; undefined: the one it listens on. */
  readonly publicUrl: string | undefined;
  /** The addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Where the records of domains are looked up; empty: where the system does. */
  readonly dnsServers: readonly string[];
  /** Domains that need no record, each with the partner whose it is: `contoso.example=<tenant id>`, in lower case. */
  readonly provedDomains: readonly string[];
  readonly sessionLimits: SessionLimits;
  /** What of its own network webhooks may call; null: nothing. */
  readonly webhookAllow: Allowed | null;
  /** The PEM files for HTTPS; null: plain HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Where mail is handed in, and the address that it comes from; null: none is sent. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** What is registered for sign-ins to customers' own tenants, `{tenant}` in the issuer standing for one; null: there are none. */
  readonly customerSignIn: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
};

/** The only reader of the environment and of the arguments. @throws ConfigError naming every wrong variable, or the wrong argument. */
export function readConfig(environment = process.env, args: readonly string[] = process.argv.slice(2)): Config {
  const { sandbox } = readArguments(args);
  const parsed = variables.safeParse({ ...environment, ...(sandbox && { YUKSELT_SANDBOX: '1' }) });
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Yükselt cannot start with these settings:\n  ${reasons.join('\n  ')}`);
  }
  const { data } = parsed;
  return Object.freeze({
    host: data.HOST,
    port: data.PORT,
    dataDirectory: resolve(data.YUKSELT_DATA),
    databaseUrl: data.DATABASE_URL ?? null,
    databaseTimeoutMs: data.YUKSELT_DATABASE_TIMEOUT_MS,
    demo: data.YUKSELT_DEMO ?? data.DATABASE_URL === undefined,
    sandbox: data.YUKSELT_SANDBOX,
    teamsSuitesClosed: data.YUKSELT_TEAMS_SUITES === undefined ? null : data.YUKSELT_TEAMS_SUITES === 'closed',
    rateLimit: data.YUKSELT_RATE_LIMIT,
    publicUrl: data.YUKSELT_PUBLIC_URL?.replace(/\/+$/, ''),
    trustedProxies: data.YUKSELT_TRUSTED_PROXIES,
    dnsServers: data.YUKSELT_DNS_SERVERS,
    provedDomains: data.YUKSELT_PROVED_DOMAINS,
    sessionLimits: { idleMinutes: data.YUKSELT_SESSION_IDLE_MINUTES, hours: data.YUKSELT_SESSION_HOURS },
    webhookAllow: data.YUKSELT_WEBHOOK_ALLOW ?? null,
    tls:
      data.YUKSELT_TLS_CERT !== undefined && data.YUKSELT_TLS_KEY !== undefined
        ? { certFile: data.YUKSELT_TLS_CERT, keyFile: data.YUKSELT_TLS_KEY }
        : null,
    mail:
      data.YUKSELT_SMTP_URL !== undefined && data.YUKSELT_MAIL_FROM !== undefined
        ? { url: data.YUKSELT_SMTP_URL, from: data.YUKSELT_MAIL_FROM }
        : null,
    customerSignIn:
      data.YUKSELT_CUSTOMER_OIDC_ISSUER !== undefined &&
      data.YUKSELT_CUSTOMER_OIDC_CLIENT_ID !== undefined &&
      data.YUKSELT_CUSTOMER_OIDC_CLIENT_SECRET !== undefined
        ? {
            issuer: data.YUKSELT_CUSTOMER_OIDC_ISSUER,
            clientId: data.YUKSELT_CUSTOMER_OIDC_CLIENT_ID,
            clientSecret: data.YUKSELT_CUSTOMER_OIDC_CLIENT_SECRET,
          }
        : null,
    logLevel: data.YUKSELT_LOG,
  });
}

function readArguments(args: readonly string[]): { readonly sandbox?: boolean | undefined } {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: { sandbox: { type: 'boolean' } },
    strict: false,
    tokens: true,
  });
  const wrong = tokens.find(
    (token) => token.kind !== 'option' || token.name !== 'sandbox' || token.value !== undefined,
  );
  if (wrong) throw new ConfigError(`There is no argument ${args[wrong.index]}; there is --sandbox.`);
  return { sandbox: values.sandbox === true };
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '0', ...more] = text.split('/');
  const longest = isIP(address) === 4 ? 32 : 128;
  return isIP(address) > 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest;
}

function isNameServer(text: string): boolean {
  const [, address = text, port = '53'] = /^\[?([^\]]*?)\]?:(\d{1,5})$/.exec(text) ?? [];
  const isAlone = isIP(text) > 0;
  return isAlone || (isIP(address) > 0 && Number(port) > 0 && Number(port) < 65_536);
}

/** An issuer in whose path the id of a tenant has its place, as `https://login.microsoftonline.com/{tenant}/v2.0`. */
function isIssuerOfTenants(text: string): boolean {
  const [before = '', after, ...more] = text.split('{tenant}');
  return (
    after !== undefined && more.length === 0 && /^https?:\/\/[^/?#@]+\/[^?#]*$/.test(before) && /^[^?#]*$/.test(after)
  );
}

/** The settings as they may be printed: without the passwords of database and mail server, and without the client's secret. */
export function maskConfig({ databaseUrl, mail, webhookAllow, customerSignIn, ...rest }: Config): object {
  return {
    ...rest,
    webhookAllow: webhookAllow && [...webhookAllow.hosts, ...webhookAllow.blocks.rules],
    databaseUrl: databaseUrl && maskPassword(databaseUrl),
    mail: mail && { ...mail, url: maskPassword(mail.url) },
    customerSignIn: customerSignIn && { ...customerSignIn, clientSecret: '***' },
  };
}

function maskPassword(url: string): string {
  return url.replace(/:\/\/([^:@/]+):[^@]*@/, '://$1:***@');
}

export class ConfigError extends Error {}
