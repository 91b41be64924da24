import { bytesOf } from './keep-upload.ts';
import { UnreadableTable } from './table-refusal.ts';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1254'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * How the text of a file is written. A byte order mark decides; without one, whatever is UTF-8 from its first to its last byte is that, and the rest is a
 * Windows code page: the Turkish one where it has a letter in which the two differ, else the western one.
 * @throws UnreadableTable where it is no text at all.
 */
export async function findEncoding(path: string): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const seen = { utf8: true, nulEven: 0, nulOdd: 0, turkish: false, unused: false, bytes: 0 };
  for await (const chunk of bytesOf(path)) {
    const marked = seen.bytes === 0 ? markOf(chunk) : undefined;
    if (marked === 'utf-16le' || marked === 'utf-16be') return marked;
    if (seen.utf8) seen.utf8 = decodes(utf8, chunk);
    look(chunk, seen);
  }
  if (seen.utf8) seen.utf8 = decodes(utf8);
  if (seen.nulEven + seen.nulOdd > 0) return wideOf(seen);
  if (seen.utf8) return 'utf-8';
  if (seen.unused) throw new UnreadableTable({ name: 'not-text' });
  return seen.turkish ? 'windows-1254' : 'windows-1252';
}

/** The text of a file, piece by piece, without its byte order mark. */
export async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytesOf(path)) yield decoder.decode(chunk, { stream: true });
  const rest = decoder.decode();
  if (rest) yield rest;
}

function markOf([first, second]: Uint8Array): Encoding | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function decodes(decoder: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    if (chunk) decoder.decode(chunk, { stream: true });
    else decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** Ğ İ Ş ğ ı ş, where windows-1252 has letters of Icelandic. */
const TURKISH = new Set([0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe]);
/** No character in either code page. */
const UNUSED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

type Seen = { nulEven: number; nulOdd: number; turkish: boolean; unused: boolean; bytes: number };

function look(chunk: Uint8Array, seen: Seen): void {
  for (const byte of chunk) {
    if (byte === 0) {
      if (seen.bytes % 2 === 0) seen.nulEven += 1;
      else seen.nulOdd += 1;
    } else if (byte > 0x7f) {
      if (TURKISH.has(byte)) seen.turkish = true;
      else if (UNUSED.has(byte)) seen.unused = true;
    }
    seen.bytes += 1;
  }
}

/** UTF-16 without its mark: of a table most characters are ASCII, whose other byte is zero. @throws UnreadableTable for what merely has zeros. */
function wideOf({ nulEven, nulOdd, bytes }: Seen): Encoding {
  if (bytes % 2 === 0 && nulOdd > bytes / 4 && nulEven === 0) return 'utf-16le';
  if (bytes % 2 === 0 && nulEven > bytes / 4 && nulOdd === 0) return 'utf-16be';
  throw new UnreadableTable({ name: 'not-text' });
}
