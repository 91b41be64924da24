import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Spoken } from './Spoken.tsx';

const useStyles = makeStyles({
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) max-content',
    columnGap: '12px',
    padding: '7px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  amount: { fontVariantNumeric: 'tabular-nums', textAlign: 'end' },
  large: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  strong: { fontWeight: tokens.fontWeightSemibold },
  hint: {
    gridColumn: '1 / -1',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

type Props = {
  readonly label: ReactNode;
  readonly amount: ReactNode;
  /** How the amount is said, where the sign alone would be read wrongly. */
  readonly spoken?: string;
  readonly hint?: ReactNode;
  readonly size?: 'large' | 'strong';
};

/** What it is for, how much, and one quiet line. */
export function MoneyLine({ label, amount, spoken, hint, size }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.line}>
      <span className={size && styles.strong}>{label}</span>
      <span className={mergeClasses(styles.amount, size && styles[size])}>
        {spoken ? (
          <>
            <span aria-hidden>{amount}</span>
            <Spoken>{spoken}</Spoken>
          </>
        ) : (
          amount
        )}
      </span>
      {hint && <span className={styles.hint}>{hint}</span>}
    </div>
  );
}
