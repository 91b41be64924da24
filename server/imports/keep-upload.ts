import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise } from 'yauzl';
import { TABLE_LIMITS, UnreadableTable } from './table-refusal.ts';

/** A file that was sent, unpacked, on the disk of the server until it is removed. */
export type KeptFile = {
  readonly path: string;
  readonly bytes: number;
  /** Its name in the ZIP that it came in; null: it came as it is. */
  readonly zippedAs: string | null;
  remove(): Promise<void>;
};

/**
 * Keeps what a stream brings, up to the limit, and unpacks a ZIP that holds one file: its encoding is known only after the last byte, so that it is read
 * more than once, and never in memory as a whole.
 * @throws UnreadableTable where it is too large or the ZIP is not one that can be trusted.
 */
export async function keepUpload(upload: AsyncIterable<Uint8Array>): Promise<KeptFile> {
  const folder = await mkdtemp(join(tmpdir(), 'yukselt-import-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const sent = join(folder, 'sent');
    const bytes = await keep(upload, sent, TABLE_LIMITS.bytes, () =>
      refuse({ name: 'too-large', limit: TABLE_LIMITS.bytes }),
    );
    if (bytes === 0) throw refuse({ name: 'empty' });
    const form = await formOf(sent);
    if (form === 'spreadsheet') throw refuse({ name: 'spreadsheet' });
    if (form !== 'zip') return { path: sent, bytes, zippedAs: null, remove };
    const unpacked = join(folder, 'unpacked');
    return { ...(await unpack(sent, unpacked)), path: unpacked, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function refuse(refusal: UnreadableTable['refusal']): UnreadableTable {
  return new UnreadableTable(refusal);
}

async function keep(
  source: AsyncIterable<Uint8Array>,
  path: string,
  limit: number,
  tooLarge: () => UnreadableTable,
): Promise<number> {
  let bytes = 0;
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > limit) throw tooLarge();
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  return bytes;
}

const ZIP = Buffer.from('PK');
/** Of the older binary files of a spreadsheet. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

async function formOf(path: string): Promise<'zip' | 'spreadsheet' | 'plain'> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head.equals(COMPOUND)) return 'spreadsheet';
    // "PK" alone could begin a heading; the numbers after it could not.
    return head.subarray(0, 2).equals(ZIP) && (head[2] ?? 32) < 9 ? 'zip' : 'plain';
  } finally {
    await file.close();
  }
}

async function unpack(path: string, to: string): Promise<{ bytes: number; zippedAs: string }> {
  const zip = await openPromise(path, { autoClose: false }).catch(() => {
    throw refuse({ name: 'zip-broken' });
  });
  try {
    const entry = await onlyFile(zip.eachEntry());
    const source = await zip.openReadStreamPromise(entry);
    const most = Math.min(
      TABLE_LIMITS.unpackedBytes,
      Math.max(1_000_000, entry.compressedSize * TABLE_LIMITS.zipRatio),
    );
    // What the ZIP says of itself is not believed; the bytes are counted as they come.
    const bytes = await keep(source, to, most, () =>
      most === TABLE_LIMITS.unpackedBytes
        ? refuse({ name: 'too-large-unpacked', limit: TABLE_LIMITS.unpackedBytes })
        : refuse({ name: 'zip-bomb' }),
    );
    if (bytes === 0) throw refuse({ name: 'empty' });
    if ((await formOf(to)) !== 'plain') throw refuse({ name: 'zip-nested' });
    return { bytes, zippedAs: entry.fileName.split('/').at(-1) ?? entry.fileName };
  } catch (error) {
    // Whatever else is wrong inside of a ZIP, it is the ZIP's: sizes that do not fit, bytes that do not unpack.
    throw error instanceof UnreadableTable ? error : refuse({ name: 'zip-broken' });
  } finally {
    zip.close();
  }
}

/** More than any archive of one list has beside it. */
const MOST_ENTRIES = 100;

async function onlyFile(entries: AsyncIterable<Entry>): Promise<Entry> {
  const files: Entry[] = [];
  let seen = 0;
  for await (const entry of entries) {
    seen += 1;
    if (seen > MOST_ENTRIES) throw refuse({ name: 'zip-files', files: seen });
    if (entry.fileName === '[Content_Types].xml') throw refuse({ name: 'spreadsheet' });
    // A Mac puts a shadow of each file beside it.
    if (!entry.fileName.endsWith('/') && !entry.fileName.startsWith('__MACOSX/')) files.push(entry);
  }
  const [file] = files;
  if (!file || files.length > 1) throw refuse({ name: 'zip-files', files: files.length });
  if (file.isEncrypted()) throw refuse({ name: 'zip-encrypted' });
  return file;
}

export function bytesOf(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
}
