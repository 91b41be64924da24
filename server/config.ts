import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['0', '1']).transform((text) => text === '1');

const variables = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  YUKSELT_DATA: z.string().min(1).default('.yukselt'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  YUKSELT_DEMO: flag.optional(),
  YUKSELT_SANDBOX: flag.default(false),
  YUKSELT_RATE_LIMIT: z.coerce.number().int().min(0).default(6000),
  YUKSELT_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
});

/** All settings, decided once at the start. What each means stands in docs/operations.md. */
export type Config = {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  /** null: the embedded database. */
  readonly databaseUrl: string | null;
  /** Whether an empty database is filled with the demo world. */
  readonly demo: boolean;
  readonly sandbox: boolean;
  /** Requests a minute and address; 0: no limit. */
  readonly rateLimit: number;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
};

/** The only reader of the environment. @throws ConfigError naming every wrong variable. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = variables.safeParse(environment);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const { data } = parsed;
  return Object.freeze({
    host: data.HOST,
    port: data.PORT,
    dataDirectory: resolve(data.YUKSELT_DATA),
    databaseUrl: data.DATABASE_URL ?? null,
    demo: data.YUKSELT_DEMO ?? data.DATABASE_URL === undefined,
    sandbox: data.YUKSELT_SANDBOX,
    rateLimit: data.YUKSELT_RATE_LIMIT,
    logLevel: data.YUKSELT_LOG,
  });
}

/** The settings as they may be printed: without the database's password. */
export function maskConfig({ databaseUrl, ...rest }: Config): object {
  return { ...rest, databaseUrl: databaseUrl && databaseUrl.replace(/:\/\/([^:@/]+):[^@]*@/, '://$1:***@') };
}

export class ConfigError extends Error {
  constructor(reasons: readonly string[]) {
    super(`Yükselt cannot start with these settings:\n  ${reasons.join('\n  ')}`);
  }
}
