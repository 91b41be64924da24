import { makeStyles, Select } from '@fluentui/react-components';
import { type ReactNode, useRef } from 'react';
import { useText } from '../text.ts';
import { ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useKeys } from '../ui/useKeys.ts';
import { PLATFORM_TEXT } from './texts.ts';

const useStyles = makeStyles({ select: { flexShrink: 0 } });

type Props = {
  readonly search: string | undefined;
  readonly platform: string | undefined;
  readonly change: (to: { readonly q?: string; readonly platform?: string }) => void;
  readonly end: ReactNode;
  readonly children?: ReactNode;
};

/** Search and platform, and what else a list of the catalog is narrowed by. */
export function CatalogueToolbar({ search, platform, change, end, children }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  return (
    <Toolbar end={end}>
      <ListSearch label={say('cat.search')} value={search ?? ''} change={(q) => change({ q })} field={field} />
      <Select
        className={styles.select}
        aria-label={say('cat.platform')}
        value={platform ?? ''}
        onChange={(_event, { value }) => change({ platform: value })}
      >
        <option value="">{say('cat.bothPlatforms')}</option>
        {(['newCommerce', 'legacy'] as const).map((one) => (
          <option key={one} value={one}>
            {say(PLATFORM_TEXT[one])}
          </option>
        ))}
      </Select>
      {children}
    </Toolbar>
  );
}
