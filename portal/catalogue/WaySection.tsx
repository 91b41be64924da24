import { makeStyles, tokens } from '@fluentui/react-components';
import type { UpgradeMapOnWire, UpgradeWayOnWire } from '../../contract/upgrade-map.ts';
import { useAnswer } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { MapAddress } from './address.ts';
import { OfferPicker } from './OfferPicker.tsx';
import { PathServices } from './PathServices.tsx';
import { NO_WAY_TEXT } from './texts.ts';

const useStyles = makeStyles({
  section: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: '6px',
    marginTop: '14px',
    padding: '12px',
    borderRadius: '6px',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  hint: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  line: { margin: 0 },
  steps: { margin: 0, paddingLeft: '20px' },
  step: { paddingBottom: '8px' },
  row: { display: 'flex', justifyContent: 'space-between', columnGap: '12px', fontWeight: tokens.fontWeightSemibold },
  amount: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
});

type Props = { readonly map: UpgradeMapOnWire; readonly address: MapAddress; readonly fromId: string };

/** The cheapest way from the chosen offer to another, step by step; or one sentence why there is none. */
export function WaySection({ map, address, fromId }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const to = address.get('to');
  const { data: way, error } = useWay(fromId, to);
  return (
    <section className={styles.section} aria-label={say('cat.wayTitle')}>
      <h3 className={styles.title}>{say('cat.wayTitle')}</h3>
      <OfferPicker
        label={say('cat.wayTo')}
        offers={map.offers.filter(({ offerId }) => offerId !== fromId)}
        chosen={to}
        choose={(offerId) => address.set({ to: offerId })}
      />
      <p className={styles.hint}>{say('cat.wayRule')}</p>
      <div role="status">{to && way && <Found way={way} />}</div>
      {to && error && <ProblemBar error={error} />}
    </section>
  );
}

/** Asked once for the page: the picture marks the way, the panel tells it. */
export function useWay(fromId: string | undefined, to: string | undefined) {
  return useAnswer(
    'findUpgradeWay',
    { query: { from: fromId ?? '', to: to ?? '' } },
    { enabled: fromId !== undefined && to !== undefined },
  );
}

function Found({ way }: { way: UpgradeWayOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  if (way.none) {
    const { reason, needed } = way.none;
    const markets = [...new Set(needed.flatMap(({ openIn }) => openIn))].map((market) => format.country(market));
    const names = needed.map(({ from, to }) => `${from.name} → ${to.name}`);
    return (
      <p className={styles.line}>
        {say(NO_WAY_TEXT[reason], { markets: markets.join(', '), paths: names.join('; '), n: names.length })}
      </p>
    );
  }
  const total = way.difference
    ? say('cat.wayTotal', { n: way.steps.length, amount: format.signedMoney(way.difference) })
    : say('cat.waySteps', { n: way.steps.length });
  return (
    <>
      <p className={styles.line}>
        {total}
        {way.steps.length > 1 && way.between && ` ${say('cat.wayBetween', { amount: format.money(way.between) })}`}
      </p>
      <ol className={styles.steps}>
        {way.steps.map((step) => (
          <li key={step.pathId} className={styles.step}>
            <span className={styles.row}>
              <span>{step.to.name}</span>
              <span className={styles.amount}>{format.money(step.price)}</span>
            </span>
            {step.difference && (
              <span className={styles.hint}>
                {say('cat.stepMore', { amount: format.signedMoney(step.difference) })}
              </span>
            )}
            <PathServices services={step.services} />
          </li>
        ))}
      </ol>
    </>
  );
}
