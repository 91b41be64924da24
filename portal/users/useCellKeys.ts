import { type FocusEvent, type KeyboardEvent, useState } from 'react';

type Place = readonly [row: number, column: number];
type Acts = {
  readonly rows: number;
  readonly columns: number;
  readonly open: (row: number) => void;
  readonly toggle: (row: number) => void;
};

function placeOf(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
  const [row, column] = (cell?.dataset['cell'] ?? '').split(':').map(Number);
  return row === undefined || column === undefined || Number.isNaN(row) ? undefined : [row, column];
}

/** Tab enters a table at one cell; arrows, Home and End move from there, Enter opens a row, Space chooses it. */
export function useCellKeys({ rows, columns, open, toggle }: Acts) {
  const [[row, column], setEntry] = useState<Place>([0, 1]);
  const entry: Place = [Math.min(row, rows - 1), Math.min(column, columns - 1)];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const from = placeOf(event.target);
    if (!from || event.altKey || event.metaKey) return;
    const [atRow, atColumn] = from;
    const to: Place | undefined = {
      ArrowUp: [atRow - 1, atColumn] as const,
      ArrowDown: [atRow + 1, atColumn] as const,
      ArrowLeft: [atRow, atColumn - 1] as const,
      ArrowRight: [atRow, atColumn + 1] as const,
      Home: [event.ctrlKey ? 0 : atRow, 0] as const,
      End: [event.ctrlKey ? rows - 1 : atRow, columns - 1] as const,
    }[event.key];
    if (to) {
      event.currentTarget.querySelector<HTMLElement>(`[data-cell="${to.join(':')}"]`)?.focus();
    } else if (event.key === 'Enter') open(atRow);
    else if (event.key === ' ' && !(event.target instanceof HTMLInputElement)) toggle(atRow);
    else return;
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent) => {
    const at = placeOf(event.target);
    if (at) setEntry(at);
  };
  /** What a cell carries to be found and entered. */
  const cell = (atRow: number, atColumn: number) => ({
    'data-cell': `${atRow}:${atColumn}`,
    tabIndex: entry[0] === atRow && entry[1] === atColumn ? 0 : -1,
  });
  return { onKeyDown, onFocus, cell };
}
