import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { RefusalName, RefusalOnWire } from '../../contract/refusals.ts';
import { useParams } from 'react-router';
import { type HelpPage, paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { type Fact, FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { FOREIGN_CHANNEL_TEXT } from './rows.ts';
import { RouterButton } from '../ui/RouterLink.tsx';

const useStyles = makeStyles({
  block: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '6px',
    padding: '12px 14px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '6px',
  },
  head: { display: 'flex', alignItems: 'center', columnGap: '10px' },
  number: {
    display: 'grid',
    placeItems: 'center',
    width: '20px',
    height: '20px',
    flexShrink: 0,
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorStatusDangerBorder1}`,
    backgroundColor: tokens.colorStatusDangerBackground1,
    color: tokens.colorStatusDangerForeground1,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  title: { margin: 0, flexGrow: 1, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  condition: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  text: { margin: 0 },
  remedy: { margin: 0, color: tokens.colorNeutralForeground2 },
  acts: { display: 'flex', gap: '8px', flexWrap: 'wrap', marginTop: '2px' },
});

type Clearing = {
  /** The condition of the program that it breaks, if it is one of the four. */
  readonly condition?: 1 | 2 | 3 | 4;
  readonly who: TextKey;
  readonly help?: HelpPage;
  readonly act?: TextKey;
};

/** For each reason the condition, who can clear it, and where it says how. */
const CLEARING: Readonly<Record<RefusalName, Clearing>> = {
  'subscription-not-active': { condition: 1, who: 'why.whoYou', help: 'switching-plans', act: 'common.learnMore' },
  'subscription-not-provisioned': { who: 'why.whoTime' },
  'delegated-privileges-missing': {
    condition: 2,
    who: 'why.whoCustomer',
    act: 'reason.E1.action',
  },
  'delegated-privileges-not-covering': {
    condition: 2,
    who: 'why.whoCustomer',
    act: 'reason.E1.action',
  },
  'granular-role-missing': {
    condition: 2,
    who: 'why.whoCustomer',
    act: 'reason.E11.action',
  },
  'granular-privileges-lapsed': {
    condition: 2,
    who: 'why.whoCustomer',
    act: 'reason.E11.action',
  },
  'services-already-owned': { condition: 3, who: 'why.whoCustomer', help: 'switching-plans', act: 'common.learnMore' },
  'target-already-owned': { condition: 4, who: 'why.whoCustomer', help: 'switching-plans', act: 'common.learnMore' },
  'user-context-required': { who: 'why.whoYou' },
  'add-ons-present': { who: 'why.whoYou' },
  'no-upgrade-path': { who: 'why.whoYou', help: 'switching-plans', act: 'reason.E7.action' },
  'target-not-listed': { who: 'why.whoYou' },
  'billing-cycle-not-supported': { who: 'why.whoYou', help: 'billing-scenarios', act: 'common.learnMore' },
  'target-not-priced': { who: 'why.whoColleague' },
  'quantity-out-of-range': { who: 'why.whoYou' },
  'partial-upgrade-not-supported': { who: 'why.whoYou' },
  'renewal-running': { who: 'why.whoYou' },
  'term-not-offered': { who: 'why.whoYou' },
  'term-shorter': { who: 'why.whoYou' },
  'billing-cycle-longer-than-term': { who: 'why.whoYou' },
  'tenant-maximum-exceeded': { who: 'why.whoYou' },
  'destination-unknown': { who: 'why.whoYou' },
  'destination-is-source': { who: 'why.whoYou' },
  'destination-of-other-offer': { who: 'why.whoYou' },
  'destination-not-active': { who: 'why.whoYou' },
  'destination-not-ready': { who: 'why.whoYou' },
  'destination-in-window': { who: 'why.whoYou' },
  'destination-term-shorter': { who: 'why.whoYou' },
  'destination-ends-earlier': { who: 'why.whoYou' },
  'users-not-licensed': { who: 'why.whoYou' },
  'licenses-still-assigned': { who: 'why.whoYou', help: 'reassigning-licenses', act: 'common.learnMore' },
  'reseller-relationship-missing': { who: 'why.whoCustomer', help: 'requesting-privileges', act: 'common.learnMore' },
  'offer-unknown': { who: 'why.whoYou' },
  'offer-not-sold': { who: 'why.whoYou' },
  'add-on-without-base': { who: 'why.whoYou' },
  'offer-is-no-add-on': { who: 'why.whoYou' },
  'trial-not-changeable': { who: 'why.whoTime' },
  'trial-term-fixed': { who: 'why.whoYou' },
  'not-suspended': { who: 'why.whoYou' },
  'base-not-active': { who: 'why.whoYou' },
  'auto-renew-off': { who: 'why.whoYou' },
  'renewal-not-changeable': { who: 'why.whoTime' },
  'end-date-not-supported': { who: 'why.whoYou' },
  'end-date-outside-term': { who: 'why.whoYou' },
  'end-date-matches-nothing': { who: 'why.whoYou' },
  'seats-not-removable': { who: 'why.whoYou' },
  'too-many-updates': { who: 'why.whoYou' },
  'too-many-subscriptions': { who: 'why.whoYou' },
  'trial-had-before': { who: 'why.whoYou' },
  'cancellation-window-passed': { who: 'why.whoYou' },
  'billing-cycle-not-changeable': { who: 'why.whoYou' },
  'segment-not-qualified': { who: 'why.whoCustomer' },
  'offer-end-of-sale': { who: 'why.whoYou' },
  'teams-suite-closed': { who: 'why.whoYou' },
  'specialized-at-renewal': { who: 'why.whoTime' },
};

type Props = {
  readonly number: number;
  readonly reason: RefusalOnWire;
  /** Opens the number of licenses of one of our subscriptions. */
  readonly changeSeats?: ((subscriptionId: string) => void) | undefined;
  readonly subscriptionId?: string;
  /** Where the evidence of a refusal through another subscription is told. */
  readonly evidenceAt?: string | undefined;
  /** Absent where the address names the customer. */
  readonly customerId?: string;
};

/** One reason: what it breaks, the evidence, who clears it and how. */
export function ReasonBlock({ number, reason, changeSeats, subscriptionId, evidenceAt, customerId }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const { condition, who } = CLEARING[reason.name];
  const ours = ownSubscription(reason);
  const seats =
    reason.name === 'quantity-out-of-range'
      ? subscriptionId
      : reason.name === 'target-already-owned'
        ? ours
        : undefined;
  const here = useParams()['customerId'] ?? '';
  const way = wayToClear(reason, customerId ?? here);
  const facts = useEvidence(reason);
  return (
    <section className={styles.block} aria-label={reason.title}>
      <div className={styles.head}>
        <span className={styles.number}>{number}</span>
        <h3 className={styles.title}>{reason.title}</h3>
        {condition && <span className={styles.condition}>{say('why.condition', { n: condition })}</span>}
      </div>
      <p className={styles.text}>{reason.message}</p>
      <FactsList facts={[{ key: say('why.whoClears'), value: say(ours ? 'why.whoYou' : who) }, ...facts]} />
      <p className={styles.remedy}>{reason.remedy}</p>
      <div className={styles.acts}>
        {seats && changeSeats && (
          <Button size="small" onClick={() => changeSeats(seats)}>
            {say(reason.name === 'quantity-out-of-range' ? 'reason.E15.action' : 'reason.E4.actionLegacy')}
          </Button>
        )}
        {evidenceAt && (reason.name === 'services-already-owned' || reason.name === 'target-already-owned') && (
          <RouterButton size="small" to={evidenceAt}>
            {say('evidence.open')}
          </RouterButton>
        )}
        {way && (
          <RouterButton size="small" to={way.to}>
            {say(way.text)}
          </RouterButton>
        )}
      </div>
    </section>
  );
}

/** Where a reason is cleared, or where it says how; undefined: on no page. */
export function wayToClear(
  reason: RefusalOnWire,
  customerId: string,
): { readonly text: TextKey; readonly to: string } | undefined {
  const { act: text, help } = CLEARING[reason.name];
  if (text === undefined) return undefined;
  const roles = missingRoles(reason);
  if (roles !== undefined) return { text, to: paths.newRequest({ customerId, roles }) };
  return help && { text, to: paths.help(help) };
}

/** What a request must ask for to clear the reason; undefined: no request clears it. */
function missingRoles(reason: RefusalOnWire): readonly string[] | undefined {
  switch (reason.name) {
    case 'delegated-privileges-missing':
    case 'delegated-privileges-not-covering':
      return [];
    case 'granular-role-missing':
    case 'granular-privileges-lapsed':
      // Microsoft names the reading roles alone for the plain upgrade, so one goes with it.
      return [...new Set(['directoryReader', reason.evidence.role])];
    default:
      return undefined;
  }
}

/** The subscription of ours that stands in the way, where it is one: then we can clear it ourselves. */
function ownSubscription(reason: RefusalOnWire): string | undefined {
  const holdings =
    reason.name === 'target-already-owned'
      ? reason.evidence.holdings
      : reason.name === 'services-already-owned'
        ? reason.evidence.overlaps.map(({ holding }) => holding)
        : [];
  const [first] = holdings;
  return first && holdings.every(({ ours }) => ours) ? (first.subscriptionId ?? undefined) : undefined;
}

/** What the reason rests on, beyond what its sentence says. */
function useEvidence(reason: RefusalOnWire): readonly Fact[] {
  const { say } = useText();
  const format = useFormat();
  switch (reason.name) {
    case 'granular-role-missing':
      return [{ key: say('priv.short'), value: say('priv.gdap') }];
    case 'granular-privileges-lapsed':
      return [
        { key: say('priv.short'), value: say('priv.gdap') },
        { key: say('evidence.ended'), value: format.day(reason.evidence.endedAt.slice(0, 10)) },
      ];
    case 'services-already-owned':
      return holdingFacts(
        reason.evidence.overlaps.map(({ holding }) => holding),
        say,
      );
    case 'target-already-owned':
      return holdingFacts(reason.evidence.holdings, say);
    case 'quantity-out-of-range':
      return [
        {
          key: say('evidence.limit'),
          value: `${format.number(reason.evidence.min)}–${format.number(reason.evidence.max)}`,
        },
      ];
    default:
      return [];
  }
}

type Holding = {
  readonly offerName: string;
  readonly channel: keyof typeof FOREIGN_CHANNEL_TEXT;
  readonly ours: boolean;
};

function holdingFacts(holdings: readonly Holding[], say: ReturnType<typeof useText>['say']): Fact[] {
  const [first] = holdings;
  if (!first) return [];
  return [
    { key: say('evidence.subscription'), value: [...new Set(holdings.map(({ offerName }) => offerName))].join(', ') },
    { key: say('evidence.soldBy'), value: say(first.ours ? 'channel.own' : FOREIGN_CHANNEL_TEXT[first.channel]) },
  ];
}
