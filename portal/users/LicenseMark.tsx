import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, WarningRegular } from '@fluentui/react-icons';

const useStyles = makeStyles({
  mark: {
    position: 'relative',
    display: 'inline-grid',
    placeItems: 'center',
    width: '28px',
    height: '24px',
    borderRadius: '4px',
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
  },
  issue: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorStatusDangerForeground1 },
  elsewhere: { backgroundColor: tokens.colorNeutralBackground4, color: tokens.colorNeutralForeground2 },
  count: {
    position: 'absolute',
    top: '-6px',
    right: '-8px',
    minWidth: '16px',
    height: '16px',
    padding: '0 3px',
    boxSizing: 'border-box',
    borderRadius: '8px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontSize: '10px',
    lineHeight: '14px',
  },
});

type Props = {
  readonly hasIssue?: boolean;
  readonly elsewhere?: boolean;
  /** How many services are off. */
  readonly off?: number | undefined;
};

/** A license for the eye; words stand beside it. */
export function LicenseMark({ hasIssue = false, elsewhere = false, off = 0 }: Props) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.mark, elsewhere && styles.elsewhere, hasIssue && styles.issue)} aria-hidden>
      {hasIssue ? <WarningRegular /> : <CheckmarkRegular />}
      {off > 0 && <span className={styles.count}>{off}</span>}
    </span>
  );
}
