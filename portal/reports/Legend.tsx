import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: '16px',
    rowGap: '4px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground1,
  },
  entry: { display: 'inline-flex', alignItems: 'center', columnGap: '6px' },
  mark: { width: '11px', height: '11px', borderRadius: '2px', flexShrink: 0, forcedColorAdjust: 'none' },
});

/** Which color stands for what, in the order of the stack. */
export function Legend({ entries }: { entries: readonly { readonly name: string; readonly color: string }[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {entries.map(({ name, color }) => (
        <li key={name} className={styles.entry}>
          <span className={styles.mark} style={{ backgroundColor: color }} aria-hidden />
          {name}
        </li>
      ))}
    </ul>
  );
}
