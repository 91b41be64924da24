import { makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { ListedCampaignOnWire } from '../../contract/campaigns.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { CampaignState } from './CampaignState.tsx';
import { usePathName } from './usePathName.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  amount: { display: 'block', fontVariantNumeric: 'tabular-nums' },
});

export function useCampaignColumns(): readonly Column<ListedCampaignOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const pathName = usePathName();
  return useMemo(
    () => [
      {
        id: 'name',
        header: say('common.name'),
        cell: ({ row: { original } }) => (
          <>
            <RouterLink to={paths.campaign(original.campaignId)} className={styles.name} appearance="subtle">
              {original.name}
            </RouterLink>
            <span className={styles.quiet}>{pathName(original)}</span>
          </>
        ),
      },
      {
        id: 'state',
        header: say('upgrades.colStatus'),
        meta: { width: '18%' },
        cell: ({ row: { original } }) => (
          <>
            <CampaignState state={original.state} />
            {original.state === 'scheduled' && original.startsAt && (
              <span className={styles.quiet}>{format.dayAndTime(original.startsAt)}</span>
            )}
          </>
        ),
      },
      {
        id: 'upgrades',
        header: say('upgrades.title'),
        meta: { align: 'end', width: '11%' },
        cell: ({ row: { original } }) =>
          original.submittedAt === null
            ? format.number(original.totals.upgrades)
            : say('bulk.doneOf', { done: original.progress.done, total: original.progress.total }),
      },
      {
        id: 'licenses',
        header: say('upgrades.colLicenses'),
        meta: { align: 'end', width: '9%', narrow: 'hidden' },
        cell: ({ row: { original } }) => format.number(original.totals.licenses),
      },
      {
        id: 'net',
        header: say('upgrades.colNet'),
        meta: { align: 'end', width: '13%' },
        cell: ({ row: { original } }) => <Net campaign={original} />,
      },
      {
        id: 'created',
        header: say('bulk.colCreated'),
        meta: { width: '16%' },
        cell: ({ row: { original } }) => (
          <>
            <time dateTime={original.createdAt}>{format.dayAndTime(original.createdAt)}</time>
            <span className={styles.quiet}>{original.createdBy.name}</span>
          </>
        ),
      },
    ],
    [say, format, styles, pathName],
  );
}

/** A line for each currency. */
function Net({ campaign: { totals } }: { campaign: ListedCampaignOnWire }) {
  const format = useFormat();
  const styles = useStyles();
  if (totals.money.length === 0) return '–';
  return totals.money.map(({ net }) => (
    <span key={net.currency} className={styles.amount}>
      {format.money(net)}
    </span>
  ));
}
