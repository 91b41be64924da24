import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { OfferOnWire } from '../../contract/catalog.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { PLATFORM_TEXT, SEGMENT_TEXT } from './texts.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, textAlign: 'start' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  limits: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  amount: { fontVariantNumeric: 'tabular-nums' },
});

const NAMED = 3;

/** The services that an offer is sold for, by name, each once. */
export function servicesOf({ servicePlans }: OfferOnWire, role: 'principal' | 'companion'): string[] {
  return [...new Set(servicePlans.filter((plan) => plan.role === role).map(({ name }) => name))];
}

export function useOfferColumns(open: (offerId: string) => void): readonly Column<OfferOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'offer',
      header: say('cat.colOffer'),
      meta: { width: '26%' },
      cell: ({ row: { original } }) => (
        <>
          <Link as="button" className={styles.name} onClick={() => open(original.offerId)}>
            {original.name}
          </Link>
          <span className={styles.quiet}>{original.skuPartNumber}</span>
        </>
      ),
    },
    {
      id: 'platform',
      header: say('cat.platform'),
      meta: { width: '12%' },
      cell: ({ row: { original } }) => say(PLATFORM_TEXT[original.platform]),
    },
    {
      id: 'services',
      header: say('cat.colServices'),
      cell: ({ row: { original } }) => {
        const names = servicesOf(original, 'principal');
        const more = names.length - NAMED;
        const shown = [...names.slice(0, NAMED), ...(more > 0 ? [say('cat.andMore', { n: more })] : [])];
        return shown.join(', ') || '–';
      },
    },
    {
      id: 'limits',
      header: say('cat.colLimits'),
      meta: { align: 'end', width: '12%' },
      cell: ({ row: { original } }) => (
        <span
          className={styles.limits}
        >{`${format.number(original.seats.min)}–${format.number(original.seats.max)}`}</span>
      ),
    },
    {
      id: 'segment',
      header: say('cat.colSegment'),
      meta: { width: '11%', narrow: 'hidden' },
      cell: ({ row: { original } }) => (
        <>
          {original.segment ? say(SEGMENT_TEXT[original.segment]) : '–'}
          {original.endOfSaleOn && (
            <span className={styles.quiet}>{say('cat.soldUntil', { date: format.day(original.endOfSaleOn) })}</span>
          )}
        </>
      ),
    },
    {
      id: 'price',
      header: say('cat.colPrice'),
      meta: { align: 'end', width: '12%' },
      cell: ({ row: { original } }) => (
        <span className={styles.amount}>{original.monthlyPrice ? format.money(original.monthlyPrice) : '–'}</span>
      ),
    },
  ];
}
