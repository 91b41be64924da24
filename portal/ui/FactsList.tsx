import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Fragment, type ReactNode } from 'react';
import { SCREEN } from './screen.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: '16px',
    rowGap: '2px',
    margin: 0,
  },
  stacked: { [SCREEN.belowTable]: { gridTemplateColumns: 'minmax(0, 1fr)' } },
  key: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  value: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    overflowWrap: 'anywhere',
  },
});

export type Fact = { readonly key: string; readonly value: ReactNode };

/** Keys and values, in panels and as evidence; `stacks` puts long values below their keys on a narrow screen. */
export function FactsList({ facts, stacks = false }: { facts: readonly Fact[]; stacks?: boolean }) {
  const styles = useStyles();
  return (
    <dl className={mergeClasses(styles.list, stacks && styles.stacked)}>
      {facts.map(({ key, value }) => (
        <Fragment key={key}>
          <dt className={styles.key}>{key}</dt>
          <dd className={styles.value}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
