import { makeStyles, tokens } from '@fluentui/react-components';
import type { PriceImportRowOnWire } from '../../contract/imports.ts';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  amount: { fontVariantNumeric: 'tabular-nums' },
});

type Columns = readonly Column<PriceImportRowOnWire>[];

/** A row of an import: what it says, what holds without it, and why it is not used. */
export function useImportRowColumns({ isPaths }: { readonly isPaths: boolean }): Columns {
  const { say } = useText();
  const styles = useStyles();
  const prices = usePriceChange();
  const becomes: Columns = [
    { id: 'to', header: say('cat.colBecomes'), cell: ({ row: { original } }) => original.toName ?? '–' },
  ];
  return [
    {
      id: 'offer',
      header: say('cat.colOffer'),
      cell: ({ row: { original } }) => (
        <>
          <span className={styles.name}>{original.name || original.offerId || '–'}</span>
          <span className={styles.quiet}>
            {original.line === null ? say('cat.notInFile') : say('cat.lineOfFile', { n: original.line })}
          </span>
        </>
      ),
    },
    ...(isPaths ? becomes : prices),
    useWhyColumn('34%'),
  ];
}

/** Why a row is not used, and what stands there in the file. */
export function useWhyColumn(width: string): Column<PriceImportRowOnWire> {
  const { say } = useText();
  const styles = useStyles();
  return {
    id: 'why',
    header: say('cat.colWhy'),
    meta: { width },
    cell: ({ row: { original } }) => (
      <>
        {original.reason ?? '–'}
        {original.found && (
          <span className={styles.quiet}>
            {original.column ? `${original.column}: ${original.found}` : original.found}
          </span>
        )}
      </>
    ),
  };
}

function usePriceChange(): Columns {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'term',
      header: say('cat.colTerm'),
      meta: { width: '20%' },
      cell: ({ row: { original } }) =>
        original.termDuration ? (
          <>
            {say(TERM_TEXT[original.termDuration])}
            <span className={styles.quiet}>{original.billingCycle && say(BILLED_TEXT[original.billingCycle])}</span>
          </>
        ) : (
          '–'
        ),
    },
    {
      id: 'price',
      header: say('cat.colListPrice'),
      meta: { align: 'end', width: '20%' },
      cell: ({ row: { original } }) => {
        const [was, is] = [original.before, original.after].map((price) => (price ? format.money(price) : '–'));
        return <span className={styles.amount}>{was === is ? is : `${was} → ${is}`}</span>;
      },
    },
  ];
}
