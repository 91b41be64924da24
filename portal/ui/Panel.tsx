import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  panel: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    overflow: 'clip',
  },
  padded: { padding: '16px 20px' },
});

/** The ground on which a page's things stand. */
export function Panel({
  padded = false,
  className,
  children,
}: {
  padded?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const styles = useStyles();
  return <div className={mergeClasses(styles.panel, padded && styles.padded, className)}>{children}</div>;
}
