import { makeStyles, mergeClasses, Select } from '@fluentui/react-components';
import { BookSearchRegular } from '@fluentui/react-icons';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';
import { type TextKey, useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { isDownwards } from '../ui/useSorted.ts';
import { CatalogueToolbar } from './CatalogueToolbar.tsx';
import { OfferDetails } from './OfferDetails.tsx';
import { useOfferColumns } from './useOfferColumns.tsx';

const useStyles = makeStyles({ old: { opacity: 0.6 }, sort: { minWidth: '150px', flexShrink: 0 } });

const SORT_TEXT = {
  name: 'cat.sortName',
  '-name': 'cat.sortNameDown',
  price: 'cat.sortPrice',
  '-price': 'cat.sortPriceDown',
} as const satisfies Record<string, TextKey>;
type Sort = keyof typeof SORT_TEXT;
const SORTS = Object.keys(SORT_TEXT) as readonly Sort[];

/** All offers of the catalog with what they hold and what they cost today. */
export function OffersPage() {
  const { say } = useText();
  const styles = useStyles();
  const address = useAddress<'q' | 'platform' | 'sort' | 'offer'>();
  const sortBy = (value: string) => address.set({ sort: value === 'name' ? undefined : value });
  const sort = SORTS.find((one) => one === address.get('sort')) ?? 'name';
  const [search, platform] = [address.get('q'), address.get('platform')];
  const call = {
    query: { sort, ...(search && { search }), ...(platform && { platform: platform as 'legacy' }) },
  } satisfies Call<Endpoints['listOffers']>;
  const offers = useAnswer('listOffers', call, { keep: true });
  const choice = useColumnChoice(
    'offers',
    useOfferColumns((offer) => address.set({ offer })),
  );
  const clear = search || platform ? () => address.set({ q: undefined, platform: undefined }) : undefined;
  const end = (
    <>
      <Select
        className={styles.sort}
        aria-label={say('common.sort')}
        value={sort}
        onChange={(_event, { value }) => sortBy(value)}
      >
        {SORTS.map((one) => (
          <option key={one} value={one}>
            {say(SORT_TEXT[one])}
          </option>
        ))}
      </Select>
      <ColumnMenu label={say('common.columns')} choice={choice} />
      <SaveFile name="listOffers" call={call} compact />
    </>
  );
  return (
    <>
      {useMay('view') && (
        <CatalogueToolbar search={search} platform={platform} change={(to) => address.set(to)} end={end} />
      )}
      <Panel className={mergeClasses(offers.isPlaceholderData && styles.old)}>
        <Answered query={offers} texts={TEXTS}>
          {({ items }) => {
            const open = items.find(({ offerId }) => offerId === address.get('offer'));
            if (items.length === 0) return <Nothing clear={clear} />;
            return (
              <>
                <ListTable
                  label={say('cat.tabOffers')}
                  columns={choice.shown}
                  rows={items}
                  idOf={({ offerId }) => offerId}
                  nameOf={({ name }) => name}
                  open={({ offerId }) => address.set({ offer: offerId })}
                  sort={{ value: sort, ways: SORT_WAYS, descending: isDownwards, change: sortBy }}
                />
                <TableFoot range={say('cat.offersShown', { n: items.length })} />
                {open && <OfferDetails offer={open} close={() => address.set({ offer: undefined })} />}
              </>
            );
          }}
        </Answered>
      </Panel>
    </>
  );
}

const SORT_WAYS = { offer: ['name', '-name'], price: ['price', '-price'] } as const;
const TEXTS = { loading: 'cat.loadingOffers', error: 'cat.errorOffers', noPermission: 'cat.noPermTitle' } as const;

function Nothing({ clear }: { readonly clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('cat.noMatchBody')}
      icon={<BookSearchRegular />}
      title={say('cat.noOffersTitle')}
      body={say('cat.noOffersBody')}
    />
  );
}
