import type { ImportVersionOnWire } from '../../contract/imports.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PLATFORM_TEXT } from './texts.ts';

/** What versions are of: prices of a market or of all, paths of a platform. */
export function useScopeText() {
  const { say } = useText();
  const format = useFormat();
  return (subject: ImportVersionOnWire['subject'], scope: ImportVersionOnWire['scope']): string => {
    if (scope === 'legacy' || scope === 'newCommerce')
      return say('cat.scopePaths', { platform: say(PLATFORM_TEXT[scope]) });
    if (subject === 'paths') return scope;
    return scope === '*' ? say('cat.scopeOwn') : say('cat.scopeMarket', { market: format.country(scope) });
  };
}
