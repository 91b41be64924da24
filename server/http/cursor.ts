import { z } from 'zod';
import { id, storable } from '../../contract/values.ts';

/** Where the page before ended: its sort, and the sort value and id of its last row. */
const content = z.tuple([z.string(), storable, id]);

export function writeCursor(sort: string, value: string, rowId: string): string {
  const written: z.input<typeof content> = [sort, value, rowId];
  return Buffer.from(JSON.stringify(written)).toString('base64url');
}

/** Sort value and id of the last row. Undefined: not a cursor of ours, or one of another sort. */
export function readCursor(text: string, sort: string): readonly [string, string] | undefined {
  try {
    const read = content.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return read.success && read.data[0] === sort ? [read.data[1], read.data[2]] : undefined;
  } catch {
    return undefined;
  }
}
