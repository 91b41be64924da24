import { Button, makeStyles, Select } from '@fluentui/react-components';
import { useId, useRef, useState } from 'react';
import type { LicenseProductOnWire } from '../../contract/licenses.ts';
import type { UserOnWire } from '../../contract/users.ts';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import type { useAddress } from '../ui/useAddress.ts';
import type { ColumnChoice } from '../ui/useColumnChoice.ts';
import { useKeys } from '../ui/useKeys.ts';
import { FILTER_TEXT, FILTERS, queryOf, SORT_TEXT, SORTS, type UsersKey } from './call-for-users.ts';
import { ChangeDialog, type ChangeKind, KIND_TEXT } from './ChangeDialog.tsx';

const useStyles = makeStyles({
  bars: { display: 'flex', flexDirection: 'column', rowGap: '8px' },
  sort: { minWidth: '150px', flexShrink: 0 },
  act: { flexShrink: 0 },
});

export type UsersAddress = ReturnType<typeof useAddress<UsersKey>>;

type ToolbarProps = {
  readonly customerId: string;
  readonly address: UsersAddress;
  readonly choice: ColumnChoice<UserOnWire>;
};

/** Search, filters and order of a customer's users. */
export function UsersToolbar({ customerId, address, choice }: ToolbarProps) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const filter = address.get('filter');
  const sort = SORTS.find((one) => one === address.get('sort')) ?? 'name';
  return (
    <div className={styles.bars}>
      <Toolbar
        end={
          <>
            <Select
              className={styles.sort}
              aria-label={say('common.sort')}
              value={sort}
              onChange={(_event, { value }) => address.set({ sort: value === 'name' ? undefined : value })}
            >
              {SORTS.map((one) => (
                <option key={one} value={one}>
                  {say(SORT_TEXT[one])}
                </option>
              ))}
            </Select>
            <ColumnMenu label={say('common.columns')} choice={choice} />
            <SaveFile name="listUsers" call={{ params: { customerId }, query: queryOf(address.get) }} compact />
          </>
        }
      >
        <ListSearch
          label={say('licenses.search')}
          value={address.get('q') ?? ''}
          change={(q) => address.set({ q })}
          field={search}
        />
      </Toolbar>
      <Toolbar>
        {FILTERS.map((one) => (
          <FilterChip
            key={one}
            text={say(FILTER_TEXT[one])}
            on={filter === one}
            change={(on) => address.set({ filter: on ? one : undefined })}
          />
        ))}
      </Toolbar>
    </div>
  );
}

const MOST_AT_ONCE = 500;
const KINDS = ['assign', 'replace', 'remove'] as const;

type SelectionProps = {
  readonly customerId: string;
  readonly chosen: ReadonlySet<string>;
  readonly clear: () => void;
  readonly products: readonly LicenseProductOnWire[];
};

/** What can be done with the users that are selected; why not, for whom it cannot be done. */
export function SelectionBar({ customerId, chosen, clear, products }: SelectionProps) {
  const { say } = useText();
  const styles = useStyles();
  const whyNot = useId();
  const mayAssign = useMay('assignLicenses');
  const [kind, setKind] = useState<ChangeKind>();
  const isReady = mayAssign && chosen.size > 0 && chosen.size <= MOST_AT_ONCE;
  return (
    <div className={styles.bars}>
      <Toolbar>
        {KINDS.map((one) => (
          <Button
            key={one}
            className={styles.act}
            appearance={one === 'assign' ? 'primary' : 'secondary'}
            disabledFocusable={!isReady}
            aria-describedby={whyNot}
            onClick={() => setKind(one)}
          >
            {say(KIND_TEXT[one])}
          </Button>
        ))}
        <span role="status" className={styles.act}>
          {chosen.size > MOST_AT_ONCE ? say('licenses.tooMany') : say('licenses.selected', { n: chosen.size })}
        </span>
        {chosen.size > 0 && (
          <Button className={styles.act} appearance="subtle" onClick={clear}>
            {say('licenses.clearSelection')}
          </Button>
        )}
      </Toolbar>
      <WhyNot id={whyNot} action="assignLicenses" />
      {kind && (
        <ChangeDialog
          kind={kind}
          customerId={customerId}
          userIds={[...chosen]}
          products={products}
          close={() => setKind(undefined)}
          done={() => {
            setKind(undefined);
            clear();
          }}
        />
      )}
    </div>
  );
}
