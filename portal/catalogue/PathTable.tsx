import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { MapPathOnWire } from '../../contract/upgrade-map.ts';
import { ListTools } from '../frame/ListTools.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import type { MapAddress } from './address.ts';
import { linesOf, PathServices } from './PathServices.tsx';
import { PathStateBadge, stateWords } from './PathStateBadge.tsx';
import { byState } from './texts.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, textAlign: 'start' },
  amount: { fontVariantNumeric: 'tabular-nums' },
  tools: { display: 'flex', justifyContent: 'flex-end', padding: '4px 8px 0' },
});

type Props = {
  readonly paths: readonly MapPathOnWire[];
  readonly chosen: string | undefined;
  readonly address: MapAddress;
};

/** The same paths as text, by the offer that they lead from; those of the chosen offer first. */
export function PathTable({ paths, chosen, address }: Props) {
  const { say, language } = useText();
  const styles = useStyles();
  const choice = useColumnChoice('paths', usePathColumns(address));
  const rows = useMemo(() => {
    const { compare } = new Intl.Collator(language);
    const isLater = ({ from }: MapPathOnWire) => Number(from.offerId !== chosen);
    return paths.toSorted(
      (one, other) =>
        isLater(one) - isLater(other) ||
        compare(one.from.name, other.from.name) ||
        byState(one, other) ||
        compare(one.to.name, other.to.name),
    );
  }, [paths, chosen, language]);
  return (
    <>
      <div className={styles.tools}>
        <ListTools name="upgrade-paths" choice={choice} rows={rows} />
      </div>
      <ListTable
        label={say('cat.tabMap')}
        columns={choice.shown}
        rows={rows}
        idOf={({ pathId }) => pathId}
        nameOf={({ from, to }) => `${from.name} → ${to.name}`}
        groupOf={({ from }) => say('cat.fromOffer', { offer: from.name })}
        open={({ pathId }) => address.set({ path: pathId })}
      />
      <TableFoot range={say('cat.pathsShown', { n: rows.length })} />
    </>
  );
}

function usePathColumns(address: MapAddress): readonly Column<MapPathOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'to',
      header: say('cat.colTo'),
      file: { [say('cat.colFrom')]: ({ from }) => from.name, [say('cat.colTo')]: ({ to }) => to.name },
      meta: { width: '30%' },
      cell: ({ row: { original } }) => (
        <Link
          as="button"
          className={styles.name}
          onClick={() => address.set({ offer: original.from.offerId, path: original.pathId })}
        >
          {original.to.name}
        </Link>
      ),
    },
    {
      id: 'difference',
      header: say('cat.colDifference'),
      meta: { align: 'end', width: '14%' },
      file: {
        [say('cat.colDifference')]: ({ difference }) => (difference ? { decimal: difference.amount } : ''),
        [say('cat.currency')]: ({ difference }) => difference?.currency ?? '',
      },
      cell: ({ row: { original } }) => (
        <span className={styles.amount}>{original.difference ? format.signedMoney(original.difference) : '–'}</span>
      ),
    },
    {
      id: 'services',
      header: say('cat.colServices'),
      file: {
        [say('cat.colServices')]: ({ services }) =>
          linesOf(services, say)
            .map(({ text }) => text)
            .join(' / '),
      },
      cell: ({ row: { original } }) => <PathServices services={original.services} />,
    },
    {
      id: 'state',
      header: say('cat.colState'),
      meta: { width: '20%' },
      file: { [say('cat.colState')]: ({ state, openIn }) => stateWords({ state, openIn }, say, format) },
      cell: ({ row: { original } }) => <PathStateBadge path={original} />,
    },
  ];
}
