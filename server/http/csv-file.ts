import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Language } from '../../contract/values.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Call } from '../context.ts';
import { type Cell, toCsv, toCsvRows } from '../../contract/csv.ts';

type CsvFile<Row> = {
  /** Without its ending. */
  readonly name: string;
  readonly language: Language;
  readonly header: readonly string[];
  /** Rows as they come, so that no list is held as a whole. */
  readonly lots: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
  readonly cells: (row: Row) => readonly Cell[];
};

/** Answers with a list as a file. */
export async function sendCsv<Row>(reply: FastifyReply, { name, ...file }: CsvFile<Row>): Promise<void> {
  await reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(Readable.from(textOf(file)));
}

/** The name of a file that says how things stand today. */
export function datedName(name: string, { clock }: Pick<Call, 'clock'>): string {
  return `${name}-${utcDay(clock.now()).toString()}`;
}

async function* textOf<Row>({ language, header, lots, cells }: Omit<CsvFile<Row>, 'name'>) {
  yield toCsv(language, header, []);
  for await (const rows of lots) yield toCsvRows(language, rows.map(cells));
}
