import { makeStyles, tokens } from '@fluentui/react-components';
import type { OfferOnWire } from '../../contract/catalog.ts';
import { paths } from '../paths.ts';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { RouterButton } from '../ui/RouterLink.tsx';
import { Section } from '../ui/Section.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import { PLATFORM_TEXT, SEGMENT_TEXT } from './texts.ts';
import { servicesOf } from './useOfferColumns.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '20px', paddingBottom: '16px' },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  list: { margin: 0, paddingLeft: '18px' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

/** All that is known of an offer, and the ways on: its place on the map, its prices. */
export function OfferDetails({ offer, close }: { offer: OfferOnWire; close: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const facts = useOfferFacts(offer);
  return (
    <SidePanel open close={close} closeText={say('common.close')} title={offer.name}>
      <div className={styles.content}>
        <FactsList facts={facts} />
        {(['principal', 'companion'] as const).map((role) => {
          const names = servicesOf(offer, role);
          if (names.length === 0) return null;
          return (
            <Section key={role} title={say(role === 'principal' ? 'cat.servicesMain' : 'cat.servicesMore')}>
              <ul className={styles.list}>
                {names.map((name) => (
                  <li key={name}>{name}</li>
                ))}
              </ul>
            </Section>
          );
        })}
        <div className={styles.acts}>
          {!offer.trial && (
            <RouterButton to={paths.offerOnMap(offer.platform, offer.offerId)}>{say('cat.toMap')}</RouterButton>
          )}
          <RouterButton to={`${paths.prices}?${new URLSearchParams({ q: offer.offerId }).toString()}`}>
            {say('cat.toPrices')}
          </RouterButton>
        </div>
      </div>
    </SidePanel>
  );
}

function useOfferFacts(offer: OfferOnWire) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { seats, segment, endOfSaleOn, monthlyPrice, markets, terms, demoId } = offer;
  const id = (text: string) => <span className={styles.id}>{text}</span>;
  return [
    { key: say('cat.platform'), value: say(PLATFORM_TEXT[offer.platform]) },
    {
      key: say('cat.colPrice'),
      value: monthlyPrice ? say('cat.priceOf', { price: format.money(monthlyPrice) }) : say('cat.noPriceLong'),
    },
    { key: say('cat.colLimits'), value: `${format.number(seats.min)}–${format.number(seats.max)}` },
    {
      key: say('cat.colTerms'),
      value: terms
        .map(({ termDuration, billingCycle }) => `${say(TERM_TEXT[termDuration])}, ${say(BILLED_TEXT[billingCycle])}`)
        .join('; '),
    },
    ...(segment ? [{ key: say('cat.colSegment'), value: say(SEGMENT_TEXT[segment]) }] : []),
    {
      key: say('cat.markets'),
      value: markets ? markets.map((market) => format.country(market)).join(', ') : say('cat.everywhere'),
    },
    { key: say('cat.endOfSale'), value: endOfSaleOn ? format.day(endOfSaleOn) : say('cat.noEnd') },
    ...(offer.addOn ? [{ key: say('cat.kind'), value: say('cat.addOn') }] : []),
    ...(offer.trial ? [{ key: say('cat.kind'), value: say('term.trialPlan') }] : []),
    { key: say('cat.offerId'), value: id(offer.offerId) },
    { key: say('cat.sku'), value: id(offer.skuPartNumber) },
    ...(demoId ? [{ key: say('cat.note'), value: say('cat.demoId') }] : []),
  ];
}
