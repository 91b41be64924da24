import { mergeClasses } from '@fluentui/react-components';
import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react';
import type { MapOfferOnWire, MapPathOnWire } from '../../contract/upgrade-map.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Spoken } from '../ui/Spoken.tsx';
import { type Box, type Layout, layOut, STEPS } from './layout.ts';
import { useMapStyles } from './map.styles.ts';
import { MapLine } from './MapLine.tsx';

type Props = {
  readonly offers: readonly MapOfferOnWire[];
  readonly paths: readonly MapPathOnWire[];
  readonly chosen: string | undefined;
  /** The end of the way that is looked for, and the paths on it. */
  readonly destination: string | undefined;
  readonly way: ReadonlySet<string>;
  readonly choose: (offerId: string) => void;
  /** Where Escape leads. */
  readonly leave: RefObject<HTMLElement | null>;
};

/** The offers as boxes and the paths as lines: Tab enters, arrows walk along paths, Enter chooses, Escape leaves. */
export function MapPicture({ offers, paths, chosen, destination, way, choose, leave }: Props) {
  const { say } = useText();
  const styles = useMapStyles();
  const place = useMemo(() => layOut(offers, paths), [offers, paths]);
  const targets = new Set(
    paths.filter(({ from, state }) => from.offerId === chosen && state === 'open').map(({ to }) => to.offerId),
  );
  const [visited, visit] = useState<string>();
  const entry = [visited, chosen].find((id) => place.boxes.some(({ offer }) => offer.offerId === id));
  const isThick = ({ pathId, from, state }: MapPathOnWire) =>
    way.has(pathId) || (from.offerId === chosen && state !== 'refused');
  return (
    <>
      <div
        role="group"
        aria-label={say('cat.mapAria', { offers: place.boxes.length, paths: place.lines.length })}
        className={styles.frame}
        onKeyDown={(event) => onKey(event, place, leave)}
      >
        <div className={styles.ground} style={{ width: place.width, height: place.height }}>
          {place.fields.map(({ markets, ...field }) => (
            <MarketField key={markets.join()} markets={markets} field={field} />
          ))}
          <svg className={styles.lines} width={place.width} height={place.height} aria-hidden>
            {place.lines
              .toSorted((one, other) => Number(isThick(one.path)) - Number(isThick(other.path)))
              .map((line) => (
                <MapLine key={line.path.pathId} line={line} thick={isThick(line.path)} />
              ))}
          </svg>
          {place.boxes.map((box, index) => (
            <OfferBox
              key={box.offer.offerId}
              box={box}
              enters={entry === undefined ? index === 0 : box.offer.offerId === entry}
              mark={
                box.offer.offerId === chosen
                  ? 'chosen'
                  : box.offer.offerId === destination
                    ? 'destination'
                    : targets.has(box.offer.offerId)
                      ? 'target'
                      : undefined
              }
              visit={() => visit(box.offer.offerId)}
              choose={() => choose(box.offer.offerId)}
            />
          ))}
        </div>
      </div>
      <Legend states={new Set(paths.map(({ state }) => state))} chosen={chosen !== undefined} />
    </>
  );
}

function onKey(event: KeyboardEvent, place: Layout, leave: RefObject<HTMLElement | null>): void {
  if (event.key === 'Escape') {
    leave.current?.focus();
    return;
  }
  const at = event.target instanceof HTMLElement ? event.target.dataset['offer'] : undefined;
  const box = place.boxes.find(({ offer }) => offer.offerId === at);
  const step = STEPS[event.key];
  if (!box || !step) return;
  event.preventDefault();
  const next = step(place, box)?.offer.offerId;
  if (next) event.currentTarget.querySelector<HTMLElement>(`[data-offer="${next}"]`)?.focus();
}

function MarketField({
  markets,
  field,
}: {
  markets: readonly string[];
  field: { left: number; top: number; width: number; height: number };
}) {
  const { say } = useText();
  const format = useFormat();
  const styles = useMapStyles();
  const { left, top, width, height } = field;
  return (
    <div className={styles.field} style={{ left, top: top - 14, width, height: height + 14 }}>
      <span className={styles.fieldName} style={{ left: 12, top: 4 }}>
        {say('cat.onlyIn', { markets: markets.map((market) => format.country(market)).join(', ') })}
      </span>
    </div>
  );
}

type BoxProps = {
  readonly box: Box;
  readonly enters: boolean;
  readonly mark: 'chosen' | 'destination' | 'target' | undefined;
  readonly visit: () => void;
  readonly choose: () => void;
};

function OfferBox({ box: { offer, ...place }, enters, mark, visit, choose }: BoxProps) {
  const { say } = useText();
  const format = useFormat();
  const styles = useMapStyles();
  return (
    <button
      type="button"
      className={mergeClasses(styles.box, mark && styles[mark])}
      style={place}
      data-offer={offer.offerId}
      tabIndex={enters ? 0 : -1}
      aria-pressed={mark === 'chosen'}
      title={offer.name}
      onFocus={visit}
      onClick={choose}
    >
      <span className={styles.name}>{offer.name}</span>
      <span>{offer.price ? format.money(offer.price) : say('cat.noPrice')}</span>
      {(mark === 'target' || mark === 'destination') && <Spoken>{say(MARK_TEXT[mark])}</Spoken>}
    </button>
  );
}

const MARK_TEXT = { target: 'cat.isTarget', destination: 'cat.isDestination' } as const;

const LEGEND: readonly (readonly [MapPathOnWire['state'] | 'chosen', TextKey])[] = [
  ['chosen', 'cat.legendChosen'],
  ['open', 'cat.legendOpen'],
  ['off', 'cat.legendOff'],
  ['refused', 'cat.legendRefused'],
];

function Legend({ states, chosen }: { states: ReadonlySet<string>; chosen: boolean }) {
  const { say } = useText();
  const styles = useMapStyles();
  const shown = LEGEND.filter(([state]) => (state === 'chosen' ? chosen : states.has(state)));
  return (
    <ul className={styles.legend}>
      {shown.map(([state, text]) => (
        <li key={state}>
          <svg width="28" height="4" aria-hidden>
            <line
              x1="0"
              y1="2"
              x2="28"
              y2="2"
              className={mergeClasses(
                styles.line,
                state === 'chosen' && styles.thick,
                state === 'off' && styles.off,
                state === 'refused' && styles.refused,
              )}
            />
          </svg>
          {say(text)}
        </li>
      ))}
    </ul>
  );
}
