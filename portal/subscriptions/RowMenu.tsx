import { makeStyles, MenuDivider, MenuItem, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { useNavigate } from 'react-router';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useEcho } from '../frame/useEcho.tsx';
import { useMay } from '../frame/useSession.ts';
import { useWhyNot } from '../frame/useWhyNot.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { MoreMenu } from '../ui/MoreMenu.tsx';
import type { OpenAct, SubscriptionAct } from './acts.ts';

const useStyles = makeStyles({
  reason: {
    display: 'block',
    maxWidth: '260px',
    whiteSpace: 'normal',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

type Entry = {
  readonly act: SubscriptionAct;
  readonly text: TextKey;
  readonly needs: 'changeSeats' | 'manageSubscriptions' | 'purchase' | 'viewBills';
  /** Why it cannot be done to this subscription, whoever asks. */
  readonly hindrance?: TextKey | false;
};

/** What fits the state that a subscription is in; the API decides, and says what is against it in the dialog. */
function entriesOf({ status, autoRenew, platform, scheduledChange }: SubscriptionOnWire): readonly Entry[] {
  const charges: Entry = { act: 'charges', text: 'charges.open', needs: 'viewBills' };
  if (status === 'deleted') return [charges];
  const renewal: Entry = autoRenew
    ? { act: 'lapse', text: 'life.lapse', needs: 'manageSubscriptions' }
    : { act: 'renew', text: 'life.renew', needs: 'manageSubscriptions' };
  const plan: Entry = {
    act: 'plan',
    text: 'plan.change',
    needs: 'manageSubscriptions',
    hindrance: platform === 'legacy' ? 'plan.legacyOff' : !autoRenew && 'plan.renewOff',
  };
  return [
    { act: 'seats', text: 'seats.change', needs: 'changeSeats' },
    renewal,
    plan,
    ...(platform === 'legacy' && status === 'active'
      ? [{ act: 'cycle', text: 'cycle.change', needs: 'purchase' } as const]
      : []),
    ...(scheduledChange ? [{ act: 'unplan', text: 'life.unplan', needs: 'manageSubscriptions' } as const] : []),
    status === 'suspended'
      ? { act: 'reactivate', text: 'life.reactivate', needs: 'manageSubscriptions' }
      : { act: 'suspend', text: 'life.suspend', needs: 'manageSubscriptions' },
    { act: 'cancel', text: 'cancel.act', needs: 'changeSeats' },
    charges,
  ];
}

type Props = {
  readonly customerId: string;
  readonly subscription: SubscriptionOnWire;
  readonly name: string;
  readonly open: OpenAct;
};

/** What can be done to a subscription, at the end of its row; what cannot says why and who could. */
export function RowMenu({ customerId, subscription, name, open }: Props) {
  const { say } = useText();
  const navigate = useNavigate();
  const echo = useEcho();
  const mayUpgrade = useMay('upgrade');
  const whyNot = useReasons();
  const { subscriptionId, upgradability } = subscription;
  const upgradeId = useId();
  const copy = async () => {
    await navigator.clipboard.writeText(subscriptionId);
    echo(say('toast.copied'));
  };
  return (
    <MoreMenu
      label={say('common.moreFor', { name })}
      note={
        <>
          {upgradability.upgradable && <WhyNot inMenu id={upgradeId} action="upgrade" lead="card.noRole" />}
          {whyNot.notes}
        </>
      }
    >
      {upgradability.upgradable && (
        <MenuItem
          disabled={!mayUpgrade}
          aria-describedby={upgradeId}
          onClick={() => void navigate(paths.upgrade(customerId, subscriptionId))}
        >
          {say('card.upgradeNow')}
        </MenuItem>
      )}
      {entriesOf(subscription).map((entry) => (
        <ActItem
          key={entry.act}
          entry={entry}
          whyNotId={whyNot.idOf(entry.needs)}
          perform={() => open(entry.act, subscription)}
        />
      ))}
      <MenuDivider />
      <MenuItem onClick={() => void copy()}>{say('subs.copyId')}</MenuItem>
    </MoreMenu>
  );
}

function ActItem({
  entry: { text, needs, hindrance },
  whyNotId,
  perform,
}: {
  entry: Entry;
  whyNotId: string;
  perform: () => void;
}) {
  const { say } = useText();
  const styles = useStyles();
  const may = useMay(needs);
  return (
    <MenuItem disabled={!may || Boolean(hindrance)} aria-describedby={may ? undefined : whyNotId} onClick={perform}>
      {say(text)}
      {hindrance && <span className={styles.reason}>{say(hindrance)}</span>}
    </MenuItem>
  );
}

const NEEDS = ['changeSeats', 'manageSubscriptions', 'purchase', 'viewBills'] as const;

/** Why acts are closed to this agent, below them; what is the same for several is said once. */
function useReasons() {
  const id = useId();
  const why: Readonly<Record<Entry['needs'], string | undefined>> = {
    changeSeats: useWhyNot('changeSeats'),
    manageSubscriptions: useWhyNot('manageSubscriptions'),
    purchase: useWhyNot('purchase'),
    viewBills: useWhyNot('viewBills'),
  };
  const firstLike = (needs: Entry['needs']) => NEEDS.find((other) => why[other] === why[needs]) ?? needs;
  const idOf = (needs: Entry['needs']) => `${id}${firstLike(needs)}`;
  const notes = NEEDS.filter((needs) => firstLike(needs) === needs).map((needs) => (
    <WhyNot key={needs} inMenu id={idOf(needs)} action={needs} />
  ));
  return { idOf, notes };
}
