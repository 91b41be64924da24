/** Why a file as a whole cannot be read; each has words in contract/texts/imports.*.json. */
export type TableRefusal =
  | { readonly name: 'empty' | 'not-text' | 'spreadsheet' }
  | { readonly name: 'too-large' | 'too-large-unpacked' | 'too-many-rows' | 'too-many-columns'; readonly limit: number }
  | { readonly name: 'zip-broken' | 'zip-encrypted' | 'zip-nested' | 'zip-bomb' }
  | { readonly name: 'zip-files'; readonly files: number }
  /** It ends in the middle of a line, or a quote is never closed; `line` is the last one that could be read. */
  | { readonly name: 'cut-off'; readonly line: number };

/** Thrown inside of streams, where no value can be returned; whoever opens a table turns it into one. */
export class UnreadableTable extends Error {
  readonly refusal: TableRefusal;

  constructor(refusal: TableRefusal) {
    super(`the file cannot be read: ${refusal.name}`);
    this.refusal = refusal;
  }
}

export const TABLE_LIMITS = {
  /** Of what is sent, zipped or not. */
  bytes: 64_000_000,
  /** Of what a ZIP holds. */
  unpackedBytes: 256_000_000,
  /** Price lists shrink to a thirtieth at most; what shrinks to less is made to fill a disk. */
  zipRatio: 200,
  rows: 500_000,
  columns: 200,
  /** Of one line with all its cells. */
  recordCharacters: 100_000,
} as const;
