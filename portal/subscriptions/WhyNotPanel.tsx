import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ArrowClockwise20Regular, CheckmarkCircle16Regular } from '@fluentui/react-icons';
import { useRef } from 'react';
import type { RefusalOnWire } from '../../contract/refusals.ts';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { RouterButton } from '../ui/RouterLink.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import { ReasonBlock } from './ReasonBlock.tsx';

const useStyles = makeStyles({
  reasons: { display: 'flex', flexDirection: 'column', rowGap: '12px', paddingBottom: '16px' },
  group: { margin: '8px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  offer: {
    margin: '4px 0 0',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
  cleared: { display: 'flex', alignItems: 'center', columnGap: '6px', color: tokens.colorStatusSuccessForeground1 },
  at: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

type Props = {
  readonly customerId: string;
  /** Absent when the address names one that is not there. */
  readonly subscription: SubscriptionOnWire | undefined;
  readonly subscriptions: readonly SubscriptionOnWire[];
  readonly changeSeats: (subscription: SubscriptionOnWire) => void;
  readonly close: () => void;
};

/** Every reason why a subscription cannot be upgraded, its evidence and what clears it; checked again on demand. */
export function WhyNotPanel({ customerId, subscription, subscriptions, changeSeats, close }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const subscriptionId = subscription?.subscriptionId ?? '';
  const checked = useAnswer(
    'showEligibility',
    { params: { customerId, subscriptionId } },
    { enabled: subscription !== undefined },
  );
  if (!subscription) return null;
  return (
    <SidePanel
      open
      close={close}
      closeText={say('common.close')}
      title={say('why.title')}
      hint={`${subscription.friendlyName ?? subscription.offerName} · ${subscriptionId.slice(0, 4)}…${subscriptionId.slice(-4)}`}
      foot={
        <>
          <Button
            icon={<ArrowClockwise20Regular />}
            disabledFocusable={checked.isFetching}
            onClick={() => void checked.refetch()}
          >
            {say('common.recheck')}
          </Button>
          <span className={styles.at} role="status">
            {checked.dataUpdatedAt > 0 && say('why.checkedAt', { time: format.time(checked.dataUpdatedAt) })}
          </span>
        </>
      }
    >
      <Answered query={checked} texts={{ loading: 'state.loading', error: 'subs.errorTitle' }}>
        {(eligibility) => (
          <Reasons
            eligibility={eligibility}
            upgradeAt={paths.upgrade(customerId, subscriptionId)}
            evidenceAt={(offerId) => paths.evidence(customerId, subscriptionId, offerId)}
            subscriptionId={subscriptionId}
            changeSeats={(id) => {
              const found = subscriptions.find((one) => one.subscriptionId === id);
              if (found) changeSeats(found);
            }}
          />
        )}
      </Answered>
    </SidePanel>
  );
}

type Eligibility = Value<'showEligibility'>;

function Reasons({
  eligibility,
  upgradeAt,
  evidenceAt,
  ...acts
}: {
  eligibility: Eligibility;
  upgradeAt: string;
  evidenceAt: (targetOfferId: string) => string;
  subscriptionId: string;
  changeSeats: (id: string) => void;
}) {
  const styles = useStyles();
  const { say } = useText();
  const { common, perOffer } = groupReasons(eligibility);
  const all = [...common, ...perOffer.flatMap((group) => group.reasons)];
  // What holds for every target is shown by the first one.
  const firstTarget = eligibility.targets[0]?.offerId;
  const first = useRef(all);
  const cleared = first.current.filter((one) => !all.some((still) => sameReason(still, one)));
  const blockOf = (reason: RefusalOnWire, number: number, to: string | undefined) => (
    <ReasonBlock key={keyOf(reason)} number={number} reason={reason} evidenceAt={to && evidenceAt(to)} {...acts} />
  );
  const kinds = new Set(all.map((one) => one.name)).size;
  return (
    <div className={styles.reasons}>
      <div aria-live="polite">
        {eligibility.upgradable ? (
          <MessageBar intent="success">
            <MessageBarBody>{say('why.cleared')}</MessageBarBody>
          </MessageBar>
        ) : (
          say('why.lead', { n: kinds })
        )}
      </div>
      {eligibility.upgradable && (
        <RouterButton appearance="primary" to={upgradeAt}>
          {say('card.upgradeNow')}
        </RouterButton>
      )}
      {unique(cleared).map((one) => (
        <div key={keyOf(one)} className={styles.cleared}>
          <CheckmarkCircle16Regular />
          {one.title}
        </div>
      ))}
      {!eligibility.upgradable && (
        <>
          {common.map((reason, index) => blockOf(reason, index + 1, firstTarget))}
          {perOffer.length > 0 && <h3 className={styles.group}>{say('why.perOffer')}</h3>}
          {perOffer.map(({ offerId, name, reasons }) => (
            <div key={name} className={styles.reasons}>
              <h4 className={styles.offer}>{name}</h4>
              {reasons.map((reason, index) => blockOf(reason, common.length + index + 1, offerId))}
            </div>
          ))}
        </>
      )}
    </div>
  );
}

/** Reasons that hold for every target once, the rest by target. Of the two upgrade types the one with fewer reasons: it is what stands nearest. */
export function groupReasons({ refusals, targets }: Pick<Eligibility, 'refusals' | 'targets'>) {
  const ofTargets = targets.map(({ offerId, name, types }) => ({
    offerId,
    name,
    reasons: types.map((type) => type.refusals).toSorted((one, other) => one.length - other.length)[0] ?? [],
  }));
  const [first] = ofTargets;
  const shared = (first?.reasons ?? []).filter((reason) =>
    ofTargets.every(({ reasons }) => reasons.some((one) => sameReason(one, reason))),
  );
  return {
    common: [...refusals, ...shared],
    perOffer: ofTargets
      .map(({ offerId, name, reasons }) => ({
        offerId,
        name,
        reasons: reasons.filter((one) => !shared.some((common) => sameReason(common, one))),
      }))
      .filter(({ reasons }) => reasons.length > 0),
  };
}

function keyOf({ name, evidence }: RefusalOnWire): string {
  return `${name} ${JSON.stringify(evidence)}`;
}

function sameReason(one: RefusalOnWire, other: RefusalOnWire): boolean {
  return keyOf(one) === keyOf(other);
}

function unique(reasons: readonly RefusalOnWire[]): RefusalOnWire[] {
  return [...new Map(reasons.map((one) => [keyOf(one), one])).values()];
}
