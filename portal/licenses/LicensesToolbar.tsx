import { makeStyles } from '@fluentui/react-components';
import { type ReactNode, useRef } from 'react';
import { useAnswer } from '../api/query.ts';
import { useText } from '../text.ts';
import { Choices } from '../ui/Choices.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import type { useAddress } from '../ui/useAddress.ts';
import { useKeys } from '../ui/useKeys.ts';
import type { LicensesKey } from './call-for-licenses.ts';
import { FIRST_SORT, SORT_TEXT, sortOf, SORTS } from './sorts.ts';

export type LicensesAddress = ReturnType<typeof useAddress<LicensesKey>>;

const useStyles = makeStyles({ bars: { display: 'flex', flexDirection: 'column', rowGap: '8px' } });

const CHIPS = [
  ['unused', 'allLicenses.filterUnused'],
  ['days', 'allLicenses.filterDeadline'],
  ['openWork', 'allLicenses.filterOpenWork'],
] as const;

/** Search and order, and below them what the list can be narrowed by; `end`: what else there is to do with it. */
export function LicensesToolbar({ address, end }: { readonly address: LicensesAddress; readonly end: ReactNode }) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const products = useAnswer('listLicenseFilters', {}).data?.products ?? [];
  const product = say('allLicenses.colProduct');
  return (
    <div className={styles.bars}>
      <Toolbar
        end={
          <>
            <Choices
              label={say('common.sort')}
              value={sortOf(address.get('sort'))}
              options={SORTS.map((value) => ({ value, text: say(SORT_TEXT[value]) }))}
              change={(sort) => address.set({ sort: sort === FIRST_SORT ? undefined : sort })}
            />
            {end}
          </>
        }
      >
        <ListSearch
          label={say('deadlines.search')}
          value={address.get('q') ?? ''}
          change={(q) => address.set({ q })}
          field={search}
        />
      </Toolbar>
      <Toolbar>
        {CHIPS.map(([key, text]) => (
          <FilterChip
            key={key}
            text={say(text)}
            on={address.get(key) !== undefined}
            change={(on) => address.set({ [key]: on ? (key === 'days' ? '30' : 'true') : undefined })}
          />
        ))}
        <Choices
          label={product}
          value={address.get('product') ?? ''}
          options={[
            { value: '', text: say('upgrades.anyOf', { what: product }) },
            ...products.map(({ skuId, name }) => ({ value: skuId, text: name })),
          ]}
          change={(value) => address.set({ product: value })}
        />
      </Toolbar>
    </div>
  );
}
