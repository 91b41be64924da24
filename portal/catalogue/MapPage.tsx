import { makeStyles, Select, tokens } from '@fluentui/react-components';
import { useMemo, useRef } from 'react';
import type { UpgradeMapOnWire } from '../../contract/upgrade-map.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';
import { FilterChip, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useKeys } from '../ui/useKeys.ts';
import { type MapAddress, type MapKey, type Platform, platformOf } from './address.ts';
import { MapPicture } from './MapPicture.tsx';
import { OfferPanel } from './OfferPanel.tsx';
import { OfferPicker } from './OfferPicker.tsx';
import { PathPanel } from './PathPanel.tsx';
import { PathTable } from './PathTable.tsx';
import { PLATFORM_TEXT } from './texts.ts';
import { useNarrow } from './useNarrow.ts';
import { useWay } from './WaySection.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 304px',
    alignItems: 'start',
    gap: '16px',
    [SCREEN.belowPreview]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  side: {
    padding: '16px 20px',
    outlineStyle: 'none',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  select: { flexShrink: 0 },
  views: { display: 'flex', columnGap: '8px', flexShrink: 0 },
  picker: { width: '280px', flexShrink: 0, [SCREEN.belowTable]: { width: '210px' } },
});

/** Which offer can become which, as a picture or as a table. */
export function MapPage() {
  const address = useAddress<MapKey>();
  const platform = platformOf(address.get('platform'));
  const map = useAnswer('showUpgradeMap', { query: { platform } }, { keep: true });
  const narrow = useNarrow();
  const view = address.get('view') ?? (narrow ? 'table' : 'map');
  return (
    <>
      {useMay('view') && <MapToolbar address={address} platform={platform} map={map.data} view={view} />}
      <Answered query={map} texts={TEXTS}>
        {(found) => <UpgradeMap map={found} address={address} view={view} />}
      </Answered>
    </>
  );
}

const TEXTS = { loading: 'cat.loadingMap', error: 'cat.errorMap', noPermission: 'cat.noPermTitle' } as const;

type ToolbarProps = {
  readonly address: MapAddress;
  readonly platform: Platform;
  readonly map: UpgradeMapOnWire | undefined;
  readonly view: string;
};

function MapToolbar({ address, platform, map, view }: ToolbarProps) {
  const { say } = useText();
  const styles = useStyles();
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  return (
    <Toolbar
      end={
        <div className={styles.views} role="group" aria-label={say('cat.view')}>
          <FilterChip text={say('cat.viewMap')} on={view !== 'table'} change={() => address.set({ view: 'map' })} />
          <FilterChip text={say('cat.viewTable')} on={view === 'table'} change={() => address.set({ view: 'table' })} />
        </div>
      }
    >
      <div className={styles.picker}>
        <OfferPicker
          label={say('cat.chooseOffer')}
          offers={map?.offers ?? []}
          chosen={address.get('offer')}
          choose={(offer) => address.set({ offer, to: undefined })}
          field={field}
        />
      </div>
      <Select
        className={styles.select}
        aria-label={say('cat.platform')}
        value={platform}
        onChange={(_event, { value }) =>
          address.set({ platform: platformOf(value), offer: undefined, to: undefined, path: undefined })
        }
      >
        {(['newCommerce', 'legacy'] as const).map((one) => (
          <option key={one} value={one}>
            {say(PLATFORM_TEXT[one])}
          </option>
        ))}
      </Select>
      <FilterChip
        text={say('cat.showOff')}
        on={address.get('off') !== undefined}
        change={(on) => address.set({ off: on ? '1' : undefined })}
      />
    </Toolbar>
  );
}

function UpgradeMap({ map, address, view }: { map: UpgradeMapOnWire; address: MapAddress; view: string }) {
  const { say } = useText();
  const styles = useStyles();
  const side = useRef<HTMLElement>(null);
  const chosen = map.offers.find(({ offerId }) => offerId === address.get('offer'))?.offerId;
  const to = chosen === undefined ? undefined : address.get('to');
  const way = useWay(chosen, to).data;
  const all = address.get('off') !== undefined;
  const paths = useMemo(
    () => map.paths.filter(({ state, from }) => all || state !== 'off' || from.offerId === chosen),
    [map, all, chosen],
  );
  const offers = useMemo(() => {
    const touched = new Set([chosen, ...paths.flatMap(({ from, to: end }) => [from.offerId, end.offerId])]);
    return map.offers.filter(({ offerId }) => touched.has(offerId));
  }, [map, paths, chosen]);
  const open = map.paths.find(({ pathId }) => pathId === address.get('path'));
  return (
    <div className={styles.columns}>
      <Panel>
        {view === 'table' ? (
          <PathTable paths={paths} chosen={chosen} address={address} />
        ) : (
          <MapPicture
            offers={offers}
            paths={paths}
            chosen={chosen}
            destination={to}
            way={new Set(to ? way?.steps.map(({ pathId }) => pathId) : [])}
            choose={(offer) => address.set({ offer, to: undefined })}
            leave={side}
          />
        )}
      </Panel>
      <Panel>
        <section ref={side} tabIndex={-1} className={styles.side} aria-label={say('cat.chosenOffer')}>
          <OfferPanel map={map} address={address} />
        </section>
      </Panel>
      {open && <PathPanel key={open.pathId} path={open} close={() => address.set({ path: undefined })} />}
    </div>
  );
}
