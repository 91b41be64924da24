import { makeStyles, Radio, RadioGroup, SearchBox, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { OfferOnWire } from '../../contract/catalog.ts';
import { type TextKey, useText } from '../text.ts';
import { foldForSearch } from '../ui/fold.ts';
import { SCREEN } from '../ui/screen.ts';
import { FilterChip } from '../ui/Toolbar.tsx';

const useStyles = makeStyles({
  find: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginBottom: '8px' },
  search: { width: '280px', [SCREEN.belowTable]: { width: '100%', maxWidth: 'none' } },
  offers: { maxHeight: '320px', overflowY: 'auto' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

type Platform = OfferOnWire['platform'];
const PLATFORM_TEXT: Readonly<Record<Platform, TextKey>> = { newCommerce: 'platform.nce', legacy: 'platform.legacy' };
const PLATFORMS = Object.keys(PLATFORM_TEXT) as Platform[];

type Props = {
  readonly offers: readonly OfferOnWire[];
  readonly chosen: string | undefined;
  readonly choose: (offerId: string) => void;
};

/** All offers of both platforms, found by name as it is spoken, ı and i alike. */
export function OfferChoice({ offers, chosen, choose }: Props) {
  const { say, language } = useText();
  const styles = useStyles();
  const [search, type] = useState('');
  const [platform, filter] = useState<Platform>();
  const list = useChosenInSight();
  const collator = new Intl.Collator(language);
  const wanted = foldForSearch(search);
  const found = offers
    .filter((one) => platform === undefined || one.platform === platform)
    .filter((one) => one.offerId === chosen || foldForSearch(`${one.name} ${one.skuPartNumber}`).includes(wanted))
    .toSorted(
      (one, other) =>
        PLATFORMS.indexOf(one.platform) - PLATFORMS.indexOf(other.platform) || collator.compare(one.name, other.name),
    );
  return (
    <div>
      <div className={styles.find}>
        <SearchBox
          className={styles.search}
          aria-label={say('purchase.search')}
          placeholder={say('purchase.search')}
          value={search}
          onChange={(_event, { value }) => type(value)}
        />
        {PLATFORMS.map((one) => (
          <FilterChip
            key={one}
            text={say(PLATFORM_TEXT[one])}
            on={platform === one}
            change={(on) => filter(on ? one : undefined)}
          />
        ))}
      </div>
      <RadioGroup
        ref={list}
        className={styles.offers}
        aria-label={say('purchase.step1')}
        value={chosen ?? ''}
        onChange={(_event, { value }) => choose(value)}
      >
        {found.map((one) => (
          <Radio key={one.offerId} value={one.offerId} label={<Named offer={one} />} />
        ))}
        {found.length === 0 && <span className={styles.quiet}>{say('purchase.nothingFound')}</span>}
      </RadioGroup>
    </div>
  );
}

/** What the address names is not far down the list, out of sight. */
function useChosenInSight() {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('input:checked')?.parentElement;
    if (list.current && chosen) list.current.scrollTop = chosen.offsetTop - list.current.offsetTop;
  }, []);
  return list;
}

function Named({ offer: { name, platform, seats, trial, addOn } }: { offer: OfferOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const facts = [
    say(PLATFORM_TEXT[platform]),
    trial && say('subs.trial'),
    addOn && say('purchase.addOn'),
    seats.min === seats.max ? say('common.licenses', { n: seats.max }) : say('seats.limitsOf', seats),
  ];
  return (
    <>
      {name}
      <span className={styles.quiet}>{facts.filter(Boolean).join(' · ')}</span>
    </>
  );
}
