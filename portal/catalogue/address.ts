import type { useAddress } from '../ui/useAddress.ts';

/** What the address of the map says: `off` shows all that is switched off, `path` opens one. */
export type MapKey = 'platform' | 'offer' | 'to' | 'view' | 'path' | 'off';
export type MapAddress = ReturnType<typeof useAddress<MapKey>>;

export type Platform = 'legacy' | 'newCommerce';

export function platformOf(given: string | null | undefined): Platform {
  return given === 'legacy' ? 'legacy' : 'newCommerce';
}
