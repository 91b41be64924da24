import Table from 'cli-table3';
import { styleText } from 'node:util';
import { harmless } from './words.ts';

export type Column = { readonly title: string; readonly right?: boolean };

const GAP = 2;
const LEAST = 8;
const graphemes = new Intl.Segmenter();

const LINES =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle';
const NO_LINES = Object.fromEntries(LINES.split(' ').map((name) => [name, '']));

/** Rows under their titles, wrapped into so many columns of a terminal; Infinity: not wrapped. */
export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number = Infinity,
): string {
  const texts = rows.map((row) => row.map(harmless));
  const columnOf = (at: number) => [columns[at]?.title ?? '', ...texts.map((row) => row[at] ?? '')];
  const natural = columns.map((_column, at) => Math.max(...columnOf(at).map(lengthOf)));
  const words = columns.map((_column, at) =>
    Math.max(...columnOf(at).flatMap((text) => text.split(' ').map(lengthOf))),
  );
  const widths = shrink(natural, words, width - GAP * (columns.length - 1));
  const cells = texts.map((row) => row.map((text, at) => broken(text, widths[at] ?? LEAST)));
  const last = columns.length - 1;
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colWidths: widths.map((one, at) => one + (at < last ? GAP : 0)),
    colAligns: columns.map(({ right }) => (right ? 'right' : 'left')),
    wordWrap: true,
  });
  const spaced = (row: readonly string[]) =>
    row.map((text, at) => ({
      content: text,
      style: { 'padding-left': 0, 'padding-right': at < last ? GAP : 0 },
    }));
  table.push(spaced(columns.map(({ title }) => title)), ...cells.map(spaced));
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const heads = Math.max(...columns.map(({ title }, at) => paragraphOf(title, widths[at] ?? 0).length));
  return [...lines.slice(0, heads).map(bold), ...lines.slice(heads)].join('\n');
}

/** The widest give way first, to their longest words as long as that will do. */
function shrink(natural: readonly number[], words: readonly number[], room: number): number[] {
  const widths = [...natural];
  const sum = () => widths.reduce((one, other) => one + other, 0);
  for (const least of [words, words.map(() => LEAST)]) {
    while (sum() > room) {
      const able = widths.map((one, at) => (one > (least[at] ?? LEAST) ? one : 0));
      const widest = able.indexOf(Math.max(...able));
      if (able[widest] === 0) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
  }
  return widths;
}

/** Words that are longer than the column, in parts: nothing is cut off. */
function broken(text: string, width: number): string {
  return text
    .split(' ')
    .map((word) => {
      if (lengthOf(word) <= width) return word;
      const parts = [''];
      for (const { segment } of graphemes.segment(word)) {
        if (lengthOf((parts.at(-1) ?? '') + segment) > width) parts.push('');
        parts[parts.length - 1] += segment;
      }
      return parts.join('\n');
    })
    .join(' ');
}

/** A text on as many lines as it needs. */
export function paragraphOf(text: string, width: number): string[] {
  if (lengthOf(text) <= width) return [text];
  const style = { 'padding-left': 0, 'padding-right': 0 };
  const paragraph = new Table({ chars: NO_LINES, colWidths: [width], wordWrap: true, style });
  paragraph.push([broken(text, width)]);
  return paragraph
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** How many columns a text takes; letters of East Asia take two. */
function lengthOf(text: string): number {
  return [...graphemes.segment(text)].reduce(
    (sum, { segment }) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(segment)
        ? 2
        : 1),
    0,
  );
}

/** Where the output is a terminal and NO_COLOR is not set. */
function bold(text: string): string {
  return styleText('bold', text, { stream: process.stdout });
}
