import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { MapPathOnWire, UpgradeMapOnWire } from '../../contract/upgrade-map.ts';
import { useAnswer } from '../api/query.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Spoken } from '../ui/Spoken.tsx';
import type { MapAddress } from './address.ts';
import { PathServices } from './PathServices.tsx';
import { PathStateBadge } from './PathStateBadge.tsx';
import { byState } from './texts.ts';
import { WaySection } from './WaySection.tsx';

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  second: {
    margin: '14px 0 0',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { margin: '2px 0 0', color: tokens.colorNeutralForeground2 },
  targets: { margin: '8px 0 0', padding: 0, listStyleType: 'none' },
  target: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: '2px',
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  row: { display: 'flex', width: '100%', justifyContent: 'space-between', columnGap: '12px' },
  name: { fontWeight: tokens.fontWeightSemibold, textAlign: 'start' },
  amount: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  count: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  more: { fontSize: tokens.fontSizeBase200, lineHeight: '24px' },
  sources: { margin: '2px 0 0', display: 'flex', flexWrap: 'wrap', columnGap: '12px' },
});

type Props = { readonly map: UpgradeMapOnWire; readonly address: MapAddress };

/** The chosen offer: its price, where it can go and what that changes, and how many could go now. */
export function OfferPanel({ map, address }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const format = useFormat();
  const offer = map.offers.find(({ offerId }) => offerId === address.get('offer'));
  if (!offer) {
    return (
      <>
        <h2 className={styles.title}>{say('cat.noneChosen')}</h2>
        <p className={styles.quiet}>{say('cat.mapLead')}</p>
      </>
    );
  }
  const leading = map.paths.filter(({ from }) => from.offerId === offer.offerId).toSorted(byState);
  const coming = map.paths.filter(({ to, state }) => to.offerId === offer.offerId && state === 'open');
  const open = leading.filter(({ state }) => state === 'open').length;
  return (
    <>
      <h2 className={styles.title}>{offer.name}</h2>
      <p className={styles.quiet}>
        {offer.price ? say('cat.priceOf', { price: format.money(offer.price) }) : say('cat.noPriceLong')}
        {' · '}
        {say('cat.pathsFrom', { n: open })}
      </p>
      <WaySection map={map} address={address} fromId={offer.offerId} />
      <h3 className={styles.second}>{say('cat.targets')}</h3>
      {leading.length === 0 && <p className={styles.quiet}>{say('cat.noTargets')}</p>}
      <Targets leading={leading} offerId={offer.offerId} address={address} />
      {coming.length > 0 && (
        <>
          <h3 className={styles.second}>{say('cat.sources')}</h3>
          <p className={styles.sources}>
            {coming.map(({ from }) => (
              <Link key={from.offerId} as="button" onClick={() => address.set({ offer: from.offerId, to: undefined })}>
                {from.name}
              </Link>
            ))}
          </p>
        </>
      )}
    </>
  );
}

/** How many subscriptions could go along a path, with the way to their customers. */
function Count({ path, count, more }: { path: MapPathOnWire; count: number; more: boolean }) {
  const { say } = useText();
  const words = say(more ? 'cat.couldGoLeast' : 'cat.couldGo', { n: count });
  return count > 0 ? <RouterLink to={paths.customersOnPath(path.pathId)}>{words}</RouterLink> : words;
}

type TargetsProps = {
  readonly leading: readonly MapPathOnWire[];
  readonly offerId: string;
  readonly address: MapAddress;
};

function Targets({ leading, offerId, address }: TargetsProps) {
  const { say } = useText();
  const styles = useStyles();
  const format = useFormat();
  const counted = useAnswer('countUpgradable', { query: { offerId } }).data;
  const countOf = (target: string) => counted?.targets.find((one) => one.offerId === target)?.count ?? 0;
  return (
    <ul className={styles.targets}>
      {leading.map((path) => (
        <li key={path.pathId} className={styles.target}>
          <span className={styles.row}>
            <Link
              as="button"
              className={styles.name}
              onClick={() => address.set({ offer: path.to.offerId, to: undefined })}
            >
              {path.to.name}
            </Link>
            <span className={styles.amount}>{path.difference ? format.signedMoney(path.difference) : '–'}</span>
          </span>
          {path.state !== 'open' && <PathStateBadge path={path} />}
          {path.state === 'open' && <PathServices services={path.services} />}
          {(path.state === 'open' || path.state === 'elsewhere') && (
            <span className={styles.count}>
              {counted ? (
                <Count path={path} count={countOf(path.to.offerId)} more={counted.more} />
              ) : (
                say('cat.counting')
              )}
            </span>
          )}
          {path.state === 'open' && countOf(path.to.offerId) > 0 && (
            <RouterLink to={paths.newCampaign({ from: offerId, to: path.to.offerId })} className={styles.more}>
              {say('cat.startBulk')}
              <Spoken>: {path.to.name}</Spoken>
            </RouterLink>
          )}
          <Link as="button" className={styles.more} onClick={() => address.set({ path: path.pathId })}>
            {say('cat.pathDetails')}
            <Spoken>: {path.to.name}</Spoken>
          </Link>
        </li>
      ))}
    </ul>
  );
}
