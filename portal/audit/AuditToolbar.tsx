import { makeStyles, Select, Tag, TagGroup } from '@fluentui/react-components';
import { useRef } from 'react';
import { useAnswer } from '../api/query.ts';
import { type TextKey, useText } from '../text.ts';
import { SCREEN } from '../ui/screen.ts';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import type { useAddress } from '../ui/useAddress.ts';
import { useKeys } from '../ui/useKeys.ts';
import { type AuditKey, type Period, periodOf, PERIODS } from './call-for-audit.ts';

export type AuditAddress = ReturnType<typeof useAddress<AuditKey>>;

const useStyles = makeStyles({
  select: { width: '170px', flexShrink: 0, [SCREEN.belowTable]: { width: '140px' } },
});

const PERIOD_TEXT: Readonly<Record<Period, TextKey>> = {
  1: 'audit.period1',
  7: 'audit.period7',
  30: 'audit.period30',
  90: 'audit.period90',
  all: 'audit.periodAll',
};

type Choice = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly change: (value: string) => void;
};

function Choices({ label, value, options, change }: Choice) {
  const styles = useStyles();
  return (
    <Select className={styles.select} aria-label={label} value={value} onChange={(_event, data) => change(data.value)}>
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.text}
        </option>
      ))}
    </Select>
  );
}

/** Search by names, and who, what and when; what an entry narrows the list to can be taken off again. */
export function AuditToolbar({ address }: { address: AuditAddress }) {
  const { say } = useText();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const filters = useAnswer('listAuditFilters', {}).data;
  const actors = filters?.actors.map(({ id, name }) => ({ value: id, text: name })) ?? [];
  const actions = filters?.actions.map(({ action, text }) => ({ value: action, text })) ?? [];
  const narrowed = (['customer', 'correlation'] as const).filter((key) => address.get(key) !== undefined);
  return (
    <>
      <Toolbar>
        <ListSearch
          label={say('audit.searchPlaceholder')}
          value={address.get('q') ?? ''}
          change={(q) => address.set({ q })}
          field={search}
        />
        <Choices
          label={say('audit.actor')}
          value={address.get('who') ?? ''}
          options={[{ value: '', text: say('audit.allActors') }, ...actors]}
          change={(who) => address.set({ who })}
        />
        <Choices
          label={say('audit.action')}
          value={address.get('what') ?? ''}
          options={[{ value: '', text: say('audit.allActions') }, ...actions]}
          change={(what) => address.set({ what })}
        />
        <Choices
          label={say('audit.period')}
          value={periodOf(address.get('period'))}
          options={PERIODS.map((value) => ({ value, text: say(PERIOD_TEXT[value]) }))}
          change={(period) => address.set({ period })}
        />
        <FilterChip
          text={say('audit.onlyRefused')}
          on={address.get('outcome') === 'refused'}
          change={(on) => address.set({ outcome: on ? 'refused' : undefined })}
        />
      </Toolbar>
      {narrowed.length > 0 && (
        <TagGroup onDismiss={(_event, { value }) => address.set({ [value as AuditKey]: undefined })}>
          {narrowed.map((key) => (
            <Tag key={key} value={key} size="small" dismissible>
              {say(key === 'customer' ? 'audit.ofCustomer' : 'audit.same')}
            </Tag>
          ))}
        </TagGroup>
      )}
    </>
  );
}
