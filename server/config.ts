import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/** Requests a minute and address. */
export const DEFAULT_RATE_LIMIT = 6000;

const flag = z.enum(['0', '1']).transform((text) => text === '1');
/** An empty text is no number, though JavaScript takes it for 0. */
const whole = (least: number, most: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(least).max(most));

const variables = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: whole(0, 65_535).default(8080),
    YUKSELT_DATA: z.string().min(1).default('.yukselt'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    YUKSELT_DATABASE_TIMEOUT_MS: whole(100, 600_000).default(15_000),
    YUKSELT_DEMO: flag.optional(),
    YUKSELT_SANDBOX: flag.default(false),
    YUKSELT_RATE_LIMIT: whole(0, 1_000_000_000).default(DEFAULT_RATE_LIMIT),
    YUKSELT_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
    YUKSELT_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    YUKSELT_TLS_CERT: z.string().min(1).optional(),
    YUKSELT_TLS_KEY: z.string().min(1).optional(),
  })
  .refine((given) => (given.YUKSELT_TLS_CERT === undefined) === (given.YUKSELT_TLS_KEY === undefined), {
    path: ['YUKSELT_TLS_CERT, YUKSELT_TLS_KEY'],
    message: 'must be set both or neither',
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
  /** Requests a minute and address; 0: no limit. */
  readonly rateLimit: number;
  /** The address that clients know the server by, without a slash at its end; undefined: the one it listens on. */
  readonly publicUrl: string | undefined;
  /** The PEM files for HTTPS; null: plain HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
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
    rateLimit: data.YUKSELT_RATE_LIMIT,
    publicUrl: data.YUKSELT_PUBLIC_URL?.replace(/\/+$/, ''),
    tls:
      data.YUKSELT_TLS_CERT !== undefined && data.YUKSELT_TLS_KEY !== undefined
        ? { certFile: data.YUKSELT_TLS_CERT, keyFile: data.YUKSELT_TLS_KEY }
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

/** The settings as they may be printed: without the database's password. */
export function maskConfig({ databaseUrl, ...rest }: Config): object {
  return { ...rest, databaseUrl: databaseUrl && databaseUrl.replace(/:\/\/([^:@/]+):[^@]*@/, '://$1:***@') };
}

export class ConfigError extends Error {}
