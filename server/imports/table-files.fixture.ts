import { crc32, deflateRawSync } from 'node:zlib';
import type { Encoding } from './text-encoding.ts';

/** How a spreadsheet saves a table. */
export type Shape = {
  readonly separator?: ',' | ';' | '\t';
  readonly encoding?: Encoding;
  readonly mark?: boolean;
  readonly newline?: '\n' | '\r\n';
  /** The table as one file in a ZIP. */
  readonly zipped?: boolean;
};

export type Cells = readonly (readonly string[])[];

/** A table as a spreadsheet would save it in a shape. */
export function fileOf(table: Cells, shape: Shape = {}): Buffer {
  const bytes = encode(textOfTable(table, shape), shape);
  return shape.zipped ? zipOf([['list.csv', bytes]]) : bytes;
}

export function textOfTable(table: Cells, { separator = ',', newline = '\r\n' }: Shape = {}): string {
  const cell = (text: string) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return table.map((row) => row.map(cell).join(separator) + newline).join('');
}

const MARK = '\uFEFF';
const TURKISH = new Map(Array.from('ĞİŞğış', (letter, at) => [letter, [0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe][at] ?? 0]));

export function encode(text: string, { encoding = 'utf-8', mark = false }: Shape = {}): Buffer {
  const marked = mark ? MARK + text : text;
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(marked, 'utf8');
    case 'utf-16le':
      return Buffer.from(marked, 'utf16le');
    case 'utf-16be':
      return Buffer.from(marked, 'utf16le').swap16();
    case 'windows-1252':
    case 'windows-1254':
      return Buffer.from(Array.from(text, (letter) => TURKISH.get(letter) ?? letter.charCodeAt(0)));
  }
}

/** A ZIP archive (APPNOTE 6.3): each file with its local header, then the directory. `claims` is the size that it says a file has. */
export function zipOf(files: readonly (readonly [name: string, bytes: Buffer])[], claims?: number): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const head = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name)]);
    const entry = Buffer.concat([
      Buffer.from('PK\u0001\u0002\u0014\u0000'),
      common,
      Buffer.alloc(14),
      Buffer.from(name),
    ]);
    entry.writeUInt32LE(offset, 42);
    local.push(head, packed);
    directory.push(entry);
    offset += head.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, listed, end]);
}

/** A file as it arrives, in pieces that end in the middle of lines and letters. */
export async function* arriving(bytes: Buffer, size = 1009): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
