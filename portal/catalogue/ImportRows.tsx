import { makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { ImportRowState, PriceImportOnWire, PriceImportRowOnWire } from '../../contract/imports.ts';
import { usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { type TextKey, useText } from '../text.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { FilterChip } from '../ui/Toolbar.tsx';

const useStyles = makeStyles({
  chips: { display: 'flex', flexWrap: 'wrap', gap: '8px', padding: '12px 16px' },
  empty: { margin: 0, padding: '0 16px 16px', color: tokens.colorNeutralForeground3 },
});

const STATES: readonly ImportRowState[] = ['in-doubt', 'new', 'changed', 'gone', 'same', 'left-out'];
const CHIP_TEXT = {
  'in-doubt': 'cat.rowsInDoubt',
  new: 'cat.rowsNew',
  changed: 'cat.rowsChanged',
  gone: 'cat.rowsGone',
  same: 'cat.rowsSame',
  'left-out': 'cat.rowsLeftOut',
} as const satisfies Record<ImportRowState, TextKey>;

type Props = {
  readonly importId: string;
  readonly counts: NonNullable<PriceImportOnWire['counts']>;
  readonly columns: readonly Column<PriceImportRowOnWire>[];
  /** What the states are called where it is not about what changes. */
  readonly texts?: Readonly<Record<ImportRowState, TextKey>>;
};

/** The rows of one state at a time: first what needs a look. */
export function ImportRows({ importId, counts, columns, texts = CHIP_TEXT }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const [chosen, setChosen] = useState<ImportRowState>();
  const state = chosen ?? STATES.find((one) => counts[one] > 0) ?? 'same';
  const pages = usePages('listImportRows', (cursor) => ({
    params: { importId },
    query: { state, ...(cursor && { cursor }) },
  }));
  return (
    <Panel>
      <div className={styles.chips} role="group" aria-label={say('cat.importRows')}>
        {STATES.map((one) => (
          <FilterChip
            key={one}
            text={say(texts[one], { n: counts[one] })}
            on={one === state}
            change={() => setChosen(one)}
          />
        ))}
      </div>
      <Answered query={pages} texts={{ loading: 'cat.loadingRows', error: 'cat.errorRows' }}>
        {({ pages: loaded }) => {
          const rows = loaded.flatMap((page) => page.items);
          if (rows.length === 0) return <p className={styles.empty}>{say('cat.noRows')}</p>;
          return (
            <>
              <ListTable
                label={say('cat.importRows')}
                columns={columns}
                rows={rows}
                idOf={({ place }) => String(place)}
                nameOf={({ name, customer }) => name || (customer ?? '')}
              />
              <ListFoot rows={rows.length} pages={pages} />
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}
