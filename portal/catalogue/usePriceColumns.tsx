import { makeStyles, tokens } from '@fluentui/react-components';
import type { ListedPriceOnWire } from '../../contract/prices.ts';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { PLATFORM_TEXT } from './texts.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  amount: { fontVariantNumeric: 'tabular-nums' },
});

/** For what the price of a license is: the legacy platform prints a month, whatever the plan. */
const PER_TEXT = {
  monthly: 'cat.perMonth',
  annual: 'cat.perYear',
  triennial: 'cat.perThreeYears',
  none: 'term.notBilled',
} as const satisfies Record<string, TextKey>;

export function usePriceColumns(): readonly Column<ListedPriceOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'offer',
      header: say('cat.colOffer'),
      cell: ({ row: { original } }) => <span className={styles.name}>{original.name}</span>,
    },
    {
      id: 'platform',
      header: say('cat.platform'),
      meta: { width: '13%' },
      cell: ({ row: { original } }) => say(PLATFORM_TEXT[original.platform]),
    },
    {
      id: 'term',
      header: say('cat.colTerm'),
      meta: { width: '17%' },
      cell: ({ row: { original } }) => (
        <>
          {say(TERM_TEXT[original.termDuration])}
          <span className={styles.quiet}>{say(BILLED_TEXT[original.billingCycle])}</span>
        </>
      ),
    },
    {
      id: 'valid',
      header: say('cat.valid'),
      meta: { width: '21%' },
      cell: ({
        row: {
          original: { validFrom, validUntil },
        },
      }) => (validUntil ? format.dayRange(validFrom, validUntil) : say('cat.since', { date: format.day(validFrom) })),
    },
    {
      id: 'price',
      header: say('cat.colListPrice'),
      meta: { align: 'end', width: '15%' },
      cell: ({ row: { original } }) => (
        <>
          <span className={styles.amount}>{format.money(original.price)}</span>
          <span className={styles.quiet}>
            {say(PER_TEXT[original.platform === 'legacy' ? 'monthly' : original.billingCycle])}
          </span>
        </>
      ),
    },
  ];
}
