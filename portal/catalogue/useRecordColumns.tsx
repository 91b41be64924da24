import { makeStyles, tokens } from '@fluentui/react-components';
import type { PriceImportRowOnWire } from '../../contract/imports.ts';
import { useText } from '../text.ts';
import type { Column } from '../ui/ListTable.tsx';
import { useWhyColumn } from './useImportRowColumns.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  fields: { margin: 0, padding: 0, listStyleType: 'none', overflowWrap: 'anywhere' },
  label: { color: tokens.colorNeutralForeground3 },
});

/** A row of a customer, a subscription, a user, a service or a billed line: what it says, what there is of it, and why it is not used. */
export function useRecordColumns(): readonly Column<PriceImportRowOnWire>[] {
  const { say } = useText();
  const styles = useStyles();
  return [
    {
      id: 'what',
      header: say('imp.colWhat'),
      meta: { width: '26%' },
      cell: ({ row: { original } }) => (
        <>
          <span className={styles.name}>{original.name || original.customer || '–'}</span>
          {original.name && original.customer && <span className={styles.quiet}>{original.customer}</span>}
          <span className={styles.quiet}>
            {original.line === null ? say('cat.notInFile') : say('cat.lineOfFile', { n: original.line })}
          </span>
        </>
      ),
    },
    {
      id: 'says',
      header: say('imp.colSays'),
      cell: ({ row: { original } }) =>
        original.fields.length === 0 ? (
          '–'
        ) : (
          <ul className={styles.fields}>
            {original.fields.map(({ label, before, after }) => (
              <li key={label}>
                <span className={styles.label}>{label}: </span>
                {before !== null && after !== null && before !== after ? `${before} → ${after}` : (after ?? before)}
              </li>
            ))}
          </ul>
        ),
    },
    useWhyColumn('30%'),
  ];
}
