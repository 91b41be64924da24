import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { finished } from 'node:stream/promises';
import { styleText } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { type Column, paragraphOf, tableOf } from './table.ts';

/** How wide the reader's screen is; where the output is no terminal and COLUMNS does not say it, nothing is wrapped. */
function width(): number {
  if (process.stdout.isTTY) return process.stdout.columns || 80;
  return Number(process.env['COLUMNS']) || Infinity;
}

/** A line of the answer. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A sentence of the answer, so many columns from the edge and on as many lines as it needs. */
export function printIndented(columns: number, text: string): void {
  for (const line of paragraphOf(text, width() - columns)) print(' '.repeat(columns) + line);
}

/** A line that is no part of the answer. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The answer for programs; characters that a terminal would obey are written as escapes. */
export function printJson(value: unknown): void {
  const escape = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  print((JSON.stringify(value, undefined, 2) ?? 'null').replace(/[\u007f-\u009f]/g, escape));
}

export function printTable(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  print(tableOf(columns, rows, width()));
}

export function heading(text: string): string {
  return styleText('bold', text, { stream: process.stdout });
}

/** Hands a file on as it arrives, to a place on the disk or to standard output. */
export async function pour(body: ReadableStream<Uint8Array> | null, to: string | undefined): Promise<void> {
  const out = to === undefined || to === '-' ? process.stdout : createWriteStream(to);
  if (out !== process.stdout) await once(out, 'open');
  for await (const part of body ?? []) if (!out.write(part)) await once(out, 'drain');
  if (out === process.stdout) return;
  out.end();
  await finished(out);
}

export type Progress = { update(done: number, total?: number): void; stop(): void };

/** How far something is, where somebody looks at a terminal; it is no part of the answer. */
export function showProgress(title: string, total: number): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: `${title} {bar} {value}/{total}`, stream: process.stderr, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    update: (done, all) => {
      if (all !== undefined) bar.setTotal(all);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

/** Asks a person; undefined: nobody is there to ask. */
export async function askYes(question: string): Promise<boolean | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*(e|evet|y|yes)\s*$/i.test(await lines.question(`${question} `));
  } finally {
    lines.close();
  }
}

/** All of standard input, or of a file. */
export async function readText(file: string): Promise<string> {
  return new TextDecoder('utf-8').decode(await readBytes(file));
}

export async function readBytes(file: string): Promise<Buffer<ArrayBuffer>> {
  if (file !== '-') return readFile(file);
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
