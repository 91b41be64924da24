import { makeStyles } from '@fluentui/react-components';
import { type ReactNode, useRef } from 'react';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { useAnswer } from '../api/query.ts';
import { type TextKey, useText } from '../text.ts';
import { Choices } from '../ui/Choices.tsx';
import { ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import type { useAddress } from '../ui/useAddress.ts';
import { useKeys } from '../ui/useKeys.ts';
import { PERIODS, type UpgradesKey } from './call-for-upgrades.ts';
import { SORT_TEXT, sortOf, SORTS } from './sorts.ts';
import { STATE_TEXT } from './UpgradeState.tsx';
import { WAY_TEXT } from './ways.ts';

export type UpgradesAddress = ReturnType<typeof useAddress<UpgradesKey>>;

const useStyles = makeStyles({ bars: { display: 'flex', flexDirection: 'column', rowGap: '8px' } });

const STATES: Readonly<Record<UpgradeOnWire['state'], TextKey>> = { ...STATE_TEXT, applied: 'upgrades.stDone' };
const PERIOD_TEXT: Readonly<Record<(typeof PERIODS)[number], TextKey>> = {
  all: 'audit.periodAll',
  1: 'audit.period1',
  7: 'audit.period7',
  30: 'audit.period30',
  90: 'audit.period90',
};

/** Search and order, and below them what the list can be narrowed by; `end`: what else there is to do with it. */
export function UpgradesToolbar({ address, end }: { readonly address: UpgradesAddress; readonly end: ReactNode }) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  return (
    <div className={styles.bars}>
      <Toolbar
        end={
          <>
            <Choices
              label={say('common.sort')}
              value={sortOf(address.get('sort'))}
              options={SORTS.map((value) => ({ value, text: say(SORT_TEXT[value]) }))}
              change={(sort) => address.set({ sort: sort === 'newest' ? undefined : sort })}
            />
            {end}
          </>
        }
      >
        <ListSearch
          label={say('upgrades.search')}
          value={address.get('q') ?? ''}
          change={(q) => address.set({ q })}
          field={search}
        />
      </Toolbar>
      <Narrowing address={address} />
    </div>
  );
}

/** A line of its own: with the search they would not fit. */
function Narrowing({ address }: { readonly address: UpgradesAddress }) {
  const { say } = useText();
  const filters = useAnswer('listUpgradeFilters', {}).data;
  const named = (texts: Readonly<Record<string, TextKey>>) =>
    Object.entries(texts).map(([value, text]) => ({ value, text: say(text) }));
  const choice = (key: UpgradesKey, label: string, options: readonly { value: string; text: string }[]) => (
    <Choices
      label={label}
      value={address.get(key) ?? ''}
      options={[{ value: '', text: say('upgrades.anyOf', { what: label }) }, ...options]}
      change={(value) => address.set({ [key]: value })}
    />
  );
  const offers = filters?.offers.map(({ offerId, name }) => ({ value: offerId, text: name })) ?? [];
  const submitters = filters?.submitters.map(({ agentId, name }) => ({ value: agentId, text: name })) ?? [];
  return (
    <Toolbar>
      {choice('state', say('upgrades.colStatus'), named(STATES))}
      {choice('way', say('compare.colWay'), named(WAY_TEXT))}
      {choice('offer', say('upgrades.offer'), offers)}
      {choice('by', say('upgrades.colBy'), submitters)}
      <Choices
        label={say('audit.period')}
        value={address.get('period') ?? 'all'}
        options={PERIODS.map((value) => ({ value, text: say(PERIOD_TEXT[value]) }))}
        change={(period) => address.set({ period: period === 'all' ? undefined : period })}
      />
    </Toolbar>
  );
}
