import type { MapPathOnWire, UpgradeWayOnWire } from '../../contract/upgrade-map.ts';
import type { TextKey } from '../text.ts';
import type { Platform } from './address.ts';

export const PLATFORM_TEXT: Readonly<Record<Platform, TextKey>> = {
  newCommerce: 'platform.nce',
  legacy: 'platform.legacy',
};

export const STATE_TEXT: Readonly<Record<MapPathOnWire['state'], TextKey>> = {
  open: 'cat.stateOpen',
  elsewhere: 'cat.stateElsewhere',
  off: 'cat.stateOff',
  refused: 'cat.stateRefused',
};

type Reason = NonNullable<UpgradeWayOnWire['none']>['reason'];
export const NO_WAY_TEXT: Readonly<Record<Reason, TextKey>> = {
  'same-offer': 'cat.noWaySame',
  'other-platform': 'cat.noWayPlatform',
  'not-priced': 'cat.noWayPrice',
  'refused-by-name': 'cat.noWayRefused',
  'other-market': 'cat.noWayMarket',
  'switched-off': 'cat.noWayOff',
  unconnected: 'cat.noWayUnconnected',
};

export const SEGMENT_TEXT = {
  commercial: 'cat.segmentCommercial',
  education: 'cat.segmentEducation',
  nonprofit: 'cat.segmentNonprofit',
  government: 'cat.segmentGovernment',
} as const satisfies Record<string, TextKey>;

/** In which order paths are told. */
const STATES = Object.keys(STATE_TEXT) as readonly MapPathOnWire['state'][];

export function byState(one: MapPathOnWire, other: MapPathOnWire): number {
  return STATES.indexOf(one.state) - STATES.indexOf(other.state);
}
