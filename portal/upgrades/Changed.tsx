import { makeStyles, tokens } from '@fluentui/react-components';
import { createContext, type ReactNode, use } from 'react';
import type { QuoteDifference } from './compare-quotes.ts';

export type What = QuoteDifference['what'];

/** What of the preview is another than in the one before, for as long as it is marked. */
export const ChangedLines = createContext<ReadonlySet<What>>(new Set());

const useStyles = makeStyles({
  changed: {
    padding: '0 4px',
    margin: '0 -4px',
    borderRadius: '2px',
    color: 'inherit',
    backgroundColor: tokens.colorStatusWarningBackground2,
  },
});

/** Marks a line of the preview while it is new. */
export function Changed({ what, children }: { what: readonly What[]; children: ReactNode }) {
  const styles = useStyles();
  const changed = use(ChangedLines);
  return what.some((one) => changed.has(one)) ? <mark className={styles.changed}>{children}</mark> : children;
}
