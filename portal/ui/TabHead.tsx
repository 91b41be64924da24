import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { SCREEN } from './screen.ts';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    alignItems: 'center',
    columnGap: '16px',
    minHeight: '32px',
    [SCREEN.belowTable]: { flexDirection: 'column', alignItems: 'flex-start', rowGap: '10px' },
  },
  lead: { margin: 0, flexGrow: 1, minWidth: 0, color: tokens.colorNeutralForeground2 },
  action: { flexShrink: 0 },
});

/** The head of one of several sibling views: a line of what it is for, at most one thing to do. */
export function TabHead({ lead, action }: { readonly lead: ReactNode; readonly action?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.head}>
      <p className={styles.lead}>{lead}</p>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
