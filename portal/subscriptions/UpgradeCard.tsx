import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useMay } from '../frame/useSession.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { RouterButton } from '../ui/RouterLink.tsx';
import { compareDecimals } from './rows.ts';

const SHOWN_OFFERS = 3;

const useStyles = makeStyles({
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  offers: { listStyleType: 'none', margin: '10px 0', padding: 0, borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  offer: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) max-content',
    columnGap: '12px',
    padding: '7px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  price: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  adds: { gridColumn: '1 / -1' },
  line: { display: 'block' },
  assurance: { margin: '0 0 12px' },
});

type Props = { readonly titleId: string; readonly customerId: string; readonly subscription: SubscriptionOnWire };

/** What the subscription could become, from what price, and the way there. */
export function UpgradeCard({ titleId, customerId, subscription }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const may = useMay('upgrade');
  const { currency, upgradability } = subscription;
  const offers = upgradability.eligibleTargets.toSorted((one, other) =>
    compareDecimals(one.unitPrice ?? '0', other.unitPrice ?? '0'),
  );
  const lowest = offers[0]?.unitPrice;
  return (
    <>
      <h2 id={titleId} className={styles.title}>
        {say('card.title')}
      </h2>
      <div className={styles.quiet}>
        {say('card.offers', { n: offers.length })}
        {lowest &&
          ` · ${say('card.from', { price: format.money({ amount: lowest, currency }), unit: say('common.perUserMonth') })}`}
      </div>
      <ul className={styles.offers}>
        {offers.slice(0, SHOWN_OFFERS).map((offer) => (
          <li key={offer.offerId} className={styles.offer}>
            <span>{offer.name}</span>
            <span className={styles.price}>
              {offer.unitPrice && format.money({ amount: offer.unitPrice, currency })}
            </span>
            {offer.adds.length > 0 && (
              <span className={`${styles.quiet} ${styles.adds}`}>
                {say('card.addsServices', { services: offer.adds.join(', ') })}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className={`${styles.quiet} ${styles.assurance}`}>
        {upgradability.blockedTargets > 0 && (
          <span className={styles.line}>{say('card.blocked', { n: upgradability.blockedTargets })}</span>
        )}
        {say('card.irreversible')}
      </p>
      {may ? (
        <RouterButton appearance="primary" to={paths.upgrade(customerId, subscription.subscriptionId)}>
          {say('card.upgradeNow')}
        </RouterButton>
      ) : (
        <>
          <Button appearance="primary" disabledFocusable aria-describedby={`${titleId}-role`}>
            {say('card.upgradeNow')}
          </Button>
          <WhyNot id={`${titleId}-role`} action="upgrade" lead="card.noRole" />
        </>
      )}
    </>
  );
}
