import { useCallback } from 'react';
import type { ListedCampaignOnWire } from '../../contract/campaigns.ts';
import { useText } from '../text.ts';

type Path = Pick<ListedCampaignOnWire, 'source' | 'target'>;

/** From which offer to which; a file may name several. */
export function usePathName(): (path: Path) => string {
  const { say } = useText();
  return useCallback(
    ({ source, target }) => {
      const several = say('bulk.severalOffers');
      if (source === null && target === null) return say('bulk.severalPaths');
      return say('confirm.line', { from: source?.name ?? several, to: target?.name ?? several });
    },
    [say],
  );
}
