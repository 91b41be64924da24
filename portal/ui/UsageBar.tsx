import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  figures: { fontVariantNumeric: 'tabular-nums' },
  bar: {
    display: 'block',
    height: '4px',
    width: '100%',
    minWidth: '72px',
    maxWidth: '108px',
    marginTop: '3px',
    borderRadius: '2px',
    backgroundColor: tokens.colorNeutralBackground5,
    overflow: 'hidden',
    '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'GrayText' },
  },
  used: {
    display: 'block',
    height: '100%',
    borderRadius: '2px',
    backgroundColor: tokens.colorCompoundBrandBackground,
    '@media (forced-colors: active)': { backgroundColor: 'Highlight' },
  },
  full: { backgroundColor: tokens.colorNeutralForeground3 },
});

/** How much of a number is taken: the figures, and a bar for the eye alone. */
export function UsageBar({ used, total, text }: { used: number; total: number; text: string }) {
  const styles = useStyles();
  const share = total === 0 ? 0 : Math.min(100, Math.round((100 * used) / total));
  return (
    <span>
      <span className={styles.figures}>{text}</span>
      <span className={styles.bar} aria-hidden>
        <span className={mergeClasses(styles.used, share === 100 && styles.full)} style={{ width: `${share}%` }} />
      </span>
    </span>
  );
}
