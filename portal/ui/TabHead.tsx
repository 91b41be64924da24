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
  acts: { display: 'flex', alignItems: 'center', columnGap: '8px', flexShrink: 0 },
});

type Props = {
  readonly lead: ReactNode;
  /** What there is to do with the list of the view. */
  readonly tools?: ReactNode;
  readonly action?: ReactNode;
};

/** The head of one of several sibling views: a line of what it is for, at most one thing to do. */
export function TabHead({ lead, tools, action }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.head}>
      <p className={styles.lead}>{lead}</p>
      {(tools || action) && (
        <div className={styles.acts}>
          {tools}
          {action}
        </div>
      )}
    </div>
  );
}
