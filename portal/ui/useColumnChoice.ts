import { useMemo, useState } from 'react';
import type { Column } from './list-table.features.ts';

const KEPT = 'yukselt.columns.';

/** A column that can be left out, and whether it is shown. */
export type ChosenColumn = { readonly id: string; readonly text: string; readonly shown: boolean };

export type ColumnChoice<Row extends object> = {
  readonly shown: readonly Column<Row>[];
  readonly choices: readonly ChosenColumn[];
  readonly choose: (shown: readonly string[]) => void;
};

/**
 * Which columns of a list this browser shows. The first one names the row and stays. `off` are left out until they are asked for; the choice is
 * kept under the name of the list.
 */
export function useColumnChoice<Row extends object>(
  list: string,
  columns: readonly Column<Row>[],
  off: readonly string[] = [],
): ColumnChoice<Row> {
  const [hidden, setHidden] = useState(() => readHidden(list) ?? off);
  const ids = columns.slice(1).map(({ id = '' }) => id);
  const choose = (shown: readonly string[]) => {
    const left = ids.filter((id) => !shown.includes(id));
    localStorage.setItem(KEPT + list, left.join(','));
    setHidden(left);
  };
  const shown = useMemo(
    () => columns.filter(({ id = '' }, place) => place === 0 || !hidden.includes(id)),
    [columns, hidden],
  );
  return {
    shown,
    choices: columns.slice(1).map(({ id = '', header }) => ({
      id,
      text: typeof header === 'string' ? header : id,
      shown: !hidden.includes(id),
    })),
    choose,
  };
}

function readHidden(list: string): readonly string[] | undefined {
  return localStorage
    .getItem(KEPT + list)
    ?.split(',')
    .filter((id) => id !== '');
}
