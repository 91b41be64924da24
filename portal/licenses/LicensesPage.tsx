import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { PersonKeyRegular } from '@fluentui/react-icons';
import { useNavigate } from 'react-router';
import type { LicenseColumn } from '../../contract/license-list.ts';
import { usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { isDownwards } from '../ui/useSorted.ts';
import { callForLicenses, FILTERS, filtersOf, type LicensesKey } from './call-for-licenses.ts';
import { LicensesToolbar } from './LicensesToolbar.tsx';
import { FIRST_SORT, SORT_WAYS } from './sorts.ts';
import { useLicenseColumns } from './useLicenseColumns.tsx';

const useStyles = makeStyles({ old: { opacity: 0.6 } });

/** What of the file stands for a column of the list. */
const FILE_COLUMNS: Readonly<Record<string, readonly LicenseColumn[]>> = {
  product: ['product', 'sku'],
  cost: ['cost', 'currency'],
};

function Nothing({ clear }: { readonly clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('allLicenses.noMatchBody')}
      icon={<PersonKeyRegular />}
      title={say('allLicenses.emptyTitle')}
      body={say('allLicenses.emptyBody')}
    />
  );
}

/** The products of all customers: how many licenses nobody uses, what they cost, and until when fewer are possible. */
export function LicensesPage() {
  const { say } = useText();
  const styles = useStyles();
  const navigate = useNavigate();
  const address = useAddress<LicensesKey>();
  const pages = usePages('listAllLicenses', callForLicenses(address.get));
  const choice = useColumnChoice('licenses', useLicenseColumns());
  const left = choice.choices.filter((one) => !one.shown).flatMap(({ id }) => FILE_COLUMNS[id] ?? id);
  const filters = filtersOf(address.get);
  const filtered = FILTERS.some((key) => address.get(key) !== undefined);
  const clear = () => address.set(Object.fromEntries(FILTERS.map((key) => [key, undefined])));
  return (
    <>
      <PageHead title={say('allLicenses.title')} facts={<span>{say('allLicenses.lead')}</span>} />
      <LicensesToolbar
        address={address}
        end={
          <>
            <ColumnMenu label={say('common.columns')} choice={choice} />
            <SaveFile
              name="listAllLicenses"
              call={{ query: { ...filters, ...(left.length > 0 && { without: left.join(',') }) } }}
              compact
            />
          </>
        }
      />
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {({ pages: loaded }) => {
            const rows = loaded.flatMap((page) => page.items);
            if (rows.length === 0) return <Nothing clear={filtered ? clear : undefined} />;
            return (
              <>
                <ListTable
                  label={say('allLicenses.title')}
                  columns={choice.shown}
                  rows={rows}
                  idOf={(row) => `${row.customerId} ${row.skuId}`}
                  nameOf={(row) => row.customerName}
                  open={(row) => void navigate(paths.users(row.customerId))}
                  sort={{
                    value: filters.sort,
                    ways: SORT_WAYS,
                    descending: isDownwards,
                    change: (sort) => address.set({ sort: sort === FIRST_SORT ? undefined : sort }),
                  }}
                />
                <ListFoot rows={rows.length} pages={pages} />
              </>
            );
          }}
        </Answered>
      </Panel>
    </>
  );
}

const TEXTS = {
  loading: 'allLicenses.loading',
  error: 'allLicenses.errorTitle',
  noPermission: 'customers.noPermTitle',
} as const;
