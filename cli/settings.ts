import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { language } from '../contract/values.ts';

const settings = z.object({
  /** The server that is asked where none is named. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  lang: language.optional(),
  /** Sessions by the origin of their server: a token is never sent to another. */
  sessions: z.record(z.string(), z.object({ token: z.string(), expiresAt: z.string(), agent: z.string() })).default({}),
});
export type Settings = z.infer<typeof settings>;

const NOTHING_KEPT: Settings = { sessions: {} };

/** Where the settings are kept, by the XDG Base Directory Specification. */
export function settingsFile(env: NodeJS.ProcessEnv = process.env): string {
  const home = process.platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME'];
  return join(home || join(homedir(), '.config'), 'yukselt', 'config.json');
}

/** What is kept; undefined: the file is there and is not one of settings. */
export function readSettings(): Settings | undefined {
  let text: string;
  try {
    text = readFileSync(settingsFile(), 'utf8');
  } catch {
    return NOTHING_KEPT;
  }
  try {
    return settings.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Keeps the settings for their owner’s eyes alone, whole or not at all. */
export function saveSettings(kept: Settings): void {
  const file = settingsFile();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(kept, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
}
