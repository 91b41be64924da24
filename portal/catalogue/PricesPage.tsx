import { makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components';
import { BookSearchRegular } from '@fluentui/react-icons';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { PriceListOnWire } from '../../contract/prices.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { FilterChip } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { CatalogueToolbar } from './CatalogueToolbar.tsx';
import { Imported } from './Imported.tsx';
import { ImportSection } from './ImportSection.tsx';
import { usePriceColumns } from './usePriceColumns.tsx';

const useStyles = makeStyles({
  old: { opacity: 0.6 },
  lists: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '12px 24px', padding: '12px 16px' },
  select: { minWidth: 0, maxWidth: '100%', '& > select': { minWidth: 0 } },
  line: { margin: 0, color: tokens.colorNeutralForeground2 },
});

type Key = 'list' | 'q' | 'platform' | 'valid' | 'import';
type Address = ReturnType<typeof useAddress<Key>>;

/** The price lists of the partner and of the deployment, what one of them says, and the way in for new ones; or one import. */
export function PricesPage() {
  const { say } = useText();
  const address = useAddress<Key>();
  const importId = address.get('import');
  const leave = () => address.set({ import: undefined });
  if (importId) return <Imported importId={importId} leave={leave} back={say('cat.importBack')} />;
  return (
    <>
      <ImportSection open={(opened) => address.set({ import: opened })} />
      <Lists address={address} />
    </>
  );
}

function Lists({ address }: { readonly address: Address }) {
  const lists = useAnswer('listPriceLists', {});
  return (
    <Answered query={lists} texts={LIST_TEXTS}>
      {({ items }) => {
        const shown = items.find(({ priceListId }) => priceListId === address.get('list')) ?? items[0];
        if (!shown) return <Nothing clear={undefined} />;
        return (
          <>
            <ListChoice lists={items} shown={shown} address={address} />
            <Prices list={shown} address={address} />
          </>
        );
      }}
    </Answered>
  );
}

const LIST_TEXTS = { loading: 'cat.loadingPrices', error: 'cat.errorPrices', noPermission: 'cat.noPermTitle' } as const;

type ChoiceProps = {
  readonly lists: readonly PriceListOnWire[];
  readonly shown: PriceListOnWire;
  readonly address: Address;
};

function ListChoice({ lists, shown, address }: ChoiceProps) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const marketOf = ({ market }: PriceListOnWire) => (market ? format.country(market) : say('cat.allMarkets'));
  const use = { own: 'cat.useOwn', market: 'cat.useMarket' } as const;
  const facts = [
    { key: say('cat.use'), value: shown.use ? say(use[shown.use]) : say('cat.useNone') },
    { key: say('cat.currency'), value: shown.currency },
    { key: say('cat.market'), value: marketOf(shown) },
    {
      key: say('cat.valid'),
      value: shown.validUntil
        ? format.dayRange(shown.validFrom, shown.validUntil)
        : say('cat.since', { date: format.day(shown.validFrom) }),
    },
    { key: say('cat.takenIn'), value: format.day(shown.createdAt) },
  ];
  return (
    <Panel className={styles.lists}>
      {lists.length > 1 ? (
        <Select
          className={styles.select}
          aria-label={say('cat.list')}
          value={shown.priceListId}
          onChange={(_event, { value }) => address.set({ list: value })}
        >
          {lists.map((one) => (
            <option key={one.priceListId} value={one.priceListId}>
              {[one.name, one.currency, marketOf(one), format.day(one.createdAt)].join(' · ')}
            </option>
          ))}
        </Select>
      ) : (
        <p className={styles.line}>{shown.name}</p>
      )}
      <FactsList facts={facts} />
    </Panel>
  );
}

function Prices({ list, address }: { list: PriceListOnWire; address: Address }) {
  const { say } = useText();
  const styles = useStyles();
  const choice = useColumnChoice('prices', usePriceColumns());
  const [search, platform, valid] = [address.get('q'), address.get('platform'), address.get('valid')];
  const call = {
    query: {
      priceListId: list.priceListId,
      ...(search && { search }),
      ...(platform && { platform: platform as 'legacy' }),
      ...(valid !== 'all' && { valid: 'today' as const }),
    },
  } satisfies Call<Endpoints['listPrices']>;
  const prices = useAnswer('listPrices', call, { keep: true });
  const clear = () => address.set({ q: undefined, platform: undefined, valid: 'all' });
  return (
    <>
      <CatalogueToolbar
        search={search}
        platform={platform}
        change={(to) => address.set(to)}
        end={
          <>
            <ColumnMenu label={say('common.columns')} choice={choice} />
            <SaveFile name="listPrices" call={call} compact />
          </>
        }
      >
        <FilterChip
          text={say('cat.validToday')}
          on={valid !== 'all'}
          change={(on) => address.set({ valid: on ? undefined : 'all' })}
        />
      </CatalogueToolbar>
      <Panel className={mergeClasses(prices.isPlaceholderData && styles.old)}>
        <Answered query={prices} texts={LIST_TEXTS}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing clear={clear} />
            ) : (
              <>
                <ListTable
                  label={say('cat.tabPrices')}
                  columns={choice.shown}
                  rows={items}
                  idOf={(one) => [one.offerId, one.termDuration, one.billingCycle, one.validFrom].join(' ')}
                  nameOf={({ name }) => name}
                />
                <TableFoot range={say('cat.pricesShown', { n: items.length })} />
              </>
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

function Nothing({ clear }: { readonly clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('cat.noMatchBody')}
      icon={<BookSearchRegular />}
      title={say('cat.noListsTitle')}
      body={say('cat.noListsBody')}
    />
  );
}
