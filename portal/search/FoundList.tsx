import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useText } from '../text.ts';
import type { FoundGroup, FoundRow } from './rows.ts';

const useStyles = makeStyles({
  list: { overflowY: 'auto', padding: '4px 8px 8px', flexGrow: 1 },
  old: { opacity: 0.6 },
  title: {
    display: 'flex',
    justifyContent: 'space-between',
    columnGap: '12px',
    padding: '8px 8px 4px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  row: {
    display: 'flex',
    flexDirection: 'column',
    padding: '6px 8px',
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    scrollMargin: '32px 0 8px',
    overflowWrap: 'anywhere',
  },
  active: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    // Seen where colours are not.
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
    outlineOffset: '-2px',
  },
  quiet: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
});

type Props = {
  readonly id: string;
  readonly groups: readonly FoundGroup[];
  readonly active: FoundRow | undefined;
  /** True while the rows answer what was typed before. */
  readonly old: boolean;
  readonly point: (row: FoundRow) => void;
  readonly choose: (row: FoundRow) => void;
};

/** The id of a row's element, by which the field says which one the arrows have reached. */
export const rowId = (list: string, row: FoundRow) => `${list}-${row.id.replaceAll(/[^\w-]/g, '_')}`;

/** What was found, group by group. The focus stays in the field; the row that Enter opens is marked. */
export function FoundList({ id, groups, active, old, point, choose }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const reached = useRef<HTMLDivElement>(null);
  useEffect(() => {
    reached.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      id={id}
      role="listbox"
      aria-label={say('app.globalSearchShort')}
      className={mergeClasses(styles.list, old && styles.old)}
    >
      {groups.map(({ title, rows, more }) => (
        <div key={title} role="group" aria-labelledby={`${id}-${title}`}>
          <div id={`${id}-${title}`} role="presentation" className={styles.title}>
            <span className={styles.name}>{say(title)}</span>
            {more && <span>{say('search.more')}</span>}
          </div>
          {rows.map((row) => (
            // The field takes the keys.
            <div
              key={row.id}
              id={rowId(id, row)}
              ref={row === active ? reached : undefined}
              role="option"
              aria-selected={row === active}
              className={mergeClasses(styles.row, row === active && styles.active)}
              onPointerMove={() => row !== active && point(row)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(row)}
            >
              <span>{row.name}</span>
              <span className={styles.quiet}>{row.detail}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
