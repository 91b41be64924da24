import {
  Button,
  Link,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
  tokens,
  useRestoreFocusTarget,
  useToastController,
  Toast,
  ToastTitle,
} from '@fluentui/react-components';
import { CheckmarkCircle16Regular, LockClosed16Regular, MoreHorizontal20Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { TOASTER } from '../frame/toaster.ts';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { Spoken } from '../ui/Spoken.tsx';
import { UsageBar } from '../ui/UsageBar.tsx';
import { FOREIGN_CHANNEL_TEXT, type SubscriptionRow, statusOf } from './rows.ts';
import { StatusOf } from './StatusOf.tsx';
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
const BILLED_TEXT: Readonly<Record<SubscriptionOnWire['billingCycle'], TextKey>> = {
  monthly: 'term.billedMonthly',
  annual: 'term.billedAnnually',
};

type Acts = {
  readonly customerId: string;
  readonly cards: UpgradeCards;
  readonly changeSeats: (subscription: SubscriptionOnWire) => void;
  readonly showReasons: (subscriptionId: string) => void;
};

export function useColumns(acts: Acts): readonly Column<SubscriptionRow>[] {
  const { say } = useText();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: say('subs.colName'),
        cell: ({ row: { original } }) => <NameCell row={original} acts={acts} />,
      },
      {
        id: 'status',
        header: say('subs.colStatus'),
        meta: { width: '11%' },
        cell: ({ row: { original } }) => (
          <StatusOf
            status={statusOf(original)}
            endedReason={original.kind === 'own' ? original.own.endedReason : null}
          />
        ),
      },
      {
        id: 'licenses',
        header: say('subs.colLicenses'),
        meta: { width: '9%' },
        cell: ({ row: { original } }) => {
          if (original.kind === 'foreign') return '–';
          const { assigned: used, quantity: total } = original.own;
          return <UsageBar used={used} total={total} text={say('subs.usedOf', { used, total })} />;
        },
      },
      {
        id: 'term',
        header: say('subs.colTerm'),
        meta: { width: '16%' },
        cell: ({ row: { original } }) => <TermCell row={original} />,
      },
      {
        id: 'channel',
        header: say('subs.colChannel'),
        meta: { width: '11%' },
        cell: ({ row: { original } }) =>
          original.kind === 'own' ? say('channel.own') : say(FOREIGN_CHANNEL_TEXT[original.foreign.channel]),
      },
      {
        id: 'price',
        header: say('subs.colPrice'),
        meta: { width: '7%', align: 'end' },
        cell: ({ row: { original } }) =>
          original.kind === 'own'
            ? format.money({ amount: original.own.unitPrice, currency: original.own.currency })
            : '–',
      },
      {
        id: 'upgrade',
        header: say('subs.colUpgrade'),
        meta: { width: '21%' },
        cell: ({ row: { original } }) => <UpgradeCell row={original} acts={acts} />,
      },
    ],
    [say, format, acts],
  );
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
      </>
    );
  }
  const { subscriptionId, offerName, friendlyName, platform, upgradability } = row.own;
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
      </span>
    </>
  );
}

function TermCell({ row }: { row: SubscriptionRow }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  if (row.kind === 'foreign') return '–';
  const { status, endedAt, autoRenew, termEndsOn, billingCycle } = row.own;
  const billed = `${say('term.annual')}, ${say(BILLED_TEXT[billingCycle])}`;
  if (status === 'deleted') return endedAt ? say('term.endsOn', { date: format.day(endedAt.slice(0, 10)) }) : null;
  return (
    <>
      {autoRenew
        ? say('term.renewsOn', { date: format.day(dayAfter(termEndsOn)) })
        : say('term.endsOn', { date: format.day(termEndsOn) })}
      <span className={styles.quiet}>{autoRenew ? billed : `${billed} · ${say('term.autoRenewOff')}`}</span>
    </>
  );
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

function UpgradeCell({ row, acts }: { row: SubscriptionRow; acts: Acts }) {
  const styles = useStyles();
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  if (row.kind === 'foreign') return <span className={styles.quiet}>{say('subs.notOurs')}</span>;
  const { subscriptionId, status, upgradability } = row.own;
  if (status === 'deleted') return '–';
  const reasons = upgradability.refusalNames.length;
  return (
    <span className={styles.end}>
      {upgradability.upgradable ? (
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
      <RowMenu subscription={row.own} name={row.name} acts={acts} />
    </span>
  );
}

function RowMenu({ subscription, name, acts }: { subscription: SubscriptionOnWire; name: string; acts: Acts }) {
  const { say } = useText();
  const navigate = useNavigate();
  const { dispatchToast } = useToastController(TOASTER);
  const opener = useRestoreFocusTarget();
  const mayUpgrade = useMay('upgrade');
  const maySeats = useMay('changeSeats');
  const copy = async () => {
    await navigator.clipboard.writeText(subscription.subscriptionId);
    dispatchToast(
      <Toast>
        <ToastTitle>{say('toast.copied')}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
  };
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          {...opener}
          appearance="subtle"
          size="small"
          icon={<MoreHorizontal20Regular />}
          aria-label={say('common.moreFor', { name })}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {subscription.upgradability.upgradable && (
            <MenuItem
              disabled={!mayUpgrade}
              onClick={() => void navigate(paths.upgrade(acts.customerId, subscription.subscriptionId))}
            >
              {say('card.upgradeNow')}
            </MenuItem>
          )}
          <MenuItem disabled={!maySeats} onClick={() => acts.changeSeats(subscription)}>
            {say('seats.change')}
          </MenuItem>
          <MenuItem onClick={() => void copy()}>{say('subs.copyId')}</MenuItem>
        </MenuList>
        {!maySeats && <Spoken>{say('seats.noRole')}</Spoken>}
      </MenuPopover>
    </Menu>
  );
}
