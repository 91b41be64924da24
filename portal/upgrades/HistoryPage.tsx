import { makeStyles, tokens } from '@fluentui/react-components';
import { ArrowCircleUpRegular } from '@fluentui/react-icons';
import { useNavigate, useParams } from 'react-router';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListTools } from '../frame/ListTools.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { Toolbar } from '../ui/Toolbar.tsx';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { useSorted } from '../ui/useSorted.ts';
import { shortNumber } from './short-number.ts';
import { stateText, UpgradeState } from './UpgradeState.tsx';
import { WAY_TEXT } from './ways.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
});

function useColumns(): readonly Column<UpgradeOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'path',
      header: say('upgrades.colPath'),
      meta: { width: '32%' },
      file: {
        [say('upgrades.colNumber')]: ({ upgradeId }) => shortNumber(upgradeId),
        [say('cat.colFrom')]: ({ source }) => source.offerName,
        [say('cat.colTo')]: ({ target }) => target.offerName,
      },
      cell: ({ row: { original } }) => (
        <RouterLink
          to={paths.result(original.customerId, original.upgradeId)}
          className={styles.name}
          appearance="subtle"
        >
          {say('confirm.line', { from: original.source.offerName, to: original.target.offerName })}
        </RouterLink>
      ),
    },
    {
      id: 'when',
      header: say('upgrades.colWhen'),
      meta: { width: '16%' },
      file: { [say('upgrades.colWhen')]: ({ submittedAt }) => submittedAt },
      cell: ({ row: { original } }) => format.dayAndTime(original.submittedAt),
    },
    {
      id: 'licenses',
      header: say('upgrades.colLicenses'),
      meta: { width: '9%', align: 'end' },
      file: { [say('upgrades.colLicenses')]: ({ quantity }) => ({ decimal: String(quantity) }) },
      cell: ({ row: { original } }) => format.number(original.quantity),
    },
    {
      id: 'way',
      header: say('compare.colWay'),
      meta: { width: '14%' },
      file: { [say('compare.colWay')]: ({ way }) => say(WAY_TEXT[way]) },
      cell: ({ row: { original } }) => say(WAY_TEXT[original.way]),
    },
    {
      id: 'net',
      header: say('upgrades.colNet'),
      meta: { width: '12%', align: 'end' },
      file: {
        [say('upgrades.colNet')]: ({ totals }) => ({ decimal: totals.net.amount }),
        [say('cat.currency')]: ({ totals }) => totals.net.currency,
      },
      cell: ({ row: { original } }) => format.money(original.totals.net),
    },
    {
      id: 'status',
      header: say('upgrades.colStatus'),
      meta: { width: '15%' },
      file: { [say('upgrades.colStatus')]: (upgrade) => say(...stateText(upgrade)) },
      cell: ({ row: { original } }) => <UpgradeState upgrade={original} />,
    },
    {
      id: 'by',
      header: say('upgrades.colBy'),
      file: { [say('upgrades.colBy')]: ({ submittedBy }) => submittedBy ?? '' },
      cell: ({ row: { original } }) => original.submittedBy,
    },
  ];
}

/** A customer’s upgrades, newest first. */
export function HistoryPage() {
  const { customerId = '' } = useParams();
  const { say } = useText();
  const navigate = useNavigate();
  const upgrades = useAnswer('listUpgrades', { params: { customerId }, query: { limit: 200 } });
  const choice = useColumnChoice('history', useColumns());
  const sorted = useSorted(upgrades.data?.items ?? [], choice.shown);
  return (
    <>
      <Toolbar end={<ListTools name={`upgrades-${customerId}`} choice={choice} rows={sorted.rows} />} />
      <Panel>
        <Answered
          query={upgrades}
          texts={{ loading: 'upgrades.loading', error: 'upgrades.errorTitle', noPermission: 'customers.noPermTitle' }}
        >
          {({ items }) =>
            items.length === 0 ? (
              <StateBlock
                icon={<ArrowCircleUpRegular />}
                title={say('upgrades.emptyTitle')}
                body={say('upgrades.emptyBody')}
              />
            ) : (
              <>
                <ListTable
                  label={say('upgrades.title')}
                  columns={choice.shown}
                  {...sorted}
                  idOf={(row) => row.upgradeId}
                  nameOf={(row) => row.target.offerName}
                  open={(row) => void navigate(paths.result(row.customerId, row.upgradeId))}
                />
                <TableFoot range={say('a11y.filtered', { n: items.length })} />
              </>
            )
          }
        </Answered>
      </Panel>
    </>
  );
}
