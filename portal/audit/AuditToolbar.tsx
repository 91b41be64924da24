import { Tag, TagGroup } from '@fluentui/react-components';
import { useRef } from 'react';
import { useAnswer } from '../api/query.ts';
import { type TextKey, useText } from '../text.ts';
import { Choices } from '../ui/Choices.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import type { useAddress } from '../ui/useAddress.ts';
import { useKeys } from '../ui/useKeys.ts';
import { type AuditKey, type Period, periodOf, PERIODS } from './call-for-audit.ts';

export type AuditAddress = ReturnType<typeof useAddress<AuditKey>>;

const PERIOD_TEXT: Readonly<Record<Period, TextKey>> = {
  1: 'audit.period1',
  7: 'audit.period7',
  30: 'audit.period30',
  90: 'audit.period90',
  all: 'audit.periodAll',
};

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
