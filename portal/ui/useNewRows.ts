import { useState } from 'react';

type Mark = { readonly question: string; readonly newest: string };
type Props<Row> = {
  readonly rows: readonly Row[];
  /** Ids in the order of time. */
  readonly idOf: (row: Row) => string;
  /** What the list was asked for. */
  readonly question: string;
  /** Whether an answer is on the way, so that what is shown may be old. */
  readonly isFetching: boolean;
};

/** Keeps a list in its place while it is looked at: rows that came since it was asked for are held back until they are wanted. */
export function useNewRows<Row>({ rows, idOf, question, isFetching }: Props<Row>) {
  const [mark, setMark] = useState<Mark>();
  const newest = rows.map(idOf).reduce((one, other) => (other > one ? other : one), '');
  const known = mark?.question === question ? mark.newest : undefined;
  // An empty list has no place to lose.
  if (!isFetching && (known === undefined || (known === '' && newest !== ''))) setMark({ question, newest });
  const isNew = (row: Row) => known !== undefined && known !== '' && idOf(row) > known;
  return {
    shown: rows.filter((row) => !isNew(row)),
    waiting: rows.filter(isNew).length,
    show: () => setMark({ question, newest }),
  };
}
