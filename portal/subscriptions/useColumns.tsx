import { Link, makeStyles, Tooltip, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, LockClosed16Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { type RecordAct, RecordMenu } from '../channels/RecordActs.tsx';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Spoken } from '../ui/Spoken.tsx';
import { UsageBar } from '../ui/UsageBar.tsx';
import { STATE_TEXT } from '../upgrades/UpgradeState.tsx';
import type { OpenAct } from './acts.ts';
import { RowMenu } from './RowMenu.tsx';
import { FOREIGN_CHANNEL_TEXT, type SubscriptionRow, statusOf } from './rows.ts';
import { StatusOf, statusText } from './StatusOf.tsx';
import { planOf, TermCell } from './TermCell.tsx';
import { UpgradeIcon } from './UpgradeIcon.tsx';
import type { UpgradeCards } from './upgrade-card.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  nowrap: { whiteSpace: 'nowrap' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  id: { fontFamily: tokens.fontFamilyMonospace },
  can: { display: 'inline-flex', alignItems: 'center', columnGap: '4px', color: tokens.colorStatusSuccessForeground1 },
  lock: { marginLeft: '6px', verticalAlign: 'text-bottom', color: tokens.colorNeutralForeground3 },
  end: { display: 'inline-flex', alignItems: 'center', justifyContent: 'space-between', width: '100%' },
});

const PLATFORM_TEXT: Readonly<Record<SubscriptionOnWire['platform'], TextKey>> = {
  legacy: 'platform.legacy',
  newCommerce: 'platform.nce',
};
type Acts = {
  readonly customerId: string;
  readonly cards: UpgradeCards;
  readonly openAct: OpenAct;
  readonly showReasons: (subscriptionId: string) => void;
  readonly openRecord: (act: RecordAct) => void;
};

export function useColumns(acts: Acts): readonly Column<SubscriptionRow>[] {
  const { say } = useText();
  const format = useFormat();
  const plain = usePlainColumns();
  return useMemo(
    () => [
      {
        id: 'name',
        header: say('subs.colName'),
        file: {
          [say('subs.colName')]: ({ name }) => name,
          [say('cat.colOffer')]: (row) => (row.kind === 'own' ? row.own : row.foreign).offerName,
          [say('settings.deliveryId')]: (row) => (row.kind === 'own' ? row.id : ''),
        },
        cell: ({ row: { original } }) => <NameCell row={original} acts={acts} />,
      },
      {
        id: 'status',
        header: say('subs.colStatus'),
        meta: { width: '11%' },
        file: { [say('subs.colStatus')]: (row) => say(statusText(stateOf(row))) },
        cell: ({ row: { original } }) => <StatusOf {...stateOf(original)} />,
      },
      {
        id: 'licenses',
        header: say('subs.colLicenses'),
        meta: { width: '9%' },
        file: {
          [say('allLicenses.colAssigned')]: (row) => (row.kind === 'own' ? { decimal: String(row.own.assigned) } : ''),
          [say('subs.colLicenses')]: (row) => {
            const quantity = row.kind === 'own' ? row.own.quantity : row.foreign.record?.quantity;
            return quantity === undefined ? '' : { decimal: String(quantity) };
          },
        },
        cell: ({ row: { original } }) => {
          if (original.kind === 'foreign') {
            const { record } = original.foreign;
            return record ? format.number(record.quantity) : '–';
          }
          const { assigned: used, quantity: total } = original.own;
          return <UsageBar used={used} total={total} text={say('subs.usedOf', { used, total })} />;
        },
      },
      {
        id: 'term',
        header: say('subs.colTerm'),
        meta: { width: '16%' },
        file: {
          [say('subs.colTerm')]: (row) => (row.kind === 'own' ? row.own : row.foreign).termEndsOn ?? '',
          [say('cat.colTerm')]: (row) => (row.kind === 'own' ? planOf(row.own, say) : ''),
        },
        cell: ({ row: { original } }) => <TermCell row={original} />,
      },
      ...plain,
      {
        id: 'upgrade',
        header: say('subs.colUpgrade'),
        meta: { width: '21%' },
        file: {
          [say('customers.colUpgradable')]: (row) =>
            say(row.kind === 'own' && row.own.upgradability.upgradable ? 'common.yes' : 'common.no'),
        },
        cell: ({ row: { original } }) => <UpgradeCell row={original} acts={acts} />,
      },
    ],
    [say, format, acts, plain],
  );
}

/** Who sold it, and for how much. */
function usePlainColumns(): readonly Column<SubscriptionRow>[] {
  const { say } = useText();
  return useMemo(
    () => [
      {
        id: 'channel',
        header: say('subs.colChannel'),
        meta: { width: '11%' },
        file: { [say('subs.colChannel')]: (row) => say(channelText(row)) },
        cell: ({ row: { original } }) => say(channelText(original)),
      },
      {
        id: 'price',
        header: say('subs.colPrice'),
        meta: { width: '7%', align: 'end' },
        file: {
          [say('subs.colPrice')]: (row) => (row.kind === 'own' ? { decimal: row.own.unitPrice } : ''),
          [say('cat.currency')]: (row) => (row.kind === 'own' ? row.own.currency : ''),
        },
        cell: ({ row: { original } }) => <PriceCell row={original} />,
      },
    ],
    [say],
  );
}

function stateOf(row: SubscriptionRow) {
  return { status: statusOf(row), endedReason: row.kind === 'own' ? row.own.endedReason : null };
}

function channelText(row: SubscriptionRow): TextKey {
  return row.kind === 'own' ? 'channel.own' : FOREIGN_CHANNEL_TEXT[row.foreign.channel];
}

function NameCell({ row, acts }: { row: SubscriptionRow; acts: Acts }) {
  const styles = useStyles();
  const { say } = useText();
  if (row.kind === 'foreign') {
    return (
      <>
        <span className={styles.name}>{row.name}</span>
        <Tooltip content={say('channel.readOnlyHint')} relationship="description">
          <LockClosed16Regular
            className={styles.lock}
            aria-hidden={false}
            aria-label={say('common.readOnly')}
            tabIndex={0}
            role="img"
          />
        </Tooltip>
        {row.foreign.recordedSubscriptionId && <span className={styles.quiet}>{say('record.mine')}</span>}
      </>
    );
  }
  const { subscriptionId, offerName, friendlyName, platform, trial, upgradability } = row.own;
  // The icon never wraps alone: the last word keeps it.
  const words = row.name.split(' ');
  return (
    <>
      <span className={styles.name}>
        {words.slice(0, -1).join(' ')}{' '}
        <span className={styles.nowrap}>
          {words.at(-1)}
          {upgradability.upgradable && (
            <UpgradeIcon customerId={acts.customerId} name={row.name} subscription={row.own} cards={acts.cards} />
          )}
        </span>
      </span>
      <span className={styles.quiet}>
        {friendlyName && `${offerName} · `}
        <span className={styles.id}>{`${subscriptionId.slice(0, 4)}…${subscriptionId.slice(-4)}`}</span> ·{' '}
        {say(PLATFORM_TEXT[platform])}
        {trial && ` · ${say('subs.trial')}`}
      </span>
    </>
  );
}

/** On new commerce the price is that of a charge cycle, which is a month unless it says otherwise. */
function PriceCell({ row }: { row: SubscriptionRow }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  if (row.kind === 'foreign') return '–';
  const { unitPrice: amount, currency, platform, billingCycle, promotionId } = row.own;
  const per = platform === 'newCommerce' ? PER_CYCLE_TEXT[billingCycle] : undefined;
  return (
    <>
      {format.money({ amount, currency })}
      {per && <span className={styles.quiet}>{say(per)}</span>}
      {promotionId && <span className={styles.quiet}>{say('subs.promoted')}</span>}
    </>
  );
}

const PER_CYCLE_TEXT: Readonly<Partial<Record<SubscriptionOnWire['billingCycle'], TextKey>>> = {
  annual: 'subs.perYear',
  triennial: 'subs.perThreeYears',
};

function UpgradeCell({ row, acts }: { row: SubscriptionRow; acts: Acts }) {
  const styles = useStyles();
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  if (row.kind === 'foreign') {
    const { record } = row.foreign;
    return (
      <span className={styles.end}>
        <span className={styles.quiet}>{say('subs.notOurs')}</span>
        {record && <RecordMenu record={record} open={acts.openRecord} />}
      </span>
    );
  }
  const { subscriptionId, status, upgradability, waitingUpgrade } = row.own;
  const reasons = upgradability.refusalNames.length;
  return (
    <span className={styles.end}>
      {status === 'deleted' ? (
        '–'
      ) : waitingUpgrade ? (
        <RouterLink to={paths.result(acts.customerId, waitingUpgrade.upgradeId)}>
          {say(STATE_TEXT[waitingUpgrade.state])}
          <Spoken>{`: ${row.name}`}</Spoken>
        </RouterLink>
      ) : upgradability.upgradable ? (
        <span className={styles.can}>
          <CheckmarkCircle16Regular />
          {say('subs.canUpgrade')}
        </span>
      ) : (
        <Link
          {...opener}
          as="button"
          aria-label={say('subs.whyNotAria', { n: reasons, name: row.name })}
          onClick={() => acts.showReasons(subscriptionId)}
        >
          {say('subs.whyNot')} ({reasons})
        </Link>
      )}
      <RowMenu customerId={acts.customerId} subscription={row.own} name={row.name} open={acts.openAct} />
    </span>
  );
}
